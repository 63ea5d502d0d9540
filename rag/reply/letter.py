"""A reply laid out: letter, mail, telephone script; the same sentences, another frame for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from rag.reply.desks import head_of
from rag.reply.page import Page
from rag.reply.plain_words import explained, with_readings
from rag.reply.types import Body, Desk, Line, Part, Variant
from rag.reply.voice import dated, quote
from rag.types import Citation

K = TypeVar("K")
_MARKERS = re.compile(r"\[\d{1,4}\]")


def lay_out(page: Page, body: Body, variant: Variant) -> str:
    """The finished text of a reply in one of its variants."""
    frame = {Variant.MAIL: _mail, Variant.PHONE: _phone}.get(variant, _letter)
    text = "\n".join(frame(page, body))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _letter(page: Page, body: Body) -> Iterator[str]:
    voice = page.voice
    yield from (voice.say("date"), "", _addressee(page, body), "", _right(_sender(page, body)), "")
    yield from (voice.say("subject"), "")
    yield from _middle(page, body)
    yield from ("", _closing(page, body), "")
    yield from _sources(page, body)
    yield from _terms(page, body)


def _mail(page: Page, body: Body) -> Iterator[str]:
    voice = page.voice
    yield from (f"件名: {voice.say('subject')}", "", _addressee(page, body), "")
    yield from _middle(page, body)
    yield from ("", _closing(page, body), "")
    yield from _sources(page, body)
    yield from ("", "--", _sender(page, body))


def _middle(page: Page, body: Body) -> Iterator[str]:
    """From the greeting to the desks."""
    voice = page.voice
    yield from (_read(page, voice.say("opening")), "")
    yield from (_read(page, voice.say(_restated(body), count=len(body.parts))), "")
    yield from (f"  {n} {part.head}" for n, part in enumerate(body.parts, 1))
    yield ""
    for n, part in enumerate(body.parts, 1):
        yield from _part(page, n, part)
    if body.citations:
        yield from (_read(page, voice.say("as_of")), "")
    if body.numbered:
        yield from (_read(page, voice.say("number_found")), "")
    for desk in body.desks:
        yield from _desk(page, desk)


def _restated(body: Body) -> str:
    return "restated" if len(body.parts) > 1 else "restated_one"


def _phone(page: Page, body: Body) -> Iterator[str]:
    """What is said, in the order in which it is said; markers and sources are for the one who speaks."""
    voice = page.voice
    yield from (f"【{voice.say('phone_first')}】", voice.say("phone_open", count=len(body.parts)))
    yield from (f"  {n} {part.head}" for n, part in enumerate(body.parts, 1))
    yield ""
    for n, part in enumerate(body.parts, 1):
        yield from (_spoken(line) for line in _part(page, n, part))
    if body.citations:
        yield from (voice.say("as_of"), "")
    if body.desks:
        yield from (f"【{voice.say('phone_desks')}】", voice.say("phone_desk"), "")
        for desk in body.desks:
            yield from (_MARKERS.sub("", line) for line in _desk(page, desk))
    yield from (f"【{voice.say('phone_last')}】", voice.say("phone_close"), "", f"【{voice.say('phone_sources')}】")
    yield from _sources(page, body)


def _spoken(line: str) -> str:
    """A line as it is said: no markers, and nothing is below."""
    return _MARKERS.sub("", line).replace("下記の", "このあとお伝えする").replace("(下記)", "(このあとお伝えします)")


def _part(page: Page, number: int, part: Part) -> Iterator[str]:
    """One numbered answer."""
    yield f"{number} {part.head}"
    yield from (f"・{_line(page, line)}" if line.entry else _line(page, line) for line in part.told.lines)
    yield ""


def _line(page: Page, line: Line) -> str:
    return _read(page, line.text)


def _desk(page: Page, desk: Desk) -> Iterator[str]:
    """A contact block: its text as published, nothing added to it."""
    voice = page.voice
    version = desk.version
    mark = f"[{desk.marker}]" if desk.marker else ""
    yield f"■ {_read(page, head_of(page, desk).text)}{mark}"
    yield f"  {_read(page, voice.say('desk_date', title=quote(version.title), date=dated(voice, version)))}"
    lines = desk.text.splitlines() if desk.text else [voice.say("desk_lost")]
    yield from (f"  {line.strip()}" for line in lines)
    yield ""


def _sources(page: Page, body: Body) -> Iterator[str]:
    if not body.citations:
        return
    yield page.voice.say("sources")
    for _, of_version in _grouped(body.citations, lambda c: c.version):
        c = of_version[0]
        dates = {v.id: dated(page.voice, v) for v in (*body.versions, *(d.version for d in body.desks))}
        date = dates.get(c.version, c.published)
        yield page.voice.say("source", city=c.municipality, title=quote(c.title), date=date)
        for (section, label), same in _grouped(of_version, _place):
            yield f"  {''.join(f'[{c.marker}]' for c in same)} {section} {label}".rstrip()


def _place(citation: Citation) -> tuple[str, str]:
    """Section and label, the label without what the section says already."""
    label = re.sub(r"^[①-⑳]|[※\s]+$", "", " ".join(citation.label.split()))
    return citation.section, "" if label in citation.section else label


def _grouped(citations: Sequence[Citation], by: Callable[[Citation], K]) -> list[tuple[K, list[Citation]]]:
    """Citations that have something in common, in the order of their first."""
    groups: dict[K, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(by(citation), []).append(citation)
    return list(groups.items())


def _terms(page: Page, body: Body) -> Iterator[str]:
    """In やさしい日本語 the words that the letter uses and people may not know."""
    if page.voice.name == "easy":
        said = "\n".join(line.text for part in body.parts for line in part.told.lines)
        yield from ("", page.voice.say("terms"))
        yield from (f"・{line}" for line in explained(said + "評価書"))


def _addressee(page: Page, body: Body) -> str:
    return page.voice.say("addressee", name=body.addressee or page.voice.say("nobody"))


def _sender(page: Page, body: Body) -> str:
    if not body.sender:
        return page.voice.say("sender_unread", city=body.city)
    return body.sender if body.sender.startswith(body.city) else f"{body.city} {body.sender}"


def _right(text: str) -> str:
    return "　" * 12 + text


def _closing(page: Page, body: Body) -> str:
    return _read(page, page.voice.say("closing" if any(d.text for d in body.desks) else "closing_alone"))


def _read(page: Page, text: str) -> str:
    return with_readings(text) if page.voice.name == "easy" else text
