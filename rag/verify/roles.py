"""Whether a text gives things the part that they have in the evidence: who gives and who receives, who does what.

Particles tell it. A noun that the evidence marks with を may not become the one who acts, a recipient not the giver.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.tokens import Words
from rag.verify import facts
from rag.verify.faults import Fault
from rag.verify.grounds import Ground
from rag.verify.reading import cases

#: Headings and labels whose value receives what the municipality gives.
_RECEIVING = re.compile(r"提供先|移転先|委託先名?")
_GIVING = r"(?:提供|移転|(?<!再)委託|譲渡)(?:を?(?:し|行)|する)|渡(?:し|す)|任せ|預け"
_GIVEN = r"(?:提供|移転|(?<!再)委託)(?:を受|され)|受託|渡され|任され|預けられ"
#: What a particle may stand for in the evidence. は and も mark anything but a direction; の joins.
_COMPATIBLE = {
    "が": frozenset("がはもの"),
    "を": frozenset("をはもの"),
    "から": frozenset(("から", "より", "は", "の", "も")),
    "に": frozenset(("に", "へ", "は", "の", "も", "と", "で")),
    "へ": frozenset(("に", "へ", "は", "の", "も")),
}
_PASSIVE = re.compile(r"され|られ")


def fault(text: str, grounds: Sequence[Ground], words: Words) -> str:
    """The fault where something has another part than in the evidence; "" where none has."""
    folded = facts.folded(text)
    for ground in grounds:
        for name in _receivers(ground):
            if _acts(folded, name, _GIVING) and not _acts(folded, name, _GIVEN):
                return f"{Fault.ROLE}: {name}"
        giver = facts.folded(ground.citation.municipality)
        if _acts(folded, giver, _GIVEN) and not re.search(_GIVEN, ground.text):
            return f"{Fault.ROLE}: {giver}"
    return _cases(text, grounds, words)


def _receivers(ground: Ground) -> Iterator[str]:
    if _RECEIVING.search(ground.citation.label):
        yield facts.folded(ground.citation.quote)
    for heading, value in ground.row.cells if ground.row else ():
        if _RECEIVING.fullmatch(heading):
            yield facts.folded(value)


def _acts(folded: str, name: str, doing: str) -> bool:
    """Whether a name is the subject of a verb that follows it in the same sentence."""
    return bool(name) and re.search(rf"{re.escape(name)}[」』]?(?:は|が|も).*?(?:{doing})", folded) is not None


def _cases(text: str, grounds: Sequence[Ground], words: Words) -> str:
    known: dict[str, set[str]] = {}
    for ground in grounds:
        for noun, particle in ground.cases:
            known.setdefault(noun, set()).add(particle)
    passive = _PASSIVE.search(text) is not None
    for noun, particle in cases(text, words):
        allowed = _COMPATIBLE.get(particle)
        if allowed is None or noun not in known:
            continue
        if not known[noun] & (allowed | ({"を"} if passive and particle == "が" else frozenset())):
            return f"{Fault.ROLE}: {noun}{particle}"
    return ""
