"""A model's text as it comes → sentences; a sentence → pieces of text, each with the tokens [c1] that follow it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: White space inside a line.
_GAP = r"[^\S\n]*"
#: One or several tokens in brackets: [c1], [c1][c2], [c1, c2], full-width too.
_MORE = rf"(?:{_GAP}[,、，]{_GAP}[cCｃＣ]?{_GAP}[\d０-９]{{1,3}})*"
TOKENS = re.compile(rf"(?:{_GAP}[\[［【(（]{_GAP}[cCｃＣ]{_GAP}[\d０-９]{{1,3}}{_MORE}{_GAP}[\]］】)）])+")
_TOKEN_BEFORE = re.compile(rf"{TOKENS.pattern}$")
#: What may still become a token.
_BEGUN = re.compile(
    rf"{_GAP}(?:[\[(【]{_GAP}(?:c{_GAP}(?:\d{{1,3}}(?:{_GAP}[,、]{_GAP}c?{_GAP}\d{{0,3}})*{_GAP})?)?)?", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+")
_STOP = "。！？!?"
#: A full stop between these ends no sentence.
_OPEN, _CLOSE = "「『（(", "」』）)"
_CLOSING = '」』)）”"*'
#: An English full stop ends a sentence before white space, where a word or a bracket stands before it.
_ENGLISH_STOP = re.compile(r"(?<=[a-z\])」』”])\.(?=\s)")
#: A sentence longer than this is none.
MAX_CHARS = 1200


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence and the numbers of the tokens right behind it; none where no token follows."""

    text: str
    tokens: tuple[int, ...]


class Splitter:
    """Takes pieces of a text as they come and gives whole sentences as soon as they are known to be whole."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, text: str) -> Iterator[str]:
        """The sentences that became whole with this text."""
        self._rest += text
        while (end := _end(self._rest)) > 0:
            sentence, self._rest = self._rest[:end], self._rest[end:]
            if sentence.strip():
                yield sentence

    def end(self) -> Iterator[str]:
        """What is left when the text is over."""
        rest, self._rest = self._rest, ""
        if rest.strip():
            yield rest


def _end(text: str) -> int:
    """Where the first sentence ends, tokens behind its full stop included; 0 where that is not known yet.

    A sentence whose token stands before the full stop ends there at once; any other only where what follows is known.
    """
    depth = 0
    for at, char in enumerate(text[:MAX_CHARS]):
        depth = max(depth + (char in _OPEN) - (char in _CLOSE), 0)
        if char == "\n":
            return at + 1
        if depth or not (char in _STOP or (char == "." and _ENGLISH_STOP.match(text, at))):
            continue
        if _TOKEN_BEFORE.search(text, 0, at):
            return at + 1
        return _end_behind(text, at + 1)
    return MAX_CHARS if len(text) > MAX_CHARS else 0


def _end_behind(text: str, end: int) -> int:
    """Where a sentence ends whose full stop stands before a place: behind closing marks and tokens."""
    while end < len(text) and text[end] in _STOP + _CLOSING:
        end += 1
    behind = TOKENS.match(text, end)
    end = behind.end() if behind else end
    if _BEGUN.fullmatch(unicodedata.normalize("NFKC", text[end:])):
        return MAX_CHARS if len(text) > MAX_CHARS else 0
    return end


def pieces(sentence: str) -> list[Piece]:
    """The pieces of a sentence in order; what stands behind the last token has none of its own."""
    found, start = [], 0
    for match in TOKENS.finditer(sentence):
        found.append(Piece(sentence[start : match.start()], numbers(match[0])))
        start = match.end()
    if sentence[start:].strip() or not found:
        found.append(Piece(sentence[start:], ()))
    return found


def numbers(tokens: str) -> tuple[int, ...]:
    """The numbers of the tokens in a text, each once, in order."""
    folded = unicodedata.normalize("NFKC", tokens)
    return tuple(dict.fromkeys(int(n) for n in _NUMBER.findall(folded)))


def cited(sentence: str) -> tuple[int, ...]:
    """The numbers of all tokens of a sentence."""
    return tuple(dict.fromkeys(n for match in TOKENS.finditer(sentence) for n in numbers(match[0])))


def bare(sentence: str) -> str:
    """The sentence without its tokens."""
    return TOKENS.sub("", sentence)


def with_markers(sentence: str) -> str:
    """The sentence as it is shown: [1] in place of [c1]."""
    return TOKENS.sub(lambda m: "".join(f"[{n}]" for n in numbers(m[0])), sentence)
