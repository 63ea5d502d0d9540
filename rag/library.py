"""The library: loads, replaces and removes assessments in the catalog and the indexes, and mends these when opened.

One writer at a time, by a lock file. The catalog is written first, a document a transaction; what is derived follows.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from rag import lexical, loading, nearest, snapshots
from rag.catalog import Catalog
from rag.conversations import Conversations
from rag.encoders import open_encoder
from rag.errors import EncoderChanged, EncoderError, StoreError
from rag.indexes import Indexes
from rag.layouts import Layouts
from rag.ports import Encoder, LexicalIndex, VectorIndex, Vectors
from rag.rerank import CrossEncoderReranker, open_reranker
from rag.settings import Settings
from rag.tokens import Words
from rag.types import LoadedFile, LoadReport, Version

LOCK_FILE = "write.lock"
#: How long a writer waits for another one, and how long opening waits for one who may be mending.
WAIT_S = 600.0
OPENING_WAIT_S = 1.0
#: Questions whose vectors are kept: one question is compared with chunks at several steps of its answer.
KEPT_QUESTIONS = 16

Progress = Callable[[int, int, LoadedFile], None]


class Library:
    """Catalog, conversations, indexes and encoder of one HYOKA_HOME; safe between threads. Make one with `open`."""

    def __init__(self, settings: Settings, catalog: Catalog, reader: loading.Reader) -> None:
        self.catalog = catalog
        self.conversations = Conversations(catalog.engine)
        self.encoder: Encoder = open_encoder(settings.encoder)
        self.layouts = Layouts(catalog)
        self.reranker: CrossEncoderReranker | None = open_reranker(settings.reranker)
        self.question_vector: Callable[[str], Vectors] = functools.lru_cache(KEPT_QUESTIONS)(self.encoder.encode_query)
        self.repairs: list[str] = []
        self._reader = reader
        self._words = Words()
        self._indexes = Indexes(settings.home, settings.chroma_url, catalog, self.encoder, self._words)
        self._lock = FileLock(settings.home / LOCK_FILE)
        self._written = catalog.generation()
        self._guard = threading.RLock()
        self._lexicon: LexicalIndex = lexical.Empty()
        self._lexicon_seen: object = None
        self._nearest: nearest.Nearest | None = None
        self._nearest_seen: object = None

    @classmethod
    def open(cls, settings: Settings, read: loading.Read | None = None, cut: loading.Cut | None = None) -> Library:
        """Opens HYOKA_HOME, makes it where it is absent, and mends what a killed process left behind (see `repairs`).

        `read` and `cut` stand in for the reader of the forms. Raises StoreError where a store cannot be opened,
        SettingsError where a setting cannot be used.
        """
        try:
            settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"データのフォルダ {settings.home} を作れません。HYOKA_HOME に書き込めるフォルダを指定してください。"
            ) from error
        forms = loading.form_reader(settings)
        reader = loading.Reader(read or forms.read, cut or forms.cut)
        library = cls(settings, Catalog.open(settings.database_url, settings.home), reader)
        try:
            library._mend(with_vectors=not settings.chroma_url)
        except (EncoderError, StoreError) as error:  # the records can be read all the same
            library.repairs.append(f"索引を目録に合わせられませんでした。{error}")
        return library

    def close(self) -> None:
        """Lets go of database and Chroma."""
        self._indexes.close()
        self.catalog.close()

    @property
    def lexical(self) -> LexicalIndex:
        """The lexical index; read again when another process has made a newer one."""
        with self._guard:
            seen = stamp_of(self._indexes.lexical_root)
            if seen != self._lexicon_seen:
                found = lexical.read(self._indexes.lexical_root, self._words)
                if found is None and seen:
                    self._indexes.distrust_lexical()
                    self._mend(with_vectors=False)
                    found = lexical.read(self._indexes.lexical_root, self._words)
                self._lexicon = found or lexical.Empty()
                self._lexicon_seen = stamp_of(self._indexes.lexical_root)
            return self._lexicon

    @property
    def vectors(self) -> VectorIndex:
        """The vector index. Raises EncoderChanged where its vectors are of another encoder, StoreError."""
        with self._guard:
            if self._nearest is None:
                self._check_encoder()
                self._mend(with_vectors=True)
            seen = stamp_of(self._indexes.matrix_root)
            if self._nearest is None or seen != self._nearest_seen:
                self._check_encoder()
                found = nearest.read(self._indexes.matrix_root)
                if found is None and seen:
                    self._indexes.distrust_matrix()
                    self._mend(with_vectors=True)
                    found = nearest.read(self._indexes.matrix_root)
                self._nearest = nearest.Nearest(found, self._indexes.store, self.catalog.current_among)
                self._nearest_seen = stamp_of(self._indexes.matrix_root)
            return self._nearest

    def load(self, paths: Sequence[Path], progress: Progress | None = None) -> LoadReport:
        """Takes in files and folders, a transaction each; says file by file what became of it.

        `progress` is called after each file with its number, how many there are, and its line. A file that cannot be
        read becomes a line of the report; StoreError, EncoderError and EncoderChanged end the run.
        """
        with self._writing():
            self._check_encoder()
            files = loading.find(paths)
            if files and not self.catalog.versions(current_only=False):
                threading.Thread(target=_warm, args=(self.encoder,), name="warming", daemon=True).start()
            done: list[LoadedFile] = []
            try:
                for path in files:
                    done.append(self._take(path))
                    if progress is not None:
                        progress(len(done), len(files), done[-1])
            finally:
                self._indexes.finish()
            return LoadReport(tuple(done))

    def remove(self, document: str, published: str | None = None) -> list[Version]:
        """Deletes a document, or its version of one 公表日, everywhere; returns what was deleted. Raises NotFound."""
        with self._writing():
            fits = self._encoder_fits()
            owned = [v.id for v in self.catalog.versions(document, current_only=False)]
            keys = self.catalog.chunk_keys(owned)
            gone = self.catalog.remove(document, published)
            if fits:
                left = set(self.catalog.chunk_keys(owned))
                self._indexes.put([], np.zeros((0, 0), np.float32), [key for key in keys if key not in left])
            self._indexes.finish(with_vectors=fits)
            return gone

    def reindex(self) -> None:
        """Encodes every chunk anew with the encoder at hand and makes the indexes again."""
        with self._writing(mending=False):
            self.catalog.set_encoder(self.encoder.name)
            self._indexes.remake()

    def _take(self, path: Path | LoadedFile) -> LoadedFile:
        if isinstance(path, LoadedFile):
            return path
        return loading.take(path, self._reader, self.catalog, self._indexes)

    def _encoder_fits(self) -> bool:
        known = self.catalog.encoder()
        if known != self.encoder.name and not self.catalog.versions(current_only=False):
            self.catalog.set_encoder(self.encoder.name)
            return True
        return known == self.encoder.name

    def _check_encoder(self) -> None:
        if not self._encoder_fits():
            raise EncoderChanged(
                f"ベクトルは別の埋め込みモデル({self.catalog.encoder()})で作られています。"
                f"hyoka reindex で今のモデル({self.encoder.name})に作り直すか、HYOKA_ENCODER を元に戻してください。"
            )

    def _mend(self, with_vectors: bool) -> None:
        """Mends what lags, unless another process is writing: then that one will."""
        lags = self._indexes.lexical_lags() or (with_vectors and self._indexes.vectors_lag())
        if not lags:
            return
        try:
            with self._locked(OPENING_WAIT_S):
                self._mend_now(with_vectors)
        except Timeout:
            return

    def _mend_now(self, with_vectors: bool = True) -> None:
        if with_vectors and self._encoder_fits():
            self.repairs += self._indexes.mend_vectors()
        self.repairs += self._indexes.mend_lexical()

    @contextmanager
    def _writing(self, mending: bool = True) -> Iterator[None]:
        """The only writer: holds the lock, and starts from indexes that agree with the catalog."""
        try:
            with self._locked(WAIT_S):
                if mending:
                    self._mend_now()
                yield
                self._written = self.catalog.generation()
        except Timeout as error:
            raise StoreError("別の処理が評価書を読み込んでいます。終わってから、もう一度実行してください。") from error

    @contextmanager
    def _locked(self, timeout_s: float) -> Iterator[None]:
        try:
            self._lock.acquire(timeout=timeout_s)
        except OSError as error:
            if isinstance(error, Timeout):
                raise
            home = Path(self._lock.lock_file).parent
            raise StoreError(
                f"データのフォルダ {home} に書き込めません。権限とディスクの空きを確かめてください。"
            ) from error
        try:
            with self.catalog.exclusive(timeout_s) as held:
                if not held:
                    raise Timeout(self._lock.lock_file)
                if self.catalog.generation() != self._written:
                    self._indexes.store.close()  # another process wrote: its view of the folder is newer than ours
                yield
        finally:
            self._lock.release()


def _warm(encoder: Encoder) -> None:
    """Reads the encoder's weights while the first file is being read: all that is taken in first will be encoded."""
    try:
        encoder.encode_query("。")
    except EncoderError:
        return  # told where vectors are wanted


def stamp_of(root: Path) -> int:
    """Changes when a newer snapshot stands under `root`."""
    try:
        return (root / snapshots.POINTER).stat().st_mtime_ns
    except OSError:
        return 0
