"""The workspace of a draft as a whole: items, fields, peers, and what is still to be done."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.drafting import DraftServices
from api.web.draft_fields import field_views
from api.web.draft_items import chapter_views, counts, titles
from api.web.draft_links import Place
from api.web.draft_pane import Pane, pane_of
from api.web.templating import render
from rag.draft.kept import KeptDraft
from rag.draft.places import sentence_at
from rag.draft.questions import questions
from rag.draft.types import Basis, Draft, FieldKind, Peer
from rag.errors import NotFound

#: The colours that are explained; in a revision also that of what already stands.
LEGEND = (Basis.PEER, Basis.MODEL_TEXT, Basis.PROFILE, Basis.PERSON, Basis.PLACEHOLDER)
#: So many peers are listed; of those further down only the chosen ones.
LISTED_PEERS = 12


@dataclass(frozen=True, slots=True)
class Refused:
    """What a person entered that was not taken. `at`: the sentence or section it was meant for; `text`: as typed."""

    at: str = ""
    message: str = ""
    text: str = ""
    details: dict[str, str] = field(default_factory=dict)


def workspace(
    request: Request,
    services: DraftServices,
    kept: KeptDraft,
    place: Place,
    who: str,
    refused: Refused | None = None,
    status: int = 200,
) -> HTMLResponse:
    """The page. A place that is no more (an item, a sentence) is left out rather than refused: the draft moves on."""
    draft = kept.draft
    item = place.item if place.item in draft.items else first_item(draft)
    place = Place(place.draft, item, place.sentence, place.section, place.tab, place.edit, place.answer, place.view)
    findings = services.findings(kept)
    context: dict[str, Any] = {
        "kept": kept,
        "draft": draft,
        "place": place,
        "who": who,
        "chapters": chapter_views(draft),
        "title": titles().get(item, item),
        "fields": field_views(draft, item, findings) if not place.view else (),
        "counts": counts(draft, findings),
        "findings": findings,
        "questions": questions(draft) if place.view == "questions" else (),
        "written": {f.section for f in draft.fields if f.kind is FieldKind.TEXT},
        "peers": listed(draft.peers),
        "pane": pane(services, draft, place),
        "refused": refused or Refused(),
        "legend": (*((Basis.KEPT,) if draft.revises else ()), *LEGEND),
        **history(services, kept, place),
    }
    response = render(request, "draft.html", context, status)
    if status != 200:
        stay(response)
    return response


def stay(response: HTMLResponse) -> None:
    """Keeps the address of the page: what was refused has none of its own."""
    response.headers.update({"hx-push-url": "false", "hx-replace-url": "false"})


def history(services: DraftServices, kept: KeptDraft, place: Place) -> dict[str, Any]:
    """Versions, changes and rows of 変更箇所 where they are looked at."""
    versions = services.drafts.versions(kept.id) if place.view == "versions" else []
    log = services.drafts.changes(kept.id) if place.view == "changes" else []
    rows = newest_first(services.changed(kept)) if place.view == "revision" else ()
    return {"versions": versions, "log": log, "rows": rows}


def newest_first(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Rows of 変更箇所 with the newest 変更日 on top; rows of one day stay in the order of the form."""
    days = [tuple(some) for _, some in itertools.groupby(rows, key=lambda row: row[0])]
    return tuple(itertools.chain.from_iterable(reversed(days)))


def first_item(draft: Draft) -> str:
    """Where work begins: the first item of risks and measures, else the first of all."""
    return next((i for i in draft.items if i.startswith("III.2")), draft.items[0] if draft.items else "")


def pane(services: DraftServices, draft: Draft, place: Place) -> Pane | None:
    """The peers beside a sentence or a field; None where nothing is looked at or it is gone."""
    try:
        section = place.section or (sentence_at(draft, place.sentence)[0].section if place.sentence else "")
        if not section or place.view:
            return None
        return pane_of(draft, section, place.sentence, services.drafting.beside(draft, section))
    except NotFound:
        return None


def listed(peers: Sequence[Peer]) -> tuple[Peer, ...]:
    """The peers that the page lists."""
    return tuple(p for n, p in enumerate(peers) if p.chosen or n < LISTED_PEERS)
