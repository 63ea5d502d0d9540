"""個人番号 in a text, however they are written: check digit, grouping, and what is said around them.

The one set of rules behind `rag.guard` (may this be kept, asked, sent?) and `rag.privacy.masking` (what is put in its
place). A right check digit needs little else; a wrong one needs the number's name beside it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rag.privacy import digits, disguise
from rag.privacy.digits import LENGTH, Chain
from rag.privacy.folding import Folded, Span, fold
from rag.privacy.words import any_of, words

#: The number's name counts for twelve digits of any kind so many characters away …
_BESIDE_CHARS = 28
#: … and for twelve digits with a right check digit, written loosely, so many before them.
_NEAR_CHARS = 80
#: So many digits that are not written in figures are no accident.
_MIN_DISGUISED = 6
_TIGHT = frozenset({"-", "."})
#: How many digits a group has is no digit, and neither is what counts the lines of a list.
_HOW_MANY = re.compile(
    r"(?<!\d)(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?=\s*(?:桁|けた|ケタ|文字|番目|つ目|個目|枚目|行目|digits?\b))"
    r"|^[ \t]*(?:\(\d{1,2}\)|\d{1,2}[.)])(?=[ \t]*\d{1,6}[ \t]*$)",
    re.MULTILINE,
)


def personal_numbers(text: str) -> list[Span]:
    """Where 個人番号 stand in a text, in order, none overlapping."""
    return [folded.original(span) for folded in (fold(text),) for span in numbers_in(folded)]


def numbers_in(folded: Folded) -> list[Span]:
    """The same in a folded text."""
    text = _HOW_MANY.sub(lambda m: "x" * len(m[0]), folded.text)
    named = _Named(text)
    found = [chain.span for chain, before, after in digits.chains(text) if _is_one(chain, before, after, named)]
    written = disguise.as_figures(text)
    if written != text:
        for chain, before, after in digits.chains(written):
            changed = sum(text[a:b] != written[a:b] for start, end in chain.runs for a, b in _each(start, end))
            trusted = changed >= _MIN_DISGUISED or (changed > 0 and named.near(chain.span))
            if trusted and _is_one(chain, before, after, named):
                found.append(chain.span)
    for span, said in disguise.read_aloud(text):
        if named.beside(span) or has_right_check_digit(said):
            found.append(span)
    found += [span for span in disguise.misread(text) if named.near(span)]
    return _joined(found)


def check_digit(elevens: str) -> int:
    """The twelfth digit to eleven: 11 − (Σ Pn·Qn mod 11), 0 where the remainder is 0 or 1; 12345678901 → 8."""
    total = 0
    for n, digit in enumerate(reversed(elevens), 1):
        total += int(digit) * (n + 1 if n <= 6 else n - 5)
    rest = total % 11
    return 0 if rest <= 1 else 11 - rest


def has_right_check_digit(number: str) -> bool:
    """Whether the last of twelve digits is the check digit of the eleven before."""
    return check_digit(number[: LENGTH - 1]) == int(number[LENGTH - 1])


class _Named:
    """Where a text names the number."""

    def __init__(self, text: str) -> None:
        self._spans = [m.span() for m in _names().finditer(text)]

    def beside(self, span: Span) -> bool:
        """Whether it is named within a few characters."""
        return self._within(span, _BESIDE_CHARS, _BESIDE_CHARS)

    def near(self, span: Span) -> bool:
        """Whether it is named in the sentences before, or just behind."""
        return self._within(span, _NEAR_CHARS, _BESIDE_CHARS)

    def _within(self, span: Span, before: int, behind: int) -> bool:
        start, end = span
        return any(start - before <= b <= start or end <= a <= end + behind for a, b in self._spans)


def _is_one(chain: Chain, before: str, after: str, named: _Named) -> bool:
    near = named.near(chain.span)
    if digits.otherwise_explained(chain) and not (near and len(chain.runs) <= 2):
        return False
    whole = not (_links(before) or _links(after))
    if has_right_check_digit(chain.digits):
        if before in _TIGHT or after in _TIGHT:
            return near and chain.even
        return _plausible(chain, near, whole)
    if not whole or not named.beside(chain.span):
        return False
    if all(map(digits.plain, chain.gaps)):
        return chain.grouped()
    return chain.even and chain.at_least(3) and all(map(digits.signs, chain.gaps))


def _plausible(chain: Chain, near: bool, whole: bool) -> bool:
    """Whether twelve digits with a right check digit are written as one number."""
    if all(map(digits.plain, chain.gaps)):
        return near or chain.even or (whole and chain.grouped())
    if all(digits.signs(gap) or _between().fullmatch(gap) for gap in chain.gaps):
        return chain.even or (near and chain.grouped())
    return near and chain.even and chain.at_least(3)


def _links(gap: str) -> bool:
    return gap != "" and "\n" not in gap and digits.plain(gap)


def _each(start: int, end: int) -> Iterator[Span]:
    return ((at, at + 1) for at in range(start, end))


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


@functools.cache
def _names() -> re.Pattern[str]:
    return any_of(words().personal_number.names)


@functools.cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words().personal_number.between).pattern}|[\s\-._・,/、。「」()])+", re.IGNORECASE)
