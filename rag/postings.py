"""BM25 as arrays: from the word ids of chunks to a table of scores by word, and from query words to scores by chunk.

The scores are those of Lucene's BM25 (Kamphuis et al. 2020), computed once at build time. Used by `lexical`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True)
class Postings:
    """For word w, `rows[starts[w]:starts[w + 1]]` are the chunks it stands in, `weights[…]` its worth there."""

    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    size: int

    def scores(self, words: Sequence[int]) -> npt.NDArray[np.float32]:
        """BM25 of every chunk, shape (size,), higher is better; 0 where no word is found. Repeated words add up."""
        total = np.zeros(self.size, dtype=np.float32)
        for word in words:
            place = slice(int(self.starts[word]), int(self.starts[word + 1]))
            np.add.at(total, self.rows[place], self.weights[place])
        return total

    def save(self, folder: Path) -> None:
        """Writes the three arrays into `folder`."""
        np.save(folder / "starts.npy", self.starts)
        np.save(folder / "rows.npy", self.rows)
        np.save(folder / "weights.npy", self.weights)


def load(folder: Path, size: int) -> Postings:
    """The postings that `save` wrote, mapped from the disk and not read into memory."""
    names = ("starts.npy", "rows.npy", "weights.npy")
    starts, rows, weights = (np.load(folder / name, mmap_mode="r") for name in names)
    return Postings(starts, rows, weights, size)


def build(words: npt.NDArray[np.int32], lengths: npt.NDArray[np.int64], vocabulary: int) -> Postings:
    """Postings of chunks whose word ids follow each other in `words`, `lengths[i]` of them for chunk i."""
    size = len(lengths)
    owners = np.repeat(np.arange(size, dtype=np.int64), lengths)
    pairs, counts = np.unique(words.astype(np.int64) * max(size, 1) + owners, return_counts=True)
    ids, rows = np.divmod(pairs, max(size, 1))
    frequency = np.bincount(ids, minlength=vocabulary)
    rarity = np.log1p((size - frequency + 0.5) / (frequency + 0.5))
    norm = K1 * (1 - B + B * lengths / max(float(lengths.mean()) if size else 0.0, 1e-9))
    weights = rarity[ids] * counts / (counts + norm[rows])
    starts = np.zeros(vocabulary + 1, dtype=np.int64)
    np.cumsum(frequency, out=starts[1:])
    return Postings(starts, rows.astype(np.int32), weights.astype(np.float32), size)
