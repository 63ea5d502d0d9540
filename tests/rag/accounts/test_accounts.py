"""Accounts over a real database: signing in, limits of time, lockout, links, keys, administration, the log."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes_accounts import OTHER_PASSWORD, PASSWORD, FakeClock, engine_in, fake_accounts, person

from rag import tables
from rag.accounts import links, lockout
from rag.accounts.accounts import Accounts
from rag.accounts.audit import Sought, add
from rag.accounts.who import TERMINAL, Role, Who, role_named
from rag.errors import BadEntry, Forbidden, NotFound

WRONG = "これは違う合言葉のはずです"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    return engine_in(tmp_path)


@pytest.fixture
def accounts(engine: sa.Engine, clock: FakeClock) -> Accounts:
    return fake_accounts(engine, clock)


@pytest.fixture
def head(accounts: Accounts) -> Who:
    return person(accounts, "head", Role.ADMINISTRATOR, PASSWORD)


@pytest.fixture
def clerk(accounts: Accounts, head: Who) -> Who:
    return person(accounts, "clerk", Role.DRAFTER, PASSWORD)


def signed_in(accounts: Accounts, name: str, password: str = PASSWORD) -> str:
    secret = accounts.sign_in(name, password).secret
    assert secret
    return secret


# -- signing in ---------------------------------------------------------------------------------------------------


def test_a_session_is_of_whoever_signed_in(accounts: Accounts, clerk: Who) -> None:
    session = accounts.session(signed_in(accounts, "ＣＬＥＲＫ "))
    assert session is not None
    assert session.person.who == clerk == Who(clerk.id, "clerkさん", Role.DRAFTER)


@pytest.mark.parametrize(("name", "password"), [("clerk", WRONG), ("nobody", PASSWORD), ("clerk", ""), ("", "")])
def test_nobody_else_is_let_in(accounts: Accounts, clerk: Who, name: str, password: str) -> None:
    outcome = accounts.sign_in(name, password)
    assert (outcome.secret, bool(outcome.locked_for)) == (None, False)


def test_a_disabled_or_unready_person_is_not_let_in(accounts: Accounts, head: Who, clerk: Who) -> None:
    accounts.disable(head, clerk.id)
    assert accounts.sign_in("clerk", PASSWORD).secret is None
    accounts.enable(head, clerk.id)
    assert accounts.sign_in("clerk", PASSWORD).secret
    accounts.add(head, "new", "", Role.VIEWER)
    assert accounts.sign_in("new", "").secret is None


def test_signing_in_ends_the_former_session(accounts: Accounts, clerk: Who) -> None:
    former = signed_in(accounts, "clerk")
    other = signed_in(accounts, "clerk")
    latter = accounts.sign_in("clerk", PASSWORD, former=former).secret
    assert accounts.session(former) is None
    assert latter not in (None, former)
    assert accounts.session(other) is not None


def test_signing_out_ends_it(accounts: Accounts, clerk: Who) -> None:
    secret = signed_in(accounts, "clerk")
    accounts.sign_out(secret)
    accounts.sign_out("unknown")
    assert accounts.session(secret) is None


def test_secrets_are_not_kept(accounts: Accounts, engine: sa.Engine, clerk: Who, tmp_path: Path) -> None:
    held = [signed_in(accounts, "clerk"), accounts.make_key(clerk, "表計算", 30), accounts.reset(TERMINAL, clerk.id)]
    engine.dispose()
    bytes_kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"head" in bytes_kept
    for secret in (*held, PASSWORD):
        assert secret.encode() not in bytes_kept


# -- time ---------------------------------------------------------------------------------------------------------


def test_an_idle_session_ends(accounts: Accounts, clock: FakeClock, clerk: Who) -> None:
    secret = signed_in(accounts, "clerk")
    for _ in range(3):
        clock.pass_by(minutes=29)
        assert accounts.session(secret) is not None
    clock.pass_by(minutes=30)
    assert accounts.session(secret) is None


def test_no_session_outlives_the_absolute_limit(accounts: Accounts, clock: FakeClock, clerk: Who) -> None:
    secret = signed_in(accounts, "clerk")
    for _ in range(23):
        clock.pass_by(minutes=20)
        assert accounts.session(secret) is not None
    clock.pass_by(minutes=20)
    assert accounts.session(secret) is None
    assert accounts.sessions_of(clerk.id) == []


def test_use_is_written_down_once_a_minute(accounts: Accounts, clock: FakeClock, clerk: Who) -> None:
    secret = signed_in(accounts, "clerk")
    begun = clock.now
    clock.pass_by(seconds=59)
    accounts.session(secret)
    assert accounts.sessions_of(clerk.id)[0].seen_at == begun
    clock.pass_by(seconds=1)
    accounts.session(secret)
    assert accounts.sessions_of(clerk.id)[0].seen_at == clock.now


# -- lockout ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["clerk", "nobody"])
def test_a_name_is_locked_longer_and_longer(accounts: Accounts, clock: FakeClock, clerk: Who, name: str) -> None:
    for _ in range(lockout.FREE):
        assert not accounts.sign_in(name, WRONG).locked_for
    waits = []
    for _ in range(8):
        waits.append(accounts.sign_in(name, PASSWORD).locked_for)
        clock.now += waits[-1]
        assert not accounts.sign_in(name, WRONG).locked_for
    assert waits[:3] == [lockout.FIRST, lockout.FIRST * 2, lockout.FIRST * 4]
    assert waits[-1] == lockout.LONGEST


def test_the_right_password_opens_after_the_wait_and_resets_the_count(
    accounts: Accounts, clock: FakeClock, clerk: Who
) -> None:
    for _ in range(lockout.FREE):
        accounts.sign_in("clerk", WRONG)
    assert accounts.sign_in("clerk", PASSWORD).secret is None
    clock.now += lockout.FIRST
    assert accounts.sign_in("clerk", PASSWORD).secret
    accounts.sign_in("clerk", WRONG)
    assert accounts.sign_in("clerk", PASSWORD).secret


def test_others_are_not_locked(accounts: Accounts, clerk: Who) -> None:
    for _ in range(lockout.FREE):
        accounts.sign_in("clerk", WRONG)
    assert accounts.sign_in("head", PASSWORD).secret


# -- links --------------------------------------------------------------------------------------------------------


def test_the_first_administrator_comes_by_a_link_once(accounts: Accounts, clock: FakeClock) -> None:
    old = accounts.first_link()
    link = accounts.first_link()
    assert old is not None
    assert link is not None
    with pytest.raises(NotFound):
        accounts.begin_first(old, "boss", "", PASSWORD, PASSWORD)
    with pytest.raises(BadEntry):
        accounts.begin_first(link, "boss", "", "短い", "短い")
    session = accounts.session(accounts.begin_first(link, "boss", "部長", PASSWORD, PASSWORD))
    assert session is not None
    assert session.person.who.may(Role.ADMINISTRATOR)
    assert accounts.first_link() is None
    with pytest.raises(NotFound):
        accounts.begin_first(link, "boss2", "", PASSWORD, PASSWORD)


def test_a_link_of_a_person_makes_no_administrator(accounts: Accounts) -> None:
    person, link = accounts.add(TERMINAL, "clerk", "", Role.VIEWER)
    with pytest.raises(NotFound):
        accounts.begin_first(link, "boss", "", PASSWORD, PASSWORD)
    accounts.set_by_link(link, PASSWORD, PASSWORD)
    assert accounts.person(person.id).role is Role.VIEWER


def test_a_link_works_once_and_not_for_ever(accounts: Accounts, clock: FakeClock, head: Who) -> None:
    _, link = accounts.add(head, "clerk", "", Role.VIEWER)
    accounts.set_by_link(link, PASSWORD, PASSWORD)
    with pytest.raises(NotFound):
        accounts.set_by_link(link, OTHER_PASSWORD, OTHER_PASSWORD)
    _, late = accounts.add(head, "late", "", Role.VIEWER)
    clock.now += links.LASTS
    with pytest.raises(NotFound):
        accounts.look_at_link(late)


def test_a_reset_ends_password_and_sessions_at_once(accounts: Accounts, head: Who, clerk: Who) -> None:
    secret = signed_in(accounts, "clerk")
    link = accounts.reset(head, clerk.id)
    assert accounts.session(secret) is None
    assert accounts.sign_in("clerk", PASSWORD).secret is None
    accounts.set_by_link(link, OTHER_PASSWORD, OTHER_PASSWORD)
    assert accounts.sign_in("clerk", OTHER_PASSWORD).secret


def test_links_of_the_disabled_end(accounts: Accounts, head: Who, clerk: Who) -> None:
    link = accounts.reset(head, clerk.id)
    accounts.disable(head, clerk.id)
    with pytest.raises(NotFound):
        accounts.set_by_link(link, PASSWORD, PASSWORD)
    with pytest.raises(Forbidden):
        accounts.reset(head, clerk.id)


# -- one's own account --------------------------------------------------------------------------------------------


def test_another_password_ends_all_sessions(accounts: Accounts, head: Who, clerk: Who) -> None:
    accounts.demand_change(head, clerk.id)
    secret = signed_in(accounts, "clerk")
    new = OTHER_PASSWORD
    with pytest.raises(BadEntry):
        accounts.change_password(clerk, WRONG, new, new)
    with pytest.raises(BadEntry):
        accounts.change_password(clerk, PASSWORD, PASSWORD, PASSWORD)
    session = accounts.session(accounts.change_password(clerk, PASSWORD, new, new))
    assert session is not None
    assert not session.person.must_change
    assert accounts.session(secret) is None


def test_guessing_the_old_password_from_a_session_is_locked_too(accounts: Accounts, clerk: Who) -> None:
    new = OTHER_PASSWORD
    for _ in range(lockout.FREE):
        with pytest.raises(BadEntry, match="違います"):
            accounts.change_password(clerk, WRONG, new, new)
    with pytest.raises(BadEntry, match="時間をおいて"):
        accounts.change_password(clerk, PASSWORD, new, new)


def test_sessions_are_ended_by_their_owner_only(accounts: Accounts, head: Who, clerk: Who) -> None:
    secret = signed_in(accounts, "clerk")
    session = accounts.session(secret)
    assert session is not None
    with pytest.raises(NotFound):
        accounts.end_session(head, session.id)
    accounts.end_session(clerk, session.id)
    assert accounts.session(secret) is None
    other = signed_in(accounts, "clerk")
    accounts.end_sessions(head, clerk.id)
    assert accounts.session(other) is None


def test_keys(accounts: Accounts, clock: FakeClock, head: Who, clerk: Who) -> None:
    secret = accounts.make_key(clerk, "表計算", 30)
    key = accounts.key(secret)
    assert key is not None
    assert key.person.who == clerk
    with pytest.raises(NotFound):
        accounts.revoke_key(head, key.id)
    clock.pass_by(days=30)
    assert accounts.key(secret) is None
    again = accounts.make_key(clerk, "表計算", 90)
    accounts.revoke_key(clerk, accounts.keys_of(clerk.id)[0].id)
    assert accounts.key(again) is None
    third = accounts.make_key(clerk, "表計算", 90)
    accounts.disable(head, clerk.id)
    accounts.enable(head, clerk.id)
    assert accounts.key(third) is None


@pytest.mark.parametrize(("name", "days"), [("", 30), ("あ" * 61, 30), ("表計算", 31), ("123456789018", 30)])
def test_keys_that_cannot_be_made(accounts: Accounts, clerk: Who, name: str, days: int) -> None:
    with pytest.raises(BadEntry):
        accounts.make_key(clerk, name, days)


# -- administration -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "a", "山田", "a b", "x" * 65, "-abc", "123456789018"])
def test_names_that_cannot_be(accounts: Accounts, head: Who, name: str) -> None:
    with pytest.raises(BadEntry):
        accounts.add(head, name, "", Role.VIEWER)


def test_a_name_is_given_once(accounts: Accounts, head: Who, clerk: Who) -> None:
    with pytest.raises(BadEntry, match="すでに"):
        accounts.add(head, "Clerk", "", Role.VIEWER)


def test_an_administrator_stays(accounts: Accounts, head: Who, clerk: Who) -> None:
    for deed in (
        lambda: accounts.disable(head, head.id),
        lambda: accounts.set_role(head, head.id, Role.VIEWER),
        lambda: accounts.reset(head, head.id),
    ):
        with pytest.raises(Forbidden):
            deed()
    accounts.set_role(head, clerk.id, Role.ADMINISTRATOR)
    accounts.disable(clerk, head.id)
    with pytest.raises(Forbidden):
        accounts.set_role(clerk, clerk.id, Role.APPROVER)


def test_a_session_has_the_role_of_now(accounts: Accounts, head: Who, clerk: Who) -> None:
    secret = signed_in(accounts, "clerk")
    accounts.set_role(head, clerk.id, Role.VIEWER)
    session = accounts.session(secret)
    assert session is not None
    assert session.person.role is Role.VIEWER


def test_unknown_people(accounts: Accounts, head: Who) -> None:
    for deed in (accounts.disable, accounts.enable, accounts.reset, accounts.end_sessions, accounts.demand_change):
        with pytest.raises(NotFound):
            deed(head, "0" * 16)
    with pytest.raises(NotFound):
        accounts.set_role(head, "0" * 16, Role.VIEWER)


def test_roles_hold_those_before_them() -> None:
    assert [[a.holds(b) for b in Role] for a in Role] == [
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, False],
        [True, True, True, True],
    ]
    assert role_named("承認") is role_named("approver") is Role.APPROVER
    with pytest.raises(BadEntry):
        role_named("部長")


# -- the log ------------------------------------------------------------------------------------------------------


def test_the_log_tells_who_did_what(accounts: Accounts, head: Who, clerk: Who) -> None:
    accounts.set_role(head, clerk.id, Role.APPROVER)
    accounts.sign_in("clerk", WRONG)
    accounts.sign_in("someone", WRONG)
    accounts.log(clerk, "finding.dismiss", "a8384ee68d")
    told = [(e.who, e.what, e.object, e.detail) for e in accounts.entries(Sought(), limit=4)]
    assert told == [
        (clerk.id, "finding.dismiss", "a8384ee68d", ""),
        ("", "sign_in_failed", "", ""),
        ("", "sign_in_failed", clerk.id, ""),
        (head.id, "role_changed", clerk.id, "drafter→approver"),
    ]
    assert [e.what for e in accounts.entries(Sought(who=head.id, what="role_changed"))] == ["role_changed"]
    assert accounts.entries(Sought(since=accounts._clock().replace(year=2027))) == []
    assert "role_changed" in accounts.deeds()


def test_the_log_only_grows(accounts: Accounts, engine: sa.Engine, head: Who) -> None:
    before = accounts.entries(Sought())
    for statement in (sa.update(tables.audit).values(who="x"), sa.delete(tables.audit)):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(statement)
    assert accounts.entries(Sought()) == before


def test_the_log_takes_no_sentences(engine: sa.Engine, clock: FakeClock) -> None:
    for what, detail in (("川口市の委託先は？", ""), ("ask", "川口市の委託先は？")):
        with engine.begin() as connection, pytest.raises(ValueError, match="words"):
            add(connection, clock(), "x", what, "", detail)
