"""Chunks by words: BM25 (bm25s) over Sudachi words, in a folder made anew for a generation and swapped whole.

The index holds the chunks of every version; without `within` only those of current versions are found. Words of a chunk
that has not changed are taken over from the folder before, so that a load tokenises only what is new. bm25s is imported
where an index is made or read: it takes a fifth of a second, which most questions do not need.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.assessment import Chunk
from rag import snapshots
from rag.ranking import best_places
from rag.serial import searchable
from rag.tokens import Words
from rag.types import Hit

FOLDER = "lexical"
#: Chunks whose texts are fetched and tokenised at once.
BATCH = 2_000
#: Lucene's parameters of BM25, the usual ones for short texts (Kamphuis et al. 2020).
K1 = 1.2
B = 0.75


class Lexicon:
    """The lexical index of one generation: read only, safe to share between threads."""

    def __init__(self, snapshot: snapshots.Snapshot, words: Words) -> None:
        folder = snapshot.folder
        listing = json.loads((folder / "chunks.json").read_text("utf-8"))
        self.generation = snapshot.generation
        self.folder = folder
        self.edition: str = listing["words"]
        self.keys: list[str] = listing["keys"]
        self.digests: list[str] = listing["digests"]
        self._current: npt.NDArray[np.float32] = np.load(folder / "current.npy")
        self._offsets: npt.NDArray[np.int64] = np.load(folder / "offsets.npy")
        self._bm25 = _load(folder) if self._offsets[-1] else None
        self._words = words

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self.keys)}

    def search(self, query: str, limit: int, within: Iterable[str] | None = None) -> list[Hit]:
        """The best chunks for the words of `query`: of current versions, or among the keys in `within`."""
        if self._bm25 is None or limit < 1:
            return []
        ids = self._bm25.get_tokens_ids(self._words(query))
        if not ids:
            return []
        mask = self._current if within is None else self._mask(within)
        scores: npt.NDArray[np.float32] = self._bm25.get_scores_from_ids(ids, weight_mask=mask)
        rows = np.flatnonzero(scores)
        best = rows[best_places(scores[rows], limit)]
        return [Hit(self.keys[row], float(scores[row])) for row in best]

    def _mask(self, within: Iterable[str]) -> npt.NDArray[np.float32]:
        mask = np.zeros(len(self.keys), dtype=np.float32)
        mask[[self._row_of[key] for key in within if key in self._row_of]] = 1
        return mask

    def word_ids(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64], dict[str, int]]:
        """Word ids of all chunks one after the other, where each chunk starts (one more than chunks), and the words."""
        ids = np.load(self.folder / "ids.npy", mmap_mode="r")
        vocabulary = dict(self._bm25.vocab_dict) if self._bm25 is not None else {}
        return ids, self._offsets, vocabulary


class Empty:
    """The lexical index of an empty catalog."""

    def search(self, query: str, limit: int, within: Iterable[str] | None = None) -> list[Hit]:
        """Finds nothing."""
        return []


def read(root: Path, words: Words) -> Lexicon | None:
    """The newest index under `root`, None where there is none or it is damaged."""
    snapshot = snapshots.newest(root)
    try:
        return Lexicon(snapshot, words) if snapshot else None
    except (OSError, ValueError, KeyError):
        return None  # derived: the caller makes it again


def rebuild(
    root: Path,
    generation: int,
    digests: Mapping[str, str],
    current: Iterable[str],
    fetch: Callable[[Sequence[str]], list[Chunk]],
    words: Words,
    known: Mapping[str, list[str]] | None = None,
) -> Lexicon:
    """Makes the index of a generation: `digests` are all chunks it must hold, `fetch` gets those it has not seen.

    `known` are words by digest that are at hand already. Raises OSError where it cannot be written; the index before it
    then stays.
    """
    before = read(root, words)
    ids, lengths, vocabulary = _word_ids(before, digests, fetch, words, known or {})
    answering = set(current)
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    bm25 = _index([part.tolist() for part in np.split(ids, offsets[1:-1])], vocabulary) if len(ids) else None

    def fill(folder: Path) -> None:
        listing = {"words": words.edition, "keys": list(digests), "digests": list(digests.values())}
        (folder / "chunks.json").write_text(json.dumps(listing, ensure_ascii=False), "utf-8")
        np.save(folder / "current.npy", np.array([key in answering for key in digests], dtype=np.float32))
        np.save(folder / "ids.npy", ids)
        np.save(folder / "offsets.npy", offsets)
        if bm25 is not None:
            bm25.save(folder)

    return Lexicon(snapshots.publish(root, generation, fill), words)


def _word_ids(
    before: Lexicon | None,
    digests: Mapping[str, str],
    fetch: Callable[[Sequence[str]], list[Chunk]],
    words: Words,
    known: Mapping[str, list[str]],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64], dict[str, int]]:
    """Word ids of all chunks in the order of `digests`, how many each has, and the vocabulary."""
    vocabulary: dict[str, int] = {}
    found: dict[str, npt.NDArray[np.int32]] = {}
    if before is not None and before.edition == words.edition:
        old_ids, offsets, vocabulary = before.word_ids()
        for row, (key, digest) in enumerate(zip(before.keys, before.digests, strict=True)):
            if digests.get(key) == digest:
                found[key] = old_ids[offsets[row] : offsets[row + 1]]

    def take(key: str, texts: Sequence[str]) -> None:
        found[key] = np.array([vocabulary.setdefault(word, len(vocabulary)) for word in texts], dtype=np.int32)

    for key, digest in digests.items():
        if key not in found and digest in known:
            take(key, known[digest])
    missing = [key for key in digests if key not in found]
    for start in range(0, len(missing), BATCH):
        for chunk in fetch(missing[start : start + BATCH]):
            take(chunk.key, words(searchable(chunk)))
    parts = [found[key] for key in digests]
    lengths = np.array([len(part) for part in parts], dtype=np.int64)
    return (np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)), lengths, vocabulary


def _index(texts: list[list[int]], vocabulary: dict[str, int]) -> Any:
    import bm25s

    bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
    bm25.index((texts, vocabulary), create_empty_token=False, show_progress=False)
    return bm25


def _load(folder: Path) -> Any:
    import bm25s

    return bm25s.BM25.load(folder, mmap=True)
