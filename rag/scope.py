"""Plan → the documents that may answer: by municipality, duty and the person's filters; or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.duties import duties_of, likeness
from rag.question import Plan, Shape
from rag.shelf import Shelf
from rag.types import Filters, Version

#: A document's own wording must share this many characters with the question to be preferred to its neighbours.
NEAR_CHARS = 4


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that may answer. `lacking`: why there are none: "body", "duty" or ""; `narrowed`: by name or duty."""

    versions: tuple[Version, ...]
    lacking: str = ""
    wanted_duty: str = ""
    near: tuple[Version, ...] = ()
    narrowed: bool = False


def find_scope(plan: Plan, shelf: Shelf, filters: Filters) -> Scope:
    """The documents a plan speaks of."""
    allowed = [v for v in shelf.versions() if _allowed(v, filters)]
    everywhere = allowed
    if plan.missing and not plan.collected:
        return Scope((), "body", _duty_names(plan), tuple(_with_duty(allowed, plan)))
    if plan.collected:
        allowed = [v for v in allowed if v.municipality in plan.collected]
    chosen, lacking = _by_duty(plan, allowed)
    if lacking:
        near = allowed if plan.collected else []
        return Scope((), "duty", lacking, tuple(near or _with_duty(everywhere, plan)))
    if plan.as_of:
        chosen = [shelf.as_of(v.document, plan.as_of) if _existed(shelf, v, plan) else v for v in chosen]
    named = bool(plan.collected or filters.documents or filters.municipalities)
    narrowed = named or len(chosen) < len(allowed)
    if narrowed or Shape.WHICH not in plan.shapes:
        chosen = _nearest(plan, chosen, shelf)
    return Scope(tuple(chosen), narrowed=named or len(chosen) < len(everywhere))


def _allowed(version: Version, filters: Filters) -> bool:
    return (not filters.municipalities or version.municipality in filters.municipalities) and (
        not filters.documents or version.document in filters.documents
    )


def _existed(shelf: Shelf, version: Version, plan: Plan) -> bool:
    from rag.errors import NotFound

    try:
        shelf.as_of(version.document, plan.as_of)  # type: ignore[arg-type]
    except NotFound:
        return False
    return True


def _duty_names(plan: Plan) -> str:
    return "、".join(d.duty.name for d in plan.duties)


def _with_duty(versions: Sequence[Version], plan: Plan) -> list[Version]:
    names = {d.duty.name for d in plan.duties}
    return [v for v in versions if names & duties_of(f"{v.duty} {v.title}")]


def _by_duty(plan: Plan, versions: Sequence[Version]) -> tuple[list[Version], str]:
    """The documents of the named duties; or the name of a duty that is meant and not collected."""
    if not plan.duties:
        return list(versions), ""
    chosen: list[Version] = []
    for municipality in plan.collected or ("",):
        own = [v for v in versions if not municipality or v.municipality == municipality]
        hits = _with_duty(own, plan)
        chosen.extend(hits or ([] if len(plan.collected) > 1 and _with_duty(versions, plan) and not _plain(own, plan) else own))
    if _with_duty(versions, plan):
        return chosen, ""
    meant = [d.duty.name for d in plan.duties if d.explicit]
    return ([], "、".join(meant)) if meant else (list(versions), "")


def _plain(own: Sequence[Version], plan: Plan) -> bool:
    """Whether a municipality is named beside another one whose duty is named: both are meant with what they have."""
    return bool(own) and len(plan.collected) > 1


def _nearest(plan: Plan, versions: Sequence[Version], shelf: Shelf) -> list[Version]:
    """Among several documents of one municipality, those whose own wording the question uses."""
    chosen: list[Version] = []
    for municipality in dict.fromkeys(v.municipality for v in versions):
        own = [v for v in versions if v.municipality == municipality]
        if len(own) > 1 and len(own) <= 40:
            scores = {v.id: likeness(plan.text, v, _names(shelf, v)) for v in own}
            best = max(scores.values())
            if best >= NEAR_CHARS and not plan.duties:
                own = [v for v in own if scores[v.id] >= best - 1]
        chosen.extend(own)
    return chosen


def _names(shelf: Shelf, version: Version) -> list[str]:
    book = shelf.open(version)
    systems = [getattr(r, "name").value for r in book.records.get("systems", ())]
    files = [getattr(r, "name").value for r in book.records.get("files", ())]
    return [*systems[:1], *files]
