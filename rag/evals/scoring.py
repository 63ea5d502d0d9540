"""Judges one answer: facts that must and must not stand in it, documents and place cited, verbatim quotes, abstention.

A quote is looked up here by folding of its own, so that a fault in the folding of `rag.cite` shows.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from rag.evals.cases import Case
from rag.types import Answer, Citation, Status

ANSWERING = frozenset({Status.ANSWERED, Status.PARTIAL})

#: The folded source that a citation speaks of; None where no such document is collected.
SourceOf = Callable[[Citation], str | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """What falls short. `wrong`: says what is not so or was invented, or answers where nothing can be answered."""

    text: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """Citations of an answer that had to be given: how many are right, and how much of what was expected is there.

    right     citations that are verbatim, of an expected document and of the expected place
    expected  documents to be cited, and one more where a place is to be cited
    """

    given: int = 0
    right: int = 0
    expected: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement on one answer; it passes where there are no faults."""

    faults: tuple[Fault, ...]
    cited: Cited

    @property
    def passed(self) -> bool:
        """Whether nothing falls short."""
        return not self.faults

    @property
    def wrong(self) -> bool:
        """Whether something in it is wrong or invented."""
        return any(fault.wrong for fault in self.faults)


def judge(case: Case, answer: Answer, source_of: SourceOf) -> Judgement:
    """What falls short of the case in an answer."""
    text = said(answer)
    answered = answer.status in ANSWERING
    faults = [Fault(f"あってはならない「{bad}」がある", wrong=True) for bad in case.must_not if fold(bad) in text]
    if case.abstain:
        if answered:
            faults.append(Fault(f"答えられないはずが {answer.status.value}", wrong=True))
        return Judgement(tuple(faults), Cited())
    cited = _cited(case, answer.citations, source_of)
    if not answered:
        return Judgement((*faults, Fault(f"答えずに {answer.status.value}")), cited)
    faults += [Fault(f"「{'」か「'.join(group)}」がない") for group in case.must if not _any_of(group, text)]
    faults += _citing_faults(case, answer.citations, source_of)
    return Judgement(tuple(faults), cited)


def fold(text: str) -> str:
    """NFKC without markup and white space: what two spellings of a passage share."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", re.sub(r"<[^>]*>", "", text)))


def said(answer: Answer) -> str:
    """Text and rows of an answer as their JSON has them, folded."""
    return fold(answer.answer) + fold(json.dumps(answer.as_dict()["rows"], ensure_ascii=False))


def has_facts(case: Case, folded: str) -> bool:
    """Whether each fact of the case stands in a folded text."""
    return all(_any_of(group, folded) for group in case.must)


def stands(quote: str, folded_source: str) -> bool:
    """Whether a quote stands verbatim in a source."""
    folded = fold(quote)
    return bool(folded) and folded in folded_source


def place(section: str) -> str:
    """Part and item of a section: 「Ⅱ.4 委託事項1 ②」 → II.4."""
    return unicodedata.normalize("NFKC", section).strip().split(" ")[0].rstrip(".")


def _any_of(group: tuple[str, ...], folded: str) -> bool:
    return any(fold(one) in folded for one in group)


def _places(case: Case) -> set[str]:
    return {place(section) for section in case.section.split(" / ") if section}


def _verbatim(citation: Citation, source_of: SourceOf) -> bool:
    return stands(citation.quote, source_of(citation) or "")


def _citing_faults(case: Case, citations: tuple[Citation, ...], source_of: SourceOf) -> list[Fault]:
    if not citations:
        return [Fault("出典がない")]
    faults = []
    for citation in citations:
        if source_of(citation) is None:
            faults.append(Fault(f"収録していない「{citation.document}」を引いている", wrong=True))
        elif not _verbatim(citation, source_of):
            faults.append(Fault(f"引用が {citation.document} の原文にない: {citation.quote[:40]}", wrong=True))
    documents = {citation.document for citation in citations}
    if case.documents and documents != set(case.documents):
        faults.append(Fault(f"引いた評価書が {'、'.join(sorted(documents))}。正しくは {'、'.join(case.documents)}"))
    places = _places(case)
    if places and not places & {place(citation.section) for citation in citations}:
        faults.append(Fault(f"{'、'.join(sorted(places))} を引いていない"))
    return faults


def _cited(case: Case, citations: tuple[Citation, ...], source_of: SourceOf) -> Cited:
    documents, places = set(case.documents), _places(case)
    right = [
        citation
        for citation in citations
        if (not documents or citation.document in documents)
        and (not places or place(citation.section) in places)
        and _verbatim(citation, source_of)
    ]
    found = len(documents & {citation.document for citation in citations})
    found += bool(places & {place(citation.section) for citation in citations})
    return Cited(len(citations), len(right), len(documents) + bool(places), found)
