"""Numbers that are known by their label: bank accounts, insured persons, recipients, certificates, licences."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rag.privacy.folding import Span
from rag.privacy.words import words

#: What may stand between a label and its number.
_LINK = r"(?:\s|[:：=#|「」()\[\]、]|は|が|の|を|番号|コード|証|No\.?|number|is|:|\.(?!\d)){0,8}"
_VALUE = r"(?P<value>(?:[A-Z]{1,3}[ -]?)?\d(?:[ \-・./]?[0-9A-Z]){3,19}(?![0-9A-Za-z年月人件歳円%]))"


def labelled(text: str) -> Iterator[tuple[Span, str]]:
    """Numbers in a folded text with their kind, labels left."""
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            yield match.span("value"), kind


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = []
    for kind, labels in words().numbers.items():
        # apart from one another, since the number of one label may be what stands before another
        made += [(kind, re.compile(rf"(?i:{label})(?i:{_LINK}){_VALUE}")) for label in labels]
    return tuple(made)
