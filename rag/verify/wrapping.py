"""A unit without what only joins it to the sentence before (また) or says where it stands (とされている)."""

from __future__ import annotations

from dataclasses import replace

from rag.verify.units import Unit, unit_of
from rag.verify.vocabulary import listed


def unjoined(unit: Unit) -> Unit:
    """The unit without words that only join it to what stands before."""
    kept = [p for p in unit.phrases if not (p.kind == "connective" and p.head in listed("connectives"))]
    return unit if len(kept) == len(unit.phrases) or not kept else unit_of(kept, unit.number)


def unwrapped(unit: Unit) -> tuple[Unit, bool]:
    """A unit without an ending that only says where it stands (とされている), and whether it had one."""
    parts = list(unit.phrases)
    last = parts[-1]
    if len(parts) < 2 or last.head not in listed("wrappers") or last.says - {"受身", "継続"} or not last.verb:
        return unit, False
    before = parts[-2]
    if (
        before.head in {"こと", "事"}
        and before.case in {"と", "に"}
        and len(parts) > 2
        and parts[-3].form == "adnominal"
    ):
        kept = parts[:-2]
    elif before.case == "と" and (before.verb or before.mention >= 0):
        kept = parts[:-1]
        if not before.verb:
            kept[-1] = replace(before, says=frozenset({"断定"}), kind="verb")
    else:
        return unit, False
    kept[-1] = replace(kept[-1], form=last.form, case="", adnominal=False)
    return unit_of(kept, unit.number), True
