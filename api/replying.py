"""The replying side as routes and pages hold it: what composes, what keeps, and masking done once at the edge."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Protocol, cast

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.run import LOOK_EVERY_S
from api.services import Catalogue, ServicesDep
from rag.accounts.who import Who
from rag.privacy import Found, Masked, mask
from rag.privacy.masked import PERSONAL_NUMBER
from rag.replies import entries
from rag.replies.store import Replies
from rag.reply.types import Length, Reply, Variant
from rag.stop import Stop

if TYPE_CHECKING:
    from rag.answer import Answerer

#: A token that stands for one value.
_NUMBERED = re.compile(r"〔([^〔〕\d\n]{1,12})(\d{1,4})〕")
#: Vouches for a text that this process masked. It never leaves the memory.
_KEY = secrets.token_bytes(32)


class Composing(Protocol):
    """What composes: `ReplyDesk` over an open library, a fake in tests."""

    def compose(self, masked: Masked, variant: Variant, length: Length, document: str, stop: Stop) -> Reply:
        """The reply to a masked inquiry, about one assessment or what it speaks of. Raises BadQuestion, BadEntry."""


class ReplyDesk:
    """Composes over an open library. Safe between threads."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    def compose(self, masked: Masked, variant: Variant, length: Length, document: str, stop: Stop) -> Reply:
        """The reply. Imported here so that building the application costs little."""
        from rag.reply.replier import Replier

        replier = Replier(self._answerer, lambda _: masked)
        return replier.reply(masked.text, variant=variant, length=length, document=document, stop=stop)


@dataclass(frozen=True, slots=True)
class ReplyServices:
    """What the routes of replies hold, for the person who is signed in."""

    composing: Composing
    replies: Replies
    catalog: Catalogue
    who: Who


def reply_services(request: Request, services: ServicesDep) -> ReplyServices:
    """What composes is what the application was given, else a desk over its library."""
    composing = getattr(request.app.state, "composing", None) or ReplyDesk(cast("Answerer", services.answerer))
    return ReplyServices(composing, Replies(services.catalog.engine, services.who), services.catalog, services.who)


RepliesDep = Annotated[ReplyServices, Depends(reply_services)]


def masked_inquiry(text: str) -> Masked:
    """A pasted inquiry, masked before anything else is done with it. Raises BadEntry."""
    return mask(entries.inquiry(text))


def seal(masked: Masked) -> str:
    """Vouches for a masked text that goes through a form, so that it need not be masked anew."""
    found = [[f.kind, f.count] for f in masked.found]
    return hmac.new(_KEY, json.dumps([masked.text, found]).encode(), hashlib.sha256).hexdigest()


def as_sealed(text: str, found: Sequence[tuple[str, int]], sealed: str) -> Masked:
    """The masked text that comes back; masked once more where somebody changed it. Raises BadEntry."""
    said = entries.inquiry(text)
    claimed = Masked(said, tuple(Found(kind, count) for kind, count in found))
    if hmac.compare_digest(seal(claimed), sealed.encode("ascii", "replace").decode()):
        return claimed
    masked = mask(said)
    return replace(masked, found=_found_in(masked.text))


def _found_in(text: str) -> tuple[Found, ...]:
    """What the tokens of a text stand for: those that stood there before it was masked again count too."""
    numbered = Counter(kind for kind, _ in dict.fromkeys(_NUMBERED.findall(text)))
    numbers = text.count(f"〔{PERSONAL_NUMBER}〕")
    found = [Found(kind, count) for kind, count in numbered.items()]
    return (*found, Found(PERSONAL_NUMBER, numbers)) if numbers else tuple(found)


async def while_waited_for(request: Request, compose: Callable[[Stop], Reply]) -> Reply | None:
    """What is composed in a thread; None where whoever sent the request has gone: nothing is kept then."""
    stop = Stop()
    work = asyncio.ensure_future(run_in_threadpool(compose, stop))
    while not (await asyncio.wait({work}, timeout=LOOK_EVERY_S))[0]:
        if await request.is_disconnected():
            stop.set()
    gone = stop.is_set() or await request.is_disconnected()
    reply = work.result()
    return None if gone else reply
