"""Pages around drafts: the list, a new one, its facts, its name, its end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.draft_acts import Act, ActName, perform
from api.drafting import DraftsDep, DraftServices
from api.routes.overviews import OverviewDep
from api.services import CatalogDep, Catalogue
from api.web.draft_form import OPEN_GROUPS, FormView, form_view, profile_from, typed_view
from api.web.templating import render
from api.web.working import WhoDep, account_name, remember
from rag.draft.entries import author_name
from rag.draft.kept import DraftConflict
from rag.draft.profile import Profile
from rag.draft.profile_reading import MAX_FILE_BYTES, read_profile
from rag.errors import BadEntry

router = APIRouter(prefix="/drafts")

PER_PAGE = 50
#: Assessments whose facts can be taken over by a click; others by their address.
LISTED_DOCUMENTS = 200
NO_FILE = "ファイルが選ばれていません。自市の情報のファイル(.yaml または .json)を選んでから押してください。"


async def sent_form(request: Request) -> list[tuple[str, str]]:
    """All fields of a form in their order."""
    return [(k, v) for k, v in (await request.form()).multi_items() if isinstance(v, str)]


SentDep = Annotated[list[tuple[str, str]], Depends(sent_form)]


@router.get("")
def show_list(
    request: Request,
    services: DraftsDep,
    overview: OverviewDep,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """All drafts, the last saved first."""
    found = services.drafts.list(PER_PAGE + 1, (page - 1) * PER_PAGE)
    context = {"drafts": found[:PER_PAGE], "more": len(found) > PER_PAGE, "page": page}
    return render(request, "drafts.html", context)


@router.get("/new")
def show_new(
    request: Request,
    services: DraftsDep,
    catalog: CatalogDep,
    overview: OverviewDep,
    who: WhoDep,
    document: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """The form of a new draft; empty, or with the facts of a collected assessment."""
    profile = services.drafting.taken_over(document) if document else Profile()
    notice = f"{document} から取り込みました。違うところを直してください。" if document else ""
    return new_page(request, catalog, form_view(profile), who, notice=notice)


@router.post("/new")
def show_filled(
    request: Request,
    catalog: CatalogDep,
    overview: OverviewDep,
    who: WhoDep,
    file: Annotated[UploadFile | str | None, File()] = None,
) -> HTMLResponse:
    """The same form with the facts of a file; nothing is kept yet."""
    if file is None or isinstance(file, str) or not file.filename:
        return new_page(request, catalog, form_view(Profile()), who, fault=NO_FILE)
    try:
        profile = read_profile(file.file.read(MAX_FILE_BYTES + 1), file.filename[:100])
    except BadEntry as refused:
        return new_page(request, catalog, form_view(Profile()), who, fault=str(refused))
    return new_page(request, catalog, form_view(profile), who, notice=f"{file.filename[:100]} を読み込みました。")


@router.post("")
def start(request: Request, services: DraftsDep, catalog: CatalogDep, overview: OverviewDep, sent: SentDep) -> Response:
    """Drafts the form for these facts, and opens it."""
    named = account_name(request)
    who = dict(sent).get("who", "") if named is None else named
    try:
        profile = profile_from(sent)
        author_name(who)
        if not (profile.duty and (profile.city or profile.body)):
            raise BadEntry("自治体名と事務の名称を入力してください。ほかは、分かるところだけでかまいません。")
        kept = services.drafts.start(services.drafting.draft(profile), who)
    except BadEntry as refused:
        return new_page(request, catalog, typed_view(sent), who, fault=str(refused))
    response = RedirectResponse(f"/drafts/{kept.id}", 303)
    if named is None:
        remember(response, who)
    return response


@router.post("/revise")
def start_revision(services: DraftsDep, who: WhoDep, document: Annotated[str, Form(max_length=200)]) -> Response:
    """Opens a collected assessment as a draft to revise."""
    kept = services.drafts.start(services.drafting.revised(document), who)
    return RedirectResponse(f"/drafts/{kept.id}", 303)


@router.post("/who")
def set_who(
    who: Annotated[str, Form(max_length=1000)] = "", back: Annotated[str, Form(max_length=4000)] = "/drafts"
) -> Response:
    """Remembers who works here."""
    place = back if back.startswith("/drafts") and "\\" not in back else "/drafts"
    response = RedirectResponse(place, 303)
    remember(response, who)
    return response


@router.get("/{id}/facts")
def show_facts(request: Request, services: DraftsDep, overview: OverviewDep, id: str) -> HTMLResponse:
    """The facts of a draft, to be put right."""
    return facts_page(request, services, id)


@router.post("/{id}/facts")
def change_facts(
    request: Request, services: DraftsDep, overview: OverviewDep, who: WhoDep, sent: SentDep, id: str
) -> Response:
    """Drafts anew with other facts; what staff wrote and took stays."""
    base = dict(sent).get("base", "0")
    try:
        act = Act(ActName.FACTS, profile=profile_from(sent))
        perform(services, id, int(base) if base.isdecimal() else 0, who, act)
    except (BadEntry, DraftConflict) as refused:
        status = 409 if isinstance(refused, DraftConflict) else 422
        return facts_page(request, services, id, typed_view(sent), str(refused), status)
    return RedirectResponse(f"/drafts/{id}", 303)


@router.get("/{id}/rename")
def show_rename(request: Request, services: DraftsDep, overview: OverviewDep, id: str) -> HTMLResponse:
    """Asks for another title."""
    return render(request, "draft_rename.html", {"kept": services.drafts.get(id), "fault": "", "typed": ""})


@router.post("/{id}/rename")
def rename(
    request: Request, services: DraftsDep, overview: OverviewDep, id: str, title: Annotated[str, Form()] = ""
) -> Response:
    """Gives a draft another title."""
    try:
        services.drafts.rename(id, title)
    except BadEntry as refused:
        context = {"kept": services.drafts.get(id), "fault": str(refused), "typed": title[:200]}
        return render(request, "draft_rename.html", context, 422)
    return RedirectResponse(f"/drafts/{id}", 303)


@router.post("/{id}/share")
def share(services: DraftsDep, id: str) -> Response:
    """Lets everybody who drafts work on it."""
    services.drafts.share(id, True)
    return RedirectResponse("/drafts", 303)


@router.post("/{id}/unshare")
def unshare(services: DraftsDep, id: str) -> Response:
    """Leaves it to its owner again."""
    services.drafts.share(id, False)
    return RedirectResponse("/drafts", 303)


@router.get("/{id}/delete")
def show_delete(request: Request, services: DraftsDep, overview: OverviewDep, id: str) -> HTMLResponse:
    """Asks whether a draft is really to be deleted."""
    context = {"kept": services.drafts.get(id), "versions": len(services.drafts.versions(id))}
    return render(request, "draft_delete.html", context)


@router.post("/{id}/delete")
def delete(services: DraftsDep, id: str) -> Response:
    """Deletes a draft."""
    services.drafts.delete(id)
    return RedirectResponse("/drafts", 303)


def new_page(
    request: Request, catalog: Catalogue, form: FormView, who: str, fault: str = "", notice: str = ""
) -> HTMLResponse:
    """The form of a new draft."""
    context = {
        "form": form,
        "open_groups": OPEN_GROUPS,
        "versions": catalog.versions()[:LISTED_DOCUMENTS],
        "who": who,
        "fault": fault,
        "notice": notice,
    }
    return render(request, "draft_new.html", context, 422 if fault else 200)


def facts_page(
    request: Request, services: DraftServices, id: str, form: FormView | None = None, fault: str = "", status: int = 200
) -> HTMLResponse:
    """The form of a draft's facts."""
    kept = services.drafts.get(id)
    context = {
        "kept": kept,
        "form": form or form_view(kept.draft.profile),
        "open_groups": OPEN_GROUPS,
        "fault": fault,
    }
    return render(request, "draft_facts.html", context, status)
