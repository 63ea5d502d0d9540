"""管理: people, the state of the parts and the settings, the log."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.auth import AccountsDep, WhoDep
from api.routes.account import needs_accounts
from api.services import Services, ServicesDep, settings_of
from api.web.deeds import OTHERS, day, deed_name, detail_words
from api.web.part_states import model_state, part_states, tried_model
from api.web.settings_view import settings_view
from api.web.templating import render
from rag.accounts.accounts import Accounts
from rag.accounts.audit import Sought
from rag.accounts.who import Role, role_named
from rag.errors import BadEntry

router = APIRouter(prefix="/admin")

PER_PAGE = 100
Text = Annotated[str, Form(max_length=1000)]
Filter = Annotated[str, Query(max_length=200)]


@router.get("")
def show_people(request: Request, accounts: AccountsDep) -> HTMLResponse:
    """Everybody, and the form that adds one more."""
    return people_page(request, accounts)


@router.post("/people")
def add(
    request: Request, accounts: AccountsDep, who: WhoDep, name: Text = "", display: Text = "", role: Text = "viewer"
) -> HTMLResponse:
    """Adds a person; the link to set the password is shown on this one page."""
    needs_accounts(request)
    try:
        person, secret = accounts.add(who, name, display, role_named(role))
    except BadEntry as refused:
        typed = {"name": name, "display": display, "role": role}
        return people_page(request, accounts, fault=str(refused), typed=typed, status=422)
    return person_page(request, accounts, person.id, link=link_of(request, secret))


@router.get("/people/{id}")
def show_person(request: Request, accounts: AccountsDep, id: str) -> HTMLResponse:
    """One person, and what can be done."""
    return person_page(request, accounts, id)


@router.post("/people/{id}/role")
def set_role(request: Request, accounts: AccountsDep, who: WhoDep, id: str, role: Text = "") -> Response:
    """Gives another role."""
    needs_accounts(request)
    accounts.set_role(who, id, role_named(role))
    return RedirectResponse(f"/admin/people/{id}", 303)


@router.post("/people/{id}/disable")
def disable(request: Request, accounts: AccountsDep, who: WhoDep, id: str) -> Response:
    """Lets a person in no more."""
    needs_accounts(request)
    accounts.disable(who, id)
    return RedirectResponse(f"/admin/people/{id}", 303)


@router.post("/people/{id}/enable")
def enable(request: Request, accounts: AccountsDep, who: WhoDep, id: str) -> Response:
    """Lets a person in again."""
    needs_accounts(request)
    accounts.enable(who, id)
    return RedirectResponse(f"/admin/people/{id}", 303)


@router.post("/people/{id}/reset")
def reset(request: Request, accounts: AccountsDep, who: WhoDep, id: str) -> HTMLResponse:
    """Takes the password away; the link to set another is shown on this one page."""
    needs_accounts(request)
    return person_page(request, accounts, id, link=link_of(request, accounts.reset(who, id)))


@router.post("/people/{id}/sessions/end")
def end_sessions(request: Request, accounts: AccountsDep, who: WhoDep, id: str) -> Response:
    """Ends all sessions of a person."""
    needs_accounts(request)
    accounts.end_sessions(who, id)
    return RedirectResponse(f"/admin/people/{id}", 303)


@router.post("/people/{id}/change")
def demand_change(request: Request, accounts: AccountsDep, who: WhoDep, id: str) -> Response:
    """Lets a person do nothing before they changed their password."""
    needs_accounts(request)
    accounts.demand_change(who, id)
    return RedirectResponse(f"/admin/people/{id}", 303)


@router.get("/state")
def show_state(request: Request, services: ServicesDep) -> HTMLResponse:
    """Model, encoder, indexes, and the settings in force."""
    return state_page(request, services, "")


@router.post("/state/model")
def try_model(request: Request, services: ServicesDep) -> HTMLResponse:
    """The same after the model was asked something."""
    return state_page(request, services, tried_model(services))


@router.get("/log")
def show_log(
    request: Request,
    accounts: AccountsDep,
    who: Filter = "",
    what: Filter = "",
    object: Filter = "",
    since: Filter = "",
    until: Filter = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Who did what when, newest first. `until` is the last day that counts."""
    last = day(until)
    sought = Sought(who, what, object.strip(), day(since), last + dt.timedelta(days=1) if last else None)
    found = accounts.entries(sought, PER_PAGE + 1, (page - 1) * PER_PAGE)
    context = {
        "entries": found[:PER_PAGE],
        "more": len(found) > PER_PAGE,
        "page": page,
        "filters": {"who": who, "what": what, "object": object, "since": since, "until": until},
        "names": {**OTHERS, **{person.id: person.display for person in accounts.people()}},
        "deeds": sorted(accounts.deeds()),
        "deed_name": deed_name,
        "detail_words": detail_words,
    }
    return render(request, "admin_log.html", context)


def people_page(
    request: Request, accounts: Accounts, fault: str = "", typed: dict[str, str] | None = None, status: int = 200
) -> HTMLResponse:
    """The list with the form as it was filled in."""
    empty = {"name": "", "display": "", "role": Role.VIEWER.value}
    return render(request, "admin.html", {"people": accounts.people(), "fault": fault, "typed": typed or empty}, status)


def person_page(request: Request, accounts: Accounts, id: str, link: str = "") -> HTMLResponse:
    """One person, with a `link` that was just made. Raises NotFound."""
    context = {"person": accounts.person(id), "sessions": len(accounts.sessions_of(id)), "link": link}
    return render(request, "admin_person.html", context)


def state_page(request: Request, services: Services, tried: str) -> HTMLResponse:
    """The page; `tried`: how the model answered."""
    context = {
        "parts": part_states(services),
        "model": model_state(services),
        "tried": tried,
        "settings": settings_view(settings_of(request)),
    }
    return render(request, "admin_state.html", context)


def link_of(request: Request, secret: str) -> str:
    """The address that a person is to open."""
    base = settings_of(request).public_url or str(request.base_url)
    return f"{base.rstrip('/')}/links/{secret}"
