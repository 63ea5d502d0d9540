"""What the routes need of the answering side, as it is handed to them by `api/app.py`.

The protocols name only what is used here, so that tests can put a fake behind the routes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Protocol, cast

import sqlalchemy as sa
from fastapi import Depends, Request

from api.run import Runs
from ingest.assessment import Item, Record
from rag.accounts.who import LOCAL, Who
from rag.conversations import Conversations
from rag.events import Event
from rag.settings import Settings
from rag.stop import Stop
from rag.types import Answer, Filters, ModelCard, Past, Version

if TYPE_CHECKING:
    from api.drafting import Drafting


class Catalogue(Protocol):
    """The reading half of `rag.catalog.Catalog`."""

    @property
    def engine(self) -> sa.Engine:
        """The database, where more than the catalog is kept."""

    def generation(self) -> int:
        """Moves with every change of what is collected."""

    def versions(self, document: str | None = None, current_only: bool = True) -> list[Version]:
        """Versions of one document or of all."""

    def version(self, document: str, as_of: dt.date | None = None) -> Version:
        """The current version, or the one in force on a day; raises NotFound."""

    def version_by_id(self, version_id: int) -> Version:
        """One version; raises NotFound."""

    def items(self, version_id: int, part: str | None = None, number: str | None = None) -> list[Item]:
        """Items in the order of the document."""

    def item(self, version_id: int, key: str) -> Item:
        """One item; raises NotFound."""

    def source(self, version_id: int) -> str:
        """The decoded text of the file."""

    def records(self, kind: str, version_ids: Sequence[int] | None = None) -> list[tuple[Version, Record]]:
        """Records of one kind with the version they stand in; None means all current versions."""


class OpenLibrary(Protocol):
    """The part of `rag.library.Library` the routes hold."""

    @property
    def catalog(self) -> Catalogue:
        """The truth about what is collected."""

    @property
    def conversations(self) -> Conversations:
        """What was asked and answered."""

    def close(self) -> None:
        """Lets go of the stores."""


class Asker(Protocol):
    """`rag.answer.Answerer`."""

    def ask(
        self, question: str, filters: Filters = ..., *, conversation: str = "", earlier: Sequence[Past] = ()
    ) -> Answer:
        """Answers one question; raises BadQuestion."""

    def stream(
        self,
        question: str,
        filters: Filters = ...,
        *,
        conversation: str = "",
        earlier: Sequence[Past] = (),
        stop: Stop | None = None,
        id: str = "",
        replaces: str = "",
        owner: str = ...,
    ) -> Iterator[Event]:
        """The answer while it is made; raises BadQuestion before the first event."""


@dataclass(frozen=True, slots=True)
class Services:
    """The open library and what answers from it. `model`: which language model words the answers, if any.

    drafting  what drafts; None: what `api.drafting` makes of the library
    who       for whom a request is served: they see their own and what is shared
    """

    library: OpenLibrary
    answerer: Asker
    model: ModelCard | None = None
    drafting: Drafting | None = None
    who: Who = LOCAL

    @property
    def catalog(self) -> Catalogue:
        """The catalog of the open library."""
        return self.library.catalog

    @property
    def conversations(self) -> Conversations:
        """The conversations of the open library, as `who` sees them."""
        return self.library.conversations.of(self.who)


def services_of(request: Request) -> Services:
    """The services of the running application, for the person who is signed in."""
    return replace(cast(Services, request.app.state.services), who=who_of(request))


def who_of(request: Request) -> Who:
    """Whoever is signed in, as `api.auth` found out before anything else."""
    return cast(Who, request.state.who)


def settings_of(request: Request) -> Settings:
    """The settings the application was made with."""
    return cast(Settings, request.app.state.settings)


def catalog_of(request: Request) -> Catalogue:
    """The catalog of the running application."""
    return services_of(request).catalog


def runs_of(request: Request) -> Runs:
    """The answers that the running application is making."""
    return cast(Runs, request.app.state.runs)


async def _services(request: Request) -> Services:
    return services_of(request)


async def _catalog(request: Request) -> Catalogue:
    return catalog_of(request)


async def _runs(request: Request) -> Runs:
    return runs_of(request)


# Asynchronous, so that nothing but looking them up takes a thread of its own for each.
ServicesDep = Annotated[Services, Depends(_services)]
CatalogDep = Annotated[Catalogue, Depends(_catalog)]
RunsDep = Annotated[Runs, Depends(_runs)]
