"""In which shape a question wants its answer: a list, a number, a comparison … (`vocabulary/shapes.yaml`)."""

from __future__ import annotations

import functools
import re
from enum import StrEnum

from rag.vocabulary import load, pattern


class Shape(StrEnum):
    """What the person wants to see. A question may have several; one without any asks for a plain fact."""

    LIST = "list"
    COUNT = "count"
    ORDER = "order"
    WHICH = "which"  # which municipalities or assessments: over all documents
    COMPARE = "compare"
    CHANGE = "change"
    TIMELINE = "timeline"
    YES_NO = "yes_no"


_ASKS = re.compile(
    r"何|どこ|誰|だれ|どれ|どの|どんな|どう|いつ|なぜ|いくつ|いくら|どちら|which|what|who|where|when|how|why"
)
_SAID = r"([一-龥ァ-ヴーa-z0-9]{2,20})"
_EITHER = re.compile(
    rf"{_SAID}(?:ですか|なの(?:です)?か|か)[、,]\s*(?:それとも)?{_SAID}(?:ですか|なの(?:です)?か|か|でしょうか)"
)


def shapes_of(text: str) -> frozenset[Shape]:
    """The shapes that a normalised question asks for."""
    found = frozenset(shape for shape, expression in _expressions().items() if expression.search(text))
    # a question that asks what or who is none of yes or no, however it ends
    return found - {Shape.YES_NO} if _ASKS.search(text) else found


def either(text: str) -> tuple[str, str] | None:
    """'静脈認証ですか、指紋認証ですか' → ('静脈認証', '指紋認証'); None where there are no two to choose from."""
    match = _EITHER.search(text)
    return (match[1], match[2]) if match else None


@functools.cache
def _expressions() -> dict[Shape, re.Pattern[str]]:
    return {shape: pattern("shapes", shape, some) for shape, some in load("shapes", dict[Shape, list[str]]).items()}
