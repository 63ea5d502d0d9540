"""Citations: a place in the form and a verbatim quote, verified against the source before anything is shown."""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata

from ingest.assessment import Item
from rag.types import Citation, Version

#: A quote longer than this is cut at the end of a sentence, or with an ellipsis left out of the quote itself.
MAX_QUOTE_CHARS = 600
#: Tags and comments of HTML; a bare < in a text is none.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_SPACE = re.compile(r"[\s\u3000]+")
#: Where a text is cut until a piece of it is found: lines; sentences and marks of entries; words.
_CUTS = tuple(map(re.compile, (r"\n", r"\n|(?<=。)|[<>＜＞*_\\]|\s(?=[・①-⑳])", r"[\s\[\]［］<>＜＞*_\\○◯☐]+")))
#: Fewer letters or digits than this are no quote: they would stand nearly everywhere.
_LEAST = 2
#: The beginning of a text that was torn apart is a quote where it has so many characters.
_LEAST_BEGINNING = 6

#: What is longer is a whole source, folded once by who reads it and not remembered here.
_REMEMBERED_CHARS = 2_000


def fold(text: str) -> str:
    """NFKC, no markup, no white space: what a quote and its source must share."""
    return _fold(text) if len(text) <= _REMEMBERED_CHARS else _fold.__wrapped__(text)


@functools.lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", _TAG.sub("", text)))


def verified(quote: str, folded_source: str) -> bool:
    """Whether a quote stands verbatim in a source (already folded)."""
    folded = fold(quote)
    return bool(folded) and folded in folded_source


def quote_from(text: str, folded_source: str) -> str:
    """The text itself where it stands in the source, else its longest line or clause that does; "" where none does.

    A single character or mere punctuation is no quote.
    Characters that a conversion escaped (entities, Markdown) are the reason why a text may not be found as a whole.
    """
    text = _short(" ".join(text.split("\t")).strip())
    if _says(text) and verified(text, folded_source):
        return text
    for cut in _CUTS:
        pieces = sorted((p.strip() for p in cut.split(text) if p and p.strip()), key=len, reverse=True)
        for piece in pieces:
            if _says(piece) and verified(piece, folded_source):
                return piece
    return _beginning(text, folded_source)


def _beginning(text: str, folded_source: str) -> str:
    """As much of the beginning of a text as stands in the source; "" where that is too little to tell anything."""
    length = bisect.bisect_left(range(1, len(text) + 1), True, key=lambda n: not verified(text[:n], folded_source))
    found = text[:length].strip()
    return found if len(fold(found)) >= _LEAST_BEGINNING else ""


def _says(quote: str) -> bool:
    """Whether a quote is more than a single character or punctuation."""
    return sum(c.isalnum() for c in fold(quote)) >= _LEAST


def _short(text: str) -> str:
    if len(text) <= MAX_QUOTE_CHARS:
        return text
    end = max(text.rfind(mark, 0, MAX_QUOTE_CHARS) + 1 for mark in ("。", "\n", " "))
    return text[: end or MAX_QUOTE_CHARS].strip()


class Citations:
    """The numbered citations of one answer; the same quote at the same place has one number."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str, str], Citation] = {}

    def add(self, version: Version, item: Item, text: str, folded_source: str) -> int:
        """The marker for a text of an item; 0 where no verbatim quote of it can be made."""
        quote = quote_from(text, folded_source) or _around(text, item, folded_source)
        if not quote:
            return 0
        key = (version.id, item.key, quote)
        if key not in self._found:
            self._found[key] = _citation(len(self._found) + 1, version, item, quote)
        return self._found[key].marker

    def all(self) -> tuple[Citation, ...]:
        """All citations in order of their markers."""
        return tuple(self._found.values())


def _around(text: str, item: Item, folded_source: str) -> str:
    """For a text too short to be quoted: its line in the item or the label before it; a single letter as the last."""
    text = text.strip()
    if not any(c.isalnum() for c in text) or _says(text):
        return ""
    lines = (line.strip() for line in item.text.splitlines() if text in line and _says(line))
    around = (*lines, f"{item.label} {text}")
    return next((_short(line) for line in (*around, text) if verified(line, folded_source)), "")


def _citation(marker: int, version: Version, item: Item, quote: str) -> Citation:
    return Citation(
        marker=marker,
        document=version.document,
        municipality=version.municipality,
        title=version.title,
        section=item.section,
        label=item.label,
        published=version.published,
        quote=quote,
        page=item.page,
        item=item.key,
        version=version.id,
    )
