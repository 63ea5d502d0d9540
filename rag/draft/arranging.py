"""Which measures a field takes, and how its sentences stand together: one style, one order, headings, bullets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.draft.fields import Way
from rag.draft.measures import Measure
from rag.draft.types import Basis, Changed, DraftSentence
from rag.draft.words import concepts, plain

DOT = "・"
#: A list of clauses is worded alike: so many of them end so already.
_MATTER, _MATTER_SHARE = "に関する事項", 0.25
#: A clause that speaks of those before it comes last.
_BACK = re.compile(r"(前記|前各号|以上|上記)")


def chosen(measures: Sequence[Measure], way: Way) -> tuple[list[Measure], list[Measure]]:
    """The measures that are drafted and those that are offered; in a list of clauses all are worded alike."""
    fit = list(measures)
    if way.clauses:
        clauses = sum(any(u.clause for u in m.units) for m in fit)
        nominal = clauses * 2 >= len(fit) or clauses >= 5
        fit = unrepeated(w for m in fit if (w := worded(m, nominal)) is not None)
    else:
        fit = [m for m in fit if not m.best.clause]
    taken = fit[: way.most]
    documents = {id(u) for m in taken for u in m.units}
    return taken, [m for m in measures if not any(id(u) in documents for u in m.units)]


def unrepeated(measures: Iterable[Measure]) -> list[Measure]:
    """The clauses of a list without those that ask, or say only a part of what one before them says."""
    kept: list[Measure] = []
    for measure in measures:
        said = concepts(measure.best.text)
        if measure.best.adapted[0].asked:
            continue
        if not said or not any(said <= concepts(m.best.text) for m in kept):
            kept.append(measure)
    return kept


def worded(measure: Measure, clause: bool) -> Measure | None:
    """The measure with a unit of that style first; None where it has none."""
    styled = [u for u in measure.units if u.clause == clause]
    rest = [u for u in measure.units if u.clause != clause]
    return Measure((*styled, *rest)) if styled else None


def preferred(measure: Measure, way: Way) -> Measure:
    """The measure with the wording first that the field is best served by."""
    return Measure(tuple(sorted(measure.units, key=lambda u: not way.prefer.search(u.text))))


def matters(sentences: Sequence[DraftSentence]) -> list[DraftSentence]:
    """Clauses of a list ended alike (…に関する事項), where some of them already are."""
    clauses = [s for s in sentences if not re.search(r"[。る]$", s.text)]
    if not clauses or sum(s.text.endswith(_MATTER) for s in clauses) < _MATTER_SHARE * len(clauses):
        return list(sentences)
    return [s if s not in clauses or s.text.endswith(_MATTER) else _as_matter(s) for s in sentences]


def _as_matter(sentence: DraftSentence) -> DraftSentence:
    bare_text = re.sub(r"(に関すること|事項)$", "", sentence.text)
    last = re.split(r"[のを、等]", bare_text)[-1] or bare_text
    text = bare_text + _MATTER
    changed = Changed(last, last + _MATTER, "書きぶりの統一")
    return replace(sentence, text=text, changed=(*sentence.changed, changed))


def headed(own: Sequence[DraftSentence], national: Sequence[DraftSentence], city: str) -> list[DraftSentence]:
    """A body's own measures under a heading of their own where national text follows, as the form's examples do."""
    heading = f"{plain(city)}における措置" if city and national else ""
    listed = sum(s.bullet == DOT or s.basis is not Basis.PEER for s in own) > 1
    return [*(replace(s, heading=heading, bullet=_bulleted(s, listed)) for s in own), *national]


def _bulleted(sentence: DraftSentence, listed: bool) -> str:
    """One thing alone needs no bullet; of several each that begins a new one has it."""
    if not listed:
        return ""
    begins = sentence.bullet == DOT or sentence.basis is not Basis.PEER
    return DOT if begins else ""


def in_order(clauses: Sequence[DraftSentence]) -> list[DraftSentence]:
    """The clauses of a list as they are printed: ended alike, one that speaks of the others last."""
    return sorted(matters(clauses), key=lambda s: bool(_BACK.match(s.text)))
