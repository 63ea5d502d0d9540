"""Search by words: ranking, narrowing, versions, and taking over what has not changed."""

from __future__ import annotations

import dataclasses
import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes import cut_form, read_form, write_form

from ingest.assessment import Chunk
from rag import lexical
from rag.serial import chunk_digest, searchable
from rag.tokens import Words

WORDS = Words()


@pytest.fixture
def chunks(tmp_path: Path) -> list[Chunk]:
    return list(cut_form(read_form(write_form(tmp_path / "form.txt"))))


class Source:
    """Chunks by key, counting what was asked for."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = {chunk.key: chunk for chunk in chunks}
        self.asked: list[str] = []

    def __call__(self, keys: Sequence[str]) -> list[Chunk]:
        self.asked += keys
        return [self.chunks[key] for key in keys]

    @property
    def digests(self) -> dict[str, str]:
        return {key: chunk_digest(chunk) for key, chunk in self.chunks.items()}


def build(root: Path, source: Source, generation: int = 1, current: list[str] | None = None) -> lexical.Lexicon:
    keys = list(source.chunks) if current is None else current
    return lexical.rebuild(root, generation, source.digests, keys, source, WORDS)


def test_the_chunk_with_the_words_comes_first(tmp_path: Path, chunks: list[Chunk]) -> None:
    index = build(tmp_path, Source(chunks))
    hits = index.search("静脈認証で権限を確かめているか", 3)
    assert hits[0].chunk == chunks[2].key
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score > 0 for hit in hits)


def test_headings_are_found_too(tmp_path: Path, chunks: list[Chunk]) -> None:
    assert build(tmp_path, Source(chunks)).search("委託先名", 1)[0].chunk == chunks[1].key


def test_only_within(tmp_path: Path, chunks: list[Chunk]) -> None:
    index = build(tmp_path, Source(chunks))
    within = [chunks[0].key, chunks[3].key, "unknown"]
    assert {hit.chunk for hit in index.search("甲市 事故 静脈認証", 5, within)} == set(within) - {"unknown"}
    assert index.search("静脈認証", 5, within) == []
    assert index.search("静脈認証", 5, []) == []


@pytest.mark.parametrize(("query", "limit"), [("", 5), ("、。", 5), ("宇宙船", 5), ("静脈認証", 0)])
def test_nothing_to_find(tmp_path: Path, chunks: list[Chunk], query: str, limit: int) -> None:
    assert build(tmp_path, Source(chunks)).search(query, limit) == []


def test_past_versions_are_found_only_when_named(tmp_path: Path, chunks: list[Chunk]) -> None:
    index = build(tmp_path, Source(chunks), current=[chunk.key for chunk in chunks if chunk != chunks[2]])
    assert all(hit.chunk != chunks[2].key for hit in index.search("静脈認証 甲市", 9))
    assert index.search("静脈認証", 9, [chunks[2].key])[0].chunk == chunks[2].key


def test_only_changed_chunks_are_tokenised_again(tmp_path: Path, chunks: list[Chunk]) -> None:
    build(tmp_path, Source(chunks))
    changed = dataclasses.replace(chunks[1], text="株式会社グリーン")
    source = Source([chunks[0], changed, *chunks[3:]])
    index = build(tmp_path, source, 2)
    assert source.asked == [changed.key]
    assert index.search("グリーン", 5)[0].chunk == changed.key
    assert index.search("エイ", 5) == []
    assert index.search("静脈認証", 5) == []
    fresh = build(tmp_path / "fresh", Source(list(source.chunks.values())), 2)
    query = "甲市の事故と連絡先"
    assert index.search(query, 9) == fresh.search(query, 9)


def test_read_again_from_the_disk(tmp_path: Path, chunks: list[Chunk]) -> None:
    index = build(tmp_path, Source(chunks), 7)
    again = lexical.read(tmp_path, WORDS)
    assert again is not None
    assert again.generation == 7
    assert again.search("連絡先", 3) == index.search("連絡先", 3)


def test_a_damaged_index_counts_as_none(tmp_path: Path, chunks: list[Chunk]) -> None:
    index = build(tmp_path, Source(chunks))
    (index.folder / "vocab.index.json").write_text("{")
    assert lexical.read(tmp_path, WORDS) is None
    assert build(tmp_path, Source(chunks), 2).search("静脈認証", 1)


def test_scores_follow_the_formula(tmp_path: Path, chunks: list[Chunk]) -> None:
    texts = [WORDS(searchable(chunk)) for chunk in chunks]
    with_word = [text for text in texts if "静脈" in text]
    assert len(with_word) == 1
    rarity = math.log(1 + (len(texts) - 1 + 0.5) / (1 + 0.5))
    mean = sum(map(len, texts)) / len(texts)
    count = with_word[0].count("静脈")
    norm = lexical.K1 * (1 - lexical.B + lexical.B * len(with_word[0]) / mean)
    hit = build(tmp_path, Source(chunks)).search("静脈", 1)[0]
    assert hit.score == pytest.approx(rarity * count / (count + norm), rel=1e-5)


def test_bm25s_is_imported_only_to_search_or_make_an_index() -> None:
    code = "import sys, rag.library, rag.search; sys.exit('bm25s' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(lexical.__file__).parents[1]).returncode == 0


def test_chunks_without_words(tmp_path: Path, chunks: list[Chunk]) -> None:
    silent = [dataclasses.replace(chunk, heading="", text="。") for chunk in chunks]
    assert build(tmp_path, Source(silent)).search("静脈認証", 5) == []
    assert build(tmp_path, Source(chunks), 2).search("静脈認証", 1)


def test_an_empty_catalog(tmp_path: Path) -> None:
    assert build(tmp_path, Source([])).search("静脈認証", 5) == []
    assert lexical.Empty().search("静脈認証", 5) == []
