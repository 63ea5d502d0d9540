"""Documents side by side, and 'A or B?'."""

from __future__ import annotations

from collections.abc import Callable

from rag.types import Answer, Status

Asking = Callable[[str], Answer]


def test_each_document_answers_under_its_name(ask: Asking) -> None:
    answer = ask("川口市と川崎市の市営住宅の事務担当部署を比べて")
    lines = answer.answer.splitlines()
    assert lines[0] == "**川口市「子ども医療費の支給に関する事務」**"
    assert "子育て支援課" in lines[1]
    assert lines[2] == "**川崎市「市営住宅等管理事務」**"
    assert "市営住宅管理課" in lines[3]
    assert answer.coverage.matched == 2


def test_rows_of_several_documents_name_their_document(ask: Asking) -> None:
    answer = ask("川口市の子ども医療費と川崎市の市営住宅の委託先を比較して")
    assert len(answer.rows) == 5
    assert all(row.cells[0][0] == "自治体・事務" for row in answer.rows)


def test_a_municipality_that_is_not_collected_makes_it_partial(ask: Asking) -> None:
    answer = ask("川口市と大阪市の委託先を比べて")
    assert answer.status is Status.PARTIAL
    assert "大阪市の評価書は収録していません(未収載)" in answer.answer


def test_either_or_shows_both_sides(ask: Asking) -> None:
    answer = ask("川崎市の市営住宅の認証は静脈認証ですか、指紋認証ですか")
    assert answer.warnings[0].startswith("記載の食い違い")
    assert [c.section.split(" ")[0] for c in answer.citations] == ["II.6", "III.2", "III.3"]


def test_either_or_where_only_one_stands(ask: Asking) -> None:
    answer = ask("青嶺市の国保の認証は顔認証ですか、指紋認証ですか")
    assert answer.warnings == ()
    assert answer.citations
    assert all("顔認証" in c.quote for c in answer.citations)
