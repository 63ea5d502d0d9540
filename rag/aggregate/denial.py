"""Whether the question asks for the documents that do *not* do something (外部監査を行っていない自治体)."""

from __future__ import annotations

import re

from rag.question import Plan

_DENIES = re.compile(
    r"(?:ない|ません)(?:と(?:して|いって|書いて)(?:いる|る)|という)?"
    r"(?:自治体|市区町村|市町村|市|町|村|区|団体|評価書|ところ|事務|都市|の(?:は|が))"
    r"|\b(?:do|does|did|is|are|has|have)(?:n't| not)\b"
)


def denies(plan: Plan) -> bool:
    """Whether the documents wanted are those without what the question names."""
    return bool(_DENIES.search(plan.text))
