"""What drafts over an open library (`api.drafting.Drafting`); imported when it is first wanted."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from rag.checks.finding import Finding
from rag.draft.beside import beside
from rag.draft.change_rows import changes
from rag.draft.drafter import Drafter
from rag.draft.findings import findings
from rag.draft.profile import Profile
from rag.draft.revision import history, revise
from rag.draft.takeover import take_over
from rag.draft.types import Draft, FieldDraft, Peer
from rag.draft.wordings import PeerText
from rag.errors import NotFound
from rag.library import Library
from rag.ports import ChatModel
from rag.shelf import Book

#: Peers that a draft keeps; of a national corpus the rest are nothing that anybody would choose.
MAX_PEERS = 60


class Desk:
    """Drafts over an open library, as of the day of the call; safe between threads.

    answerer   whose language model, if any, smooths single fields
    """

    def __init__(self, library: Library, answerer: object = None) -> None:
        self._library = library
        self._answerer = answerer
        self._lock = threading.Lock()
        self._drafter: Drafter | None = None

    @property
    def drafter(self) -> Drafter:
        """The drafter of today, with the language model that words answers now."""
        model = cast("ChatModel | None", getattr(self._answerer, "model", None))
        with self._lock:
            today = dt.date.today()
            if self._drafter is None or (self._drafter.today, self._drafter.model) != (today, model):
                self._drafter = Drafter.of(self._library, today, model)
            return self._drafter

    def peers(self, profile: Profile, without: str = "") -> tuple[Peer, ...]:
        return _first(self.drafter.peers(profile, without=without))

    def draft(self, profile: Profile, items: Sequence[str] = (), peers: Sequence[Peer] | None = None) -> Draft:
        made = self.drafter.draft(profile, items, self.peers(profile) if peers is None else peers)
        return replace(made, peers=_first(made.peers))

    def redraft(self, draft: Draft, section: str) -> FieldDraft:
        return self.drafter.redraft(draft, section)

    def taken_over(self, document: str) -> Profile:
        return take_over(self._book(document))

    def revised(self, document: str) -> Draft:
        made = revise(self._book(document))
        return replace(made, peers=self.peers(made.profile, without=document))

    def changed(self, before: Draft, after: Draft) -> tuple[tuple[str, ...], ...]:
        try:
            printed = history(self._book(after.revises))
        except NotFound:  # taken out of the collection since
            printed = ()
        return (*printed, *(row.cells for row in changes(before, after, self.drafter.today)))

    def beside(self, draft: Draft, section: str) -> tuple[PeerText, ...]:
        return beside(self.drafter, draft, section)

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        return findings(draft, self.drafter.today)

    def _book(self, document: str) -> Book:
        shelf = self.drafter.shelf
        return shelf.open(shelf.library.catalog.version(document))


def _first(peers: Sequence[Peer]) -> tuple[Peer, ...]:
    return tuple(p for n, p in enumerate(peers) if p.chosen or n < MAX_PEERS)
