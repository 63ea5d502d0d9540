"""The focus of an English question: the noun phrase after what or which; of other words only translated ones count.

Most English words reach no document, so a word that no list translates is claimed of nothing.
"""

from __future__ import annotations

import re

from rag.focus.focus import Focus, is_general
from rag.keywords import NOUN
from rag.question import Plan

_YES_NO = re.compile(r"(?:^|[.!?] )(?:does|do|did|is|are|was|were|has|have|had|can|could|may|must|will|would|should)\b")
_HEADS = (
    re.compile(
        r"\b(?:what|which|who)(?:'s| is| are| was| were) (?:the |an? |its |their )?(?P<asked>[^?,.]+?)"
        r"(?= (?:of|for|in|at|on|by|with|from|between|that|which|who|when|used|to|does|do|is|are|was|were)\b|[?,.]|$)"
    ),
    re.compile(
        r"\b(?:what|which) (?P<asked>\w+(?: \w+){0,2}?)"
        r"(?= (?:is|are|was|were|do|does|did|has|have|can|will|must|should)\b)"
    ),
    re.compile(r"^(?:what|who|which|tell|show|give)\b.*'s (?P<asked>[^?,.']+?)(?=[?.]|$)"),
)


def focus_of(plan: Plan) -> Focus:
    """The last word of the phrase that is asked for; the translated words of a question for yes or no."""
    match = next((m for expression in _HEADS if (m := expression.search(plan.text))), None)
    start, end = match.span("asked") if match else (0, 0)
    asked = [t for t in plan.terms if start <= t.span[0] and t.span[1] <= end and not is_general(t)]
    heads = tuple(asked[-1:])
    affirms = bool(_YES_NO.search(plan.text))
    claims = (t for t in plan.terms if t.weight >= NOUN and t not in heads and not is_general(t))
    return Focus(heads, tuple(claims) if affirms else (), affirms=affirms)
