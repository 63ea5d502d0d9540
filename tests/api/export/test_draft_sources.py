"""The sources of a draft as a workbook: every sentence with where it comes from, and nothing that runs."""

from __future__ import annotations

import io
from dataclasses import replace

from openpyxl import Workbook, load_workbook

from api.export.draft_sources import sources_xlsx
from rag.draft.types import Basis, Changed, Decision, Draft
from tests.fakes_filled import CITATION, full_draft, open_draft, saying, sentence


def opened(draft: Draft) -> Workbook:
    return load_workbook(io.BytesIO(sources_xlsx(draft)))


def rows(book: Workbook, sheet: str) -> list[dict[str, str]]:
    head, *lines = book[sheet].iter_rows(values_only=True)
    return [{str(h): str(v or "") for h, v in zip(head, line, strict=True)} for line in lines]


def test_every_sentence_has_its_row_with_basis_source_quote_and_changes() -> None:
    draft = full_draft()
    found = rows(opened(draft), "出典一覧")
    texts = [s.text for f in draft.fields for s in f.sentences]
    assert [r["文"] for r in found if r["備考"] != "印の欄"] == texts
    row = next(r for r in found if r["項目"] == "III.4 規定の内容")
    assert row == {
        "項目": "III.4 規定の内容",
        "欄": "規定の内容",
        "文": "みなと市はIII.4・規定の内容の措置を講じる。",
        "根拠": "他市の措置",
        "出典(評価書、項目、公表日)": "青嶺市-11 III.4 規定の内容 令和7年6月30日",
        "原文": CITATION.quote,
        "変更した語(前→後、理由)": "青嶺市 → みなと市(自治体の名)",
        "共通する団体数": "2",
        "状態": "提案",
        "備考": "",
    }
    assert {r["根拠"] for r in found} == {"他市の措置", "国の記載例", "自市の情報", "担当者の記載", ""}


def test_rejected_sentences_and_several_sources_are_told() -> None:
    other = replace(CITATION, marker=2, document="みなも町-3", quote="別の文。")
    said = sentence(
        *("x", "定める。", Basis.PEER),
        citations=(CITATION, other),
        changed=(Changed("甲", "", ""), Changed("", "乙", "補う")),
        decision=Decision.REJECTED,
        note="版により異なる",
    )
    draft = full_draft()
    draft = replace(
        draft, fields=tuple(replace(f, sentences=(said,)) if f.section == "III.10" else f for f in draft.fields)
    )
    row = next(r for r in rows(opened(draft), "出典一覧") if r["項目"] == "III.10")
    assert (row["状態"], row["備考"]) == ("不採用", "版により異なる")
    assert row["原文"] == f"(1) {CITATION.quote}\n(2) 別の文。"
    assert row["変更した語(前→後、理由)"] == "甲 → (削除)\n(なし) → 乙(補う)"


def test_what_is_open_and_the_models_have_their_sheets() -> None:
    book = opened(open_draft())
    assert book.sheetnames == ["出典一覧", "要確認", "手本"]
    assert {"項目": "II.4 委託事項1 ③", "欄": "③委託先名", "確認すること": "③委託先名"} in rows(book, "要確認")
    peer = rows(book, "手本")[0]
    assert (peer["順位"], peer["評価書"], peer["評点"], peer["使用"]) == ("1", "青嶺市-11", "0.62", "使う")
    assert peer["理由"] == "事務: 同じ分野の事務\n公表日: 新しい公表日"
    assert rows(opened(full_draft()), "要確認") == []


def test_no_cell_runs_as_a_formula() -> None:
    said = sentence(
        "x", "=1+1", Basis.PEER, citations=(replace(CITATION, quote="@SUM(A1)", section="+II"),), note="-2\x07"
    )
    draft = full_draft()
    draft = replace(
        draft, fields=tuple(replace(f, sentences=(said,)) if f.section == "III.10" else f for f in draft.fields)
    )
    book = opened(draft)
    assert not any(c.data_type == "f" for s in book.worksheets for line in s.iter_rows() for c in line)
    row = next(r for r in rows(book, "出典一覧") if r["項目"] == "III.10")
    assert (row["文"], row["原文"], row["備考"]) == ("'=1+1", "'@SUM(A1)", "'-2")


def test_marks_have_the_row_of_what_they_rest_on_or_one_of_their_own() -> None:
    own = [r for r in rows(opened(full_draft()), "出典一覧") if r["項目"] == "II.3 ②"]
    assert [(r["文"], r["根拠"], r["備考"]) for r in own] == [("情報提供ネットワークシステム", "", "印の欄")]
    told = saying("II.3 ②", sentence("p", "情報提供ネットワークシステム", Basis.PROFILE))
    row = [r for r in rows(opened(told), "出典一覧") if r["項目"] == "II.3 ②"]
    assert [(r["文"], r["根拠"], r["備考"]) for r in row] == [("情報提供ネットワークシステム", "自市の情報", "")]
