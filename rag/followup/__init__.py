"""A follow-up → the question that it stands for, with what the conversation had named: body, duty, item.

    heard (what it says itself) ─┐
                                 ├─► standing (the rules: moving, pointing, turning) ─► wording (a model's, checked)
    talk (what was spoken of) ───┘

Deterministic; a model may word it better, but may name nothing that neither the follow-up nor the conversation names.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.followup.standing import draft
from rag.followup.talk import Talk
from rag.followup.wording import worded
from rag.ports import ChatModel
from rag.question import Plan
from rag.stop import Stop
from rag.types import Past, Version

__all__ = ["Rewritten", "rewrite"]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The standing question, and (name, hash) of the prompts that were used."""

    question: str
    prompts: tuple[tuple[str, str], ...] = ()


def rewrite(
    question: str,
    earlier: Sequence[Past],
    plan_of: Callable[[str], Plan],
    versions: Sequence[Version],
    model: ChatModel | None,
    stop: Stop,
) -> Rewritten:
    """The standing question; the question itself where it stands alone.

    earlier   turns before, oldest first, never empty
    plan_of   plans a question that stands alone
    versions  what is collected
    """
    talk = Talk.of(earlier, functools.cache(plan_of), versions)
    found = draft(question, talk)
    if model is None or found.alone or stop.is_set():
        return Rewritten(found.question)
    return Rewritten(*worded(question, found.question, talk, model, stop))
