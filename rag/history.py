"""Questions about the past: dated rows of 変更箇所, and nothing of them for the present."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from ingest.assessment import Change, Kind
from ingest.dates import parse_date
from ingest.sentences import sentences
from rag.finding import Finding, Ref, Statement, TableRow
from rag.lookup import KIND_OF_BLOCK, Row, narrow, rows_of
from rag.places import Naming
from rag.question import Plan, Shape
from rag.shelf import Book
from rag.terms import Term, has, key, rarities
from rag.types import Status
from rag.wording import name, say

#: A row below this share of the best one's score is about something else.
NEARLY_AS_GOOD = 0.6
#: Up to so many changes are told in words above their table.
IN_WORDS = 3
#: Longer texts are shown around the words of the question.
SHOWN_CHARS = 110


def changes(plan: Plan, books: Sequence[Book], terms: Sequence[Term], namings: Sequence[Naming]) -> Finding | None:
    """The changes a question asks for; None where no row speaks of it."""
    rows = [Row(b, r) for b in books for r in b.records.get("changes", ()) if isinstance(r, Change)]
    lost = [b for b in books if not b.records.get("changes") and any(s.startswith("別添") for s, _ in b.version.gaps)]
    if not rows:
        if lost and len(lost) == len(books):
            said = [Statement(say(plan.language, f"{name(b.version)}の変更箇所は、収録した文書に残っていません(読取不可)。過去の記載は原本を確認してください。", f"{name(b.version)}: the record of changes is not in the source (読取不可).")) for b in lost]
            return Finding(Status.UNREADABLE, tuple(said), unreadable=len(lost), considered=len(books))
        return None
    targets = _targets(plan, books, terms, namings)
    texts = [key("\t".join(getattr(r.record, c).value for c in ("item", "before", "after", "explanation"))) for r in rows]
    weights = rarities(terms, texts)
    scored = []
    for row, text in zip(rows, texts, strict=True):
        target = row.cell("target").value
        place = max((w for pattern, w in targets if re.match(pattern, target)), default=0.0)
        words = sum(weights[t] for t in terms if has(t, text))
        scored.append((place + words, place, row))
    best = max(s for s, _, _ in scored)
    if best < 2.0:
        return None
    chosen = [(s, row) for s, place, row in scored if s >= NEARLY_AS_GOOD * best and (place > 0 or not targets or s > 4)]
    return _told(plan, [row for _, row in chosen], books, terms, targets) if chosen else None


def at_date(plan: Plan, books: Sequence[Book], terms: Sequence[Term], namings: Sequence[Naming]) -> Finding | None:
    """What stood at the named places on the date that the question names, told from the changes since; None where no change bears on it."""
    assert plan.as_of is not None
    statements: list[Statement] = []
    for book in books:
        for pattern in dict.fromkeys(p for p, _ in _targets(plan, [book], terms, namings)[:3]):
            rows = [Row(book, r) for r in book.records.get("changes", ()) if isinstance(r, Change) and re.match(pattern, r.target.value) and r.target.value.count(" ") >= 1]
            if rows and len({r.cell("target").value for r in rows}) == 1:
                statements += _stood(plan, book, sorted(rows, key=lambda r: parse_date(r.cell("date").value) or dt.date.min))
                break
    return Finding(Status.ANSWERED, tuple(statements), matched=1, considered=len(books)) if statements else None


def _stood(plan: Plan, book: Book, rows: Sequence[Row]) -> list[Statement]:
    assert plan.as_of is not None
    since = [r for r in rows if (parse_date(r.cell("date").value) or dt.date.min) <= plan.as_of]
    row, column = (since[-1], "after") if since else (rows[0], "before")
    value = row.cell(column).value
    if not value:
        return []
    target, date = row.cell("target").value, row.cell("date").value
    when = plan.as_of.isoformat()
    how = say(plan.language, f"{date}に変更後の記載" if column == "after" else f"{date}の変更前の記載", f"as changed on {date}" if column == "after" else f"before the change of {date}")
    ja = f"{name(book.version)}の変更箇所によると、{when}時点の{target}は「{shown(value, ())}」です({how})。"
    en = f"By the record of changes of {name(book.version)}, {target} read 「{shown(value, ())}」 on {when} ({how})."
    found = [Statement(say(plan.language, ja, en), (Ref(book.version, book.by_key[row.cell("date").item], value),))]
    later = [r for r in rows if plan.as_of < (parse_date(r.cell("date").value) or dt.date.min)]
    for r in later[:3]:
        text = say(plan.language, f"その後 **{r.cell('date').value}** に「{shown(r.cell('after').value, ())}」へ変わっています。", f"Later, on **{r.cell('date').value}**, it became 「{shown(r.cell('after').value, ())}」.")
        found.append(Statement(text, (Ref(book.version, book.by_key[r.cell('date').item], _quoted(r, ())),), 1))
    return found


def outdated(plan: Plan, books: Sequence[Book], terms: Sequence[Term]) -> Finding | None:
    """For a question that takes a past entry for the present: what it was, when it changed and what stands there now."""
    for book in books:
        present = [p.folded for p in book.passages if p.kind is not Kind.HISTORY]
        gone = [t for t in terms if len(key(t.surface)) >= 4 and not any(key(t.surface) in x for x in present)]
        for record in reversed(book.records.get("changes", ())):
            assert isinstance(record, Change)
            told = [t for t in gone if key(t.surface) in key(record.before.value)]
            if told and key(record.after.value) and not any(key(t.surface) in key(record.after.value) for t in told):
                return _outdated(plan, book, record, told[0])
    return None


def _outdated(plan: Plan, book: Book, record: Change, term: Term) -> Finding:
    item = book.by_key[record.date.item]
    said, version = plan.said(term.span), book.version
    before, after = shown(record.before.value, [term]), shown(record.after.value, ())
    ja = f"{name(version)}の現在の記載に「{said}」はありません。**{record.date.value}**に「{before}」から「{after}」へ変更されています({record.target.value or record.item.value})。"
    en = f"{name(version)}: 「{said}」 does not stand there any more. On **{record.date.value}** 「{before}」 became 「{after}」 ({record.target.value or record.item.value})."
    refs = (Ref(version, item, record.before.value), Ref(version, item, record.after.value))
    statements = [Statement(say(plan.language, ja, en), refs)]
    now = next((i for i in book.items if i.section == record.target.value and i.text), None)
    if now is not None:
        line = next((s.text for s in sentences(now.text) if key(record.after.value)[:12] in key(s.text)), now.text)
        text = say(plan.language, f"現在({version.published}公表)の{now.section}: 「{shown(line, ())}」", f"At present ({version.published}), {now.section}: 「{shown(line, ())}」")
        statements.append(Statement(text, (Ref(version, now, line),)))
    return Finding(Status.ANSWERED, tuple(statements), matched=1, considered=1)


def unchanged(plan: Plan, books: Sequence[Book]) -> Finding | None:
    """That the record of changes is there and tells of no such change; None where no document has one."""
    kept = [(b, rows) for b in books if (rows := b.records.get("changes", ()))]
    if not kept:
        return None
    said = []
    for book, rows in kept:
        item = next(i for i in book.items if i.part.startswith("別添") and i.block.startswith("変更"))
        ja = f"{name(book.version)}の変更箇所({len(rows)}件)に、お尋ねの変更の記載はありません(記載なし)。"
        en = f"{name(book.version)}: none of the {len(rows)} recorded changes (変更箇所) is about this (記載なし)."
        said.append(Statement(say(plan.language, ja, en), (Ref(book.version, item, item.text.split("\t")[0] or item.text),)))
    return Finding(Status.NOT_STATED, tuple(said), considered=len(books))


def _targets(plan: Plan, books: Sequence[Book], terms: Sequence[Term], namings: Sequence[Naming]) -> list[tuple[str, float]]:
    """Patterns of sections the question is about, with weights: a block is found by its present title."""
    found: list[tuple[str, float]] = []
    for naming in namings[:3]:
        place = naming.place
        if place.part.startswith("別添"):
            continue
        weight = min(naming.weight, 5.0)
        kind = KIND_OF_BLOCK.get(place.block)
        if kind:
            rows = rows_of(books, kind)
            meant = narrow(rows, terms)
            if meant and len(meant) < len(rows):
                tail = re.escape(place.sub) if place.sub else ""
                found += [(rf"{re.escape(place.section)} {place.block}{r.record.number}(?!\d).*{tail}", weight + 3.0) for r in meant]
                continue
        tail = "".join(rf".*{re.escape(x)}" for x in (place.block, place.sub, place.name) if x)
        found.append((re.escape(place.section) + r"(?!\d)" + tail, weight))
        if tail:  # a row may name only the item
            found.append((re.escape(place.section) + r"$", 0.7 * weight))
    return found


def _told(plan: Plan, rows: Sequence[Row], books: Sequence[Book], terms: Sequence[Term], targets: Sequence[tuple[str, float]]) -> Finding:
    several = len({r.book.version.id for r in rows}) > 1
    whose = name(rows[0].book.version) if not several else ""
    count = len(rows)
    intro = say(plan.language, f"{whose}の変更箇所に、該当する変更が{count}件あります。", f"{whose}: {count} matching change(s) are recorded in 変更箇所 (the record of changes).")
    statements = [Statement(intro)]
    table = []
    for row in rows:
        record, version = row.record, row.book.version
        assert isinstance(record, Change)
        item = row.book.by_key[record.date.item]
        before, after = (shown(c.value, terms) for c in (record.before, record.after))
        why = record.explanation.value
        date = record.date.value
        ref = Ref(version, item, _quoted(row, terms))
        if len(rows) <= IN_WORDS:
            reason = say(plan.language, f"(理由: {why})", f" (reason: {why})") if why else ""
            text = f"**{date}** {record.target.value or record.item.value}: 「{before}」→「{after}」{reason}"
            statements.append(Statement(text, (ref,), 1))
        cells = [("変更日", date), ("項目", record.target.value or record.item.value), ("変更前", before), ("変更後", after), ("提出時期", record.timing.value), ("説明", why)]
        table.append(TableRow(version, tuple(([("自治体・事務", name(version))] if several else []) + cells), ref))
    rest = _present(plan, rows, books, targets) if Shape.TIMELINE in plan.shapes or Shape.CHANGE in plan.shapes else []
    return Finding(Status.ANSWERED, (*statements, *rest), tuple(table), matched=len({r.book.version.id for r in rows}), considered=len(books))


def _quoted(row: Row, terms: Sequence[Term]) -> str:
    """The cell to quote: what stands after the change; where that is only a dash or 略, what stood before, or the item."""
    cells = [row.cell(c).value for c in ("after", "before", "explanation", "item")]
    said = [c for c in cells if len(c) > 1 and c not in {"(略)", "（略）"}]
    return next((c for c in said[:2] if any(has(t, key(c)) for t in terms)), said[0] if said else row.cell("date").value)


def shown(text: str, terms: Sequence[Term]) -> str:
    """A cell as shown: whole where short, else the part around the words of the question."""
    plain = " ".join(text.split()) or "(空欄)"
    if len(plain) <= SHOWN_CHARS:
        return plain
    lower = plain.lower()
    at = min((lower.find(f) for t in terms for f in t.forms if len(f) > 1 and f in lower), default=0)
    start = max(0, at - 30)
    return ("…" if start else "") + plain[start : start + SHOWN_CHARS] + ("…" if start + SHOWN_CHARS < len(plain) else "")


def _present(plan: Plan, rows: Sequence[Row], books: Sequence[Book], targets: Sequence[tuple[str, float]]) -> list[Statement]:
    """What stands there today, where the changes are all of one place and its item is short."""
    places = {(r.book.version.id, r.cell("target").value) for r in rows}
    if len(places) != 1:
        return []
    (version_id, target), = places
    book = next(b for b in books if b.version.id == version_id)
    item = next((i for i in book.items if i.section == target and i.text and len(i.text) <= SHOWN_CHARS), None)
    if item is None:
        return []
    text = say(plan.language, f"現在({book.version.published}公表)の{target}は「{item.text}」です。", f"At present ({book.version.published}) {target} reads 「{item.text}」.")
    return [Statement(text, (Ref(book.version, item, item.text),))]
