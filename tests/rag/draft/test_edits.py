"""What each edit makes of a draft, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest.assessment import Marking
from rag.draft import edits, renewal
from rag.draft.changes import What, changes
from rag.draft.places import field_at, sentence_at, with_field
from rag.draft.questions import questions
from rag.draft.types import Basis, Decision, Draft, DraftSentence, FieldKind
from rag.errors import BadEntry, NotFound
from tests.fakes_draft import BOXES, CHOICE, METHOD, PEERS, RULES, cited, draft

NUMBER = "1234 5678 9018"


def sentence(made: Draft, id: str) -> DraftSentence:
    field, at = sentence_at(made, id)
    return field.sentences[at]


def texts(made: Draft, section: str = RULES) -> list[str]:
    return [s.text for s in field_at(made, section).sentences]


def test_deciding() -> None:
    accepted = edits.accept(draft(), "a1")
    assert sentence(accepted, "a1").decision is Decision.ACCEPTED
    rejected = edits.reject(accepted, "a1")
    assert [s.id for s in field_at(rejected, RULES).standing] == ["a2", "a3"]
    assert sentence(rejected, "a1").text == "秘密を守ること。"
    assert edits.reopen(rejected, "a1") == draft()


def test_rewording_keeps_where_it_came_from() -> None:
    made = sentence(edits.reword(draft(), "a2", " 情報と機器を持ち出さないこと。\r\n"), "a2")
    assert (made.text, made.basis) == ("情報と機器を持ち出さないこと。", Basis.PERSON)
    assert made.citations == sentence(draft(), "a2").citations
    assert made.changed == sentence(draft(), "a2").changed
    assert edits.reword(draft(), "a2", "情報を持ち出さないこと。") == draft()


def test_a_rejected_sentence_that_is_rewritten_stands_again() -> None:
    made = edits.reword(edits.reject(draft(), "a1"), "a1", "秘密を厳守すること。")
    assert sentence(made, "a1").decision is Decision.PROPOSED


def test_filling_in_questions_keeps_the_basis() -> None:
    made = sentence(edits.reword(draft(), "b1", "立入調査を年2回行い、こども課が確かめる。"), "b1")
    assert made.basis is Basis.PEER
    assert "「年2回」、「こども課」" in made.note
    assert (made.changed[0].before, made.changed[0].after) == ("年1回", "年2回")
    assert made.decision is Decision.ACCEPTED
    other = sentence(edits.reword(draft(), "b1", "立入調査を年2回行い、こども課が確かめ、報告する。"), "b1")
    assert other.basis is Basis.PERSON


def test_answering_one_question_after_another() -> None:
    made = edits.answer(draft(), "b1", 1, "こども課")
    assert sentence(made, "b1").text == "立入調査を【要確認: 頻度】行い、こども課が確かめる。"
    assert [q.what for q in questions(made)] == ["規定の有無", "頻度", "報告の方法"]
    made = edits.answer(made, "b1", 0, "年2回")
    assert sentence(made, "b1").note == "担当者の記入: 「こども課」。担当者の記入: 「年2回」"
    with pytest.raises(NotFound, match="もう書き込まれて"):
        edits.answer(made, "b1", 0, "年3回")


def test_nothing_but_a_question_becomes_the_persons() -> None:
    made = sentence(edits.answer(draft(), "b2", 0, "書面で報告させる。"), "b2")
    assert (made.text, made.basis) == ("書面で報告させる。", Basis.PERSON)


def test_the_question_of_a_choice_is_answered_by_an_option() -> None:
    assert field_at(edits.answer(draft(), "c1", 0, "定めている"), CHOICE).choice == "定めている"
    with pytest.raises(BadEntry, match="選択肢はありません。定めている、定めていない"):
        edits.answer(draft(), "c1", 0, "たぶん")


def test_adding() -> None:
    made = edits.add(draft(), RULES, "監査に応じること。", after="a1")
    assert texts(made)[:2] == ["秘密を守ること。", "監査に応じること。"]
    added = field_at(made, RULES).sentences[1]
    assert (added.basis, added.bullet, added.id) == (Basis.PERSON, "・", "n1")
    assert texts(edits.add(made, RULES, "終わり。"))[-1] == "終わり。"
    assert field_at(edits.add(made, "III.5", "提供しない。"), "III.5").sentences[0].id == "n2"


def test_removing_and_moving() -> None:
    assert texts(edits.remove(draft(), "a1"))[0] == "情報を持ち出さないこと。"
    assert [s.id for s in field_at(edits.move(draft(), "a1", up=False), RULES).sentences] == ["a2", "a1", "a3"]
    assert [s.id for s in field_at(edits.move(draft(), "a3", up=True), RULES).sentences] == ["a1", "a3", "a2"]
    assert edits.move(draft(), "a1", up=True) == edits.move(draft(), "a3", up=False) == draft()


def test_swapping_for_an_offer_and_back() -> None:
    made = edits.swap(draft(), "a1", "o1")
    assert (sentence(made, "a1").text, sentence(made, "a1").decision) == ("作業の場所を限ること。", Decision.ACCEPTED)
    assert next((o.id, o.text) for o in field_at(made, RULES).offers) == ("o1", "秘密を守ること。")
    assert sentence(edits.swap(made, "a1", "o1"), "a1").text == "秘密を守ること。"


def test_a_persons_sentence_that_is_swapped_is_no_offer() -> None:
    own = edits.reword(draft(), "a1", "自分の文。")
    assert "自分の文。" not in [o.text for o in field_at(edits.swap(own, "a1", "o1"), RULES).offers]


def test_another_wording_of_the_same_measure() -> None:
    other = DraftSentence("x", "秘密保持の義務を課す。", Basis.PEER, (cited(1, "秘密保持の義務", 2),))
    made = sentence(edits.put(draft(), "a1", other), "a1")
    assert (made.id, made.text, made.bullet, made.shared) == ("a1", "秘密保持の義務を課す。", "・", 2)
    assert [c.document for c in made.citations] == ["汐見町-2", "青葉野市-7"]


def test_taking_an_offer_over() -> None:
    made = field_at(edits.take(draft(), RULES, "o2"), RULES)
    assert (made.sentences[-1].id, made.sentences[-1].decision) == ("o2", Decision.ACCEPTED)
    assert [o.id for o in made.offers] == ["o1"]


def test_choosing() -> None:
    made = edits.choose(draft(), CHOICE, "定めている")
    assert (field_at(made, CHOICE).choice, field_at(made, CHOICE).sentences[0].basis) == ("定めている", Basis.PERSON)
    field = field_at(draft(), CHOICE)
    proposed = replace(field, sentences=(DraftSentence("c1", "定めている", Basis.PEER),))
    with_it = replace(draft(), fields=(proposed,))
    taken = field_at(edits.choose(with_it, CHOICE, "定めている"), CHOICE).sentences[0]
    assert (taken.basis, taken.decision) == (Basis.PEER, Decision.ACCEPTED)


def test_marking_boxes() -> None:
    made = field_at(edits.mark(draft(), BOXES, ["その他"], {"その他": "庁内"}), BOXES)
    assert [(b.marking, b.detail) for b in made.boxes] == [(Marking.UNMARKED, ""), (Marking.MARKED, "庁内")]
    assert [(s.text, s.basis) for s in made.sentences] == [("その他", Basis.PERSON)]
    assert field_at(edits.mark(with_field(draft(), made), BOXES, []), BOXES).sentences == ()
    with pytest.raises(BadEntry, match="「紙」という欄"):
        edits.mark(draft(), BOXES, ["紙"])


def test_counting() -> None:
    assert field_at(edits.count(draft(), CHOICE, "０３"), CHOICE).count == "3"
    for wrong in ("三件", "-1", "12345"):
        with pytest.raises(BadEntry):
            edits.count(draft(), CHOICE, wrong)


def test_choosing_peers() -> None:
    made = edits.choose_peers(draft(), ["汐見町-2"])
    assert [(p.document, p.chosen) for p in made.peers] == [("青葉野市-7", False), ("汐見町-2", True)]
    with pytest.raises(NotFound, match="遠い市-1"):
        edits.choose_peers(draft(), ["遠い市-1"])


WORDY: list[Callable[[Draft, str], Draft]] = [
    lambda d, text: edits.reword(d, "a1", text),
    lambda d, text: edits.add(d, RULES, text),
    lambda d, text: edits.answer(d, "b1", 0, text),
    lambda d, text: edits.mark(d, BOXES, ["その他"], {"その他": text}),
    lambda d, text: edits.count(d, CHOICE, text),
]


@pytest.mark.parametrize("edit", WORDY)
def test_personal_numbers_and_long_texts_are_refused(edit: Callable[[Draft, str], Draft]) -> None:
    with pytest.raises(BadEntry, match="個人番号とみられる数字"):
        edit(draft(), f"番号は{NUMBER}")
    with pytest.raises(BadEntry, match="長すぎます"):
        edit(draft(), "あ" * 5000)


@pytest.mark.parametrize("text", ["", "  \n", "\x07"])
def test_nothing_is_no_sentence(text: str) -> None:
    for edit in WORDY[:3]:
        with pytest.raises(BadEntry, match="空です"):
            edit(draft(), text)


def test_unseen_characters_are_left_out() -> None:
    made = sentence(edits.reword(draft(), "a1", "秘\u202e密\x00を\u200f守る。\ud800"), "a1")
    assert made.text == "秘密を守る。\ufffd\ufffd\ufffd"


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: edits.accept(d, "zz"),
        lambda d: edits.reword(d, "zz", "あ"),
        lambda d: edits.remove(d, "zz"),
        lambda d: edits.swap(d, "a1", "zz"),
        lambda d: edits.take(d, RULES, "zz"),
        lambda d: edits.take(d, "IX.9", "o1"),
        lambda d: edits.add(d, "IX.9", "あ"),
        lambda d: edits.add(d, RULES, "あ", after="b1"),
        lambda d: edits.choose(d, "IX.9", "あ"),
    ],
)
def test_what_is_not_there(edit: Callable[[Draft], Draft]) -> None:
    with pytest.raises(NotFound):
        edit(draft())


def test_each_kind_of_field_has_its_own_edits() -> None:
    for edit in (
        lambda: edits.add(draft(), CHOICE, "あ"),
        lambda: edits.reword(draft(), "c1", "あ"),
        lambda: edits.choose(draft(), RULES, "あ"),
        lambda: edits.mark(draft(), RULES, []),
    ):
        with pytest.raises(BadEntry, match=r"(選択肢から選び|文で書き)ます"):
            edit()


def test_making_a_field_anew_keeps_what_staff_decided() -> None:
    own = edits.accept(edits.reword(draft(), "a3", "再委託は認めない。"), "a2")
    own = edits.reject(own, "a1")
    field = field_at(draft(), RULES)
    fresh = DraftSentence("a3", "立入りに応じること。", Basis.PEER, (cited(0, "立入りに応じること。"),))
    made = replace(field, sentences=(field.sentences[0], fresh))
    renewed = field_at(renewal.renewed(own, made), RULES)
    assert [(s.text, s.decision) for s in renewed.sentences] == [
        ("秘密を守ること。", Decision.REJECTED),
        ("情報を持ち出さないこと。", Decision.ACCEPTED),
        ("再委託は認めない。", Decision.PROPOSED),
        ("立入りに応じること。", Decision.PROPOSED),
    ]
    assert len({s.id for s in (*renewed.sentences, *renewed.offers)}) == 6


def test_an_offer_taken_over_survives_and_is_not_offered_again() -> None:
    taken = edits.take(draft(), RULES, "o1")
    renewed = field_at(renewal.renewed(taken, field_at(draft(), RULES)), RULES)
    assert [s.text for s in renewed.sentences].count("作業の場所を限ること。") == 1
    assert [o.text for o in renewed.offers] == ["国の基準に従うこと。"]


def test_a_choice_that_staff_made_stays() -> None:
    chosen = edits.choose(draft(), CHOICE, "定めていない")
    assert field_at(renewal.renewed(chosen, field_at(draft(), CHOICE)), CHOICE).choice == "定めていない"
    marked = edits.mark(draft(), BOXES, ["その他"])
    assert renewal.renewed(marked, field_at(draft(), BOXES)) == marked


def test_all_fields_anew() -> None:
    own = edits.reword(draft(), "a1", "自分の文。")
    others = replace(draft(), peers=PEERS[:1])
    renewed = renewal.all_renewed(own, others)
    assert renewed.peers == PEERS[:1]
    assert "自分の文。" in texts(renewed)
    assert {f.kind for f in renewed.fields} == {FieldKind.TEXT, FieldKind.CHOICE, FieldKind.BOXES}
    assert texts(renewed, METHOD) == texts(draft(), METHOD)


def test_other_facts_make_other_fields() -> None:
    own = edits.reword(draft(), "a1", "自分の文。")
    old = field_at(draft(), RULES)
    more = replace(old, section="III.9 具体的な方法", item="III.9")
    profile = replace(draft().profile, city="別の市")
    made = replace(draft(), profile=profile, fields=(old, more))
    whole = renewal.all_renewed(own, made)
    assert [f.section for f in whole.fields] == [RULES, "III.9 具体的な方法"]
    assert whole.profile.city == "別の市"
    assert "自分の文。" in texts(whole)
    every = [s.id for f in whole.fields for s in (*f.sentences, *f.offers)]
    assert len(every) == len(set(every))


def test_a_field_of_an_assessment_under_revision_stays_and_gets_offers() -> None:
    field = field_at(draft(), RULES)
    standing = DraftSentence("k1", "今の評価書の文。", Basis.KEPT)
    own = with_field(draft(), replace(field, sentences=(standing,), offers=()))
    renewed = field_at(renewal.renewed(own, field), RULES)
    assert [s.text for s in renewed.sentences] == ["今の評価書の文。"]
    assert [o.text for o in renewed.offers][:2] == ["秘密を守ること。", "情報を持ち出さないこと。"]


def test_made_anew_only_what_differs_is_a_change() -> None:
    field = field_at(draft(), RULES)
    other = replace(field.sentences[0], text="立入りに応じること。")
    again = [replace(s, id=f"a{n}") for n, s in enumerate((other, *field.sentences[1:][::-1]), 1)]
    renewed = renewal.renewed(draft(), replace(field, sentences=tuple(again)))
    made = [(c.what, c.before, c.after) for c in changes(draft(), renewed) if c.what is not What.MOVED]
    assert made == [(What.REMOVED, field.sentences[0].text, ""), (What.ADDED, "", "立入りに応じること。")]


def test_other_peers_alone_are_one_change() -> None:
    anew = replace(draft(), peers=PEERS[:1])
    fields = [replace(f, sentences=tuple(replace(s, id=f"z{s.id}") for s in f.sentences)) for f in anew.fields]
    told = changes(draft(), renewal.all_renewed(draft(), replace(anew, fields=tuple(fields))))
    assert [c.what for c in told] == [What.PEERS]
