"""What stands at the named places, read out as facts; places of prose are left to the quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.contradictions import among_facts
from rag.finding import Finding, Statement
from rag.lookup.columns import KIND_OF_BLOCK
from rag.lookup.facts import fact, kind_lacks
from rag.lookup.items import items_at
from rag.lookup.rows import rows_of
from rag.places import Naming, Place, places
from rag.terms import key
from rag.types import Status
from rag.ways.ask import MEANT, Ask
from rag.ways.elsewhere import better_elsewhere
from rag.ways.rows import records
from rag.wording import say

#: Places told together, and the share of the surest one's weight that the others have.
TOGETHER = 3
NEARLY_AS_SURE = 0.62
#: A place named as surely as this is meant, wherever else the words stand.
OUTRIGHT = 7.0
_HOW = re.compile(r"どのよう|どんな|誰|だれ|どう|頻度|何回|いつ|どこ|なぜ|how|who|when")
#: Places of prose outside part III.
_PROSE = {"II.6 保管場所", "I.1 ②", "I.2 システム ②", "別添1", "別添2", "II.3 ⑤", "II.2 ④ その妥当性"}


def facts(ask: Ask) -> Finding | None:
    """What stands at the named places; None where none is meant or its words stand together elsewhere."""
    top = ask.top
    meant = _meant(ask)
    if top is None or not meant:
        return None
    stated = [key(i.text) for b in ask.books for n in meant for i in items_at(b, n.place)]
    unsure = top.weight < OUTRIGHT and top.place.part in {"I", "II"}
    if unsure and stated and better_elsewhere(ask, stated):
        return None
    listed = _contracts(ask, top, meant)
    if listed is not None:
        return listed
    terms = ask.plan.residual(meant)
    found = [fact(ask.plan, ask.books, n.place, terms) for n in meant if not _covered(n, meant)]
    if not found:
        return None
    answered = [f for f in found if f.status is Status.ANSWERED]
    return _merged(ask, found, answered, meant) if answered else found[0]


def _meant(ask: Ask) -> list[Naming]:
    """The places that are nearly as sure as the surest, each named by words of its own."""
    top = ask.top
    if top is None or top.weight < MEANT or _is_prose(ask, top.place):
        return []
    enough = max(MEANT, min(NEARLY_AS_SURE * top.weight, 4.0))
    sure = (n for n in ask.namings if n.weight >= enough and n.place.block not in KIND_OF_BLOCK)
    return _distinct([n for n in sure if not _is_prose(ask, n.place)])[:TOGETHER]


def _contracts(ask: Ask, top: Naming, meant: Sequence[Naming]) -> Finding | None:
    """The contracts themselves, where it is asked whether there are any."""
    if not any(n.place.id == "II.4 委託の有無" for n in meant) or not rows_of(ask.books, "contracts"):
        return None
    return records(replace(ask, namings=(Naming(places()["II.4 委託事項 ③"], 4.0, top.spans),)))


def _merged(ask: Ask, found: Sequence[Finding], answered: Sequence[Finding], meant: Sequence[Naming]) -> Finding:
    clashes = tuple(w for b in ask.books for w in among_facts(b, ask.plan, [n.place for n in meant]))
    whole = len(answered) == len(found) or found[0].status is Status.ANSWERED
    merged = Finding(
        Status.ANSWERED if whole else Status.PARTIAL,
        (*(s for f in found for s in f.statements), *clashes),
        warnings=clashes,
        matched=max(f.matched for f in answered),
        unreadable=max(f.unreadable for f in found),
        considered=len(ask.books),
    )
    if not kind_lacks(ask.plan, merged):
        return merged
    return replace(merged, status=Status.NOT_STATED, statements=(_not_there(ask), *merged.statements))


def _not_there(ask: Ask) -> Statement:
    ja = "お尋ねの内容(金額・期間・番号など)は、この項目には記載がありません(記載なし)。関連する記載は次のとおりです。"
    en = "What you ask for is not stated at this place (記載なし). What stands there:"
    return Statement(say(ask.plan.language, ja, en))


def _distinct(namings: Sequence[Naming]) -> list[Naming]:
    """Places that are named by other words than the surer ones before them."""
    found: list[Naming] = []
    for n in namings:
        taken = [s for m in found for s in m.spans]
        fresh = any(not any(a <= s[0] and s[1] <= b for a, b in taken) for s in n.spans)
        if not found or fresh:
            found.append(n)
    return found


def _covered(naming: Naming, others: Sequence[Naming]) -> bool:
    """Whether a whole item is named only beside a field of it."""
    p = naming.place
    if p.sub or p.name:
        return False
    return any(o is not naming and o.place.section == p.section and (o.place.sub or o.place.name) for o in others)


def _is_prose(ask: Ask, place: Place) -> bool:
    """Places whose sentences are found, not read out as one fact."""
    if place.type == "boxes":
        return place.part == "III" and bool(_HOW.search(ask.plan.text))
    if place.type == "choice":
        return False
    if place.part == "III":
        return place.number != "1"
    return place.id in _PROSE
