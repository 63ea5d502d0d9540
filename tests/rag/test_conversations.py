"""Conversations: what is kept comes back, is found, is told to follow-ups, and is gone once deleted."""

from __future__ import annotations

import sqlite3
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import cut_form, read_form, write_form
from fakes_kept import trace

from rag import database, intake
from rag.answer import Answerer
from rag.catalog import Catalog
from rag.conversations import PAST_TURNS, Conversations
from rag.errors import BadEntry, BadQuestion, NotFound, StoreError
from rag.library import Library
from rag.types import Row, Status

NUMBER = "個人番号は123456789018です"


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog.open("", tmp_path)


@pytest.fixture
def kept(catalog: Catalog) -> Conversations:
    return Conversations(catalog.engine)


def test_a_turn_comes_back_as_it_was(kept: Conversations) -> None:
    conversation = kept.start("")
    kept.keep(trace("a"), conversation.id)
    kept.keep(trace("b"))
    turn = kept.turn("a")
    assert turn.trace == trace("a")
    assert (turn.conversation, turn.number, turn.feedback, turn.replaced) == (conversation.id, 1, None, False)
    assert turn.trace.asked_at.tzinfo is not None
    alone = kept.turn("b")
    assert (alone.conversation, alone.number) == ("", 0)
    assert [t.trace.id for t in kept.recent()] == ["a", "b"]
    assert kept.turns(conversation.id) == [turn]


def test_refused_answers_are_not_kept(kept: Conversations) -> None:
    conversation = kept.start("")
    kept.keep(trace("a", NUMBER, status=Status.REFUSED), conversation.id)
    assert kept.recent() == []
    assert kept.list() == []
    assert kept.get(conversation.id).title == ""


def test_titles_come_from_the_first_question_once(kept: Conversations) -> None:
    untitled, titled = kept.start(""), kept.start(" 給食費の\n委託 ")
    for conversation in (untitled, titled):
        kept.keep(trace(f"1{conversation.id}", "長い\n質問" + "あ" * 100), conversation.id)
        kept.keep(trace(f"2{conversation.id}", "次の質問"), conversation.id)
    assert kept.get(untitled.id).title == "長い 質問" + "あ" * 55
    assert kept.get(titled.id).title == "給食費の 委託"
    kept.rename(untitled.id, "  新しい\t名前 ")
    assert kept.get(untitled.id).title == "新しい 名前"
    for wrong in ("", " \n", NUMBER):
        with pytest.raises(BadEntry, match="会話の名前"):
            kept.rename(untitled.id, wrong)
    assert issubclass(BadEntry, BadQuestion)
    assert kept.start(NUMBER).title == ""


def test_newest_activity_comes_first_and_empty_ones_are_not_listed(kept: Conversations) -> None:
    first, second, _empty = kept.start(""), kept.start("二つ目"), kept.start("")
    kept.keep(trace("a"), first.id)
    assert [c.id for c in kept.list()] == [first.id, second.id]
    kept.rename(second.id, "名前は活動ではない")
    assert [(c.id, c.turns) for c in kept.list()] == [(first.id, 1), (second.id, 0)]
    kept.keep(trace("b"), second.id)
    assert [c.id for c in kept.list()] == [second.id, first.id]
    assert [c.id for c in kept.list(limit=1, offset=1)] == [first.id]
    assert kept.get(first.id).created_at < kept.get(first.id).updated_at


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("アイネス", True),
        ("ｱｲﾈｽ", True),
        ("ABC", True),
        ("ａｂｃ　アイネス", True),
        ("100%", True),
        ("a_b", True),
        ("株式会社アイネス", True),
        ("棚の列", True),
        ("題名", True),
        ("題名 100%", True),
        ("100%が", False),
        ("a%b", False),
        ("aXb", False),
        ("アイネス ない", False),
        ("替えられた", False),
        ("", True),
        ("'; --", False),
        ("a\0b" * 50_000, False),
    ],
)
def test_search(kept: Conversations, search: str, found: bool) -> None:
    conversation = kept.start("ＡＢＣの題名")
    rows = (Row("甲市-1", (("場所", "棚の列"),), 1),)
    kept.keep(trace("a", "替えられた質問"), conversation.id)
    kept.keep(trace("b", "a_b は？", "**株式会社**アイネスが100% です。", rows=rows), conversation.id, replaces="a")
    assert bool(kept.list(search)) is found


def test_a_turn_answered_anew_takes_the_place_of_the_old_one(kept: Conversations) -> None:
    conversation = kept.start("")
    for id in "abc":
        kept.keep(trace(id), conversation.id)
    kept.keep(trace("d"), conversation.id, replaces="b")
    kept.keep(trace("e"), conversation.id, replaces="b")
    assert [(t.trace.id, t.number) for t in kept.turns(conversation.id)] == [("a", 1), ("e", 2), ("c", 3)]
    assert [kept.turn(id).replaced for id in "abcde"] == [False, True, False, True, False]
    assert kept.get(conversation.id).turns == 3
    kept.keep(trace("f"), conversation.id, replaces="unknown")
    assert kept.turn("f").number == 4


def test_only_a_turn_of_the_same_conversation_is_replaced(kept: Conversations) -> None:
    one, two = kept.start(""), kept.start("")
    kept.keep(trace("a"), one.id)
    kept.keep(trace("b"), two.id, replaces="a")
    kept.keep(trace("c"), replaces="a")
    assert not kept.turn("a").replaced


def test_what_a_follow_up_looks_back_on(kept: Conversations) -> None:
    conversation = kept.start("")
    assert kept.past(conversation.id) == ()
    for number in range(PAST_TURNS + 2):
        kept.keep(trace(f"t{number}", f"質問{number}"), conversation.id)
    kept.keep(trace("new", "作り直し"), conversation.id, replaces="t7")
    past = kept.past(conversation.id)
    assert [p.question for p in past] == [*(f"甲市の質問{n}" for n in range(2, 7)), "甲市の作り直し"]
    assert past[0].answer == trace("t2", "質問2").answer
    assert [p.question for p in kept.past(conversation.id, before="t2")] == ["甲市の質問0", "甲市の質問1"]


def test_unknown_names(kept: Conversations) -> None:
    for call in (kept.get, kept.turns, kept.past, kept.delete, kept.turn, kept.forget, kept.unsay):
        with pytest.raises(NotFound):
            call("unknown")
    with pytest.raises(NotFound):
        kept.rename("unknown", "名前")
    with pytest.raises(NotFound):
        kept.say("unknown", True)
    with pytest.raises(NotFound):
        kept.mark_case("unknown")


def test_an_id_is_used_once(kept: Conversations) -> None:
    kept.keep(trace("a"))
    with pytest.raises(StoreError, match="すでに使われて"):
        kept.keep(trace("a", "別の質問"))
    assert kept.turn("a").trace.question == "委託先は？"


def test_a_conversation_deleted_meanwhile_keeps_nothing(kept: Conversations) -> None:
    conversation = kept.start("")
    kept.delete(conversation.id)
    kept.keep(trace("a"), conversation.id)
    assert kept.recent() == []


def test_texts_that_no_database_takes(kept: Conversations) -> None:
    odd = "a\0b\ud800c"
    conversation = kept.start(odd)
    kept.keep(trace("a", odd, odd), conversation.id)
    kept.say("a", False, comment=odd)
    assert kept.turn("a").trace.answer == trace("a", odd, odd).answer
    assert "\0" not in kept.turn("a").trace.question
    assert kept.list(odd)


def test_deleted_bytes_do_not_stay_in_the_file(kept: Conversations, tmp_path: Path) -> None:
    secret = "very-secret-marker"
    stays, goes = kept.start(""), kept.start("")
    for number in range(30):
        kept.keep(trace(f"s{number}", answer="x" * 3000), stays.id)
        kept.keep(trace(f"g{number}", secret, f"{secret} {number} " * 300), goes.id)
    kept.rename(goes.id, f"{secret} title")
    kept.say("g1", False, "足りない", f"{secret} comment")
    files = [tmp_path / database.SQLITE_FILE, tmp_path / f"{database.SQLITE_FILE}-wal"]
    assert any(secret.encode() in path.read_bytes() for path in files)
    kept.delete(goes.id)
    assert not [path for path in files if path.exists() and secret.encode() in path.read_bytes()]
    assert kept.feedbacks() == []
    assert len(kept.turns(stays.id)) == 30
    with pytest.raises(NotFound):
        kept.turn("g1")


def test_one_turn_is_forgotten_with_those_whose_place_it_took(kept: Conversations, tmp_path: Path) -> None:
    conversation = kept.start("名前")
    for id in "abc":
        kept.keep(trace(id, f"very-secret-marker {id}" if id == "b" else "質問"), conversation.id)
    kept.keep(trace("d", "very-secret-marker d"), conversation.id, replaces="b")
    kept.keep(trace("e"))
    kept.say("d", True)
    kept.forget("d")
    kept.forget("e")
    assert [(t.trace.id, t.number) for t in kept.turns(conversation.id)] == [("a", 1), ("c", 3)]
    assert (len(kept.recent()), kept.feedbacks()) == (2, [])
    files = [tmp_path / database.SQLITE_FILE, tmp_path / f"{database.SQLITE_FILE}-wal"]
    assert not [path for path in files if path.exists() and b"very-secret-marker" in path.read_bytes()]
    kept.keep(trace("f"), conversation.id, replaces="c")
    kept.forget("c")
    assert [t.trace.id for t in kept.turns(conversation.id)] == ["a", "f"]


def test_a_title_goes_with_the_question_it_came_from(kept: Conversations) -> None:
    untitled, named = kept.start(""), kept.start("自分で付けた名前")
    for conversation in (untitled, named):
        for word in ("秘密の質問", "次の質問"):
            kept.keep(trace(f"{word}{conversation.id}", word), conversation.id)
        kept.forget(f"秘密の質問{conversation.id}")
    assert kept.get(untitled.id).title == "次の質問"
    assert kept.get(named.id).title == "自分で付けた名前"
    kept.forget(f"次の質問{untitled.id}")
    assert kept.get(untitled.id).title == ""
    assert not kept.list("質問 秘密")


def test_deleting_does_not_wait_long_for_one_who_reads(
    kept: Conversations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WIPING_TIMEOUT_S", 0.1)
    conversation = kept.start("名前")
    reader = sqlite3.connect(tmp_path / database.SQLITE_FILE, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM conversations").fetchall()
    started = time.monotonic()
    kept.delete(conversation.id)
    assert time.monotonic() - started < 2
    reader.close()
    with kept._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == database.BUSY_TIMEOUT_S * 1000


def test_keeping_does_not_move_the_generation(kept: Conversations, catalog: Catalog) -> None:
    before = catalog.generation()
    conversation = kept.start("")
    kept.keep(trace("a"), conversation.id)
    kept.say("a", True)
    kept.mark_case("a")
    kept.rename(conversation.id, "名前")
    kept.delete(conversation.id)
    assert catalog.generation() == before


def test_keeping_while_assessments_are_loaded(kept: Conversations, catalog: Catalog, tmp_path: Path) -> None:
    conversation = kept.start("")
    faults: list[BaseException] = []
    longest = 0.0

    def load() -> None:
        for number in range(15):
            read = read_form(write_form(tmp_path / f"{number}.txt", f"甲市-{number}"))
            catalog.put(intake.prepare(read, cut_form(read), "form.txt"))

    def keep(worker: int) -> None:
        nonlocal longest
        for number in range(10):
            started = time.monotonic()
            try:
                kept.keep(trace(f"{worker}-{number}"), conversation.id)
            except BaseException as error:
                faults.append(error)
            longest = max(longest, time.monotonic() - started)

    threads = [threading.Thread(target=load), *(threading.Thread(target=keep, args=(n,)) for n in range(4))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert longest < 5
    assert len(catalog.versions()) == 15
    assert [t.number for t in kept.turns(conversation.id)] == list(range(1, 41))


def test_a_broken_database_is_told(kept: Conversations, tmp_path: Path) -> None:
    kept._engine.dispose()  # the last connection takes the log with it
    (tmp_path / database.SQLITE_FILE).write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="目録"):
        kept.list()


def test_the_answerer_keeps_what_it_answers(sample_library: Library) -> None:
    kept = sample_library.conversations
    answerer = Answerer(sample_library, keep=kept.keep)
    conversation = kept.start("")
    answer = answerer.ask("青嶺市の国民健康保険の委託先は？", conversation=conversation.id)
    assert kept.turn(answer.id).trace.answer == answer
    assert kept.past(conversation.id)[0].answer == answer
    assert kept.turn(answer.id).trace.plan["municipalities"] == ["青嶺市"]
    assert kept.turn(answer.id).trace.timings_ms["find"] > 0
    refused = answerer.ask(NUMBER, conversation=conversation.id)
    assert refused.status is Status.REFUSED
    assert len(kept.turns(conversation.id)) == 1
    kept.delete(conversation.id)


def test_feedback_is_one_a_turn_and_the_last_one_counts(kept: Conversations) -> None:
    for id in "ab":
        kept.keep(trace(id))
    said = kept.say("a", False, "足りない", " 件数が違う ")
    assert (said.turn, said.good, said.reason, said.comment, said.made_case) == (
        "a",
        False,
        "足りない",
        "件数が違う",
        False,
    )
    assert kept.turn("a").feedback == said
    kept.say("b", True, "足りない")
    assert [(f.turn, f.good, f.reason) for f, _ in kept.feedbacks()] == [("b", True, ""), ("a", False, "足りない")]
    assert [turn.trace.id for _, turn in kept.feedbacks(only_bad=True)] == ["a"]
    kept.mark_case("a")
    assert kept.turn("a").feedback == replace(said, made_case=True)
    kept.say("a", True)
    assert kept.feedbacks(only_bad=True) == []
    changed = kept.turn("a").feedback
    assert changed
    assert (changed.good, changed.comment, changed.made_case) == (True, "", False)
    kept.unsay("a")
    assert kept.turn("a").feedback is None


def test_feedback_that_cannot_be_taken(kept: Conversations) -> None:
    kept.keep(trace("a"))
    for reason, comment, word in (("嫌い", "", "根拠が違う"), ("", "あ" * 1001, "1000文字"), ("", NUMBER, "個人番号")):
        with pytest.raises(BadEntry, match=word):
            kept.say("a", False, reason, comment)
    assert kept.feedbacks() == []
