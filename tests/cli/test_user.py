"""`hyoka user`: people with an account, from the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fakes_accounts import PASSWORD, engine_in

from api.cli import run
from rag.accounts.accounts import Accounts
from rag.accounts.audit import Sought
from rag.accounts.who import TERMINAL, Role


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HYOKA_HOME", str(tmp_path))
    monkeypatch.setenv("HYOKA_AUTH", "accounts")
    monkeypatch.setenv("HYOKA_PUBLIC_URL", "https://hyoka.example/")
    return tmp_path


def test_a_person_is_added_with_a_link(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["user", "add", "kato", "--display", "加藤", "--role", "承認"]) == 0
    link = re.search(r"https://hyoka\.example/links/(\S+)", capsys.readouterr().out)
    assert link
    accounts = Accounts(engine_in(home))
    accounts.set_by_link(link[1], PASSWORD, PASSWORD)
    person = accounts.person_named("kato")
    assert (person.display, person.role, person.ready) == ("加藤", Role.APPROVER, True)
    (added,) = accounts.entries(Sought(what="user_added"))
    assert (added.who, added.object) == (TERMINAL.id, person.id)


def test_people_are_listed_changed_and_let_in_no_more(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["user", "list"]) == 0
    assert "まだいません" in capsys.readouterr().err
    assert run(["user", "add", "kato"]) == 0
    assert run(["user", "role", "kato", "管理"]) == 0
    assert run(["user", "disable", "kato"]) == 0
    assert run(["user", "list"]) == 0
    assert re.search(r"kato +kato +管理 +無効", capsys.readouterr().out)
    assert run(["user", "reset", "kato"]) == 1
    assert run(["user", "enable", "kato"]) == 0
    assert run(["user", "reset", "kato"]) == 0
    assert "https://hyoka.example/links/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        (["add", "山田"], 2, "利用者名は"),
        (["add", "kato", "--role", "部長"], 2, "役割「部長」はありません"),
        (["disable", "nobody"], 1, "その利用者はいません"),
        ([], 2, "hyoka user --help"),
    ],
)
def test_what_cannot_be_done_is_told(
    home: Path, capsys: pytest.CaptureFixture[str], command: list[str], status: int, told: str
) -> None:
    assert run(["user", *command]) == status
    assert told in capsys.readouterr().err


def test_without_accounts_it_says_so(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYOKA_AUTH", "local")
    assert run(["user", "add", "kato"]) == 0
    assert "HYOKA_AUTH=local" in capsys.readouterr().err
