"""別表 of 番号法: the two tables that became one, what their entries are today, and whether they are the duty's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from rag.checks import law
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper
from rag.checks.stale.judging import raised, texts
from rag.terms import key

TABLE_ONE = Rule(
    "stale.table-one",
    Severity.FINDING,
    "番号法の別表第一は別表となり、項番が変わった",
    "番号法第9条第1項、別表",
    dt.date(2024, 5, 27),
)
TABLE_TWO = Rule(
    "stale.table-two",
    Severity.FINDING,
    "番号法の別表第二は主務省令第2条の表となった",
    "番号法第19条第8号に基づく主務省令第2条の表",
    dt.date(2024, 5, 27),
)
ENTRY = Rule(
    "stale.entry",
    Severity.FINDING,
    "別表の項番が事務と合わない",
    "番号法第9条第1項、別表",
    dt.date(2024, 5, 27),
)
#: Places whose citations are of 番号法 where they name no law.
_BASES = ("I.4 法令上の根拠", "I.5 ②", "II.5 提供先 ①", "II.5 移転先 ①")
_TABLE_ONE = re.compile(r"別表\s?第\s?(?:一(?![十百])|1(?!\d))")
_TABLE_TWO = re.compile(r"別表\s?第\s?(?:二(?![十百])|2(?!\d))")
_ENTRIES = re.compile(r"別表第[一1][の第項番]*\d+(?:の\d+)?(?:の?項)?(?:[,、・及並]|又は)")


def check(paper: Paper) -> Iterator[Raised]:
    """The names of the tables, then the numbers of their entries."""
    yield from _tables(paper)
    yield from _entry(paper)


def _tables(paper: Paper) -> Iterator[Raised]:
    entries = law.entries_for(f"{paper.version.duty} {paper.version.title}")
    now = f"番号法第9条第1項 別表の{entries[0].number}の項" if len(entries) == 1 and not _several(paper) else ""
    advice = "" if now else "項番も改められたので、番号法の別表で事務から引き直してください。"
    bases = {i.key for place in _BASES for i in paper.at(place)}
    for rule, pattern, new, more, proposal in (
        (TABLE_ONE, _TABLE_ONE, "別表", advice, now),
        (TABLE_TWO, _TABLE_TWO, "主務省令第2条の表", "項番は事務から引き直してください。", ""),
    ):
        cited = [
            (i, c)
            for i in texts(paper)
            for c in law.citations(i.text, pattern)
            if c.owner == "law" or (i.key in bases and not c.owner)
        ]
        yield from raised(paper, rule, cited, new, more, proposal)


def _several(paper: Paper) -> bool:
    """Whether more than one entry of 別表第一 is cited: then today's entry of the duty is not all there is."""
    return any(_ENTRIES.search(key(c.piece)) for i in texts(paper) for c in law.citations(i.text, _TABLE_ONE))


def _entry(paper: Paper) -> Iterator[Raised]:
    """The numbers of 別表 in I.4 against the duty's name."""
    known = law.entries_for(f"{paper.version.duty} {paper.version.title}")
    for basis in paper.stated("I.4 法令上の根拠"):
        cited = law.entry_numbers(basis.text)
        right = {n for e in known for n in (e.number, *e.also)}
        if known and cited and not right & set(cited):
            listed = "、".join(f"{e.number}の項({e.law})" for e in known)
            yield Raised(
                ENTRY,
                f"I.4 は番号法別表の{'、'.join(cited)}の項を引いていますが、"
                f"事務「{paper.version.duty}」は{listed}に当たります。",
                (paper.ref(basis),),
                "別表を引き直してください。",
                proposal=f"番号法第9条第1項 別表の{known[0].number}の項" if len(known) == 1 else "",
            )
