"""Models that think aloud: what stands between <think> and </think> is left out of the text, piece by piece."""

from __future__ import annotations

MARKS = (("<think>", "</think>"), ("<thinking>", "</thinking>"), ("[THINK]", "[/THINK]"))
_OPENING = dict(MARKS)
_CLOSING = tuple(closing for _, closing in MARKS)


class Thoughts:
    """Takes a model's text as it comes and gives what is meant to be read.

    inside   the model begins with a thought and no mark: its prompt's template has opened it
    seen     a mark of a thought came
    leaked   a thought ended that no mark had opened: what was given before was thought, not said
    """

    def __init__(self, inside: bool = False) -> None:
        self.seen = False
        self.leaked = False
        self._inside = inside
        self._ends: tuple[str, ...] = _CLOSING
        self._kept = ""

    def pass_on(self, piece: str) -> str:
        """The readable part of this piece and of what was kept back before it."""
        text, given = self._kept + piece, ""
        while (found := self._next_mark(text)) is not None:
            start, mark = found
            if not self._inside:
                given += text[:start]
                self.leaked = self.leaked or mark in _CLOSING
            self._inside = mark in _OPENING
            self._ends = (_OPENING[mark],) if self._inside else _CLOSING
            self.seen = True
            text = text[start + len(mark) :]
        cut = len(text) - self._half_a_mark(text)
        self._kept = text[cut:]
        return given if self._inside else given + text[:cut]

    def rest(self) -> str:
        """What was kept back because it might have become a mark."""
        kept, self._kept = self._kept, ""
        return "" if self._inside else kept

    def _marks(self) -> tuple[str, ...]:
        return self._ends if self._inside else (*_OPENING, *_CLOSING)

    def _next_mark(self, text: str) -> tuple[int, str] | None:
        return min(((at, mark) for mark in self._marks() if (at := text.find(mark)) >= 0), default=None)

    def _half_a_mark(self, text: str) -> int:
        """Length of the text's end that is the beginning of a mark."""
        longest = max(len(mark) for mark in self._marks()) - 1
        ends = (n for n in range(min(longest, len(text)), 0, -1) if any(m.startswith(text[-n:]) for m in self._marks()))
        return next(ends, 0)


def without_thoughts(text: str) -> str:
    """The readable part of a whole text."""
    thoughts = Thoughts()
    given = thoughts.pass_on(text) + thoughts.rest()
    if not thoughts.leaked:
        return given
    return text[max(text.rfind(mark) + len(mark) for mark in _CLOSING if mark in text) :]
