"""The published assessments: who has what, as read by hand, and that every quote stands in its source."""

from __future__ import annotations

import pytest

from rag.cite import fold, verified
from rag.compare.comparer import compare
from rag.compare.holding import Holding
from rag.compare.item import sections
from rag.compare.table import Comparison

from .conftest import ROOT, Shelf, row

DOCUMENTS = ROOT.parent / "shared" / "data" / "assessments"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DOCUMENTS.exists(), reason="the published assessments are not beside the project"),
]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(sorted(DOCUMENTS.glob("*.txt")))


def having(comparison: Comparison, name: str, holding: Holding = Holding.HAS) -> set[str]:
    """The documents that are so in a row."""
    cells = zip(comparison.columns, row(comparison, name).cells, strict=True)
    return {column.version.document for column, cell in cells if cell.holding is holding}


@pytest.mark.parametrize(
    ("item", "name", "documents"),
    [
        ("III.3", "二要素", {"さいたま市-19"}),
        ("III.3", "生体認証", {"さいたま市-19", "川崎市-14"}),
        ("III.3", "操作履歴", {"さいたま市-19", "伊勢市-10", "川口市-22"}),
        ("III.3", "アクセス権限", {"伊勢市-10", "川口市-22", "川崎市-14", "川崎市-53"}),
        ("III.4", "立入", {"さいたま市-19", "伊勢市-10"}),
        ("III.4", "秘密", {"さいたま市-19", "伊勢市-10", "川口市-22", "川崎市-14"}),
        ("III.4", "返還", {"伊勢市-10", "川崎市-14"}),
        ("III.4", "複製", {"さいたま市-19", "伊勢市-10", "川崎市-14"}),
        ("III.4", "事故時", {"伊勢市-10", "川口市-22", "川崎市-14"}),
        ("III.4", "再委託の禁止", {"川口市-22", "川崎市-14"}),
        ("III.6", "通信先", {"川崎市-53"}),
        ("III.7", "紙文書", {"さいたま市-19"}),
        ("III.8", "外部監査", {"川崎市-14"}),
        ("III.9", "委託先への教育", {"さいたま市-19", "伊勢市-10"}),
        ("II.6", "入退室", {"さいたま市-19", "川口市-22", "川崎市-14", "川崎市-53"}),
        ("II.6", "バックアップ", set()),
    ],
)
def test_who_has_it(shelf: Shelf, item: str, name: str, documents: set[str]) -> None:
    assert having(compare(shelf, item), name) == documents


def test_lost_parts_are_unreadable(shelf: Shelf) -> None:
    found = compare(shelf, "III.4")
    assert all(
        having(found, r.name, Holding.UNREADABLE) == {"川崎市-53"} for r in found.rows if r.name == "秘密保持義務"
    )
    assert having(compare(shelf, "III.8"), "内部監査", Holding.UNREADABLE) == {"伊勢市-10", "川口市-22", "川崎市-53"}


def test_an_audit_told_of_at_another_item_is_a_hint(shelf: Shelf) -> None:
    found = compare(shelf, "III.8")
    cells = dict(zip((c.version.document for c in found.columns), row(found, "監査の計画").cells, strict=True))
    assert cells["川崎市-53"].holding is Holding.NOT_STATED
    assert cells["川崎市-53"].elsewhere[0].section.startswith("III.9")
    assert cells["川口市-22"].elsewhere == ()


@pytest.mark.parametrize("item", sections())
def test_every_quote_stands_in_its_source(shelf: Shelf, item: str) -> None:
    sources = {v.id: fold(shelf.source(v.id)) for v in shelf.versions()}
    cells = [cell for row_ in compare(shelf, item).rows for cell in row_.cells]
    assert any(cell.citations for cell in cells)
    assert all(cell.citations for cell in cells if cell.holding is Holding.HAS)
    for cited in (c for cell in cells for c in (*cell.citations, *cell.elsewhere)):
        assert verified(cited.quote, sources[cited.version])
