"""Questions about another time than the documents': after the newest of them, before a change, on a date, once."""

from __future__ import annotations

import datetime as dt
import re

from ingest.assessment import Kind
from ingest.dates import parse_date
from rag.aggregate.covers import by_date
from rag.evidence import lacks_kind
from rag.finding import Finding, Ref, Statement
from rag.history.changes import changes, unchanged
from rag.history.outdated import outdated
from rag.history.standing import at_date
from rag.passages import Ranking, rank
from rag.question import Shape
from rag.terms import has, key
from rag.types import Status
from rag.ways.ask import Ask, apart
from rag.ways.contractors import is_contractor
from rag.ways.quoting import around
from rag.wording import say

_YEAR = re.compile(r"(?:平成|令和)\s*(?:元|\d+)\s*年(?:\s*\d+\s*月)?|20\d\d\s*年(?:\s*\d+\s*月)?")
_AHEAD = re.compile(r"来年度?|再来年|今後.{0,8}予定|将来|next year")
_CHANGED = re.compile(
    r"いつ.{0,12}(変わ|変更|改め)|変遷|推移|変更履歴|以前(は|の)|かつて|なる前|\bformer|\bprevious|\bchanged\b"
)
_HAPPENED = re.compile(
    r"過去|以前|当時|[いき]?ました|でした|だった|たのは|昔|た(?:事故|事件|件(?!数)|事案)|\bwas\b|\bwere\b|\bdid\b|\bhad\b|\blost\b"
)
#: What a past entry has of the question's weight, at least, to be told.
ENOUGH = 0.45
#: Characters of a past entry that are shown.
SHOWN_CHARS = 320
#: Among more documents than this, a word that stands nowhere is not looked for in their pasts.
FEW_DOCUMENTS = 3


def future(ask: Ask) -> Finding | None:
    """A time after the newest of the documents: they say nothing of it."""
    if not ask.books:
        return None
    newest = max(ask.books, key=lambda b: b.version.published_on or dt.date.min).version
    years = [d for m in _YEAR.finditer(ask.plan.text) if (d := parse_date(m[0]))]
    after = bool(newest.published_on and years and min(years) > newest.published_on)
    if not after and not _AHEAD.search(ask.plan.text):
        return None
    ja = (
        f"収録した評価書は公表日時点の記載です(最新は{newest.municipality}の{newest.published})。"
        "それより後のことは記載がありません(記載なし)。"
    )
    en = (
        f"The assessments speak of their dates of publication (the newest: {newest.published}); "
        "nothing later is stated (記載なし)."
    )
    return Finding(Status.NOT_STATED, (Statement(say(ask.plan.language, ja, en)),), considered=len(ask.books))


def past(ask: Ask) -> Finding | None:
    """Changes, where the question asks what was before or when it changed."""
    plan, terms = ask.plan, ask.plan.residual(())
    if plan.as_of is not None:
        then = at_date(plan, ask.books, terms, ask.namings, plan.as_of)
        if then is not None:
            return then
    if not {Shape.CHANGE, Shape.TIMELINE} & plan.shapes or by_date(plan, ask.books):
        return None
    found = changes(plan, ask.books, terms, ask.namings)
    if found is None and _CHANGED.search(plan.text):
        return unchanged(plan, ask.books)
    return found


def superseded(ask: Ask) -> Finding | None:
    """A question that takes a past entry for the present one."""
    if Shape.YES_NO not in ask.plan.shapes or len(ask.books) > FEW_DOCUMENTS:
        return None
    if any(is_contractor(t, ask.books) for t in ask.plan.terms):  # the rows tell who is a contractor no more
        return None
    return outdated(ask.plan, ask.books, ask.plan.terms, ask.namings)


def once(ask: Ask) -> Finding | None:
    """What happened and stands only in the record of changes: told as past."""
    if not _HAPPENED.search(ask.plan.text):
        return None
    terms = [t for t in ask.plan.terms if len(key(t.surface)) > 1]
    ranking = rank(ask.plan, ask.books, terms, (), lambda p: p.kind is Kind.HISTORY)
    if not _speaks(ranking):
        return None
    best = ranking.ranked[0].passage
    cells = best.item.text.split("\t")
    told = max(cells[2:] or cells, key=lambda c: sum(has(t, key(c)) for t in terms))
    if not any(has(t, key(told)) for t in terms) or lacks_kind(ask.plan, [key(told)]):
        return None  # the words stand in the item's name only
    text = f"{best.version.municipality} {best.item.section} {cells[0]}: 「{around(told, terms, SHOWN_CHARS)}」"
    entry = Statement(text, (Ref(best.version, best.item, told),), 1)
    note, warning = _only_past(ask.plan.language)
    return Finding(
        Status.ANSWERED, (note, entry), warnings=(warning,), matched=1, considered=len(ask.books), by="quotes"
    )


def _speaks(ranking: Ranking) -> bool:
    """Whether the best row has two words of the question and enough of its weight."""
    best = ranking.ranked[:1]
    return bool(best) and len(apart(list(best[0].terms))) >= 2 and ranking.coverage(best) >= ENOUGH


def _only_past(language: str) -> tuple[Statement, Statement]:
    note = say(
        language,
        "現在の記載にはありません。過去の記載を示す変更箇所に次のものがあります。",
        "Not in the present text; the record of past changes (変更箇所) says:",
    )
    warning = say(
        language,
        "過去の記載です。現在の状況を示すものではありません。",
        "This is a past entry and does not describe the present.",
    )
    return Statement(note), Statement(warning)
