"""The drafting side as routes and pages hold it: who drafts, what peers say, what the checks say of a draft."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Protocol, cast

from fastapi import Depends, Request

from api.services import Services, ServicesDep
from rag.checks.finding import Finding
from rag.draft.kept import KeptDraft
from rag.draft.profile import Profile
from rag.draft.store import Drafts
from rag.draft.types import Draft, FieldDraft, Peer
from rag.draft.wordings import PeerText

if TYPE_CHECKING:
    from rag.library import Library


class Drafting(Protocol):
    """What drafts: `api.draft_desk.Desk` over a library, a fake in tests."""

    def peers(self, profile: Profile, without: str = "") -> tuple[Peer, ...]:
        """What is collected, ranked as models for this profile; `without`: the document under revision."""

    def draft(self, profile: Profile, items: Sequence[str] = (), peers: Sequence[Peer] | None = None) -> Draft:
        """The draft of the form or of some items. Raises BadEntry for an item that the form has not."""

    def redraft(self, draft: Draft, section: str) -> FieldDraft:
        """One field composed anew. Raises NotFound."""

    def taken_over(self, document: str) -> Profile:
        """The facts that a collected assessment states. Raises NotFound."""

    def revised(self, document: str) -> Draft:
        """A collected assessment as a draft to revise. Raises NotFound, BadEntry for another form."""

    def changed(self, before: Draft, after: Draft) -> tuple[tuple[str, ...], ...]:
        """The rows of 変更箇所: those that the assessment under revision has, and one for each change."""

    def beside(self, draft: Draft, section: str) -> tuple[PeerText, ...]:
        """What the chosen peers say in a field."""

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the checks say of the draft."""


#: Findings of so many drafts are remembered: a page is opened more often than its draft changes.
KEPT_FINDINGS = 32


class DraftFindings:
    """Findings of drafts as they stand, found once for each save and day."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, int, dt.date], tuple[Finding, ...]] = OrderedDict()

    def of(self, drafting: Drafting, kept: KeptDraft) -> tuple[Finding, ...]:
        """The findings, without those that nobody can place."""
        key = (kept.id, kept.saves, dt.date.today())
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        found = drafting.findings(kept.draft)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > KEPT_FINDINGS:
                self._kept.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class DraftServices:
    """What the routes of drafts hold: what drafts, what keeps, what was found."""

    drafting: Drafting
    drafts: Drafts
    found: DraftFindings

    def findings(self, kept: KeptDraft) -> tuple[Finding, ...]:
        """What the checks say of a draft as it stands."""
        return self.found.of(self.drafting, kept)

    def changed(self, kept: KeptDraft) -> tuple[tuple[str, ...], ...]:
        """The rows of 変更箇所 of a revision, from its first version to now; none of a new assessment."""
        if not kept.draft.revises:
            return ()
        return self.drafting.changed(self.drafts.version(kept.id, 1), kept.draft)


def draft_services(request: Request, services: ServicesDep) -> DraftServices:
    """What is held, made once for the library of the application; drafts as the person sees them."""
    held = getattr(request.app.state, "drafting", None)
    if held is None or held[0] is not services.library:
        drafting = services.drafting or _desk(services)
        held = (services.library, DraftServices(drafting, Drafts(services.catalog.engine), DraftFindings()))
        request.app.state.drafting = held
    made = cast(DraftServices, held[1])
    return replace(made, drafts=made.drafts.of(services.who))


def _desk(services: Services) -> Drafting:
    """Imported here so that building the application costs little."""
    from api.draft_desk import Desk

    return Desk(cast("Library", services.library), services.answerer)


DraftsDep = Annotated[DraftServices, Depends(draft_services)]
