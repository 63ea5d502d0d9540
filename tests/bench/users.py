"""People at their browsers, for `load`: what each does, one request after another, and how long it took."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import httpx

#: Longer than anybody waits: what takes so long counts as an error.
TIMEOUT_S = 60.0
SHARE_OF_QUESTIONS = 0.4
BY_PAGE = 0.5


@dataclass(frozen=True, slots=True)
class Took:
    """One request. `fault`: what went wrong, "" for nothing."""

    kind: str
    ms: float
    fault: str = ""

    @property
    def asks(self) -> bool:
        """Whether it was a question."""
        return self.kind.startswith("POST")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a session of their own. `cookie`: "" where nobody signs in; `own`: pages of what is theirs."""

    cookie: str
    own: tuple[str, ...]


def pages_of(documents: Sequence[str]) -> tuple[str, ...]:
    """The pages that everybody opens."""
    places = ("", "?view=records", "?view=changes", "?view=findings")
    own = [f"/assessments/{quote(document)}{place}" for document in documents for place in places]
    lists = ("/assessments", "/conversations", "/drafts", "/replies", "/account", "/check")
    tables = (
        "/api/records/contracts",
        "/api/records/provisions",
        "/api/assessments",
        "/compare",
        "/compare?item=III.4",
    )
    return ("/", "/", "/", *lists, *tables, *own)


async def use(
    client: httpx.AsyncClient, user: User, pages: Sequence[str], questions: Sequence[str], until: float, think_s: float
) -> list[Took]:
    """What one person does until a moment of `time.perf_counter`; `think_s` passes between two requests, on average."""
    dice = random.Random("".join((user.cookie, *user.own)))
    took: list[Took] = []
    await asyncio.sleep(dice.uniform(0, think_s or 0.1))
    while time.perf_counter() < until:
        if dice.random() < SHARE_OF_QUESTIONS:
            took += await ask(client, user, dice.choice(questions), dice.random() < BY_PAGE)
        else:
            took.append((await send(client, user, "GET", dice.choice((*pages, *user.own * 3))))[0])
        await asyncio.sleep(dice.uniform(0.5, 1.5) * think_s)
    return took


async def ask(client: httpx.AsyncClient, user: User, question: str, by_page: bool) -> list[Took]:
    """A question by the form of the page, whose answer is read on the page of its conversation, or by the API."""
    if not by_page:
        return [(await send(client, user, "POST", "/api/ask", json={"question": question}))[0]]
    asked, place = await send(client, user, "POST", "/", data={"question": question})
    return [asked, (await send(client, user, "GET", place))[0]] if place else [asked]


async def send(client: httpx.AsyncClient, user: User, method: str, path: str, **body: object) -> tuple[Took, str]:
    """One request to its last byte, and where it leads."""
    headers = {"cookie": user.cookie, "origin": str(client.base_url).rstrip("/")} if user.cookie else {}
    kind = f"{method} {path.partition('?')[0]}"
    started = time.perf_counter()
    try:
        response = await client.request(method, path, headers=headers, **body)  # type: ignore[arg-type]
    except httpx.HTTPError as error:
        return Took(kind, (time.perf_counter() - started) * 1000, repr(error)), ""
    took_ms = (time.perf_counter() - started) * 1000
    fault = "" if response.status_code in (200, 303) else f"{response.status_code} {response.text[:200]}"
    place = response.headers.get("location", "")
    return Took(kind, took_ms, fault or ("not signed in" if place.startswith("/login") else "")), place
