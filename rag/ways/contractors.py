"""Which words of a question are the name of a contractor."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from rag.lookup.rows import rows_of
from rag.shelf import Book
from rag.terms import Term, key

#: Parts of companies' names that say nothing of which company is meant.
_COMMON = re.compile(
    r"株式会社|有限会社|会社|システム|センター|営業所|営業部|公共|支社|本社|事業部|情報産業|電子計算|データ|サービス|"
    r"住宅|公社|委託先.*|.*変更.*"
)
#: A cell of the record of changes that is longer holds sentences, not a name.
NAME_CHARS = 60


def is_contractor(term: Term, books: Sequence[Book]) -> bool:
    """Whether a term names a contractor of today, or of the past where it is a proper name."""
    word = key(term.surface)
    if len(word) < 3 or _COMMON.fullmatch(term.surface) or re.fullmatch(r"[\d,.]+", term.surface):
        return False
    return any(word in text for b in books for text in _contractors(b, term.entity))


def is_company(term: Term, books: Sequence[Book]) -> bool:
    """Whether a term names a company, known as a contractor or not."""
    return "会社" in term.surface or is_contractor(term, books)


@functools.lru_cache(maxsize=1024)
def _contractors(book: Book, past: bool) -> tuple[str, ...]:
    """Names of contractors as `key`; `past`: those of the record of changes too."""
    found = [r.cell("contractor").value for r in rows_of([book], "contracts")]
    if past:
        changed = [r for r in rows_of([book], "changes") if r.cell("target").value.startswith("II.4")]
        found += [r.cell(column).value for r in changed for column in ("before", "after")]
    return tuple(key(v) for v in found if v and len(v) < NAME_CHARS)
