"""Documents by their contracts, recipients and systems: who has such a record, who has any, who has the most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.aggregate.choices import HEADS
from rag.aggregate.tally import Tally, document_cells, names_of
from rag.finding import Finding, Statement, TableRow
from rag.lookup.columns import BLOCK_OF_KIND, KEY_COLUMN
from rag.lookup.rows import Row, lost_rows, rows_of, table
from rag.question import Plan
from rag.shelf import Book
from rag.terms import Term, has, key
from rag.types import Status
from rag.wording import flat, say

#: A record is meant when it has this share of the best record's weight.
NEARLY_AS_GOOD = 0.7
_FEWEST = re.compile(r"少な|fewest|least")


def by_record(plan: Plan, books: Sequence[Book], kind: str, terms: Sequence[Term], column: str = "") -> Finding | None:
    """Records that have the words of the question in their cells; None where the words tell no record apart."""
    rows = rows_of(books, kind)
    useful = [t for t in terms if any(has(t, r.folded) for r in rows)]
    essential = [t for t in useful if t.entity] or useful
    absent = [t for t in terms if t.entity and t not in useful]
    if not essential and not absent:
        return None
    hits = [] if absent else _named(_best(rows, essential), kind, essential)
    matched = [b for b in books if any(r.book is b for r in hits)]
    lost = [b for b in books if b not in matched and _uncounted(b, kind)]
    shared = [t for t in essential if all(has(t, r.folded) for r in hits)]
    words = "・".join(dict.fromkeys(plan.said(t.span) for t in (absent or (shared or essential)[:2])))
    shown = [
        TableRow(r.version, (*document_cells(r.version), *r.cells), r.ref)
        for r in table(hits, kind, [column] if column else [], several=False)
    ]
    ja, en = f"「{words}」に当たる{HEADS[kind]}の記載がある", f"mention 「{words}」 in their {HEADS[kind]} records"
    return Tally(matched, lost, books).found(plan, ja, en, shown)


def _best(rows: Sequence[Row], terms: Sequence[Term]) -> list[Row]:
    weights = [sum(t.weight for t in terms if has(t, r.folded)) for r in rows]
    top = max(weights, default=0.0)
    return [r for r, weight in zip(rows, weights, strict=True) if top and weight >= NEARLY_AS_GOOD * top]


def _named(rows: Sequence[Row], kind: str, terms: Sequence[Term]) -> list[Row]:
    """Of these rows those with a name that the question says; all where it says none."""
    names = [t for t in terms if any(has(t, key(r.cell(KEY_COLUMN[kind]).value)) for r in rows)]
    return [r for r in rows if not names or any(has(t, r.folded) for t in names)]


def _uncounted(book: Book, kind: str) -> bool:
    """Whether a document has no such record because its part of the form was lost."""
    return not book.records.get(kind) and lost_rows(book, kind)


def by_number(plan: Plan, books: Sequence[Book], kind: str) -> Finding | None:
    """Documents in order of how many records of a kind they have, the most first (the fewest where that is asked)."""
    lost = [b for b in books if _uncounted(b, kind)]
    few = bool(_FEWEST.search(plan.text))
    counted = [(b, rows_of([b], kind)) for b in books if b not in lost]
    counted.sort(key=lambda pair: len(pair[1]), reverse=not few)
    block = BLOCK_OF_KIND[kind]
    shown = [
        TableRow(book.version, (*document_cells(book.version), (f"{block}の数", str(len(rows)))), ref)
        for book, rows in counted
        if rows and (ref := rows[0].ref(KEY_COLUMN[kind])) is not None
    ]
    if not shown:
        return None
    n = len(counted[0][1])
    names = names_of([b for b, rows in counted if len(rows) == n])
    most = say(plan.language, "少ない" if few else "多い", "fewest" if few else "most")
    ja = f"{block}が最も{most}のは{names}({n}件)です。収録{len(books)}件を数えました。"
    en = f"The {most} {block}: {names} ({n}), of {len(books)} assessments."
    said = (Statement(say(plan.language, ja, en)),)
    return Tally((), lost, books).finding(plan, Status.ANSWERED, said, shown, len(shown))


def having(plan: Plan, books: Sequence[Book], kind: str) -> Finding:
    """Documents that have records of a kind at all, with how many."""
    counted = [(b, rows_of([b], kind)) for b in books]
    matched = [b for b, own in counted if own]
    lost = [b for b, own in counted if not own and lost_rows(b, kind)]
    rows = []
    for book, own in counted:
        ref = own[0].ref(KEY_COLUMN[kind]) if own else None
        if ref is not None:
            who = "、".join(dict.fromkeys(flat(r.cell(KEY_COLUMN[kind]).value) for r in own))
            cells = (*document_cells(book.version), ("件数", f"{len(own)}件"), (HEADS[kind], who))
            rows.append(TableRow(book.version, cells, ref))
    block = BLOCK_OF_KIND[kind]
    return Tally(matched, lost, books).found(plan, f"{block}の記載がある", f"name any {block}", rows)
