"""To whom work is delegated, where the question says a name: which documents name it as a contractor, or none.

The name is what stands before に委託する, whether the collection knows it or not, so that an unknown company is
answered with 0 of N and never with all that delegate anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.aggregate.choices import HEADS
from rag.aggregate.denial import denies
from rag.aggregate.tally import Tally, document_cells
from rag.finding import Finding, TableRow
from rag.lookup.rows import Row, lost_rows, rows_of, table
from rag.question import Shape
from rag.terms import Term, key
from rag.ways import telling
from rag.ways.ask import Ask
from rag.ways.contractors import is_contractor

_NAMED = re.compile(
    r"(?P<name>[^\s、。,「」()を]{2,40}?)(?:の(?:会社|業者))?(?P<others>以外)?(?:の(?:会社|業者))?(?:さん)?」?"
    r"に(?:対して)?(?:[^\s、。に]{1,10}を)?(?:も)?(?:再?委託|外注|発注|頼ん|頼む|任せ)"
)
_NAMED_EN = re.compile(
    r"(?P<others>other than )?\b(?:contract\w*|outsourc\w*|delegat\w*|entrust\w*)(?: \w+){0,3}? (?:to|with) "
    r"(?P<name>[^\s?,.][^?,]*?)(?=[?,]|\.?$| for | and | as )"
)
#: What precedes に委託 without being a name: words of asking and kinds of contractors.
_GENERIC = re.compile(
    r"どこ.*|誰.*|だれ.*|何.*|どの.*|どちら.*|どんな.*|いつ.*|.*(?<!株式)(?<!有限)(?<!合同)会社|.*(?<!社団)(?<!財団)(?<!福祉)法人"
    r"|.*(?:業者|事業者|企業|団体|機関|先|者|外部|民間|部外|第三|他|別|外|所|県|国|市|町|村|ため|とき|こと|よう|場合|際|的|以外)"
    r"|.*(?:\bwh|any|other|some|contractor|compan|third|extern|outside|vendor|firm|provider|private).*"
)
#: Share of a name's characters that one contractor must have.
SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Contractor:
    """A contractor as the question writes it; `others`: all but this one are wanted (…以外)."""

    name: str
    span: tuple[int, int]
    others: bool


def named_contractor(ask: Ask) -> Contractor | None:
    """The contractor that the question says work is delegated to; None where it names none."""
    text = ask.plan.text
    match = _NAMED.search(text) or _NAMED_EN.search(text)
    if match is None:
        return None
    start, end = match.span("name")
    start += max((m.end() for m in re.finditer(r"[はがで](?=[一-龥ァ-ヴa-z])", match["name"])), default=0)
    name = text[start:end]
    if len(key(name)) < 2 or _GENERIC.fullmatch(name):
        return None
    return Contractor(name, (start, end), bool(match["others"]))


def delegated(ask: Ask) -> Finding | None:
    """Documents whose contracts name the contractor (or others, or not this one), with the rows."""
    if Shape.WHICH not in ask.plan.shapes:
        return None
    wanted = named_contractor(ask)
    if wanted is None:
        return None
    every = rows_of(ask.books, "contracts")
    own = [r for r in every if _is_of(ask, wanted, r)]
    said, head = ask.plan.said(wanted.span), HEADS["contracts"]
    if wanted.others:
        rows = [r for r in every if r not in own and r.cell("contractor").value]
        ja, en = f"「{said}」以外の{head}の記載がある", f"name contractors other than 「{said}」"
    elif denies(ask.plan):
        free = [b for b in ask.books if b.records.get("contracts") and not any(r.book is b for r in own)]
        rows = [r for r in every if r.book in free]
        ja, en = f"委託はあるが{head}に「{said}」の記載がない", f"delegate, but not to 「{said}」,"
    elif own:
        return None  # the ordinary way tells which words of the question chose the rows
    else:
        rows = []
        ja, en = f"{head}に「{said}」の記載がある", f"name 「{said}」 among their contractors"
    matched = [b for b in ask.books if any(r.book is b for r in rows)]
    lost = [b for b in ask.books if b not in matched and not b.records.get("contracts") and lost_rows(b, "contracts")]
    found = Tally(matched, lost, ask.books).found(ask.plan, ja, en, _shown(rows))
    if rows or own:
        return found
    term = Term(wanted.name, (key(wanted.name),), 1.0, wanted.span, True)
    return Tally(matched, lost, ask.books).finding(
        ask.plan, found.status, (*found.statements, *telling.absent(ask, [term])), (), 0
    )


def _is_of(ask: Ask, wanted: Contractor, row: Row) -> bool:
    """Whether a contract is with this contractor: it says the name, or most of it (アイネス for 株式会社アイネス)."""
    contractor = key(row.cell("contractor").value)
    if key(wanted.name) in contractor:
        return True
    start, end = wanted.span
    inside = [t for t in ask.plan.terms if start <= t.span[0] and t.span[1] <= end and is_contractor(t, [row.book])]
    return any(f in contractor for t in inside if end - start <= (t.span[1] - t.span[0]) / SHARE for f in t.forms)


def _shown(rows: list[Row]) -> list[TableRow]:
    return [
        TableRow(r.version, (*document_cells(r.version), *r.cells), r.ref)
        for r in table(rows, "contracts", (), several=False)
    ]
