"""A draft written as text is read back field by field: the same texts, choices and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.assessment import Mark, Marking, State
from rag.draft.plain import field_lines, field_text, marked, plain_text
from rag.draft.profile import Profile
from rag.draft.types import Basis, Decision, Draft, DraftSentence, FieldDraft, FieldKind
from tests.fakes_filled import (
    COVER,
    PROFILE,
    draft_of,
    full,
    full_draft,
    open_draft,
    read,
    read_back,
    same_text,
    saying,
    sentence,
)

#: Texts that look like the form's own lines, like markup, like boxes.
NASTY = (
    *(
        "①委託内容",
        "委託先名",
        "4. 個人番号の利用",
        "リスク1: 不正",
        "委託事項2",
        "II 特定個人情報ファイルの概要",
        "その内容 別紙",
    ),
    *(
        "(別添2) 変更箇所",
        "別紙",
        "[○] 紙",
        "<b>太字</b>",
        "**強調**",
        "&amp;",
        "\\(円)",
        "|表|",
        "- 3 -",
        "12/30",
        "# 見出し",
    ),
    *(
        "使用部署 総務課",
        "1) 一 2) 二",
        "【要確認: 頻度】",
        "＜市の措置＞",
        "変更日",
        "保管場所",
        "公表日",
        "事案について",
        "<!-- -->",
    ),
)
WORDS = st.text(
    st.sampled_from("市民の情報を扱う、。・（）()［］[]「」0１aA-ー/:：※①②<>＜＞&#*|\\ \u3000"), min_size=1, max_size=30
)
LINES = st.lists(
    st.one_of(st.sampled_from(NASTY), WORDS.filter(lambda t: any(c.isalnum() for c in t))), min_size=1, max_size=3
)


def lost(draft: Draft) -> list[tuple[str, str, str]]:
    """The fields that are read back otherwise than the draft has them."""
    found = read_back(read(plain_text(draft)))
    wrong = []
    for field in draft.fields:
        item = found.get(field.section)
        want, got = field_text(field), item.text if item else ""
        if field.kind is FieldKind.BOXES:
            held = [m for m in item.marks if m.marking is Marking.MARKED] if item else []
            got = "、".join(f"{m.label}({m.detail})" if m.detail else m.label for m in held)
        if not same_text(want, got):
            wrong.append((field.section, want, got))
    return wrong


def test_a_full_draft_is_read_back_without_loss() -> None:
    draft = full_draft()
    assert lost(draft) == []
    assessment = read(plain_text(draft))
    assert (assessment.gaps, assessment.remainders) == ((), ())
    assert (assessment.document, assessment.form, assessment.published) == ("みなと市-12", "様式3", "令和8年4月1日")


@pytest.mark.parametrize("count", [0, 1, 12])
def test_there_are_as_many_blocks_as_the_profile_tells(count: int) -> None:
    profile = replace(
        PROFILE,
        systems=PROFILE.systems[:1] * max(1, count),
        contracts=(PROFILE.contracts or ())[:1] * count,
        recipients=(PROFILE.recipients or ()) * count,
    )
    draft = draft_of(full, profile)
    assert lost(draft) == []
    assert len(read(plain_text(draft)).gaps) == 0
    assert sum(i.block == f"委託事項{count}" for i in read(plain_text(draft)).items) == 7 * bool(count)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_texts_choices_and_marks_are_read_back(data: st.DataObject) -> None:
    """Property: what is written into the fields of a draft is what its text says."""

    def says(field: FieldDraft) -> Sequence[DraftSentence] | str | Sequence[Mark]:
        if field.section in COVER and "評価書名" not in field.section and "宣言" not in field.section:
            return COVER[field.section]
        if not data.draw(st.booleans() if field.item in drawn else st.just(False)):
            return full(field)
        if field.kind is FieldKind.CHOICE:
            return data.draw(st.sampled_from(field.options))
        if field.kind is FieldKind.BOXES:
            chosen = data.draw(st.sets(st.sampled_from([m.label for m in field.boxes]), min_size=1))
            return tuple(
                replace(m, marking=Marking.MARKED if m.label in chosen else Marking.UNMARKED) for m in field.boxes
            )
        return [
            sentence(f"{n}", line, bullet=data.draw(st.sampled_from(("", "・"))))
            for n, line in enumerate(data.draw(LINES))
        ]

    items = [f.item for f in full_draft().fields]
    drawn = data.draw(st.sets(st.sampled_from(items), min_size=1, max_size=3))
    assert lost(draft_of(says)) == []


def test_what_is_open_stays_open() -> None:
    draft = open_draft()
    assert lost(draft) == []
    found = read_back(read(plain_text(draft)))
    assert found["II.4 委託の有無"].state is State.BLANK
    assert "【要確認: 委託の有無】" in plain_text(draft)
    assert found["III.10"].text == "【要確認: 10. その他のリスク対策】"
    assert not any(m.marking is Marking.MARKED for i in found.values() for m in i.marks)


def test_rejected_sentences_are_left_out_and_headings_bullets_and_lines_kept() -> None:
    said = (
        sentence("a", "一つ目。", heading="市の措置", bullet="・"),
        sentence("b", "捨てた文。", heading="市の措置", bullet="・", decision=Decision.REJECTED),
        sentence("c", "・二つ目。\n続き。", heading="市の措置", bullet="・"),
        sentence("d", "【要確認: 頻度】に確かめる。", Basis.PLACEHOLDER, heading="国の措置"),
    )
    field = next(
        f for f in draft_of(lambda f: said if f.section == "III.10" else full(f)).fields if f.section == "III.10"
    )
    assert field_lines(field) == (
        "＜市の措置＞",
        "・一つ目。",
        "・二つ目。",
        "続き。",
        "＜国の措置＞",
        "【要確認: 頻度】に確かめる。",
    )


def test_details_counts_and_unreadable_boxes() -> None:
    def says(field: FieldDraft) -> Sequence[DraftSentence] | str | Sequence[Mark]:
        if field.section == "II.3 ①":
            return (
                *field.boxes[:4],
                Mark("民間事業者", Marking.UNREADABLE),
                Mark("その他", Marking.MARKED, "国保連合会"),
            )
        if field.section == "II.5 提供・移転の有無":
            return (Mark("提供を行っている", Marking.MARKED, "28"), *field.boxes[1:])
        return full(field)

    draft = draft_of(says)
    draft = replace(
        draft, fields=tuple(replace(f, count="2") if f.section == "II.4 委託の有無" else f for f in draft.fields)
    )
    text = plain_text(draft)
    found = read_back(read(text))
    assert "[委託する] (2) 件 <選択肢>" in text
    assert {m.label: (m.marking, m.detail) for m in found["II.3 ①"].marks if m.marking is not Marking.UNMARKED} == {
        "民間事業者": (Marking.UNREADABLE, ""),
        "その他": (Marking.MARKED, "国保連合会"),
    }
    assert next((m.label, m.detail) for m in found["II.5 提供・移転の有無"].marks) == ("提供を行っている", "28")
    field = next(f for f in draft.fields if f.section == "II.3 ①")
    assert [m.label for m in marked(field)] == ["その他"]


def test_rows_of_changes_are_written_and_read_as_history() -> None:
    row = (
        "令和8年4月1日",
        "IV 開示請求、問合せ 1. 特定個人情報の開示・訂正・利用停止請求 ②請求方法",
        "旧\n二行",
        "新",
        "事後",
        "法の改正",
    )
    change = next(r for r in read(plain_text(full_draft(), (row,))).records if type(r).__name__ == "Change")
    assert (change.before.value, change.after.value, change.target.value) == ("旧 二行", "新", "IV.1 ②")


def test_a_draft_of_an_empty_profile_is_written() -> None:
    assert "委託事項1" in plain_text(draft_of(lambda f: None, Profile()))


def test_what_the_marks_rest_on_is_no_part_of_the_form() -> None:
    """A group of boxes may hold the sentence that its marks were taken from; only what is asked is printed."""
    told = sentence("p", "紙、専用線", Basis.PROFILE)
    assert plain_text(saying("II.3 ②", told)) == plain_text(full_draft())


def test_what_is_asked_is_never_taken_for_a_mark_or_an_option() -> None:
    asked = sentence("p", "【要確認: [○] 紙か[専用線]か】", Basis.PLACEHOLDER)
    assert lost(saying("II.3 ②", asked)) == []
    assert read_back(read(plain_text(saying("III.9 実施状況", asked))))["III.9 実施状況"].state is State.BLANK
