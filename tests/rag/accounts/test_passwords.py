"""Passwords: what is kept of them, what they must be."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from fakes_accounts import CHEAP, PASSWORD

from rag.accounts.passwords import Passwords, checked
from rag.errors import BadEntry


def test_what_is_kept_is_argon2id_and_not_the_password() -> None:
    kept = Passwords().hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PASSWORD not in kept


def test_only_the_password_fits() -> None:
    passwords = Passwords(CHEAP)
    kept = passwords.hash(PASSWORD)
    assert passwords.fits(kept, PASSWORD)
    assert not passwords.fits(kept, PASSWORD + "。")
    assert not passwords.fits("", "nobody")
    assert not passwords.fits("no hash", PASSWORD)
    assert kept != passwords.hash(PASSWORD)


def test_width_does_not_count() -> None:
    passwords = Passwords(CHEAP)
    assert passwords.fits(passwords.hash("ｈｙｏｕｋａ２０２６の春"), "hyouka2026の春")


def test_weaker_hashes_are_outdated() -> None:
    assert Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)).is_outdated(CHEAP.hash("x"))
    assert not Passwords(CHEAP).is_outdated(CHEAP.hash("x"))


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        ("短い合言葉です", "短い合言葉です", "短すぎ"),
        ("あ" * 201, "あ" * 201, "長すぎ"),
        (PASSWORD * 3, PASSWORD, "二つのパスワード"),
        ("abababababababab", "abababababababab", "推測"),
        ("my-Yamada-password", "my-Yamada-password", "推測"),
    ],
)
def test_what_cannot_be_one(password: str, again: str, told: str) -> None:
    with pytest.raises(BadEntry, match=told):
        checked(password, again, "yamada")


def test_what_can() -> None:
    assert checked(PASSWORD * 2, PASSWORD * 2, "yamada") == PASSWORD * 2
