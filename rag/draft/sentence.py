"""Makes the sentences of a draft: what the profile, a peer or the state says, or a question, each with its basis."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rag.cite import Citations
from rag.draft.adapting import Adapted
from rag.draft.facts import connects, subcontracts
from rag.draft.material import Said
from rag.draft.national import ModelSentence
from rag.draft.profile import Profile
from rag.draft.types import Basis, DraftSentence
from rag.types import Citation

#: What a sentence ends with that has lost its stop.
_SAID = re.compile(r"(する|いる|ない|った|れる|行う|ある|努める|定める|講じる|。[)）])$")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Makes sentences for one draft, numbered s1, s2 …"""

    profile: Profile
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1), compare=False)

    def peer(self, said: Sequence[Said], adapted: Adapted, shared: int, bullet: str) -> DraftSentence:
        """A peer's sentence as adapted; the quotes of all that say it, its own first."""
        changed = adapted.changed
        text = finished(adapted.text)
        note = " ".join(self._cautions(text, shared if bullet else 0))
        return DraftSentence(self._id(), text, Basis.PEER, cited(said), changed, "", bullet, shared, note)

    def _cautions(self, text: str, shared: int) -> Iterator[str]:
        """What staff should confirm of a peer's sentence before it stands."""
        if "再委託先" in text and subcontracts(self.profile) is None:
            yield "再委託する場合の文です。再委託しないときは外してください。"
        elif re.search(r"委託(先|業者|事業者)", text) and self.profile.contracts is None:
            yield "委託する場合の文です。委託しないときは外してください。"
        if shared == 1:
            yield "手本1団体だけの措置です。自市でも行っているか確かめてください。"

    def model(self, sentence: ModelSentence, heading: str) -> DraftSentence:
        """A sentence of national model text."""
        documents = {sentence.said.document, *(o.document for o in sentence.others)}
        return DraftSentence(
            self._id(),
            sentence.adapted.text,
            Basis.MODEL_TEXT,
            cited((sentence.said, *sentence.others)),
            sentence.adapted.changed,
            heading,
            sentence.said.bullet,
            len(documents),
            " ".join(self._notes(sentence)),
        )

    def _notes(self, sentence: ModelSentence) -> Iterator[str]:
        """What staff should know of a sentence of model text."""
        if sentence.said.national and sentence.said.national.needs == "linkage" and connects(self.profile) is None:
            yield "情報連携を行う場合の文です。行わないときは外してください。"
        drifts: dict[tuple[str, str], list[str]] = {}
        for here, there, document in sentence.drifts:
            drifts.setdefault((here, there), []).append(document)
        told = [f"「{here}」は{'、'.join(where)}では「{there}」" for (here, there), where in drifts.items()]
        if told:
            yield f"団体により表記が違います: {'。'.join(told)}。"

    def own(self, text: str, note: str = "") -> DraftSentence:
        """What the profile says."""
        return DraftSentence(self._id(), text, Basis.PROFILE, note=note)

    def asked(self, what: str, note: str = "") -> DraftSentence:
        """A question to staff."""
        return DraftSentence(self._id(), f"【要確認: {what}】", Basis.PLACEHOLDER, note=note)

    def _id(self) -> str:
        return f"s{next(self._ids)}"


def cited(said: Sequence[Said]) -> tuple[Citation, ...]:
    """Verbatim quotes of the sentences, the one that was taken first; none where its quote cannot be found."""
    citations = Citations()
    for one in said:
        if not citations.add(one.book.version, one.item, one.text, one.book.source) and one is said[0]:
            return ()
    return citations.all()


def finished(text: str) -> str:
    """A sentence ends with its stop; a clause does not."""
    return f"{text}。" if _SAID.search(text) else text
