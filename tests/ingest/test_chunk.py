"""Chunks: keys, places in the item, kinds; and that each can be quoted from the file."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from ingest.assessment import Kind, State
from ingest.chunk import MAX_CHARS, chunks, content_hash
from ingest.read import read_assessment
from ingest.sentences import sentences
from tests.ingest.printed import PUBLISHED, SAMPLES, print_form, read

FILES = sorted([*SAMPLES.glob("*.txt"), *(PUBLISHED.glob("*.txt") if PUBLISHED.is_dir() else [])])


def fold(text: str) -> str:
    """NFKC, no tags, no white space: what two spellings of one passage share."""
    text = re.sub(r"<[^>]*>", "", text)
    return re.sub(r"[\s\u3000]+", "", unicodedata.normalize("NFKC", text))


def test_keys_are_unique_and_hold_document_and_content() -> None:
    assessment = read(print_form("様式4").text)
    found = chunks(assessment)
    assert len({c.key for c in found}) == len(found)
    start = f"架空市-7@{content_hash(assessment.source)[:12]}:"
    assert all(c.key.startswith(start) for c in found)


def test_other_content_has_other_keys() -> None:
    text = print_form("様式3").text
    keys = [{c.key for c in chunks(read(t))} for t in (text, text.replace("記載その0である", "別の記載である"))]
    assert not keys[0] & keys[1]


def test_a_chunk_is_a_range_of_its_item() -> None:
    assessment = read(print_form("様式3").text)
    texts = {i.key: i.text for i in assessment.items}
    assert all(texts[c.item][c.start : c.end] == c.text for c in chunks(assessment))


def test_long_items_are_cut_between_sentences_and_under_headings() -> None:
    prose = "本市では施錠された室で扱う。" * 60 + "\n<中間サーバーにおける措置>\n暗号で守る。"
    text = print_form("様式3").text.replace("①事務の名称\t記載その0である。", f"①事務の名称\t<p>{prose}</p>")
    found = [c for c in chunks(read(text)) if c.section == "I.1 ①"]
    assert len(found) > 2
    assert all(c.text.endswith("。") and len(c.text) <= MAX_CHARS + 20 for c in found)
    assert (found[-1].text, found[-1].kind) == ("暗号で守る。", Kind.BOILERPLATE)


def test_blank_items_have_no_chunk_and_changes_are_history() -> None:
    assessment = read(print_form("様式3").text)
    states = {i.key: i.state for i in assessment.items}
    found = chunks(assessment)
    assert all(states[c.item] is not State.BLANK for c in found)
    assert {c.kind for c in found if c.part == "別添2"} == {Kind.HISTORY}


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_sentence_of_a_chunk_stands_verbatim_in_the_file(path: Path) -> None:
    """Boxes apart: their glyphs are drawn in HTML. A chunk of several list items as a whole has no dashes between."""
    raw = path.read_text(encoding="utf-8-sig")
    source, unescaped = (
        fold(raw),
        fold(re.sub(r"\\(?=[_*#\[\]()<>~`|-])", "", raw).replace("&lt;", "<").replace("&gt;", ">")),
    )
    assessment = read_assessment(path)
    boxed = {i.key for i in assessment.items if i.marks}
    told = [
        (c.section, s.text)
        for c in chunks(assessment)
        if c.item not in boxed and c.kind is not Kind.HISTORY
        for s in sentences(c.text)
    ]
    assert len(told) > 100
    assert [t for t in told if fold(t[1]) not in source and fold(t[1]) not in unescaped] == []
