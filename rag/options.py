"""Choices (択一) of the form that a question names, in their own words or in those of `vocabulary/options.yaml`."""

from __future__ import annotations

import functools
import re

from rag.places import Place, places
from rag.terms import key
from rag.vocabulary import VocabularyError, load, pattern

#: Options shorter than this stand in other words too often.
MIN_CHARS = 3
#: Options that are plain verbs, said of anything: they name a choice only in quotation marks.
PLAIN = frozenset(
    {
        *("行っている", "行っていない", "定めている", "定めていない", "実施する", "実施しない", "未定"),
        *("十分である", "十分に行っている", "十分に行っていない"),
    }
)


def named_options(text: str) -> list[tuple[Place, str]]:
    """Places with the option that a normalised question names; of options within one another the longest."""
    folded = key(text)
    said = {option for option, expression in _expressions().items() if expression.search(text)}
    found: list[tuple[Place, str]] = []
    for place in places().values():
        if place.type == "choice":
            hits = [o for o in place.options if _stands(key(o), folded) or o in said]
            found.extend((place, o) for o in hits if not any(o != p and key(o) in key(p) for p in hits))
    return found


def _stands(option: str, text: str) -> bool:
    """Whether an option stands in the text, and not as the part of a longer number or of 再委託する."""
    before = '[「『"]' if option in PLAIN else r"(?<![\d,万再])"
    return len(option) >= MIN_CHARS and re.search(before + re.escape(option), text) is not None


@functools.cache
def _expressions() -> dict[str, re.Pattern[str]]:
    return expressions(load("options", dict[str, list[str]]))


def expressions(data: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    """What names each option. Raises VocabularyError for an option that no choice of the form has."""
    known = {option for place in places().values() for option in place.options}
    for option in data:
        if option not in known:
            raise VocabularyError(f"options.yaml: {option!r} is no option of the form")
    return {option: pattern("options", option, some) for option, some in data.items()}
