"""A sentence that says a line of the composed answer as it stands there: what is true as it is needs no reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.verify import facts
from rag.verify.grounds import Grounds
from rag.verify.sentences import Splitter, bare, cited, numbers

#: Brackets, commas and colons join and part the same words; です only ends them.
_JOINTS = re.compile(r"[「」『』“”\"、。，,.:：・→\s]")
_BULLET = re.compile(r"^\s*[-*]\s+")
_END = re.compile(r"(?:です|である)$")
_MARKER = re.compile(r"\[\d{1,4}\]")


class Verbatim:
    """The sentences of an answer's lines as they are compared, with the markers behind each."""

    def __init__(self, grounds: Grounds) -> None:
        self._said = {
            (_plain(text), tokens) for line in grounds.lines for text, tokens in _sentences(line) if _plain(text)
        }

    def bears(self, sentence: str) -> bool:
        """Whether a sentence is one of a line's, and cites what stands behind it there: only its last cites."""
        return (_plain(bare(sentence)), frozenset(cited(sentence))) in self._said


def _sentences(line: str) -> Iterator[tuple[str, frozenset[int]]]:
    """The sentences of a line, and the line as a whole."""
    text = _MARKER.sub("", line)
    tokens = frozenset(numbers("".join(_MARKER.findall(line))))
    yield text, tokens
    splitter = Splitter()
    parts = [*splitter.feed(text), *splitter.end()]
    for at, part in enumerate(parts):
        yield part, tokens if at == len(parts) - 1 else frozenset()


def _plain(text: str) -> str:
    return _END.sub("", _JOINTS.sub("", facts.folded(_BULLET.sub("", text))))
