"""What led to an answer, as a page and as JSON: steps, plan, evidence, prompts, verdicts."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.routes.overviews import OverviewDep
from api.services import ServicesDep
from api.web.steps import steps, understood
from api.web.templating import render
from api.web.turn import kept_turn

router = APIRouter(prefix="/traces")


@router.get("/{id}")
def show(request: Request, services: ServicesDep, overview: OverviewDep, id: str) -> HTMLResponse:
    """The record of one answer."""
    kept = services.conversations.turn(id)
    context = {
        "kept": kept,
        "trace": kept.trace,
        "turn": kept_turn(kept, services.catalog),
        "steps": steps(kept.trace),
        "understood": list(understood(kept.trace.plan)),
    }
    return render(request, "trace.html", context)
