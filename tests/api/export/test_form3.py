"""The official form as a workbook: every field stands in its cell and is read back from it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.export.form3 import form3_xlsx
from ingest.assessment import Assessment, Mark, Marking
from ingest.read import read_assessment
from rag.draft.plain import field_text, marked
from rag.draft.types import Basis, Draft, DraftSentence, FieldDraft, FieldKind
from tests.fakes_filled import PROFILE, draft_of, full, full_draft, open_draft, read_back, same_text, sentence

ROWS = (
    (
        "令和8年4月1日",
        "I 基本情報 4. 個人番号の利用 法令上の根拠",
        "番号法第9条第1項 別表第一の1の項",
        "同 別表の1の項",
        "事後",
        "法の改正",
    ),
    (
        "令和8年4月1日",
        "II 特定個人情報ファイルの概要 6. 特定個人情報の保管・消去 保管場所",
        "",
        "一行目\n二行目",
        "事前",
        "",
    ),
)


def opened(draft: Draft, changes: Sequence[Sequence[str]] = ()) -> Workbook:
    return load_workbook(io.BytesIO(form3_xlsx(draft, changes)))


def read_book(draft: Draft, folder: Path, changes: Sequence[Sequence[str]] = ()) -> Assessment:
    path = folder / "様式3.xlsx"
    path.write_bytes(form3_xlsx(draft, changes))
    return read_assessment(path)


def lost(draft: Draft, assessment: Assessment) -> list[tuple[str, str, str]]:
    found = read_back(assessment)
    wrong = []
    for field in draft.fields:
        item = found.get(field.section)
        want, got = field_text(field), item.text if item else "(なし)"
        if field.kind is FieldKind.BOXES:
            want = repr(marked(field))
            got = repr(tuple(m for m in item.marks if m.marking is Marking.MARKED)) if item else "(なし)"
        if not same_text(want, got):
            wrong.append((field.section, want, got))
    return wrong


def with_field(section: str, **more: object) -> Draft:
    draft = full_draft()
    return replace(draft, fields=tuple(replace(f, **more) if f.section == section else f for f in draft.fields))  # type: ignore[arg-type]


def at(book: Workbook, text: str) -> tuple[Worksheet, int, int]:
    """Where a text stands."""
    return next((s, c.row, c.column) for s in book.worksheets for row in s.iter_rows() for c in row if c.value == text)


@pytest.mark.parametrize("make", [full_draft, open_draft])
def test_every_field_is_read_back_from_its_cell(make: object, tmp_path: Path) -> None:
    draft = make()  # type: ignore[operator]
    assessment = read_book(draft, tmp_path)
    assert lost(draft, assessment) == []
    assert assessment.gaps == ()


@pytest.mark.parametrize("count", [0, 1, 11])
def test_there_are_as_many_blocks_as_there_are_contracts_recipients_and_systems(count: int, tmp_path: Path) -> None:
    profile = replace(
        PROFILE,
        systems=PROFILE.systems[:1] * max(1, count),
        contracts=(PROFILE.contracts or ())[:1] * count,
        recipients=(PROFILE.recipients or ()) * count,
    )
    draft = draft_of(full, profile)
    assert lost(draft, read_book(draft, tmp_path)) == []


def test_rows_of_changes_are_read_back_with_their_empty_cells(tmp_path: Path) -> None:
    assessment = read_book(full_draft(), tmp_path, ROWS)
    changes = [r for r in assessment.records if type(r).__name__ == "Change"]
    assert [(c.before.value, c.after.value, c.timing.value, c.target.value) for c in changes] == [
        (ROWS[0][2], ROWS[0][3], "事後", "I.4 法令上の根拠"),
        ("", "一行目\n二行目", "事前", "II.6 保管場所"),
    ]
    assert lost(full_draft(), assessment) == []


def test_a_sheet_for_each_part_in_the_official_order_fit_to_the_width_of_a4() -> None:
    book = opened(full_draft())
    assert book.sheetnames == [
        *(
            "表紙",
            "Ⅰ 基本情報",
            "Ⅱ ファイルの概要",
            "別添1",
            "Ⅲ リスク対策",
            "Ⅳ 開示請求、問合せ",
            "Ⅴ 評価実施手続",
            "別添2",
        ),
        "選択肢",
    ]
    for sheet in book.worksheets[:-1]:
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book["選択肢"].sheet_state == "hidden"
    assert book["別添2"].print_title_rows


def test_choices_offer_their_options_and_marks_a_circle() -> None:
    book = opened(full_draft())
    sheet, row, _ = at(book, "③対象人数")
    cell = sheet.cell(row, 9)
    assert (sheet.cell(row, 8).value, cell.value, sheet.cell(row, 14).value) == ("[", "1万人以上10万人未満", "]")
    assert "1) 1,000人未満" in sheet.cell(row, 15).value
    rule = next(r for r in sheet.data_validations.dataValidation if cell.coordinate in r.sqref)
    place = rule.formula1.split("!")[1].replace("$", "")
    options = [c.value for column in book["選択肢"][place] for c in column]
    assert options == [
        "1,000人未満",
        "1,000人以上1万人未満",
        "1万人以上10万人未満",
        "10万人以上30万人未満",
        "30万人以上",
    ]
    row = at(book, "③他のシステムとの接続")[1]
    marks = next(r for r in sheet.data_validations.dataValidation if sheet.cell(row, 9).coordinate in r.sqref)
    assert (sheet.cell(row, 9).value, marks.formula1) == ("○", '"○"')


def test_what_is_open_is_yellow_and_says_in_a_comment_what_is_asked() -> None:
    book = opened(open_draft())
    sheet, row, column = at(book, "【要確認: ②事務の内容】")
    cell = sheet.cell(row, column)
    assert (cell.fill.fgColor.rgb, cell.comment.text) == ("00FFF2A8", "【要確認: ②事務の内容】")
    row = at(book, "③対象人数")[1]
    chosen = sheet.cell(row, 9)
    assert (chosen.value, chosen.fill.fgColor.rgb, chosen.comment.text) == (None, "00FFF2A8", "【要確認: ③対象人数】")
    clean = opened(full_draft())
    cells = [c for s in clean.worksheets for r in s.iter_rows() for c in r]
    assert not any(c.comment or c.fill.fgColor.rgb == "00FFF2A8" for c in cells)


def test_no_text_runs_as_a_formula_and_none_is_changed(tmp_path: Path) -> None:
    said = (sentence("x", '=HYPERLINK("http://evil.example","押す")'),)
    draft = with_field("I.1 ②", sentences=said)
    book = opened(draft, (("=1+1", "@x", "+1", "-1", "=", "\x07"),))
    sheet, row, column = at(book, said[0].text)
    cell = sheet.cell(row, column)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert not any(c.data_type == "f" for s in book.worksheets for r in s.iter_rows() for c in r)
    assert lost(draft, read_book(draft, tmp_path)) == []


def test_rows_are_as_high_as_a_long_text_needs(tmp_path: Path) -> None:
    line = "特定個人情報を扱う端末は鍵のかかる部屋に置き、入退室を記録する。"
    draft = with_field("II.6 保管場所", sentences=tuple(sentence(str(n), line, bullet="・") for n in range(60)))
    sheet, row, _ = at(opened(draft), "保管場所 ※")
    merged = next(m for m in sheet.merged_cells.ranges if m.min_row == row and m.min_col == 8)
    height = sum(sheet.row_dimensions[r].height for r in range(merged.min_row, merged.max_row + 1))
    assert height >= 60 * 13
    assert max(sheet.row_dimensions[r].height for r in range(merged.min_row, merged.max_row + 1)) < 409
    assert lost(draft, read_book(draft, tmp_path)) == []


def test_a_text_longer_than_a_cell_takes_goes_on_in_the_next(tmp_path: Path) -> None:
    draft = with_field("II.7", sentences=(sentence("x", "\n".join("あ" * 100 for _ in range(700))),))
    assert lost(draft, read_book(draft, tmp_path)) == []


def test_details_counts_and_unreadable_boxes_stand_in_their_cells(tmp_path: Path) -> None:
    def says(field: FieldDraft) -> Sequence[DraftSentence] | str | Sequence[Mark]:
        if field.section == "II.3 ①":
            return (
                *field.boxes[:4],
                Mark("民間事業者", Marking.UNREADABLE),
                Mark("その他", Marking.MARKED, "国保連合会"),
            )
        return full(field)

    draft = draft_of(says)
    draft = replace(
        draft, fields=tuple(replace(f, count="2") if f.section == "II.4 委託の有無" else f for f in draft.fields)
    )
    assessment = read_book(draft, tmp_path)
    assert lost(draft, assessment) == []
    marks = {m.label: m.marking for m in read_back(assessment)["II.3 ①"].marks}
    assert marks["民間事業者"] is Marking.UNREADABLE
    sheet, row, _ = at(opened(draft), "委託の有無 ※")
    assert sheet.cell(row, 15).value == "(2) 件"


def test_free_text_of_annex_one_is_no_title_whatever_it_says(tmp_path: Path) -> None:
    for text in ("1. 特定個人情報ファイル名", "III リスク対策", "別紙", "【要確認: 記録項目】"):
        draft = with_field("別添1", sentences=(sentence("x", text, Basis.PLACEHOLDER),))
        assert lost(draft, read_book(draft, tmp_path)) == []


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=60).filter(lambda t: any(c.isalnum() for c in t)), min_size=1, max_size=4))
def test_any_text_makes_a_workbook(tmp_path: Path, lines: list[str]) -> None:
    """Property: no characters break the file."""
    draft = with_field("II.7", sentences=tuple(sentence(str(n), line) for n, line in enumerate(lines)))
    assert read_book(draft, tmp_path).document == "みなと市-12"
