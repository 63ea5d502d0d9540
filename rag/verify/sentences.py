"""A model's text as it comes → sentences; a sentence → pieces of text, each with the tokens [c1] that follow it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: One or several tokens in brackets: [c1], [c1][c2], [c1, c2], full-width too.
_MORE = r"(?:\s*[,、，]\s*[cCｃＣ]?\s*[\d０-９]{1,3})*"
TOKENS = re.compile(rf"(?:\s*[\[［【(（]\s*[cCｃＣ]\s*[\d０-９]{{1,3}}{_MORE}\s*[\]］】)）])+")
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
        if len(self._rest) > MAX_CHARS:
            yield from self.end()

    def end(self) -> Iterator[str]:
        """What is left when the text is over."""
        rest, self._rest = self._rest, ""
        if rest.strip():
            yield rest


def _end(text: str) -> int:
    """Where the first sentence ends, tokens behind its full stop included; 0 where that is not known yet."""
    depth = 0
    for at, char in enumerate(text):
        depth = max(depth + (char in _OPEN) - (char in _CLOSE), 0)
        if char == "\n":
            return at + 1
        if depth:
            continue
        if char in _STOP or (char == "." and _ENGLISH_STOP.match(text, at)):
            end = at + 1
            while end < len(text) and text[end] in _STOP + _CLOSING:
                end += 1
            if TOKENS.search(text[:at]) and TOKENS.search(text[:at]).end() == at:  # type: ignore[union-attr]
                return end
            behind = TOKENS.match(text, end)
            rest = text[behind.end() if behind else end :].lstrip(" \u3000")
            if rest and not _may_be_token(rest):
                return behind.end() if behind else end
            return 0
    return 0


def _may_be_token(rest: str) -> bool:
    """Whether the beginning of a text may turn out to be a token."""
    return unicodedata.normalize("NFKC", rest[0]) in "[(【" and not re.match(r".[^cCｃＣ\s]", rest)


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
