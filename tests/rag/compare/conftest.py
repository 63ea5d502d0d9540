"""Towns whose assessments differ from the sample's in what a test puts in, behind the reading half of a catalog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.assessment import Item
from ingest.read import read_assessment
from rag.checks.paper import of_assessment
from rag.compare.comparer import compare
from rag.compare.table import Cell, Comparison, Row
from rag.types import Version

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "samples" / "青嶺市-11.txt"
TODAY = dt.date(2026, 4, 1)
#: Beginnings of lines of the sample: 具体的な管理方法 of III.3 and 規定の内容 of III.4, first for its first file.
MANAGED, RULES = "具体的な管理方法\t", "規定の内容\t"

Compare = Callable[..., Comparison]


class Shelf:
    """Assessments read from files, as `rag.compare.comparer.Reading` wants them."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._papers = {n: of_assessment(read_assessment(p), p.name, TODAY) for n, p in enumerate(paths, 1)}

    def versions(self, document: str | None = None, current_only: bool = True) -> list[Version]:
        return [replace(paper.version, id=n) for n, paper in self._papers.items()]

    def items(self, version_id: int) -> list[Item]:
        return list(self._papers[version_id].book.items)

    def source(self, version_id: int) -> str:
        return self._papers[version_id].source


def town(name: str, *changes: tuple[str, str]) -> str:
    """The sample as another town's, with whole lines put in for those of a beginning, in both files."""
    lines = SAMPLE.read_text("utf-8").replace("青嶺市", name).split("\n")
    for beginning, line in changes:
        assert any(old.startswith(beginning) for old in lines), beginning
        lines = [line if old.startswith(beginning) else old for old in lines]
    return "\n".join(lines)


def without(text: str, beginning: str, end: str) -> str:
    """The text without the lines from one that begins so up to the next that begins otherwise, wherever they stand."""
    kept, dropping = [], False
    for line in text.split("\n"):
        dropping = line.startswith(beginning) or (dropping and not line.startswith(end))
        if not dropping:
            kept.append(line)
    return "\n".join(kept)


@pytest.fixture
def compared(tmp_path: Path) -> Compare:
    """Compares an item over texts of assessments."""

    def run(item: str, *texts: str, own: str = "", bodies: tuple[str, ...] = ()) -> Comparison:
        paths = [tmp_path / f"{n}.txt" for n in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, "utf-8")
        return compare(Shelf(paths), item, bodies, own)

    return run


def row(comparison: Comparison, name: str) -> Row:
    """The row whose name begins so."""
    return next(r for r in comparison.rows if r.name.startswith(name))


def cell(comparison: Comparison, name: str, municipality: str) -> Cell:
    """The cell of a row and a town."""
    at = next(n for n, c in enumerate(comparison.columns) if c.version.municipality == municipality)
    return row(comparison, name).cells[at]
