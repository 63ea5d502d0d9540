"""National model text (中間サーバー, ガバメントクラウド): told apart, for it is no measure of the city's own."""

from __future__ import annotations

import re

from ingest.assessment import Kind
from rag.shelf import Passage
from rag.terms import key

#: The platforms that model text speaks of, most special first; all on folded text.
PLATFORMS = (
    ("中間サーバー・ソフトウェアの共通文", re.compile(r"中間サーバ・?ソフト")),
    ("中間サーバー・プラットフォームの共通文", re.compile(r"中間サーバ・?プラット")),
    ("ガバメントクラウドの共通文", re.compile(r"ガバメントクラウド|クラウド事業者")),
    ("中間サーバーの共通文", re.compile(r"中間サーバ")),
)
#: A text whose heading was lost, but whose subject is the platform itself.
_SUBJECT = re.compile(
    r"^[^ぁ-んァ-ヶ一-龠a-z]{0,6}(?:中間サーバ(?:・?(?:プラット[フホ]ォ?ーム|ソフトウェア))?"
    r"(?:を活用|は(?!、)|では|の(?:職員認証|運用|業務)|と(?:既存|団体))|ガバメントクラウド(?:は|で|上|に))"
)

#: What is told of these under no heading of the city's own is the model text in other words.
_RUN_BY_OTHERS = re.compile(r"中間サーバ・(?:プラット|ソフト)")


def is_national(passage: Passage) -> bool:
    """Whether a passage is national model text."""
    folded = key(passage.text)
    return (
        passage.kind is Kind.BOILERPLATE
        or _SUBJECT.search(folded) is not None
        or (not passage.heading and _RUN_BY_OTHERS.search(folded) is not None)
    )


def platform(passage: Passage) -> str:
    """The platform that a national passage speaks of."""
    for text in (key(passage.heading), key(passage.text)):
        for name, said in PLATFORMS:
            if said.search(text):
                return name
    return PLATFORMS[-1][0]
