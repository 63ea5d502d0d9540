"""A sentence that says a line of the composed answer as it stands there: what is true as it is needs no reading."""

from __future__ import annotations

import re

from rag.verify import facts
from rag.verify.grounds import Grounds
from rag.verify.sentences import bare, cited, numbers

#: Brackets, commas and colons join and part the same words, but not the same numbers; です only ends them.
_JOINTS = re.compile(r"[「」『』“”\"→\s]|(?<!\d)[、。，,.:：・]|[、。，,.:：・](?!\d)")
_BULLET = re.compile(r"^\s*[-*]\s+")
_END = re.compile(r"(?:です|である)$")
_MARKER = re.compile(r"\[\d{1,4}\]")


class Verbatim:
    """The lines of an answer as they are compared, with the markers of each."""

    def __init__(self, grounds: Grounds) -> None:
        self._lines = {
            _plain(_MARKER.sub("", line)): frozenset(numbers("".join(_MARKER.findall(line)))) for line in grounds.lines
        }

    def bears(self, sentence: str) -> bool:
        """Whether a sentence is one of the lines, and cites what that line cites."""
        tokens = frozenset(cited(sentence))
        return bool(tokens) and self._lines.get(_plain(bare(sentence))) == tokens


def _plain(text: str) -> str:
    return _END.sub("", _JOINTS.sub("", facts.folded(_BULLET.sub("", text))))
