"""Chunks by words: BM25 over Sudachi words, in a folder made anew for a generation of the catalog and swapped whole.

It holds the chunks of every version; without `within` only those of current versions are found. Words of a chunk that
has not changed are taken over from the folder before, so that a load tokenises only what is new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.assessment import Chunk
from rag import postings, snapshots
from rag.ranking import best_places
from rag.serial import searchable
from rag.tokens import Words
from rag.types import Hit

FOLDER = "lexical"
#: Chunks whose texts are fetched and tokenised at once.
BATCH = 2_000


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
        self._vocabulary: dict[str, int] = json.loads((folder / "words.json").read_text("utf-8"))
        self._current: npt.NDArray[np.bool_] = np.load(folder / "current.npy")
        self._postings = postings.load(folder, len(self.keys))
        self._words = words

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self.keys)}

    def search(self, query: str, limit: int, within: Iterable[str] | None = None) -> list[Hit]:
        """The best chunks for the words of `query`: of current versions, or among the keys in `within`."""
        ids = [self._vocabulary[word] for word in self._words(query) if word in self._vocabulary]
        if not ids or limit < 1:
            return []
        scores = self._postings.scores(ids)
        if within is None:
            rows = np.flatnonzero((scores > 0) & self._current)
        else:
            rows = np.array([self._row_of[key] for key in set(within) if key in self._row_of], dtype=np.int64)
            rows = np.sort(rows[scores[rows] > 0])
        best = best_places(scores[rows], limit)
        return [Hit(self.keys[row], float(scores[row])) for row in rows[best]]

    def word_ids(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64], dict[str, int]]:
        """Word ids of all chunks one after the other, where each chunk starts (one more than chunks), and the words."""
        ids = np.load(self.folder / "ids.npy", mmap_mode="r")
        return ids, np.load(self.folder / "offsets.npy"), dict(self._vocabulary)


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
) -> Lexicon:
    """Makes the index of a generation: `digests` are all chunks it must hold, `fetch` gets those it has not seen.

    Raises OSError where it cannot be written; the index before it then stays.
    """
    before = read(root, words)
    ids, lengths, vocabulary = _word_ids(before, digests, fetch, words)
    table = postings.build(ids, lengths, len(vocabulary))
    answering = set(current)
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])

    def fill(folder: Path) -> None:
        listing = {"words": words.edition, "keys": list(digests), "digests": list(digests.values())}
        (folder / "chunks.json").write_text(json.dumps(listing, ensure_ascii=False), "utf-8")
        (folder / "words.json").write_text(json.dumps(vocabulary, ensure_ascii=False), "utf-8")
        np.save(folder / "current.npy", np.array([key in answering for key in digests], dtype=np.bool_))
        np.save(folder / "ids.npy", ids)
        np.save(folder / "offsets.npy", offsets)
        table.save(folder)

    return Lexicon(snapshots.publish(root, generation, fill), words)


def _word_ids(
    before: Lexicon | None, digests: Mapping[str, str], fetch: Callable[[Sequence[str]], list[Chunk]], words: Words
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64], dict[str, int]]:
    """Word ids of all chunks in the order of `digests`, how many each has, and the vocabulary."""
    vocabulary: dict[str, int] = {}
    found: dict[str, npt.NDArray[np.int32]] = {}
    if before is not None and before.edition == words.edition:
        old_ids, offsets, vocabulary = before.word_ids()
        for row, (key, digest) in enumerate(zip(before.keys, before.digests, strict=True)):
            if digests.get(key) == digest:
                found[key] = old_ids[offsets[row] : offsets[row + 1]]
    missing = [key for key in digests if key not in found]
    for start in range(0, len(missing), BATCH):
        for chunk in fetch(missing[start : start + BATCH]):
            texts = words(searchable(chunk))
            found[chunk.key] = np.array([vocabulary.setdefault(w, len(vocabulary)) for w in texts], dtype=np.int32)
    parts = [found[key] for key in digests]
    lengths = np.array([len(part) for part in parts], dtype=np.int64)
    return (np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)), lengths, vocabulary
