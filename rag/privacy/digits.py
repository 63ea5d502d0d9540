"""Chains of digits in a folded text: runs, what stands between them, and which chains are something else entirely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rag.privacy.folding import Span

#: How many digits a 個人番号 has.
LENGTH = 12
#: Between two runs at most so many characters, so many with words among them.
_MAX_GAP_CHARS = 40
_MAX_WORDS_CHARS = 16
_MAX_LINES = 3

_RUN = re.compile(r"[0-9]+")
_PLAIN = re.compile(r"[\s\-._・·•ー]*")
_SIGNS = re.compile(r"(?:<[^<>\n]{0,40}>|&nbsp;|[\s\-._・·•,/:;|*>()\[\]{}「」『』“”\"'、。→+=#\\ー一])*")
_UNITS = re.compile(r"[年月日時分円%]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[-./]\s?(?:0?[1-9]|1[0-2])\s?[-./]\s?[0-3]?\d(?!\d)")
_TELEPHONE = re.compile(r"(?<!\d)\(?0\d{1,4}\)?[- ]?\(?\d{1,4}\)?[- ]?\d{3,4}(?!\d)")
#: 記号 and 番号 of an account at the ゆうちょ銀行.
_POST_OFFICE = re.compile(r"1\d{3}0[- ]\d{6}1")
#: Thirteen digits.
_CORPORATE = re.compile(r"法人番号\W{0,4}\d[\s-]*$")
_COUNTED = re.compile(r"(?:\s*[,、・]\s*\d+)*\s*(?:円|人|件|名|戸|世帯|の?項|条|号)")


@dataclass(frozen=True, slots=True)
class Chain:
    """Some runs of digits that follow one another: `runs` in `text`, `total` digits."""

    text: str
    runs: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the first digit to behind the last."""
        return self.runs[0][0], self.runs[-1][1]

    @property
    def digits(self) -> str:
        """The digits alone."""
        return "".join(self.text[start:end] for start, end in self.runs)

    @property
    def gaps(self) -> list[str]:
        """What stands between the runs."""
        return [self.text[a[1] : b[0]] for a, b in pairwise(self.runs)]

    @property
    def even(self) -> bool:
        """Whether the groups are alike, lines that break one of them apart."""
        return len(set(self._widths(glued=False))) == 1 or len(set(self._widths(glued=True))) == 1

    def grouped(self, most: int = 4) -> bool:
        """Whether it is written as one writes a number: alike groups, or few of them."""
        return self.even or len(self._widths(glued=True)) <= most

    def at_least(self, width: int) -> bool:
        """Whether each run has so many digits."""
        return min(end - start for start, end in self.runs) >= width

    def _widths(self, *, glued: bool) -> list[int]:
        widths = [self.runs[0][1] - self.runs[0][0]]
        for gap, (start, end) in zip(self.gaps, self.runs[1:], strict=True):
            if glued and "\n" in gap and not gap.strip("\n \t>|"):
                widths[-1] += end - start
            else:
                widths.append(end - start)
        return widths


def chains(text: str) -> Iterator[tuple[Chain, str, str]]:
    """Each chain of LENGTH digits, with what stands before it up to the last run and behind it up to the next."""
    runs = [m.span() for m in _RUN.finditer(text)]
    for first in range(len(runs)):
        total = 0
        for last in range(first, min(first + LENGTH, len(runs))):
            if last > first and not _linked(text[runs[last - 1][1] : runs[last][0]]):
                break
            total += runs[last][1] - runs[last][0]
            if total >= LENGTH:
                if total == LENGTH:
                    before = text[runs[first - 1][1] : runs[first][0]] if first else ""
                    after = text[runs[last][1] : runs[last + 1][0]] if last + 1 < len(runs) else ""
                    yield Chain(text, tuple(runs[first : last + 1])), before, after
                break


def _linked(gap: str) -> bool:
    """Whether a gap may stand within one number, in the most generous reading."""
    if len(gap) > _MAX_GAP_CHARS or gap.count("\n") > _MAX_LINES:
        return False
    return signs(gap) or (len(gap) <= _MAX_WORDS_CHARS and not _UNITS.search(gap))


def plain(gap: str) -> bool:
    """White space, hyphens, dots: what is written within numbers."""
    return _PLAIN.fullmatch(gap) is not None


def signs(gap: str) -> bool:
    """Those and commas, bars, brackets, tags: what stands within numbers in tables and lists."""
    return _SIGNS.fullmatch(gap) is not None


def otherwise_explained(chain: Chain) -> bool:
    """Whether a chain is a telephone number with a house number, a date with another figure, years, an amount."""
    start, end = chain.span
    written = chain.text[start:end]
    if chain.text[max(0, start - 1) : start] == "+" or _CORPORATE.search(chain.text[max(0, start - 20) : start]):
        return True
    if len(chain.runs) > 1 and _is_postcode(chain):
        return True
    if all(_YEAR.fullmatch(chain.text[a:b]) for a, b in chain.runs) and len(chain.runs) > 1:
        return True
    if not chain.even and (_DATE.search(written) or _has_telephone(written)):
        return True
    return _POST_OFFICE.fullmatch(written) is not None or (bool(chain.gaps) and _is_count(chain))


def _has_telephone(written: str) -> bool:
    found = _TELEPHONE.search(written)
    return found is not None and len(re.sub(r"\D", "", found[0])) in (10, 11)


def _is_postcode(chain: Chain) -> bool:
    (a, b), (c, d) = chain.runs[:2]
    return chain.text[:a].rstrip().endswith("〒") and (b - a, d - c) == (3, 4)


def _is_count(chain: Chain) -> bool:
    """Groups of three between commas, and lists of items of a law in rising order."""
    behind = chain.text[chain.span[1] :][:80]
    if set(chain.gaps) == {","} and all(b - a == 3 for a, b in chain.runs[1:]):
        return True
    listed = all(gap.strip() in {",", "、", "・", "."} and gap.strip() for gap in chain.gaps)
    figures = [int(chain.text[a:b]) for a, b in chain.runs]
    rising = all(a < b for a, b in pairwise(figures))
    return listed and rising and (not chain.at_least(3) or bool(_COUNTED.match(behind)))
