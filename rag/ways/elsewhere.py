"""Whether a question that names one place means another: words that the place lacks stand together elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.assessment import Kind
from rag.lookup.rows import rows_of
from rag.shelf import Book, Passage
from rag.terms import Term, has, key
from rag.ways.ask import Ask, apart
from rag.ways.contractors import is_company

#: So many words must stand together elsewhere, a proper name counting one and a half, a long loanword two.
TOGETHER = 2.0
#: A loanword long enough to be no chance match (ガバメントクラウド).
_LOANWORD = re.compile(r"[ァ-ヴー]{7,}")


def better_elsewhere(ask: Ask, texts: Sequence[str]) -> bool:
    """Whether words that these texts (as `key`) lack stand together in one place elsewhere: then that is meant."""
    strange = _strange(ask, texts)
    if not strange:
        return False
    others = [text for b in ask.books for text in _others(b)]
    picked = apart([t for t in strange if any(has(t, text) for text in others)])
    if any(t.entity for t in picked):
        return True
    return any(sum(_counts(t) for t in picked if has(t, text)) >= TOGETHER for text in others)


def _counts(term: Term) -> float:
    if term.entity:
        return 1.5
    return TOGETHER if all(_LOANWORD.fullmatch(form) for form in term.forms) else 1.0


def _strange(ask: Ask, texts: Sequence[str]) -> list[Term]:
    """Words that neither the texts nor the names of documents, systems and companies hold."""
    names = [f"{b.version.duty} {b.version.title} " for b in ask.books]
    names += [r.cell("name").value for r in rows_of(ask.books, "systems")]
    own = key(" ".join(names))
    unknown = [t for t in ask.residual if len(key(t.surface)) > 1 and not any(has(t, text) for text in texts)]
    return [t for t in unknown if not is_company(t, ask.books) and key(t.surface) not in own]


def _others(book: Book) -> list[str]:
    """Where prose stands: appendices whole, measures, record items and what systems do sentence by sentence."""
    cases = [key(i.text) for i in book.items if i.kind is Kind.APPENDIX]
    return cases + [p.folded for p in book.passages if p.kind in {Kind.PRESENT, Kind.BOILERPLATE} and _is_prose(p)]


def _is_prose(passage: Passage) -> bool:
    return passage.item.part in {"III", "別添1"} or passage.item.section == "I.1 ②"
