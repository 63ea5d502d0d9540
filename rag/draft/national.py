"""National model text (中間サーバー, ガバメントクラウド): the newest wording, its drifts told, nothing reworded."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.draft.adapting import Adapted, Adapter
from rag.draft.material import Said
from rag.draft.measures import alike
from rag.draft.words import plain

#: Two wordings of one sentence of the model text share so much.
SAME = 0.8
_WORD = re.compile(r"[一-龥々]+|[ァ-ヴー]+|[A-Za-z0-9]+|.")


@dataclass(frozen=True, slots=True)
class ModelSentence:
    """One sentence of the model text as drafted; `others`: the same sentence of other peers, newest first."""

    said: Said
    adapted: Adapted
    others: tuple[Said, ...]

    @property
    def drifts(self) -> tuple[tuple[str, str, str], ...]:
        """(words here, words there, document) where another peer words it differently; spelling aside."""
        found = []
        for other in self.others:
            found += [(a, b, other.document) for a, b in _differences(self.adapted.text, plain(other.text))]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class ModelText:
    """One block of model text under its canonical heading."""

    heading: str
    sentences: tuple[ModelSentence, ...]


def model_texts(said: Sequence[Said], adapter: Adapter, allowed: frozenset[str]) -> tuple[ModelText, ...]:
    """The blocks that stand in a field, each in the newest wording that holds in law. `allowed`: needs that are met."""
    headings = dict.fromkeys(s.national.heading for s in said if s.national and s.national.needs in allowed)
    made = (
        _block(heading, [s for s in said if s.national and s.national.heading == heading], adapter)
        for heading in headings
    )
    return tuple(block for block in made if block.sentences)


def _block(heading: str, said: Sequence[Said], adapter: Adapter) -> ModelText:
    by_document: dict[str, list[Said]] = {}
    for one in said:
        held = by_document.setdefault(one.document, [])
        if not held or held[0].item is one.item:  # of several files the first
            held.append(one)
    newest = sorted(by_document, key=lambda d: _published(by_document[d][0]), reverse=True)
    for document in newest:
        adapted = [(one, adapter.adapt(one)) for one in by_document[document]]
        whole = [(one, a) for one, a in adapted if not a.refused or a.refused.startswith("ほかの記載")]
        if len(whole) == len(adapted):
            others = [one for other in newest if other != document for one in by_document[other]]
            kept = [(one, a) for one, a in whole if not a.refused]
            return ModelText(heading, tuple(ModelSentence(one, a, _same(one, others)) for one, a in kept))
    return ModelText(heading, ())


def _published(said: Said) -> dt.date:
    return said.book.version.published_on or dt.date.min


def _same(one: Said, others: Sequence[Said]) -> tuple[Said, ...]:
    return tuple(o for o in others if alike(one.text, o.text) >= SAME)


def _differences(one: str, other: str) -> list[tuple[str, str]]:
    a, b = _even(one), _even(other)
    found = []
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        here, there = "".join(a[a1:a2]), "".join(b[b1:b2])
        if tag == "replace" and here.isalnum() and there.isalnum():
            found.append((here, there))
    return found


def _even(text: str) -> list[str]:
    """Its words, without what is mere spelling."""
    even = plain(text).replace("サーバー", "サーバ").replace("プラットホーム", "プラットフォーム").replace(" ", "")
    return _WORD.findall(even)
