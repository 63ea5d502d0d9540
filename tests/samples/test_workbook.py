"""The Excel layout says the same as the lines of the form, for every sample."""

from __future__ import annotations

import importlib.util
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from ingest.assessment import Assessment, Record
from ingest.labels import fold
from ingest.read import read_assessment

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [*sorted((ROOT / "samples").glob("*.txt")), ROOT / "tests" / "samples" / "みなも町-3.txt"]


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_xlsx", ROOT / "samples" / "make_xlsx.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _items(assessment: Assessment) -> list[tuple[object, ...]]:
    return [(i.key, fold(i.text), i.state, i.section, i.file, i.marks) for i in assessment.items]


def _record(record: Record) -> list[str]:
    values = (getattr(record, f.name) for f in fields(record))
    return [type(record).__name__, *(fold(getattr(v, "value", str(v))) for v in values)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_a_workbook_reads_like_its_text(path: Path, tmp_path: Path) -> None:
    maker = _maker()
    book = tmp_path / f"{path.stem}.xlsx"
    book.write_bytes(maker.same_bytes(maker.make(path.read_text(encoding="utf-8"))))
    text, workbook = read_assessment(path), read_assessment(book)
    assert _items(workbook) == _items(text)
    assert [_record(r) for r in workbook.records] == [_record(r) for r in text.records]
    assert workbook.gaps == text.gaps


def test_the_committed_workbook_is_up_to_date() -> None:
    text = read_assessment(ROOT / "tests" / "samples" / "みなも町-3.txt")
    workbook = read_assessment(ROOT / "samples" / "みなも町-3.xlsx")
    assert _items(workbook) == _items(text)


def test_the_same_text_makes_the_same_bytes() -> None:
    maker = _maker()
    text = TEXTS[-1].read_text(encoding="utf-8")
    assert maker.same_bytes(maker.make(text)) == maker.same_bytes(maker.make(text))
