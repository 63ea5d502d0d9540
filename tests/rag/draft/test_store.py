"""Drafts are kept: versions, who changed what, two people at one draft."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from rag import database, tables
from rag.accounts.who import Role, Who
from rag.draft import edits, store
from rag.draft.changes import What
from rag.draft.kept import DraftConflict
from rag.draft.places import field_at
from rag.draft.store import Drafts
from rag.draft.types import Draft
from rag.errors import BadEntry, Forbidden, NotFound, StoreError
from tests.fakes_draft import CHOICE, RULES, draft


@pytest.fixture
def drafts(tmp_path: Path) -> Iterator[Drafts]:
    engine = database.open_engine("", tmp_path)
    yield Drafts(engine)
    engine.dispose()


def test_a_draft_is_kept_as_it_is(drafts: Drafts) -> None:
    kept = drafts.start(draft(), "山の 係")
    assert drafts.get(kept.id) == kept
    assert (kept.draft, kept.version, kept.saves, kept.author) == (draft(), 1, 1, "山の 係")
    assert kept.title == "緑丘市 学童保育料の減免に関する事務"
    assert [(e.id, e.title, e.version) for e in drafts.list()] == [(kept.id, kept.title, 1)]
    assert [v.origin for v in drafts.versions(kept.id)] == ["作成"]


def test_edits_of_one_sitting_share_a_version(drafts: Drafts) -> None:
    kept = drafts.start(draft(), "甲")
    one = drafts.edit(kept.id, 1, "甲", lambda d: edits.accept(d, "a1"))
    two = drafts.edit(kept.id, one.saves, "甲", lambda d: edits.reject(d, "a2"))
    assert (one.version, two.version, two.saves) == (2, 2, 3)
    assert drafts.version(kept.id, 1) == draft()
    assert drafts.version(kept.id, 2) == two.draft
    assert [(v.number, v.changes) for v in drafts.versions(kept.id)] == [(2, 2), (1, 0)]


def test_another_author_and_another_sitting_begin_a_version(drafts: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = drafts.start(draft(), "甲")
    drafts.edit(kept.id, 1, "甲", lambda d: edits.accept(d, "a1"))
    assert drafts.edit(kept.id, 2, "乙", lambda d: edits.accept(d, "a2")).version == 3
    monkeypatch.setattr(store, "SITTING", -store.SITTING)
    assert drafts.edit(kept.id, 3, "乙", lambda d: edits.accept(d, "a3")).version == 4


def test_who_changed_what(drafts: Drafts) -> None:
    kept = drafts.start(draft(), "甲")
    drafts.edit(kept.id, 1, "乙", lambda d: edits.reword(d, "a1", "秘密を厳守すること。"))
    drafts.edit(kept.id, 2, "甲", lambda d: edits.choose(d, CHOICE, "定めている"))
    log = drafts.changes(kept.id)
    assert [(c.author, c.change.section, c.change.what) for c in log] == [
        ("甲", CHOICE, What.CHOSEN),
        ("乙", RULES, What.REWORDED),
    ]
    assert (log[1].change.before, log[1].change.after) == ("秘密を守ること。", "秘密を厳守すること。")
    assert drafts.changes(kept.id, version=2) == log[1:]


def test_an_edit_that_changes_nothing_saves_nothing(drafts: Drafts) -> None:
    kept = drafts.start(draft())
    assert drafts.edit(kept.id, 1, "", lambda d: edits.reopen(d, "a1")) == kept


def test_two_people_at_different_fields(drafts: Drafts) -> None:
    kept = drafts.start(draft(), "甲")
    drafts.edit(kept.id, 1, "甲", lambda d: edits.choose(d, CHOICE, "定めている"))
    both = drafts.edit(kept.id, 1, "乙", lambda d: edits.accept(d, "a1"))
    assert both.draft == edits.accept(edits.choose(draft(), CHOICE, "定めている"), "a1")


def test_two_people_at_different_sentences_of_a_field(drafts: Drafts) -> None:
    kept = drafts.start(draft(), "甲")
    drafts.edit(kept.id, 1, "甲", lambda d: edits.reword(d, "a1", "甲の文。"))
    both = drafts.edit(kept.id, 1, "乙", lambda d: edits.reword(d, "a2", "乙の文。"))
    assert [s.text for s in field_at(both.draft, RULES).sentences[:2]] == ["甲の文。", "乙の文。"]


def test_two_people_at_one_sentence(drafts: Drafts) -> None:
    kept = drafts.start(draft(), "甲")
    first = drafts.edit(kept.id, 1, "甲", lambda d: edits.reword(d, "a1", "甲の文。"))
    with pytest.raises(DraftConflict, match=r"甲さんが.*規定の内容を変更したため、保存していません") as told:
        drafts.edit(kept.id, 1, "乙", lambda d: edits.reword(d, "a1", "乙の文。"))
    assert told.value.kept == first
    assert told.value.mine == edits.reword(draft(), "a1", "乙の文。")
    assert drafts.get(kept.id) == first


def test_a_place_that_somebody_removed(drafts: Drafts) -> None:
    kept = drafts.start(draft(), "甲")
    drafts.edit(kept.id, 1, "甲", lambda d: edits.remove(d, "a1"))
    with pytest.raises(DraftConflict) as told:
        drafts.edit(kept.id, 1, "乙", lambda d: edits.reword(d, "a1", "乙の文。"))
    assert told.value.mine is None
    with pytest.raises(NotFound):
        drafts.edit(kept.id, 2, "乙", lambda d: edits.reword(d, "a1", "乙の文。"))


def test_restoring_makes_a_new_version_and_keeps_the_others(drafts: Drafts) -> None:
    kept = drafts.start(draft(), "甲")
    changed = drafts.edit(kept.id, 1, "甲", lambda d: edits.remove(d, "a1"))
    back = drafts.restore(kept.id, 1, changed.saves, "甲")
    assert (back.version, back.draft) == (3, draft())
    assert drafts.version(kept.id, 2) == changed.draft
    assert drafts.versions(kept.id)[0].origin == "版 1 に戻す"
    # The restored state is no sitting that a later edit could write over.
    assert drafts.edit(kept.id, 3, "甲", lambda d: edits.accept(d, "a1")).version == 4
    with pytest.raises(NotFound, match="版 9 はありません"):
        drafts.restore(kept.id, 9, 4, "甲")


def test_many_at_once_lose_nothing(drafts: Drafts) -> None:
    kept = drafts.start(draft(), "甲")
    faults: list[Exception] = []

    def add(number: int) -> None:
        base = 1
        for _ in range(20):
            try:
                drafts.edit(kept.id, base, f"係{number}", lambda d: edits.add(d, RULES, f"文{number}。"))
                return
            except DraftConflict as told:
                base = told.kept.saves
            except Exception as error:
                faults.append(error)
                return

    threads = [threading.Thread(target=add, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    added = [s.text for f in drafts.get(kept.id).draft.fields for s in f.sentences if s.text.startswith("文")]
    assert sorted(added) == [f"文{n}。" for n in range(6)]
    assert drafts.get(kept.id).saves == 7


def test_deleting_leaves_nothing(drafts: Drafts, tmp_path: Path) -> None:
    secret = "ここだけの言葉"
    kept = drafts.start(draft(), "甲", secret)
    drafts.edit(kept.id, 1, "甲", lambda d: edits.reword(d, "a1", secret))
    assert any(secret.encode() in f.read_bytes() for f in tmp_path.iterdir())
    drafts.delete(kept.id)
    assert drafts.list() == []
    for table in (tables.draft_versions, tables.draft_changes):
        with drafts._engine.connect() as connection:
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0
    assert not any(secret.encode() in f.read_bytes() for f in tmp_path.iterdir())
    for work in (lambda: drafts.get(kept.id), lambda: drafts.delete(kept.id), lambda: drafts.versions(kept.id)):
        with pytest.raises(NotFound, match="その起案はありません"):
            work()


def test_names(drafts: Drafts) -> None:
    kept = drafts.start(draft(), " 山の\n係 ", "案 その１")
    drafts.rename(kept.id, "別の名前")
    assert (drafts.get(kept.id).title, kept.author) == ("別の名前", "山の 係")
    for wrong in ("", "1234-5678-9018", "あ" * 101):
        with pytest.raises(BadEntry):
            drafts.rename(kept.id, wrong)
    for wrong in ("1234-5678-9018", "あ" * 61):
        with pytest.raises(BadEntry, match="担当の名前"):
            drafts.edit(kept.id, 1, wrong, lambda d: edits.accept(d, "a1"))


def test_a_broken_body_is_told(drafts: Drafts) -> None:
    kept = drafts.start(draft())
    with drafts._engine.begin() as connection:
        connection.execute(sa.update(tables.draft_versions).values(body=b"broken"))
    with pytest.raises(StoreError, match="版 1 を読めません"):
        drafts.get(kept.id)


def test_an_edit_that_fails_saves_nothing(drafts: Drafts) -> None:
    kept = drafts.start(draft())

    def fail(_: Draft) -> Draft:
        raise BadEntry("だめ")

    with pytest.raises(BadEntry):
        drafts.edit(kept.id, 1, "", fail)
    assert drafts.get(kept.id) == kept


def test_a_draft_is_its_owners_until_it_is_shared(drafts: Drafts) -> None:
    own, other = (drafts.of(Who(id, id, Role.DRAFTER)) for id in ("甲", "乙"))
    kept = own.start(draft(), "甲")
    for work in (
        lambda: other.get(kept.id),
        lambda: other.versions(kept.id),
        lambda: other.version(kept.id, 1),
        lambda: other.changes(kept.id),
        lambda: other.edit(kept.id, 1, "乙", lambda d: edits.accept(d, "a1")),
        lambda: other.delete(kept.id),
    ):
        with pytest.raises(NotFound):
            work()
    assert other.list() == []
    own.share(kept.id, True)
    assert [d.owner for d in other.list()] == ["甲"]
    assert other.edit(kept.id, 1, "乙", lambda d: edits.accept(d, "a1")).author == "乙"
    for work in (
        lambda: other.rename(kept.id, "別の名前"),
        lambda: other.share(kept.id, False),
        lambda: other.delete(kept.id),
    ):
        with pytest.raises(Forbidden):
            work()
    assert drafts.get(kept.id).shared
    own.delete(kept.id)
    assert drafts.list() == []
