"""One sentence of a model → its verdict: shown only where everything in it stands in the evidence that it cites."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

from rag.tokens import Words
from rag.types import Verdict
from rag.verify import facts, roles, sense
from rag.verify.characters import hidden
from rag.verify.faults import Fault
from rag.verify.grounds import Ground, Grounds, municipalities_in
from rag.verify.mixing import mixed
from rag.verify.sentences import Piece, bare, cited, pieces
from rag.verify.structure import Structure
from rag.verify.verbatim import Verbatim
from rag.verify.wording import unborne

#: What prose has not: tags, addresses, links, images, code, tables, headings, bare markers.
_MARKUP = re.compile(
    r"<\s*[a-z/!?]|&#?\w+;|https?:|www\.|mailto:|javascript:|\]\s*\(|\]\s*:|!\[|`|\[\s*\d+\s*\]|^\s*#|\|.*\|",
    re.IGNORECASE,
)
_KANA = re.compile(r"[ぁ-ん]")
#: What looks like the name of a municipality: it stands in the evidence or is none that may be spoken of.
_MUNICIPALITY = re.compile(r"[一-龥ぁ-んァ-ヴ]{2}[市町村区県](?![一-龥])")
_WORD = re.compile(r"[A-Za-z]{2,}")
#: A Japanese sentence has at least so many hiragana for each of its Latin words.
_KANA_PER_LATIN = 2

Check = Callable[[str, str, Sequence[Ground]], str]


class Verifier:
    """Verifies the sentences of one answer in their order.

    bodies   names of all municipalities that are collected: none but those cited may be spoken of
    """

    def __init__(self, grounds: Grounds, words: Words, bodies: Sequence[str]) -> None:
        self.grounds = grounds
        self.words = words
        self._structure = Structure(grounds, words)
        self._verbatim = Verbatim(grounds)
        self._bodies = frozenset(bodies) | grounds.bodies
        self._seen: set[str] = set()

    def verify(self, sentence: str) -> Verdict:
        """The verdict on a sentence with its tokens."""
        fault = hidden(sentence, self._printed) or self._fault(facts.plain(sentence))
        if not fault:
            self._seen.add(facts.folded(bare(sentence)))
        return Verdict(sentence.strip(), not fault, fault)

    def _fault(self, sentence: str) -> str:
        """What the sentence lacks; "" where nothing."""
        text, tokens = bare(sentence), cited(sentence)
        if self._verbatim.bears(sentence) and facts.folded(text) not in self._seen:
            return ""
        if fault := self._form(text, tokens):
            return fault
        grounds = [self.grounds.by_token[n] for n in tokens]
        if fault := self._whose(text, grounds):
            return fault
        read = pieces(sentence)
        used = self._structure.bears(read)
        if used is not None:
            return "" if used >= set(tokens) else f"{Fault.TOKEN}: c{min(set(tokens) - used)}"
        for piece in read:
            if any(c.isalnum() for c in piece.text) and (fault := self._piece(piece, text, grounds)):
                return fault
        return Fault.OTHERWISE

    @functools.cached_property
    def _printed(self) -> str:
        """All evidence as it is printed."""
        return "\n".join(text for g in self.grounds.by_token.values() for text in (g.said, g.about))

    def _form(self, text: str, tokens: Sequence[int]) -> str:
        if _MARKUP.search(text):
            return Fault.MARKUP
        if not tokens:
            return Fault.NO_TOKEN
        if unknown := [n for n in tokens if n not in self.grounds.by_token]:
            return f"{Fault.UNKNOWN_TOKEN}: c{unknown[0]}"
        if not self._right_language(text):
            return Fault.LANGUAGE
        return Fault.REPEATED if facts.folded(text) in self._seen else ""

    def _right_language(self, text: str) -> bool:
        kana, latin = len(_KANA.findall(text)), len(_WORD.findall(text))
        if self.grounds.answer.language == "en":
            return latin >= 2
        return kana > 0 and kana >= latin * _KANA_PER_LATIN

    def _whose(self, text: str, grounds: Sequence[Ground]) -> str:
        """Each municipality spoken of is cited; where several are cited, each one that a sentence cites is named."""
        named = municipalities_in(text, self._bodies)
        for body in named:
            if not any(g.citation.municipality == body or facts.folded(body) in g.text for g in grounds):
                return f"{Fault.BODY}: {body}"
        for name in _MUNICIPALITY.findall(text):
            if not any(facts.folded(name) in g.text for g in grounds):
                return f"{Fault.BODY}: {name}"
        folded = facts.folded(text)
        for ground in grounds if len(self.grounds.documents) > 1 else ():
            if not _names(folded, ground, self.grounds):
                return f"{Fault.BODY}: {ground.citation.document}"
        return ""

    def _piece(self, piece: Piece, whole: str, all_grounds: Sequence[Ground]) -> str:
        grounds = [self.grounds.by_token[n] for n in piece.tokens] or list(all_grounds)
        return (
            unborne(piece.text, grounds, self.grounds, self.words)
            or mixed(piece.text, grounds, self.words)
            or roles.fault(piece.text, grounds, self.words)
            or sense.fault(piece.text, whole, grounds, self.words)
        )


def _names(folded: str, ground: Ground, grounds: Grounds) -> bool:
    """Whether a sentence says whose evidence this is: by municipality, or by duty among several of one municipality."""
    others = [g.citation for g in grounds.by_token.values() if g.citation.document != ground.citation.document]
    mine = ground.citation
    if all(other.municipality != mine.municipality for other in others):
        return facts.folded(mine.municipality) in folded or _stem(mine.municipality) in folded
    rest = facts.folded("\n".join(other.title for other in others))
    title = facts.folded(mine.title)
    return any(title[i : i + 3] in folded and title[i : i + 3] not in rest for i in range(len(title) - 2))


def _stem(municipality: str) -> str:
    """The name without 市, 町, 村, 区, 県 where it stays long enough to be one."""
    stem = re.sub(r"[市町村区県都府]$", "", municipality)
    return facts.folded(stem if len(stem) >= 2 else municipality)
