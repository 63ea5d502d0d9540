"""第19条 of 番号法: 法定事務 rest on its 8号 (once 7号), 条例事務 on its 9号 (once 8号 and 14号)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ingest.assessment import Item
from rag.checks import law
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper
from rag.checks.stale.judging import Place, raised, texts
from rag.terms import key

ITEM_SEVEN = Rule(
    "stale.item-seven",
    Severity.FINDING,
    "法定事務の情報連携は第19条第7号から第8号となった",
    "番号法第19条第8号",
    dt.date(2021, 9, 1),
)
ORDINANCE_EIGHT = Rule(
    "stale.ordinance-eight",
    Severity.FINDING,
    "条例の独自利用事務の情報連携は第19条第8号から第9号となった",
    "番号法第19条第9号",
    dt.date(2021, 9, 1),
)
ORDINANCE_FOURTEEN = Rule(
    "stale.ordinance-fourteen",
    Severity.FINDING,
    "条例の独自利用事務の情報連携は第19条第14号ではなくなった",
    "番号法第19条第9号",
    dt.date(2017, 5, 30),
)
STATUTE_NINE = Rule(
    "stale.statute-nine",
    Severity.FINDING,
    "法定事務の情報連携の根拠が条例事務の第19条第9号となっている",
    "番号法第19条第8号・第9号",
)
_SEVEN, _EIGHT, _NINE, _FOURTEEN = (re.compile(rf"第?\s?19\s?条\s?第?\s?{n}\s?号") for n in (7, 8, 9, 14))
_LINKAGE = re.compile(r"別表第?[二2]|情報(照会|提供)")
_RESIDENTS = re.compile(r"住民基本台帳法|本人確認情報")
_BY_ORDINANCE = re.compile(r"第?\s?9\s?条\s?第?\s?2\s?項")
_BY_STATUTE = re.compile(r"第?\s?9\s?条\s?第?\s?1\s?項|別表")


def check(paper: Paper) -> Iterator[Raised]:
    """第19条 of 番号法: 法定事務 and 条例事務 have different items of it."""
    sevens = [
        (i, c)
        for item in texts(paper)
        for i, c in _cited(item, _SEVEN)
        if _LINKAGE.search(key(c.piece) + key(i.label)) and not _RESIDENTS.search(c.piece)
    ]
    yield from raised(paper, ITEM_SEVEN, sevens, "番号法第19条第8号", "", "番号法第19条第8号")
    own = _by_ordinance(paper)
    for basis in paper.stated("I.5 ②"):
        if own is True:
            yield from _of_ordinance(paper, basis)
        elif own is False:
            yield from _of_statute(paper, basis)


def _of_ordinance(paper: Paper, basis: Item) -> Iterator[Raised]:
    for rule, pattern in ((ORDINANCE_EIGHT, _EIGHT), (ORDINANCE_FOURTEEN, _FOURTEEN)):
        cited = _cited(basis, pattern)
        yield from raised(paper, rule, cited, "番号法第19条第9号(条例事務)", "", "番号法第19条第9号")


def _of_statute(paper: Paper, basis: Item) -> Iterator[Raised]:
    """9号 alone; beside 8号 it may be that others' 条例事務 are supplied."""
    nines = _cited(basis, _NINE)
    queries = "照会" in basis.text or "提供" not in basis.text
    if nines and queries and not _cited(basis, _EIGHT):
        ground = paper.stated("I.4 法令上の根拠")[0]
        yield Raised(
            STATUTE_NINE,
            "I.4 の根拠は番号法第9条第1項(法定事務)ですが、情報照会の根拠に条例事務の「第19条第9号」を引いています。",
            (paper.ref(ground), *(paper.ref(i, c.piece) for i, c in nines)),
            "法定事務の情報連携の根拠は番号法第19条第8号です。",
            proposal="番号法第19条第8号",
        )


def _cited(item: Item, pattern: re.Pattern[str]) -> list[Place]:
    """Where an item cites, but for what is another law's."""
    return [(item, c) for c in law.citations(item.text, pattern) if c.owner != "other"]


def _by_ordinance(paper: Paper) -> bool | None:
    """Whether the duty rests on an ordinance alone (独自利用); None where on both, or where I.4 does not tell."""
    basis = "\n".join(i.text for i in paper.stated("I.4 法令上の根拠"))
    ordinance = "条例" in basis or any(c.owner != "other" for c in law.citations(basis, _BY_ORDINANCE))
    statute = any(c.owner != "other" for c in law.citations(basis, _BY_STATUTE))
    return None if ordinance == statute else ordinance
