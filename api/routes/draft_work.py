"""The workspace: a draft item by item, and what is done with it. A form without JavaScript leads back to its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.draft_acts import Act, ActName, perform
from api.drafting import DraftsDep
from api.routes.draft_files import DraftFile, draft_file
from api.routes.draft_pages import SentDep
from api.routes.overviews import OverviewDep
from api.web.draft_conflict import conflict_page
from api.web.draft_links import Place, field_anchor, sentence_anchor
from api.web.draft_page import Refused, workspace
from api.web.draft_versions import version_view
from api.web.templating import render
from api.web.working import WhoDep
from rag.draft.kept import DraftConflict
from rag.errors import BadEntry

router = APIRouter(prefix="/drafts")

Name = Annotated[str, Query(max_length=300)]
VIEWS = {"", "questions", "findings", "versions", "changes", "revision"}


def place_in(
    id: str,
    item: Name = "",
    sentence: Name = "",
    section: Name = "",
    tab: Name = "",
    edit: Name = "",
    answer: Name = "",
    view: Name = "",
) -> Place:
    """The place that an address names."""
    return Place(id, item, sentence, section, tab, edit, answer, view if view in VIEWS else "")


@router.get("/{id}")
def show(
    request: Request,
    services: DraftsDep,
    overview: OverviewDep,
    who: WhoDep,
    id: str,
    place: Annotated[Place, Depends(place_in)],
) -> HTMLResponse:
    """One item of a draft, or one of its lists."""
    return workspace(request, services, services.drafts.get(id), place, who)


@router.post("/{id}/edit")
def edit(
    request: Request,
    services: DraftsDep,
    overview: OverviewDep,
    who: WhoDep,
    sent: SentDep,
    id: str,
    sentence: Name = "",
) -> Response:
    """Does one thing and comes back to its place; `sentence` stands in for the form's where a button says so."""
    done = posted(id, sent, sentence)
    try:
        perform(services, id, done.base, who, done.act)
    except DraftConflict as told:
        return conflict_page(request, services, told, done.place, sent, done.act, who)
    except BadEntry as refused:
        at = done.act.sentence if done.act.name is not ActName.ADD else done.act.section
        typed = Refused(at or done.act.section, str(refused), done.act.text)
        return workspace(request, services, services.drafts.get(id), done.again(), who, typed, 422)
    return RedirectResponse(done.after(), 303)


@router.get("/{id}/export")
def export(services: DraftsDep, id: str, format: DraftFile = DraftFile.XLSX) -> Response:
    """The draft as a file."""
    return draft_file(services, id, format)


@router.get("/{id}/edit")
def show_again(id: str) -> Response:
    """Where a page that was refused is opened anew."""
    return RedirectResponse(f"/drafts/{id}", 303)


@dataclass(frozen=True, slots=True)
class Posted:
    """One form of the workspace: what to do, on which state of the draft, where the person was, whether they go on."""

    act: Act
    base: int
    place: Place
    goes_on: bool

    def after(self) -> str:
        """Where the person is led when it is done."""
        act = self.act
        hash = sentence_anchor(act.sentence) if act.sentence else field_anchor(act.section) if act.section else "top"
        return self.again().to(hash) if self.goes_on else self.place.to(hash)

    def again(self) -> Place:
        """The place with what was being typed still open."""
        if self.act.name is ActName.REWORD:
            return Place(**{**_fields(self.place), "edit": self.act.sentence})
        if self.act.name is ActName.ANSWER:
            return Place(**{**_fields(self.place), "answer": self.act.sentence})
        return self.place


def _fields(place: Place) -> dict[str, str]:
    return {name: getattr(place, name) for name in Place.__slots__}


def posted(id: str, sent: Sequence[tuple[str, str]], sentence: str = "") -> Posted:
    """What a form says. Raises BadEntry where it says nothing that can be done."""
    form = dict(reversed(sent))
    name = form.get("act", "")
    if name not in set(ActName) or name == ActName.FACTS:
        raise BadEntry("何をするかが読み取れません。画面を開き直して、もう一度操作してください。")
    number, base = form.get("number", "0"), form.get("base", "0")
    details = zip((v for k, v in sent if k == "detail_label"), (v for k, v in sent if k == "detail_text"), strict=False)
    act = Act(
        ActName(name),
        sentence=sentence or form.get("sentence", ""),
        section=form.get("section", ""),
        text=form.get("text", ""),
        number=int(number) if number.isdecimal() and len(number) < 9 else 0,
        offer=form.get("offer", ""),
        document=form.get("document", ""),
        labels=tuple(v for k, v in sent if k == "labels"),
        details=dict(details),
    )
    place = Place(
        id, form.get("p_item", ""), form.get("p_sentence", ""), form.get("p_section", ""), form.get("p_tab", "")
    )
    goes_on = act.name is ActName.REWORD and "done" not in form
    return Posted(act, int(base) if base.isdecimal() and len(base) < 9 else 0, place, goes_on)


@router.get("/{id}/versions/{number}")
def show_version(
    request: Request, services: DraftsDep, overview: OverviewDep, who: WhoDep, id: str, number: int
) -> HTMLResponse:
    """What differs between a version and the draft as it stands, or between the newest and the one before."""
    kept = services.drafts.get(id)
    return render(request, "draft_version.html", {"kept": kept, "shown": version_view(services.drafts, kept, number)})


@router.post("/{id}/versions/{number}/restore")
def restore(
    request: Request, services: DraftsDep, overview: OverviewDep, who: WhoDep, sent: SentDep, id: str, number: int
) -> Response:
    """Makes an earlier version the newest."""
    base = dict(sent).get("base", "0")
    services.drafts.restore(id, number, int(base) if base.isdecimal() and len(base) < 9 else 0, who)
    return RedirectResponse(f"/drafts/{id}?view=versions", 303)
