"""The vocabulary is what its readers expect, knows only the form, and says clearly what is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rag import vocabulary
from rag.duties import duties
from rag.evidence import preferred
from rag.library import Library
from rag.naming import expressions
from rag.options import named_options
from rag.shapes import shapes_of
from rag.synonyms import forms_of, stop_words, translations
from rag.vocabulary import VocabularyError, load, parse, pattern

ROOT = Path(vocabulary.__file__).parents[2]


def test_all_of_it_loads() -> None:
    assert len(duties()) > 20
    assert len(stop_words()) > 200
    assert len(translations()) > 100
    assert list(expressions(load("places", dict[str, dict[float, list[str]]])))
    assert "のぞき見" in forms_of("閲覧")
    assert named_options("再委託しない")
    assert shapes_of("すべて挙げて")
    assert preferred("いつですか")


def test_an_unknown_place_is_named() -> None:
    with pytest.raises(VocabularyError, match=r"places\.yaml: 'III\.99 ①' is no place"):
        list(expressions({"III.99 ①": {4.0: ["消去"]}}))


def test_a_bad_expression_is_named_with_its_entry() -> None:
    with pytest.raises(VocabularyError, match=r"places\.yaml, III\.7: '\(消去' is no regular expression"):
        list(expressions({"III.7": {4.0: ["(消去"]}}))


def test_one_bad_expression_among_good_ones_is_found() -> None:
    with pytest.raises(VocabularyError, match=r"'b\)'"):
        pattern("duties", "児童手当", ["(a", "b)"][1:])
    assert pattern("duties", "児童手当", []).search("児童手当") is None
    assert pattern("duties", "児童手当", ["a|b", "c"]).search("c")


def test_a_wrong_layout_is_named_with_its_place() -> None:
    with pytest.raises(VocabularyError, match=r"shapes\.yaml, list › 0"):
        parse("shapes", "list: [[]]", dict[str, list[str]])
    with pytest.raises(VocabularyError, match=r"shapes\.yaml is no YAML"):
        parse("shapes", "list: [", dict[str, list[str]])


@pytest.mark.parametrize(
    "path", sorted((ROOT / "rag").rglob("*.yaml")) + sorted((ROOT / "rag").rglob("*.py")), ids=lambda p: p.name
)
def test_neither_code_nor_vocabulary_knows_a_sample(path: Path, sample_library: Library) -> None:
    versions = sample_library.catalog.versions()
    names = {v.municipality for v in versions} | {re.sub(r"[市町村区]$", "", v.municipality) for v in versions}
    for _, record in sample_library.catalog.records("contracts"):
        company = re.sub(r"株式会社|有限会社|一般社団法人|[\s\u3000()（）]", "", record.contractor.value)
        names.add(company)
    text = re.sub(r'"""[\s\S]*?"""|#.*', "", path.read_text("utf-8"))
    assert not [name for name in names if len(name) >= 2 and re.search(rf"(?<![A-Za-z]){re.escape(name)}", text)]
