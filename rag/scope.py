"""Plan → the documents that may answer: by municipality, duty and the person's filters; or why there are none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.assessment import File, System
from rag.duties import duties_of, likeness
from rag.errors import NotFound
from rag.question import Plan, Shape
from rag.shelf import Shelf
from rag.types import Filters, Version

#: A document's own wording must share this many characters with the question to be preferred to its neighbours.
NEAR_CHARS = 4
#: With more documents of one municipality, none is opened to compare their wording.
COMPARED_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that may answer, or why there are none.

    lacking      "body" or "duty" where that is not collected, else ""
    wanted_duty  the duty that is not collected
    near         what is collected instead: of the same duty, or of the same municipality
    narrowed     whether a name, a duty or a filter chose them
    """

    versions: tuple[Version, ...]
    lacking: str = ""
    wanted_duty: str = ""
    near: tuple[Version, ...] = ()
    narrowed: bool = False


def find_scope(plan: Plan, shelf: Shelf, filters: Filters) -> Scope:
    """The documents a plan speaks of."""
    allowed = [v for v in shelf.versions() if _allowed(v, filters)]
    allowed = [v for v in allowed if v.municipality not in plan.excluded]
    everywhere = allowed
    if plan.missing and not plan.collected:
        return Scope((), "body", near=tuple(_with_duty(allowed, plan)))
    if plan.collected:
        allowed = [v for v in allowed if v.municipality in plan.collected]
    chosen, lacking = _by_duty(plan, allowed)
    if lacking:
        near = allowed if plan.collected else []
        return Scope((), "duty", lacking, tuple(near or _with_duty(everywhere, plan)))
    if plan.as_of:
        chosen = [_as_of(shelf, v, plan.as_of) for v in chosen]
    named = bool(plan.collected or filters.documents or filters.municipalities)
    narrowed = named or len(chosen) < len(allowed)
    if narrowed or Shape.WHICH not in plan.shapes:
        chosen = _nearest(plan, chosen, shelf)
    return Scope(tuple(chosen), narrowed=named or len(chosen) < len(everywhere))


def _allowed(version: Version, filters: Filters) -> bool:
    return (not filters.municipalities or version.municipality in filters.municipalities) and (
        not filters.documents or version.document in filters.documents
    )


def _as_of(shelf: Shelf, version: Version, date: dt.date) -> Version:
    """The version that stood on the date; where none did yet, the one that does now."""
    try:
        return shelf.as_of(version.document, date)
    except NotFound:
        return version


def _with_duty(versions: Sequence[Version], plan: Plan) -> list[Version]:
    names = {d.duty.name for d in plan.duties}
    return [v for v in versions if names & duties_of(f"{v.duty} {v.title}")]


def _by_duty(plan: Plan, versions: Sequence[Version]) -> tuple[list[Version], str]:
    """The documents of the named duties; or the name of a duty that is meant and not collected.

    A municipality that has none of them stands beside the others with what it has.
    """
    hits = _with_duty(versions, plan)
    if not hits:
        meant = [d.duty.name for d in plan.duties if d.explicit]
        return ([], "、".join(meant)) if meant else (list(versions), "")
    if not plan.collected:
        return hits, ""
    chosen: list[Version] = []
    for municipality in plan.collected:
        own = [v for v in versions if v.municipality == municipality]
        chosen.extend([v for v in own if v in hits] or own)
    return chosen, ""


def _nearest(plan: Plan, versions: Sequence[Version], shelf: Shelf) -> list[Version]:
    """Among several documents of one municipality, those whose own wording the question uses."""
    chosen: list[Version] = []
    for municipality in dict.fromkeys(v.municipality for v in versions):
        own = [v for v in versions if v.municipality == municipality]
        if 1 < len(own) <= COMPARED_AT_MOST:
            scores = {v.id: likeness(plan.text, v, _names(shelf, v)) for v in own}
            best = max(scores.values())
            if best >= NEAR_CHARS and not plan.duties:
                own = [v for v in own if scores[v.id] >= best - 1]
        chosen.extend(own)
    return chosen


def _names(shelf: Shelf, version: Version) -> list[str]:
    """Names of a document's first system and of its files."""
    records = shelf.open(version).records
    systems = [r.name.value for r in records.get("systems", ()) if isinstance(r, System)]
    return [*systems[:1], *(r.name.value for r in records.get("files", ()) if isinstance(r, File))]
