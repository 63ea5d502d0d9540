"""Standing questions in English: a follow-up with whose documents it asks of, or the last question about others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followup.heard import Heard
from rag.followup.holders import Duty
from rag.followup.item import item
from rag.followup.talk import Topic
from rag.naming import Span
from rag.question import language_of

_END = re.compile(r"[\s?.!？。]*$")
_BEFORE = re.compile(r"(?:\b(?:for|in|of|on|about|with)\s+)?(?:the\s+)?$", re.IGNORECASE)
_OWN = re.compile(r"'s\b")


def asked(heard: Heard, who: str, row: str, over_all: bool) -> str:
    """The follow-up with its pointers replaced; whose it is at its end where no pointer said so.

    who  whose documents with its preposition: in 川口市 for child medical
    """
    text, placed = heard.text, over_all or not who
    for pointer in reversed(heard.pointers):
        start, end = pointer.span
        if pointer.kind in {"row", "company"} and row:
            text = text[:start] + row + text[end:]
        elif pointer.kind in {"city", "document"} and who:
            before = re.sub(r"\b(?:in|for|of|at)\s+$", "", text[:start])
            text, placed = before + who + text[end:], True
        elif pointer.kind == "of":
            text = text[:start] + "the" + text[end:]
    core = text[heard.start :].strip()
    asked = core if placed else _ended(core, who)
    return _whole(asked) if asked != heard.core else asked


def moved(topic: Topic, who: str | None, dropped: Sequence[Duty], duty: str) -> str:
    """The last question asked of others; of a Japanese one, its item by the form's label. As in Japanese."""
    plan, text = topic.plan, topic.text
    if who is None:
        who = plan.said(plan.bodies[0].span) if plan.bodies else ""
    if plan.language != "en":
        whose = " ".join([*(["in", who] if who else []), *(["for", duty] if duty else [])])
        return f"What is {item(topic, 'en')} {whose}?"
    changes: list[tuple[Span, str]] = [(d.span, duty if at == 0 else "") for at, d in enumerate(dropped)]
    if plan.bodies:
        changes.append((plan.bodies[0].span, who))
    for (start, end), new in sorted(changes, reverse=True):
        if new and _OWN.search(text[start:end]):
            new += "'s"
        before = text[:start] if new else _BEFORE.sub("", text[:start])
        text = before + new + text[end:]
    text = re.sub(r"\s+([?.!,])", r"\1", re.sub(r"\s{2,}", " ", text)).strip()
    if not plan.bodies and who:
        text = _ended(text, f"in {who}")
    return _ended(text, f"for {duty}") if duty and not dropped else text


def _ended(text: str, more: str) -> str:
    end = _END.search(text)
    assert end is not None
    return f"{text[: end.start()]} {more}{end[0] or '?'}"


def _whole(text: str) -> str:
    """A fragment as a question with words enough to be known as English."""
    return text if language_of(text.lower()) == "en" else f"What about {text[:1].lower()}{text[1:]}"
