"""Text to words for the lexical index: Sudachi's normalised forms, compounds with parts, no particles or signs."""

from __future__ import annotations

import threading
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer

#: Parts of speech that carry no meaning of their own.
SKIPPED = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白"})
#: Sudachi refuses more than some 49,000 bytes at once; a piece of this many characters is always below that.
MAX_CHARS = 12_000


class Words:
    """Splits text into words; the dictionary is loaded once, at first use, and each thread has its own tokenizer."""

    def __init__(self) -> None:
        self._local = threading.local()

    def __call__(self, text: str) -> list[str]:
        """The words of `text` in order, NFKC and in lower case; a compound is followed by its parts."""
        folded = unicodedata.normalize("NFKC", text).lower()
        tokenizer = self._tokenizer()
        found: list[str] = []
        for start in range(0, len(folded), MAX_CHARS):
            for morpheme in tokenizer.tokenize(folded[start : start + MAX_CHARS]):
                if morpheme.part_of_speech()[0] not in SKIPPED:
                    found.extend(_forms(morpheme))
        return found

    def _tokenizer(self) -> Tokenizer:
        tokenizer: Tokenizer | None = getattr(self._local, "tokenizer", None)
        if tokenizer is None:
            tokenizer = self._local.tokenizer = _dictionary_tokenizer()
        return tokenizer


_lock = threading.Lock()
_dictionary = None


def _dictionary_tokenizer() -> Tokenizer:
    from sudachipy import Dictionary, SplitMode

    global _dictionary
    with _lock:
        if _dictionary is None:
            _dictionary = Dictionary(dict="core")
        return _dictionary.tokenizer(mode=SplitMode.C)


def _forms(morpheme: Morpheme) -> list[str]:
    from sudachipy import SplitMode

    surface = morpheme.surface()
    if surface.isascii():
        return [surface]  # the dictionary would turn an English word into katakana
    parts = [part.normalized_form().lower() for part in morpheme.split(SplitMode.A)]
    return [morpheme.normalized_form().lower(), *(parts if len(parts) > 1 else [])]
