"""Text in a drawing: what may stand in it, how wide it is, where it breaks."""

from __future__ import annotations

import unicodedata

#: What no line begins with, and what none ends with.
_NO_BEGINNING = frozenset("、。，．・:：;；?？!！)）」』】］〕〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々…%％")
_NO_END = frozenset("(（「『【［〔〈《")
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """The text in one line without what XML forbids, control characters and signs that turn the direction."""
    kept = (c if not c.isspace() else " " for c in text if c.isspace() or _stands(c))
    return " ".join("".join(kept).split())


def _stands(c: str) -> bool:
    return c not in _TURNING and unicodedata.category(c) not in {"Cc", "Cs", "Cn", "Co"} and ord(c) & 0xFFFE != 0xFFFE


def width(text: str, size: float) -> float:
    """How wide a text is at most, in the unit of `size` (the height of a full-width character)."""
    return sum(_share(c) for c in text) * size


def _share(c: str) -> float:
    if unicodedata.combining(c):
        return 0.0
    if unicodedata.east_asian_width(c) in "WFA":
        return 1.0
    return 0.95 if c in "MW@%mw" else 0.72 if c.isupper() else 0.62


def wrapped(text: str, size: float, room: float, max_lines: int) -> tuple[str, ...]:
    """The text in lines that fit in `room`, the last cut with … where there are more than `max_lines`."""
    lines: list[str] = []
    rest = clean(text)
    while rest:
        cut = _break(rest, size, room)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if len(lines) <= max_lines:
        return tuple(lines)
    last = lines[max_lines - 1]
    while last and width(last + "…", size) > room:
        last = last[:-1]
    return (*lines[: max_lines - 1], last + "…")


def _break(text: str, size: float, room: float) -> int:
    """Where the first line ends: as much as fits, but for what may not begin or end a line; at least 1."""
    fits, used = 0, 0.0
    for c in text:
        used += width(c, size)
        if used > room:
            break
        fits += 1
    if fits >= len(text):
        return len(text)
    cut = max(1, fits)
    while cut > 1 and (text[cut] in _NO_BEGINNING or text[cut - 1] in _NO_END or _within_word(text, cut)):
        cut -= 1
    return cut if cut > max(1, fits) // 2 else max(1, fits)


def _within_word(text: str, cut: int) -> bool:
    return all(c.isascii() and c.isalnum() for c in text[cut - 1 : cut + 1])
