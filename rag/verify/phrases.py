"""A phrase (文節): content words with the particles behind them, or a predicate with all that its ending says."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: A character of this range stands for a mention (see `rag.verify.mentions`): the first for the first one.
FIRST_MARK, LAST_MARK = "\ue000", "\uf8ff"
_DIGIT = re.compile(r"\d")
#: How nouns end that tell when or how often.
_WHEN = (
    "毎",
    "ごと",
    "都度",
    "次",
    "時点",
    "日",
    "月",
    "年",
    "間",
    "時",
    "中",
    "後",
    "前",
    "際",
    "場合",
    "とき",
    "たび",
    "ため",
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Content words and what follows them.

    head      normal forms of the content words; of a mention its text
    case      particles in a normal form ("" where none); `topic`: は or も stand among them
    form      of a predicate: final, adnominal, and, but, if …; "" for nouns and the like
    kind      noun, verb, deed (of a noun: 確認する), adverb, connective, joint, exclamation, sign
    says      of a predicate: what its ending adds (否定, 過去, 受身 …); of a noun: も
    mention   number of the mention that it is, -1 where it is none; `joined`: other words stand around it
    comma     whether 、 follows; `stop`: whether the sentence ends here
    """

    head: str
    text: str
    start: int
    case: str = ""
    topic: bool = False
    adnominal: bool = False
    form: str = ""
    says: frozenset[str] = frozenset()
    kind: str = "noun"
    mention: int = -1
    joined: bool = False
    comma: bool = False
    stop: bool = False

    @property
    def verb(self) -> bool:
        """Whether it is a predicate."""
        return bool(self.form)


def is_quantity(phrase: Phrase) -> bool:
    """Whether a noun without a particle tells when, how often or how much."""
    return _DIGIT.search(phrase.text) is not None or phrase.text.endswith(_WHEN)
