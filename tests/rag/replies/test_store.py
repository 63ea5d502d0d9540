"""Every deed in every state by everybody: what the table of moves allows is done and recorded, nothing else."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from fakes_replies import AUTHOR, CHIEF, CITATIONS, OTHER, SECOND, Desk, composed

from rag import tables
from rag.accounts.who import LOCAL, Role, Who
from rag.errors import BadEntry, Forbidden, NotFound
from rag.replies.types import Deed, KeptReply, ReplyConflict, Shelf, State

#: How a reply comes into each state.
WAYS: dict[State, tuple[tuple[Who, Deed], ...]] = {
    State.DRAFT: (),
    State.PROPOSED: ((AUTHOR, Deed.PROPOSE),),
    State.RETURNED: ((AUTHOR, Deed.PROPOSE), (SECOND, Deed.RETURN)),
    State.APPROVED: ((AUTHOR, Deed.PROPOSE), (SECOND, Deed.APPROVE)),
    State.SENT: ((AUTHOR, Deed.PROPOSE), (SECOND, Deed.APPROVE), (AUTHOR, Deed.SEND)),
}
ALLOWED: dict[tuple[State, Deed], tuple[set[str], State]] = {
    (State.DRAFT, Deed.PROPOSE): ({"a1"}, State.PROPOSED),
    (State.RETURNED, Deed.PROPOSE): ({"a1"}, State.PROPOSED),
    (State.PROPOSED, Deed.WITHDRAW): ({"a1"}, State.DRAFT),
    (State.PROPOSED, Deed.RETURN): ({"b2", "d4"}, State.RETURNED),
    (State.PROPOSED, Deed.APPROVE): ({"b2", "d4"}, State.APPROVED),
    (State.APPROVED, Deed.SEND): ({"a1", "b2", "d4"}, State.SENT),
    **{(state, Deed.EDIT): ({"a1"}, State.DRAFT) for state in State if state is not State.SENT},
    **{(state, Deed.COMPOSE): ({"a1"}, State.DRAFT) for state in State if state is not State.SENT},
}


def brought_to(desk: Desk, state: State) -> KeptReply:
    kept = desk(AUTHOR).start(composed())
    for who, deed in WAYS[state]:
        kept = done(desk, who, kept, deed)
    assert kept.state is state
    return kept


def done(desk: Desk, who: Who, kept: KeptReply, deed: Deed) -> KeptReply:
    if deed is Deed.EDIT:
        return desk(who).edit(kept.id, kept.text.number, kept.text.letter + "\n\n追伸")
    if deed is Deed.COMPOSE:
        return desk(who).compose(kept.id, kept.text.number, composed())
    return desk(who).do(kept.id, deed, kept.text.number, "直してください。")


@pytest.mark.parametrize(
    ("state", "deed", "who"),
    list(itertools.product(State, [d for d in Deed if d is not Deed.START], [AUTHOR, SECOND, OTHER, CHIEF])),
    ids=str,
)
def test_only_the_allowed_is_done(desk: Desk, state: State, deed: Deed, who: Who) -> None:
    kept = brought_to(desk, state)
    people, leads_to = ALLOWED.get((state, deed), (set(), state))
    if who.id in people:
        made = done(desk, who, kept, deed)
        assert made == desk(AUTHOR).get(kept.id)
        assert (made.state, made.events[-1].deed, made.events[-1].by.id) == (leads_to, deed, who.id)
        return
    with pytest.raises((Forbidden, NotFound, ReplyConflict)):
        done(desk, who, kept, deed)
    assert desk(AUTHOR).get(kept.id) == kept


@pytest.mark.parametrize("deed", [Deed.APPROVE, Deed.RETURN])
@pytest.mark.parametrize("role", Role)
def test_nobody_signs_off_their_own_whatever_their_role(desk: Desk, deed: Deed, role: Role) -> None:
    me = Who("me", "自分", role)
    kept = desk(me).start(composed())
    desk(me).do(kept.id, Deed.PROPOSE, 1)
    with pytest.raises(Forbidden, match="自分で作った回答"):
        desk(me).do(kept.id, deed, 1, "よい")
    assert desk(me).get(kept.id).state is State.PROPOSED


def test_the_one_person_of_a_machine_cannot_approve(desk: Desk) -> None:
    kept = desk(LOCAL).start(composed())
    desk(LOCAL).do(kept.id, Deed.PROPOSE, 1)
    with pytest.raises(Forbidden):
        desk(LOCAL).do(kept.id, Deed.APPROVE, 1)


def test_everything_is_recorded_with_who_and_when(desk: Desk) -> None:
    kept = brought_to(desk, State.RETURNED)
    kept = done(desk, AUTHOR, kept, Deed.EDIT)
    kept = done(desk, AUTHOR, kept, Deed.PROPOSE)
    kept = done(desk, SECOND, kept, Deed.APPROVE)
    kept = done(desk, SECOND, kept, Deed.SEND)
    read = desk(AUTHOR).get(kept.id)
    assert read == kept
    told = [(e.deed.value, e.by.id, e.by.name, e.version, e.state.value, e.comment) for e in read.events]
    assert told == [
        ("start", "a1", "起案の人", 1, "draft", ""),
        ("propose", "a1", "起案の人", 1, "proposed", ""),
        ("return", "b2", "承認の人", 1, "returned", "直してください。"),
        ("edit", "a1", "起案の人", 2, "draft", ""),
        ("propose", "a1", "起案の人", 2, "proposed", ""),
        ("approve", "b2", "承認の人", 2, "approved", ""),
        ("send", "b2", "承認の人", 2, "sent", ""),
    ]
    assert [e.at for e in read.events] == sorted({e.at for e in read.events})
    assert [v.number for v in read.versions] == [1, 2]
    assert read.versions[0].letter != read.versions[1].letter
    for version in read.versions:
        assert version.citations == CITATIONS
        assert (version.model, version.prompts) == ("ollama:yamabiko", (("reply", "3b1f0c9ad2e4"),))


def test_a_name_stays_as_it_was_then(desk: Desk) -> None:
    kept = brought_to(desk, State.PROPOSED)
    renamed = Who(AUTHOR.id, "改姓した人", Role.DRAFTER)
    kept = desk(renamed).do(kept.id, Deed.WITHDRAW, 1)
    assert [e.by.name for e in kept.events] == ["起案の人", "起案の人", "改姓した人"]


@pytest.mark.parametrize(("who", "deed"), [(SECOND, Deed.APPROVE), (SECOND, Deed.RETURN), (AUTHOR, Deed.WITHDRAW)])
def test_a_text_that_nobody_read_is_not_signed_off(desk: Desk, who: Who, deed: Deed) -> None:
    kept = brought_to(desk, State.PROPOSED)
    desk(AUTHOR).edit(kept.id, 1, kept.text.letter + "\n\n無料です。")
    desk(AUTHOR).do(kept.id, Deed.PROPOSE, 2)
    with pytest.raises(ReplyConflict, match="読んだのは版1、今は版2") as told:
        desk(who).do(kept.id, deed, 1, "よい")
    assert told.value.kept.text.number == 2
    assert desk(AUTHOR).get(kept.id).state is State.PROPOSED


def test_an_edit_of_an_older_text_overwrites_nothing(desk: Desk) -> None:
    kept = brought_to(desk, State.DRAFT)
    first = desk(AUTHOR).edit(kept.id, 1, "一つめ")
    with pytest.raises(ReplyConflict) as told:
        desk(AUTHOR).edit(kept.id, 1, "二つめ")
    assert told.value.mine == "二つめ"
    assert desk(AUTHOR).get(kept.id) == first


def test_an_edit_that_changes_nothing_leaves_the_proposal(desk: Desk) -> None:
    kept = brought_to(desk, State.PROPOSED)
    assert desk(AUTHOR).edit(kept.id, 1, kept.text.letter) == kept


def test_of_two_approvals_at_once_one_counts(desk: Desk) -> None:
    kept = brought_to(desk, State.PROPOSED)
    outcomes: list[str] = []
    ready = threading.Barrier(8)

    def approve(who: Who) -> None:
        ready.wait()
        try:
            desk(who).do(kept.id, Deed.APPROVE, 1)
            outcomes.append("done")
        except ReplyConflict:
            outcomes.append("conflict")

    people = [Who(f"p{n}", f"承認{n}", Role.APPROVER) for n in range(8)]
    threads = [threading.Thread(target=approve, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 7 + ["done"]
    assert len(desk(AUTHOR).get(kept.id).events) == 3


VISIBLE = {
    State.DRAFT: {"a1"},
    **{s: {"a1", "b2", "d4"} for s in (State.PROPOSED, State.RETURNED, State.APPROVED, State.SENT)},
}
SHELVES = {
    State.PROPOSED: Shelf.PROPOSED,
    State.RETURNED: Shelf.RETURNED,
    State.APPROVED: Shelf.DONE,
    State.SENT: Shelf.DONE,
}


@pytest.mark.parametrize("state", State)
def test_others_see_what_is_proposed_to_them(desk: Desk, state: State) -> None:
    kept = brought_to(desk, state)
    for who in (AUTHOR, SECOND, OTHER, CHIEF, Who("v", "閲覧の人", Role.VIEWER)):
        seen = who.id in VISIBLE[state]
        assert [e.id for e in desk(who).list()] == ([kept.id] if seen else [])
        shelf = SHELVES.get(state, Shelf.MINE)
        assert [e.id for e in desk(who).list(shelf)] == ([kept.id] if seen else [])
        assert desk(who).counts() == {s: int(seen and s is shelf) for s in Shelf}
        if not seen:
            for refused in (desk(who).get, desk(who).delete):
                with pytest.raises(NotFound):
                    refused(kept.id)


def test_an_author_deletes_what_nobody_approved(desk: Desk) -> None:
    for state in (State.DRAFT, State.PROPOSED, State.RETURNED):
        kept = brought_to(desk, state)
        desk(AUTHOR).delete(kept.id)
        with pytest.raises(NotFound):
            desk(AUTHOR).get(kept.id)


@pytest.mark.parametrize("state", [State.APPROVED, State.SENT])
def test_the_record_of_what_was_approved_is_the_administrators_to_delete(desk: Desk, state: State) -> None:
    kept = brought_to(desk, state)
    for who in (AUTHOR, SECOND):
        with pytest.raises(Forbidden, match="管理"):
            desk(who).delete(kept.id)
    desk(CHIEF).delete(kept.id)
    assert desk(AUTHOR).list() == []


def test_an_approval_counts_after_a_change_too(desk: Desk) -> None:
    kept = done(desk, AUTHOR, brought_to(desk, State.APPROVED), Deed.EDIT)
    with pytest.raises(Forbidden):
        desk(AUTHOR).delete(kept.id)


def test_the_log_holds_ids_only(desk: Desk, engine: sa.Engine) -> None:
    kept = brought_to(desk, State.RETURNED)
    desk(AUTHOR).delete(kept.id)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(tables.audit).order_by(tables.audit.c.id)).all()
    assert [(r.who, r.what, r.object, r.detail) for r in rows] == [
        ("a1", "reply.start", kept.id, ""),
        ("a1", "reply.propose", kept.id, ""),
        ("b2", "reply.return", kept.id, ""),
        ("a1", "reply.delete", kept.id, ""),
    ]


REFUSED: list[tuple[str, Callable[[Desk, KeptReply], object], str]] = [
    ("empty letter", lambda desk, kept: desk(AUTHOR).edit(kept.id, 1, " \n"), "文面が空"),
    ("long letter", lambda desk, kept: desk(AUTHOR).edit(kept.id, 1, "あ" * 40_001), "長すぎ"),
    (
        "number",
        lambda desk, kept: desk(AUTHOR).edit(kept.id, 1, "個人番号は１２３４　５６７８　９０１８です"),
        "個人番号",
    ),
    ("empty comment", lambda desk, kept: desk(SECOND).do(kept.id, Deed.RETURN, 1, "  "), "理由が空"),
    ("long comment", lambda desk, kept: desk(SECOND).do(kept.id, Deed.RETURN, 1, "あ" * 1001), "長すぎ"),
    ("number in it", lambda desk, kept: desk(SECOND).do(kept.id, Deed.RETURN, 1, "1234-5678-9018 は不要"), "個人番号"),
]


@pytest.mark.parametrize(("name", "act", "said"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_what_cannot_be_taken_is_told(
    desk: Desk, name: str, act: Callable[[Desk, KeptReply], object], said: str
) -> None:
    kept = brought_to(desk, State.PROPOSED)
    with pytest.raises(BadEntry, match=said):
        act(desk, kept)
    assert desk(AUTHOR).get(kept.id) == kept


def test_a_reply_with_a_number_is_not_begun(desk: Desk) -> None:
    for part in ({"letter": "番号は123456789018です"}, {"questions": ("個人番号123456789018は何",)}):
        with pytest.raises(BadEntry):
            desk(AUTHOR).start(composed(**part))
    assert desk(AUTHOR).list() == []
