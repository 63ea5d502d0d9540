"""The checks over a draft: real faults are told, what is only open is told apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ingest.read import read_assessment
from rag.checks.finding import Family
from rag.checks.paper import of_assessment
from rag.checks.run import check
from rag.draft.findings import findings, open_places
from rag.draft.plain import plain_text
from rag.draft.types import Basis, Draft, FieldDraft
from tests.fakes_filled import TODAY, draft_of, full, full_draft, open_draft, sentence


def with_text(section: str, text: str) -> Draft:
    return changed(section, lambda f: replace(f, sentences=(sentence("x", text),)))


def changed(section: str, change: Callable[[FieldDraft], FieldDraft]) -> Draft:
    draft = full_draft()
    return replace(draft, fields=tuple(change(f) if f.section == section else f for f in draft.fields))


def ids(draft: Draft, today: dt.date = TODAY) -> list[str]:
    return [f.rule.id for f in findings(draft, today)]


def test_a_full_draft_has_no_findings_and_nothing_open() -> None:
    assert findings(full_draft(), TODAY) == ()
    assert open_places(full_draft()) == ()


def test_a_draft_in_which_all_is_open_has_no_findings() -> None:
    draft = open_draft()
    assert findings(draft, TODAY) == ()
    places = {p.section: p.asks for p in open_places(draft)}
    assert places["II.4 委託事項1 ③"] == ("③委託先名",)
    assert places["I.1 ③"] == ("③対象人数",)
    assert set(places) == {f.section for f in draft.fields} - {
        "表紙 評価書番号",
        "表紙 評価書名",
        "表紙 評価実施機関名",
        "表紙 公表日",
    }


def test_the_same_draft_as_a_file_passes_the_checks_but_for_its_placeholders(tmp_path: Path) -> None:
    for draft, families in ((full_draft(), set()), (open_draft(), {Family.BLANK, Family.UNREADABLE})):
        path = tmp_path / "草案.txt"
        path.write_text(plain_text(draft), encoding="utf-8")
        found = check(of_assessment(read_assessment(path), path.name, TODAY))
        assert {f.rule.family for f in found} <= families


def test_real_faults_are_told_with_their_places() -> None:
    assert ids(with_text("III.2 措置の内容", "青嶺市個人情報保護条例を守る。")) == ["suspicious.other-city"]
    assert "stale.item-seven" in ids(with_text("I.5 ②", "番号法第19条第7号 別表第二(情報照会)"))
    found = findings(with_text("IV.1 ②", "みなと市個人情報保護条例第13条により請求する。"), TODAY)
    assert [f.sections for f in found] == [("IV.1 ②",)]


def test_a_placeholder_is_no_content() -> None:
    for text in (
        "【要確認: 青嶺市個人情報保護条例を守るか】",
        "記録を【要確認: 青嶺市個人情報保護条例の保存期間】の間残す。",
    ):
        assert ids(with_text("III.2 措置の内容", text)) == []
    assert "suspicious.repeated" not in ids(
        draft_of(lambda f: None if f.item == "II.2" and f.kind == "text" else full(f))
    )


def test_a_field_that_was_emptied_is_a_fault_and_one_that_asks_is_not() -> None:
    emptied = changed("II.6 保管場所", lambda f: replace(f, sentences=()))
    assert ids(emptied) == ["blank.required"]
    assert ids(changed("II.6 保管場所", lambda f: replace(f, sentences=(sentence("x", "【要確認: 場所】"),)))) == []


def test_a_choice_and_boxes_that_nobody_set_are_open() -> None:
    unset = changed("III.9 実施状況", lambda f: replace(f, sentences=()))
    assert ids(unset) == []
    assert [(p.section, p.asks) for p in open_places(unset)] == [("III.9 実施状況", ("選択肢を選ぶ",))]
    bare = changed(
        "III.8 実施の有無", lambda f: replace(f, boxes=tuple(replace(m, marking="unmarked") for m in f.boxes))
    )
    assert [(p.section, p.asks) for p in open_places(bare)] == [("III.8 実施の有無", ("印を付ける",))]
    assert ids(bare) == []


def test_what_is_asked_is_told_in_order_and_once() -> None:
    said = sentence("x", "【要確認：誰が】が【要確認: 頻度】確かめ、【要確認: 頻度】記録する。", Basis.PLACEHOLDER)
    draft = changed("III.10", lambda f: replace(f, sentences=(said,)))
    assert [(p.section, p.asks) for p in open_places(draft)] == [("III.10", ("誰が", "頻度"))]


def test_a_part_of_the_form_is_checked_alone() -> None:
    draft = full_draft()
    part = replace(draft, fields=draft.of("III.4"))
    assert findings(part, TODAY) == ()
    assert findings(replace(draft, fields=()), TODAY) == ()
    other = with_text("III.4 規定の内容", "青嶺市個人情報保護条例を守る。")
    assert ids(replace(other, fields=other.of("III.4"))) == ["suspicious.other-city"]


def test_without_number_and_dates_a_draft_is_judged_as_of_today() -> None:
    def says(field: FieldDraft) -> object:
        return None if field.item == "表紙" else full(field)

    assert ids(draft_of(says)) == []  # type: ignore[arg-type]
    assert ids(full_draft(), dt.date(2027, 6, 1)) == ["overdue.review"]
