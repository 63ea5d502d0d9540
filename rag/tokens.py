"""Text to words for the lexical index: Sudachi's normalised forms, compounds with parts, no particles or signs."""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer

#: Goes up when this module makes other words of the same text.
RULES = 1
#: Parts of speech that carry no meaning of their own.
SKIPPED = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白"})
#: Sudachi refuses more than some 49,000 bytes at once; a piece of this many characters is always below that.
MAX_CHARS = 12_000


@dataclass(frozen=True, slots=True)
class Word:
    """One morpheme: [start, end) in the text, normalised and dictionary form, four levels of part of speech."""

    surface: str
    start: int
    end: int
    normal: str
    dictionary: str
    pos: tuple[str, ...]


class Words:
    """Splits text into words; the dictionary is loaded once, at first use, and each thread has its own tokenizer."""

    def __init__(self) -> None:
        self._local = threading.local()

    @property
    def edition(self) -> str:
        """Which rules and dictionary make the words; words of two editions do not mix."""
        return f"{RULES} {version('sudachipy')} {version('sudachidict-core')}"

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

    def morphemes(self, text: str) -> list[Word]:
        """The morphemes of a short text with their places in it, nothing left out."""
        found = []
        for morpheme in self._tokenizer().tokenize(text[:MAX_CHARS]):
            found.append(
                Word(
                    morpheme.surface(),
                    morpheme.begin(),
                    morpheme.end(),
                    morpheme.normalized_form().lower(),
                    morpheme.dictionary_form(),
                    tuple(morpheme.part_of_speech()[:4]),
                )
            )
        return found

    def place_names(self, text: str) -> list[tuple[int, str]]:
        """Start and surface of each proper noun that names a place."""
        return [(w.start, w.surface) for w in self.morphemes(text) if w.pos[:3] == ("名詞", "固有名詞", "地名")]

    def unknown(self, text: str) -> list[str]:
        """Words of a short text that the dictionary does not have, numbers aside."""
        found = self._tokenizer().tokenize(text[:MAX_CHARS])
        return [m.surface() for m in found if m.is_oov() and m.part_of_speech()[1] != "数詞"]

    def reading(self, text: str) -> str:
        """The text's reading in katakana."""
        return "".join(m.reading_form() for m in self._tokenizer().tokenize(text[:MAX_CHARS]))

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
