"""Choices and boxes of the draft: as the profile tells them; else staff are asked, and told how the peers chose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.assessment import Mark, Marking
from rag.draft.facts import Fact
from rag.draft.material import stated
from rag.draft.sentence import Sentences
from rag.draft.skeleton import bare
from rag.draft.types import FieldDraft
from rag.draft.words import plain
from rag.shelf import Book

_DETAIL = re.compile(r"^(.*?)[(（](.*)[)）]$")


@dataclass(frozen=True, slots=True)
class Marker:
    """Fills choices and boxes; `books` are those of the chosen peers."""

    books: tuple[Book, ...]
    sentences: Sentences

    def choice(self, empty: FieldDraft, fact: Fact | None) -> FieldDraft:
        """The option that the profile tells; else a question, with how the peers chose."""
        taken = next((o for t in (fact.texts if fact else ()) for o in empty.options if _even(o) == _even(t)), "")
        if fact is not None and (taken or not fact.texts):
            said = (self.sentences.own(taken, fact.note),) if taken else ()
            return replace(empty, sentences=said, count=fact.count)
        note = self._chosen_by_peers(empty)
        if fact is not None:
            note = f"自市の情報の「{'、'.join(fact.texts)}」は様式の選択肢にありません。{note}"
        return replace(empty, sentences=(self.sentences.asked(f"次から選ぶ({'／'.join(empty.options)})", note),))

    def _chosen_by_peers(self, empty: FieldDraft) -> str:
        """How the peers chose, for staff to know; what is true of the body only staff can say."""
        counts: dict[str, int] = {}
        for book in self.books:
            taken = {i.text for i in stated(book, bare(empty.section)) if i.choice and i.text in empty.options}
            for option in taken:
                counts[option] = counts.get(option, 0) + 1
        told = "、".join(f"{option} {n}団体" for option, n in sorted(counts.items(), key=lambda x: -x[1]))
        return f"手本の選択: {told}" if told else ""

    def boxes(self, empty: FieldDraft, fact: Fact | None) -> FieldDraft:
        """The boxes that the profile tells, marked; else a question."""
        if fact is None:
            if empty.section == empty.item:  # 委託しない and the like: left unmarked unless it is known
                return empty
            return replace(
                empty, sentences=(self.sentences.asked(f"該当するものに○({'、'.join(b.label for b in empty.boxes)})"),)
            )
        labels = [b.label for b in empty.boxes]
        marked = dict(_split(text, labels) for text in fact.texts)
        boxes = tuple(_marked(box, marked) for box in empty.boxes)
        known = {_even(label) for label in labels}
        strange = [label for label in marked if _even(label) not in known]
        note = f"様式にない選択肢です: {'、'.join(strange)}" if strange else fact.note
        said = (self.sentences.own("、".join(fact.texts), note),) if fact.texts else ()
        return replace(empty, boxes=boxes, sentences=said)


def _split(text: str, labels: Sequence[str]) -> tuple[str, str]:
    """A marked box and what stands in parentheses behind it; labels that hold parentheses themselves stay whole."""
    match = _DETAIL.match(text)
    whole = not match or text in labels
    return (text, "") if whole or match is None else (match[1], match[2])


def _marked(box: Mark, marked: dict[str, str]) -> Mark:
    for label, detail in marked.items():
        for name, inside in ((label, detail), (f"{label}({detail})", "")):
            if _even(name) == _even(box.label):
                return Mark(box.label, Marking.MARKED, inside)
    return box


def _even(text: str) -> str:
    return re.sub(r"[\s,，、]", "", plain(text))
