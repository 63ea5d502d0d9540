"""Citations of law in today's form. What cannot be rewritten for certain is left for `repealed` to tell.

Sources: 番号法 as amended on 2021-09-01 (第19条 numbering) and 2024-05-27 (別表); 個人情報の保護に関する法律 applies to
municipalities since 2023-04-01.
"""

from __future__ import annotations

import re

from rag.draft.types import Changed

PRIVACY_LAW = "個人情報の保護に関する法律"
#: (what is cited, what holds today, why).
_REWRITES = (
    (
        re.compile(
            r"(?:(?<![一-龥ァ-ヴヶ])[本当]?[市区町村]の|[本当][市区町村]|[一-龥ぁ-んァ-ヴ]{1,7}[市区町村])?"
            r"個人情報(?:の)?保護(?:に関する)?条例"
        ),
        PRIVACY_LAW,
        "令和5年4月1日から法律を直接適用",
    ),
    (re.compile(r"番号法第19条第7号(?!の)"), "番号法第19条第8号", "令和3年9月1日の改正"),
    (re.compile(r"(番号法(?:第9条第1項)?(?:の)?)別表第[一1](?!の?\d|の?項|及び)"), r"\1別表", "令和6年5月27日の改正"),
)
#: Citations that no longer hold and cannot be put right without knowing the duty.
_REPEALED = re.compile(r"別表第\s?[一二12]|第19条第(7|14)号|個人情報(の)?保護(に関する)?条例")
#: Grounds that belong to one duty: whether they are a body's own, only its profile tells.
_GROUNDS = re.compile(r"第9条第[12一二]項|別表|第19条第[0-9]+号|主務省令")


def current(text: str) -> tuple[str, tuple[Changed, ...]]:
    """The text with its citations in today's form, and what was changed for it."""
    made = []
    for before, after, reason in _REWRITES:
        match = before.search(text)
        if match:
            made.append(Changed(match[0], match.expand(after), reason))
            text = before.sub(after, text)
    return text, tuple(made)


def repealed(text: str) -> bool:
    """Whether a text cites what was repealed by 2024-05."""
    return bool(_REPEALED.search(text))


def grounds(text: str) -> tuple[str, ...]:
    """The legal grounds of a single duty that a text names."""
    return tuple(m[0] for m in _GROUNDS.finditer(text))
