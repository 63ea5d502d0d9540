"""Keeps what is derived in step with the catalog: Chroma, the matrix of `nearest`, the lexical index.

Each carries the generation of the catalog it was made at. Where one lags, mending compares chunk keys and digests with
the catalog, adds what is missing and deletes what is surplus; so a kill at any moment ends in agreement.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.assessment import Chunk
from rag import lexical, nearest
from rag.backlog import Backlog
from rag.catalog import Catalog
from rag.chunk_vectors import ChunkEncoder
from rag.errors import StoreError
from rag.ports import Encoder, Vectors
from rag.snapshots import POINTER, newest, replace_file
from rag.tokens import Words
from rag.vectors import FOLDER, ChromaVectors

#: Chunks encoded and written at once while mending.
BATCH = 500


class Indexes:
    """The derived stores under `home`. Whoever calls a method that writes holds the library's lock."""

    def __init__(self, home: Path, chroma_url: str, catalog: Catalog, encoder: Encoder, words: Words) -> None:
        self._home = home
        self._catalog = catalog
        self._encoder = ChunkEncoder(encoder)
        self._words = words
        # The stamp stands inside the folder it speaks of: deleted or restored with it.
        self._stamp = home / "chroma-server.json" if chroma_url else home / FOLDER / "hyoka.json"
        self._chroma_url = chroma_url
        self.store = ChromaVectors(home, chroma_url, catalog.library(), self._encoder.edition)
        self._backlog = Backlog(self.store, words)

    @property
    def lexical_root(self) -> Path:
        """The folder of the lexical index's snapshots."""
        return self._home / lexical.FOLDER

    @property
    def matrix_root(self) -> Path:
        """The folder of the matrix's snapshots."""
        return self._home / nearest.FOLDER

    def lexical_lags(self) -> bool:
        """True where the lexical index is not of the catalog's generation."""
        held = newest(self.lexical_root)
        return (held.generation if held else 0) != self._catalog.generation()

    def vectors_lag(self) -> bool:
        """True where Chroma or the matrix is not of the catalog's generation, encoder and Chroma."""
        generation, stamp = self._catalog.generation(), self._stamped()
        if not stamp:
            return generation != 0
        matrix_gone = stamp.pop() is True and newest(self.matrix_root) is None
        return matrix_gone or stamp != [generation, self._encoder.edition, self._chroma_url]

    def distrust_matrix(self) -> None:
        """Lets `vectors_lag` say yes: the matrix turned out to be damaged."""
        (self.matrix_root / POINTER).unlink(missing_ok=True)

    def distrust_lexical(self) -> None:
        """Lets `lexical_lags` say yes: the lexical index turned out to be damaged."""
        (self.lexical_root / POINTER).unlink(missing_ok=True)

    def encode(self, chunks: Sequence[Chunk]) -> Vectors:
        """The vectors of a document's chunks, for `put`, which will be called. Raises EncoderError."""
        self._backlog.expect()
        return self._encoder.encode(chunks)

    def put(self, chunks: Sequence[Chunk], vectors: Vectors, gone: Sequence[str]) -> None:
        """Brings one document into Chroma and takes the keys in `gone` out, while the caller reads on.

        A fault shows at a later `put` or at `finish`.
        """
        self._backlog.put(chunks, vectors, gone)

    def close(self) -> None:
        """Ends the writing in the background and lets go of Chroma."""
        self._backlog.close()
        self.store.close()

    def mend_lexical(self) -> list[str]:
        """Makes the lexical index agree with the catalog; returns a Japanese sentence for each thing mended."""
        if not self.lexical_lags():
            return []
        self._rebuild_lexical()
        return ["語の索引が目録と食い違っていたため、作り直しました。"]

    def remake(self) -> None:
        """Makes every derived store anew, with the encoder at hand. Killed in between, `mend_vectors` ends the work."""
        self._stamp.unlink(missing_ok=True)
        for root in (self.matrix_root, self.lexical_root):
            (root / POINTER).unlink(missing_ok=True)
        self.store.clear()
        self._reconcile()
        self._rebuild_matrix()
        self.store.drop_others()
        self._backlog.behind = False
        self._rebuild_lexical()
        self._write_stamp()

    def finish(self, with_vectors: bool = True) -> None:
        """After a run of `put`: the lexical index, the matrix and the stamp, for the catalog's generation."""
        try:
            self._backlog.settle()
            if self.lexical_lags():
                self._rebuild_lexical()
            if with_vectors and not self._backlog.behind and self.vectors_lag():
                self._rebuild_matrix()
                self._write_stamp()
        finally:
            self._backlog.forget()
            self._encoder.forget()

    def mend_vectors(self) -> list[str]:
        """Makes Chroma and the matrix agree with the catalog; returns a Japanese sentence for each thing mended."""
        if not self.vectors_lag():
            return []
        said = []
        try:
            added, deleted = self._reconcile()
            self._rebuild_matrix()
        except (StoreError, KeyError):
            if self._chroma_url:
                raise
            self.store.delete_folder()
            said.append("ベクトルのフォルダが壊れていたため、目録から作り直しました。")
            added, deleted = self._reconcile()
            self._rebuild_matrix()
        if not said:
            said.append(f"ベクトルを目録に合わせました(追加 {added} 件、削除 {deleted} 件)。")
        self._backlog.behind = False
        self._write_stamp()
        return said

    def _reconcile(self) -> tuple[int, int]:
        """Adds to Chroma what the catalog has and it lacks, deletes what only it has; returns both counts."""
        wanted = self._catalog.chunk_digests()
        held = self.store.digests()
        surplus = [key for key in held if key not in wanted]
        missing = [key for key, digest in wanted.items() if held.get(key) != digest]
        self.store.delete(surplus)
        for start in range(0, len(missing), BATCH):
            chunks = self._catalog.chunks(missing[start : start + BATCH])
            self.store.put(chunks, self._encoder.encode(chunks))
        self._encoder.forget()
        return len(missing), len(surplus)

    def _rebuild_lexical(self) -> None:
        generation = self._catalog.generation()
        digests, current = self._catalog.chunk_digests(), self._catalog.chunk_keys()
        with _writable(self.lexical_root):
            known = self._backlog.words
            lexical.rebuild(self.lexical_root, generation, digests, current, self._catalog.chunks, self._words, known)

    def _rebuild_matrix(self) -> None:
        generation = self._catalog.generation()
        digests, current = self._catalog.chunk_digests(), self._catalog.chunk_keys()
        with _writable(self.matrix_root):
            nearest.rebuild(self.matrix_root, generation, self._encoder.edition, digests, current, self._vectors)

    def _vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """Vectors from this run of loading, the others from Chroma."""
        fresh = self._backlog.vectors
        return {
            **{key: fresh[key] for key in keys if key in fresh},
            **self.store.vectors([key for key in keys if key not in fresh]),
        }

    def _stamped(self) -> list[int | str | bool]:
        try:
            stamp = json.loads(self._stamp.read_text("utf-8"))
            return [stamp["generation"], stamp["encoder"], stamp["chroma"], stamp["matrix"]]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def _write_stamp(self) -> None:
        stamp = {
            "generation": self._catalog.generation(),
            "encoder": self._encoder.edition,
            "chroma": self._chroma_url,
            "matrix": newest(self.matrix_root) is not None,
        }
        with _writable(self._stamp.parent):
            self._stamp.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._stamp, json.dumps(stamp, ensure_ascii=False))


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{folder} に書き込めません。ディスクの空きとフォルダの権限を確かめてください。登録済みの評価書は無事です。"
        ) from error
