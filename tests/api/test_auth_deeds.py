"""Every deed that the log can hold has words for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.auth_table import TABLE
from api.web.deeds import DEEDS, day, deed_name, detail_words
from rag.replies.types import Deed

ACCOUNTS = Path(__file__).parents[2] / "rag" / "accounts"


def written_down() -> set[str]:
    """The deeds that the table and the accounts write down."""
    source = "".join(path.read_text("utf-8") for path in ACCOUNTS.glob("*.py"))
    logged = set(re.findall(r'_log\(connection, [^"]*?"([a-z_]+)"', source)) | {
        "locked_out",
        "sign_in_failed",
        "sign_in",
    }
    return logged | {rule.deed for rule in TABLE.values() if rule.deed} | {f"reply.{deed.value}" for deed in Deed}


@pytest.mark.parametrize("deed", sorted(written_down()))
def test_every_deed_has_a_name(deed: str) -> None:
    assert deed_name(deed) != deed


def test_no_name_is_for_nothing() -> None:
    assert set(DEEDS) == written_down() | {"reply.delete"}


def test_details_are_in_japanese() -> None:
    assert detail_words("viewer→approver") == "閲覧 → 承認"
    assert day("2026-02-30") is None
    assert day("2026-04-01") is not None
