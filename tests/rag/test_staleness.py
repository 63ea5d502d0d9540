"""Sources of kept answers: current, outdated, gone, and found again in a version that was read anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import ITEMS, cut_form, read_form, write_form

from rag import intake
from rag.catalog import Catalog
from rag.staleness import CitationState, citation_states, up_to_date
from rag.types import Answer, Citation, Status

CHANGED = tuple(line.replace("株式会社エイ", "株式会社ビイ") for line in ITEMS)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog.open("", tmp_path)


def put(catalog: Catalog, tmp_path: Path, published: str = "2024-04-01", items: tuple[str, ...] = ITEMS) -> None:
    read = read_form(write_form(tmp_path / "form.txt", "甲市-1", published, items))
    catalog.put(intake.prepare(read, cut_form(read), "form.txt"))


def cited(catalog: Catalog, marker: int = 1, label: str = "委託先名", quote: str = "") -> Citation:
    version = catalog.version("甲市-1")
    item = next(i for i in catalog.items(version.id) if i.label == label)
    return Citation(
        marker,
        version.document,
        version.municipality,
        version.title,
        item.section,
        item.label,
        version.published,
        quote or item.text,
        item=item.key,
        version=version.id,
    )


def answer(*citations: Citation) -> Answer:
    return Answer("委託先は？", Status.ANSWERED, "[1]", citations=citations)


def test_a_source_ages_with_the_next_version_and_goes_with_its_own(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, tmp_path)
    kept = answer(cited(catalog))
    assert citation_states(catalog, kept) == {1: CitationState.CURRENT}
    put(catalog, tmp_path, "2025-04-01")
    assert citation_states(catalog, kept) == {1: CitationState.OUTDATED}
    assert up_to_date(catalog, kept) == kept
    catalog.remove("甲市-1", "2025-04-01")
    assert citation_states(catalog, kept) == {1: CitationState.CURRENT}
    catalog.remove("甲市-1")
    assert citation_states(catalog, kept) == {1: CitationState.GONE}
    assert up_to_date(catalog, kept) == kept


def test_a_replaced_version_keeps_what_it_still_says(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, tmp_path)
    kept = answer(cited(catalog), cited(catalog, 2, "連絡先"))
    before = kept.citations[0].version
    put(catalog, tmp_path, items=CHANGED)
    assert citation_states(catalog, kept) == {1: CitationState.GONE, 2: CitationState.CURRENT}
    gone, found = up_to_date(catalog, kept).citations
    assert gone.version == before
    assert found.version == catalog.version("甲市-1").id != before
    assert catalog.item(found.version, found.item).text == found.quote


def test_a_replaced_version_that_lost_the_item_does_not_hold_its_quote(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, tmp_path)
    kept = answer(cited(catalog))
    moved = tuple(line.replace("II.4 委託事項1 ③", "II.4 委託事項2 ③") for line in ITEMS)
    put(catalog, tmp_path, items=moved)
    assert citation_states(catalog, kept) == {1: CitationState.GONE}


def test_a_quote_of_the_label_beside_a_short_text_counts(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, tmp_path)
    kept = answer(cited(catalog, quote="委託先名|株式会社エイ"), cited(catalog, 2, quote="委託先名|株式会社シイ"))
    assert citation_states(catalog, kept) == {1: CitationState.CURRENT, 2: CitationState.GONE}


def test_an_answer_without_sources(catalog: Catalog) -> None:
    assert citation_states(catalog, answer()) == {}
