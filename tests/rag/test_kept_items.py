"""Items of whole versions are read once for each state of the catalog, and what is replaced or removed is not shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import ITEMS, write_form
from fakes_library import open_library

from rag.kept_items import MAX_KEPT, KeptItems


@pytest.mark.usefixtures("encoder")
def test_what_is_replaced_or_removed_is_not_shown(tmp_path: Path) -> None:
    library = open_library(tmp_path / "home")
    other = open_library(tmp_path / "home")  # another process
    write_form(tmp_path / "in" / "a.txt")
    library.load([tmp_path / "in"])
    (version,) = library.catalog.versions()
    first = library.catalog.items(version.id)
    first.clear()  # the caller's own
    first = library.catalog.items(version.id)
    assert len(first) == version.items
    write_form(tmp_path / "in" / "a.txt", items=[*ITEMS, "III.9|教育|研修を毎月行う。"])
    other.load([tmp_path / "in"])
    (newer,) = library.catalog.versions()
    assert library.catalog.items(newer.id) == other.catalog.items(newer.id) != first
    other.remove(newer.document)
    assert library.catalog.items(newer.id) == []
    library.close()
    other.close()


def test_each_is_read_once_and_few_are_kept() -> None:
    read: list[int] = []
    kept = KeptItems()
    for version in (1, 1, 2, 1, *range(3, MAX_KEPT + 2), 1, 2):
        kept.of(7, version, lambda version=version: read.append(version) or [])  # type: ignore[misc]
    assert read == [1, 2, *range(3, MAX_KEPT + 2), 2]
    kept.of(8, 1, lambda: read.append(1) or [])  # type: ignore[func-returns-value]
    assert read[-1] == 1
