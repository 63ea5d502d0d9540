"""How rows are told in words above their table, and what is said where a name or a column is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.assessment import Kind, State
from rag.finding import Finding, Ref, Statement
from rag.lookup.columns import KEY_COLUMN, heading
from rag.lookup.rows import Row, first_ref
from rag.question import Plan
from rag.shelf import Passage
from rag.terms import Term, has, key
from rag.types import Status
from rag.ways.ask import Ask
from rag.ways.quoting import cut, quote
from rag.wording import flat, name, say, value_of

#: Rows that are named in the sentence above their table.
NAMED = 12
#: Places shown of a name that is no contractor; places cited for a blank column.
ELSEWHERE = 2
CITED = 3


@dataclass(frozen=True, slots=True)
class Noun:
    """What the rows of a kind are called: by whom, counted in Japanese, one and many in English, as a heading."""

    ja: str
    counted: str
    one: str
    many: str
    heading: str


NOUNS = {
    "contracts": Noun("委託先", "委託事項", "contract (委託事項)", "contracts (委託事項)", "Contractors"),
    "provisions": Noun(
        "提供先", "提供先", "recipient of provision (提供先)", "recipients of provision (提供先)", "Recipients"
    ),
    "transfers": Noun(
        "移転先", "移転先", "recipient of transfer (移転先)", "recipients of transfer (移転先)", "Recipients"
    ),
    "systems": Noun("システム", "システム", "system", "systems", "Systems"),
}


def counted(ask: Ask, kind: str, every: Sequence[Row], chosen: Sequence[Row]) -> Statement:
    """How many rows there are, and of how many where not all are meant."""
    noun, n, of = NOUNS[kind], len(chosen), len(every)
    several = len(ask.books) > 1
    whose = "該当する評価書" if several else name(chosen[0].book.version)
    whose_en = "The assessments" if several else whose
    many = noun.one if n == 1 else noun.many
    if n == of:
        ja, en = f"{whose}の現在の{noun.counted}は{n}件です。", f"{whose_en}: {n} {many} at present."
    else:
        ja = f"{whose}で該当する{noun.counted}は{n}件です(全{of}件のうち)。"
        en = f"{whose_en}: {n} {many} at present that match, of {of} in all."
    return Statement(say(ask.plan.language, ja, en))


def named(plan: Plan, kind: str, rows: Sequence[Row], column: str) -> list[Statement]:
    """All names in one sentence, or row by row the column that is asked for."""
    keyed, shown = KEY_COLUMN[kind], rows[:NAMED]
    if column and column != keyed:
        return [_cell(kind, row, column) for row in shown]
    names = "".join(f"「{flat(r.cell(keyed).value)}」" for r in shown)
    rest = len(rows) - len(shown)
    more = say(plan.language, f"ほか{rest}件", f" and {rest} more") if rest else ""
    head = say(plan.language, NOUNS[kind].ja, NOUNS[kind].heading)
    return [Statement(f"{head}: {names}{more}", tuple(ref for r in shown if (ref := r.ref(keyed))))]


def _cell(kind: str, row: Row, column: str) -> Statement:
    keyed = KEY_COLUMN[kind]
    what = row.cell("title").value or row.cell("content").value if kind == "contracts" else row.cell(keyed).value
    value = value_of(row.cell(column).value, row.cell(column).state)
    text = f"{cut(what)}: {heading(row.record, column)}「{cut(value)}」"
    return Statement(text, tuple(r for r in (row.ref(column), row.ref(keyed)) if r), 1)


def blank_column(ask: Ask, rows: Sequence[Row], kind: str, column: str) -> Finding:
    """That the asked column of the chosen rows is blank or unreadable."""
    label, whose = heading(rows[0].record, column), name(rows[0].book.version)
    unread = any(r.cell(column).state is State.UNREADABLE for r in rows)
    how = "読み取れません(読取不可)" if unread else "空欄です(記載なし)"
    how_en = "unreadable (読取不可)" if unread else "left blank (記載なし)"
    ja = f"{whose}の該当する{NOUNS[kind].ja}について、{label}の欄は{how}。原本を確認してください。"
    en = f"{whose}: {label} is {how_en}. Please check the original."
    naming = ("title", "content", "recipient", "name")
    refs = tuple(r for row in rows[:CITED] if (r := first_ref(row, naming)))
    status = Status.UNREADABLE if unread else Status.NOT_STATED
    said = (Statement(say(ask.plan.language, ja, en), refs),)
    return Finding(status, said, considered=len(ask.books), unreadable=int(unread))


def absent(ask: Ask, terms: Sequence[Term]) -> list[Statement]:
    """Names in the question that are no contractor today, and where else they stand: the present before the past."""
    found = []
    for term in terms:
        said = ask.plan.said(term.span)
        ja, en = f"現在の委託先に「{said}」はありません。", f"「{said}」 is not among the present contractors."
        found.append(Statement(say(ask.plan.language, ja, en)))
        hits = [p for b in ask.books for p in b.passages if has(term, p.folded)]
        hits.sort(key=lambda p: p.kind is Kind.HISTORY)
        found += [_stands(ask.plan, p, term) for p in hits[:ELSEWHERE]]
    return found


def _stands(plan: Plan, passage: Passage, term: Term) -> Statement:
    """Where a name stands that is no contractor."""
    section, text = passage.item.section, passage.text
    if passage.kind is Kind.HISTORY:
        where = say(plan.language, "過去の変更箇所に記載があります", "it stands in the record of past changes")
        text = next((c for c in passage.item.text.split("\t") if has(term, key(c))), text)
    else:
        where = say(plan.language, f"{section}に記載があります", f"it stands in {section}")
    shown = cut(text, passage.folded.find(term.forms[0]))
    return Statement(f"{where}: 「{shown}」", (Ref(passage.version, passage.item, text),), 1)


def quoted_elsewhere(ask: Ask, rows: Sequence[Row]) -> list[Statement]:
    """Phrases that the question quotes and that stand elsewhere in the documents: both sides are shown."""
    options = {key(o) for _, o in ask.plan.options}
    found = []
    for wanted in map(key, ask.plan.quoted):
        if len(wanted) < 5 or wanted in options or any(wanted in r.folded for r in rows):
            continue
        present = (p for b in ask.books for p in b.passages if p.kind is not Kind.HISTORY)
        found += [quote(p, many=False) for p in present if wanted in p.folded][:1]
    return found
