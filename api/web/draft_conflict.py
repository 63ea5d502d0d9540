"""Two people at one sentence: both texts side by side, and the choice between them. Nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.draft_acts import Act
from api.drafting import DraftServices
from api.web.draft_links import Place
from api.web.draft_page import stay
from api.web.draft_versions import change_view
from api.web.templating import render
from rag.draft.changes import changes
from rag.draft.kept import DraftConflict


def conflict_page(
    request: Request,
    services: DraftServices,
    told: DraftConflict,
    place: Place,
    sent: Sequence[tuple[str, str]],
    act: Act,
    who: str,
) -> HTMLResponse:
    """The page: what stands now, what the person made of it, and a form that does it all the same."""
    kept = told.kept
    differing = changes(kept.draft, told.mine) if told.mine is not None else ()
    context = {
        "kept": kept,
        "place": place,
        "who": who,
        "message": str(told),
        "changes": [change_view(c) for c in differing],
        "typed": act.text,
        "again": [*((n, v) for n, v in sent if n not in ("base", "sentence", "done")), ("done", "1")],
        "sentence": act.sentence,
        "possible": told.mine is not None,
    }
    response = render(request, "draft_conflict.html", context, 409)
    stay(response)
    return response
