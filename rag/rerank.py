"""An optional cross-encoder: reads question and text together and orders the best candidates anew (HYOKA_RERANKER)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.errors import EncoderError

BATCH = 32


def open_reranker(choice: str) -> CrossEncoderReranker | None:
    """The cross-encoder that HYOKA_RERANKER names, None where it is empty. Loads nothing yet."""
    return CrossEncoderReranker(choice) if choice else None


class CrossEncoderReranker:
    """A cross-encoder of the sentence-transformers library, by name or folder; loaded at first use."""

    def __init__(self, model: str) -> None:
        self._choice = model
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """How well each text answers the question, shape (len(texts),): higher is better. Raises EncoderError."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        with self._lock:
            model = self._model
        pairs = [(question, text) for text in texts]
        return np.asarray(model.predict(pairs, batch_size=BATCH, show_progress_bar=False), dtype=np.float32)

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import CrossEncoder  # imports torch: some seven seconds
        except ImportError as error:
            raise EncoderError(
                f"並べ替えのモデル「{self._choice}」には追加の部品が要ります。"
                "pip install 'hyoka[transformers]' を実行するか、HYOKA_RERANKER を空にしてください。"
            ) from error
        folder = Path(self._choice).expanduser()
        try:
            # One label: a model with several has no single score to order by.
            return CrossEncoder(str(folder) if folder.is_dir() else self._choice, num_labels=1, device="cpu")
        except Exception as error:  # hub, network and file faults of several libraries, without a common base
            raise EncoderError(
                f"並べ替えのモデル「{self._choice}」を読み込めません。"
                "取得済みのモデルのフォルダを HYOKA_RERANKER に指定するか、空にしてください。"
            ) from error
