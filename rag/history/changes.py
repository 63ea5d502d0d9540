"""The changes that a question asks for, each with its date, and that none is recorded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.finding import Finding, Ref, Statement, TableRow
from rag.history.cells import SHOWN_CHARS, quoted, shown, targets
from rag.lookup.rows import Row
from rag.places import Naming
from rag.question import Plan, Shape
from rag.shelf import Book
from rag.terms import Term, has, key, rarities
from rag.types import Status
from rag.wording import name, say

#: A row below this share of the best one's score is about something else.
NEARLY_AS_GOOD = 0.6
#: The best row needs this score, or no row speaks of the question.
ENOUGH = 2.0
#: Up to so many changes are told in words above their table.
IN_WORDS = 3


def changes(plan: Plan, books: Sequence[Book], terms: Sequence[Term], namings: Sequence[Naming]) -> Finding | None:
    """The changes a question asks for; None where no row speaks of it."""
    rows = [Row(b, r) for b in books for r in b.records.get("changes", ())]
    if not rows:
        return _lost(plan, books)
    chosen = _matching(rows, terms, targets(books, terms, namings))
    return _told(plan, chosen, books, terms) if chosen else None


def _lost(plan: Plan, books: Sequence[Book]) -> Finding | None:
    """That the record of changes is lost in every document; None where one never had any."""
    if not books or not all(any(section.startswith("別添") for section, _ in b.version.gaps) for b in books):
        return None
    said = []
    for version in (b.version for b in books):
        ja = (
            f"{name(version)}の変更箇所は、収録した文書に残っていません(読取不可)。過去の記載は原本を確認してください。"
        )
        en = f"{name(version)}: the record of changes is not in the source (読取不可)."
        said.append(Statement(say(plan.language, ja, en)))
    return Finding(Status.UNREADABLE, tuple(said), unreadable=len(books), considered=len(books))


def _matching(rows: Sequence[Row], terms: Sequence[Term], targets: Sequence[tuple[str, float]]) -> list[Row]:
    """The rows of the named places and words that are nearly as good as the best."""
    texts = [key("\t".join(r.cell(c).value for c in ("item", "before", "after", "explanation"))) for r in rows]
    weights = rarities(terms, texts)
    scored = []
    for row, text in zip(rows, texts, strict=True):
        target = row.cell("target").value
        place = max((w for pattern, w in targets if re.match(pattern, target)), default=0.0)
        scored.append((place + sum(weights[t] for t in terms if has(t, text)), place, row))
    best = max(score for score, _, _ in scored)
    if best < ENOUGH:
        return []
    return [r for s, place, r in scored if s >= NEARLY_AS_GOOD * best and (place > 0 or not targets or s > 4)]


def _told(plan: Plan, rows: Sequence[Row], books: Sequence[Book], terms: Sequence[Term]) -> Finding:
    matched = len({r.book.version.id for r in rows})
    whose = "" if matched > 1 else name(rows[0].book.version)
    ja = f"{whose}の変更箇所に、該当する変更が{len(rows)}件あります。"
    en = f"{whose}: {len(rows)} matching change(s) are recorded in 変更箇所 (the record of changes)."
    statements = [Statement(say(plan.language, ja, en))]
    if len(rows) <= IN_WORDS:
        statements += [_in_words(plan, row, terms) for row in rows]
    if {Shape.TIMELINE, Shape.CHANGE} & plan.shapes:
        statements += _present(plan, rows)
    table = tuple(_row(row, terms, several=matched > 1) for row in rows)
    return Finding(Status.ANSWERED, tuple(statements), table, matched=matched, considered=len(books))


def _in_words(plan: Plan, row: Row, terms: Sequence[Term]) -> Statement:
    before, after, why = (row.cell(c).value for c in ("before", "after", "explanation"))
    reason = say(plan.language, f"(理由: {why})", f" (reason: {why})") if why else ""
    change = f"「{shown(before, terms)}」→「{shown(after, terms)}」{reason}"
    return Statement(f"**{row.cell('date').value}** {place_changed(row)}: {change}", (ref(row, terms),), 1)


def _row(row: Row, terms: Sequence[Term], several: bool) -> TableRow:
    cells = (
        *([("自治体・事務", name(row.book.version))] if several else []),
        ("変更日", row.cell("date").value),
        ("項目", place_changed(row)),
        ("変更前", shown(row.cell("before").value, terms)),
        ("変更後", shown(row.cell("after").value, terms)),
        ("提出時期", row.cell("timing").value),
        ("説明", row.cell("explanation").value),
    )
    return TableRow(row.book.version, cells, ref(row, terms))


def ref(row: Row, terms: Sequence[Term] = ()) -> Ref:
    """The row of the record of changes, quoted by its most telling cell."""
    return Ref(row.book.version, row.book.by_key[row.cell("date").item], quoted(row, terms))


def place_changed(row: Row) -> str:
    """The section that a row changed, or the item as the row prints it."""
    return row.cell("target").value or row.cell("item").value


def _present(plan: Plan, rows: Sequence[Row]) -> list[Statement]:
    """What stands there today, where the changes are all of one place and its item is short."""
    if len({(r.book.version.id, r.cell("target").value) for r in rows}) != 1:
        return []
    book, target = rows[0].book, rows[0].cell("target").value
    item = next((i for i in book.items if i.section == target and i.text and len(i.text) <= SHOWN_CHARS), None)
    if item is None:
        return []
    ja = f"現在({book.version.published}公表)の{target}は「{item.text}」です。"
    en = f"At present ({book.version.published}) {target} reads 「{item.text}」."
    return [Statement(say(plan.language, ja, en), (Ref(book.version, item, item.text),))]


def unchanged(plan: Plan, books: Sequence[Book]) -> Finding | None:
    """That the record of changes is there and tells of no such change; None where no document has one."""
    said = []
    for book in books:
        rows = book.records.get("changes", ())
        if rows:
            item = next(i for i in book.items if i.part.startswith("別添") and i.block.startswith("変更"))
            ja = f"{name(book.version)}の変更箇所({len(rows)}件)に、お尋ねの変更の記載はありません(記載なし)。"
            en = f"{name(book.version)}: none of the {len(rows)} recorded changes (変更箇所) is about this (記載なし)."
            quote = item.text.split("\t")[0] or item.text
            said.append(Statement(say(plan.language, ja, en), (Ref(book.version, item, quote),)))
    return Finding(Status.NOT_STATED, tuple(said), considered=len(books)) if said else None
