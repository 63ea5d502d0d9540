"""The vocabulary of measures: complete, compilable, and each row for an item that exists."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from ingest.read import read_assessment
from rag.checks.paper import of_assessment
from rag.compare.item import item_text, read_section, sections
from rag.compare.measures import measures, measures_of
from rag.errors import BadQuestion
from rag.terms import key

from .conftest import SAMPLE, TODAY


def test_names_are_rows_of_known_items() -> None:
    assert max(Counter(m.name for m in measures()).values()) == 1
    assert {section for m in measures() for section in m.at} == set(sections())
    assert set(sections()) >= {"II.6", *(f"III.{n}" for n in range(2, 10))}


def test_own_measures_come_first() -> None:
    for section in sections():
        own = [m.at[0] == section for m in measures_of(section)]
        assert own == sorted(own, reverse=True)


@pytest.mark.parametrize("text", ["III.3", "Ⅲ.3", "Ⅲ．３", "III3", "iii-3", " Ⅲ・3 "])
def test_an_item_is_read_as_people_write_it(text: str) -> None:
    assert read_section(text) == "III.3"


@pytest.mark.parametrize(
    ("form", "section", "own"),
    [
        ("様式3", "III.9", "III.9"),
        ("様式4", "III.4", "III.4"),
        ("様式4", "III.9", "IV.2"),
        ("様式2", "III.4", "IV.4"),
        ("様式2", "II.6", ""),
    ],
)
def test_other_forms_number_it_otherwise(form: str, section: str, own: str) -> None:
    read = of_assessment(read_assessment(SAMPLE), SAMPLE.name, TODAY).book
    assert item_text(replace(read, version=replace(read.version, form=form)), section).section == own


@pytest.mark.parametrize("text", ["", "III", "II.4", "III.99", "使用", "III.3 リスク1"])
def test_other_items_are_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(BadQuestion, match=r"III\.3"):
        read_section(text)


def test_logging_in_is_no_log() -> None:
    log = next(m for m in measures() if m.name.startswith("操作履歴"))
    assert not list(log.mentions(key("システムにログインし、記録を見る。")))
    assert list(log.mentions(key("アクセスログを記録する。")))
