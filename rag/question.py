"""Question → Plan: who, which duty, which place of the form, when, and in which shape the answer is wanted.

Deterministic: vocabulary of the form, names of the collected municipalities, morphemes. Nothing is looked up here.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.dates import parse_date
from rag.bodies import Body, Gazetteer
from rag.duties import DutyNamed, named_duties
from rag.keywords import find_terms
from rag.naming import named_places, numbered_spans
from rag.options import named_options
from rag.places import Naming, Place, normal, places
from rag.shapes import Shape, either, shapes_of
from rag.terms import Term, key
from rag.tokens import Words

__all__ = ["Plan", "Shape", "language_of", "make_plan"]

_AS_OF = re.compile(r"(.{0,4}(?:平成|令和|19|20).{1,12}?(?:日|月|年))(?:時点|の時点|当時|現在)")
_QUOTED = re.compile(r"[「『\"“]([^「」『』\"”]{2,60})[」』\"”]")
_ENGLISH_WORD = re.compile(r"\b[a-z]{2,}\b")
#: Tags, scripts with their content, entities and addresses: no words of a sentence.
_MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|</?[a-z!][^<>]*>|&#?\w+;|https?://[!-~]+", re.DOTALL | re.IGNORECASE
)
#: The end of a Japanese sentence, wherever it stands.
_JAPANESE_END = re.compile(r"[ぁ-ん]{2,}[。?]?\s*$|[ぁ-ん]{2,}[。?]|[一-龠][はかも]\?", re.MULTILINE)

#: What leaves a municipality out of the question, after its name or before it; and what ties it to the next one.
_LEAVES_OUT = re.compile(r"(?:さん)?(?:以外|を除|は除|のほか|の他の|の他に)")
_LEAVES_OUT_EN = re.compile(r"(?:other than|except(?: for)?|excluding|apart from|besides)\s+(?:the )?$")
_AND = re.compile(r"\s*(?:と|、|,|や|・|及び|および|and)\s*")

Quoted = tuple[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks.

    text        the question normalised (NFKC, lower case); spans of everything below index it
    language    ja or en
    bodies      municipalities named, collected or not
    places      places of the form named, surest first
    terms       content words beside municipality and duty; `residual` are those that no place explains
    options     (place, option) where a choice of the form is named
    as_of       the date that the question asks about, where it names one
    either      the two that the question lets choose from
    quoted      phrases in quotation marks
    """

    question: str
    text: str
    language: str
    bodies: tuple[Body, ...]
    duties: tuple[DutyNamed, ...]
    places: tuple[Naming, ...]
    terms: tuple[Term, ...]
    options: tuple[tuple[Place, str], ...]
    shapes: frozenset[Shape]
    as_of: dt.date | None = None
    either: tuple[str, str] | None = None
    quoted: tuple[str, ...] = ()

    def said(self, span: tuple[int, int]) -> str:
        """The words of the question at a span, in their own case."""
        cased = unicodedata.normalize("NFKC", self.question).strip()
        return (cased if len(cased) == len(self.text) else self.text)[span[0] : span[1]]

    @property
    def collected(self) -> tuple[str, ...]:
        """Names of the municipalities that are collected and asked about."""
        return tuple(dict.fromkeys(b.name for b in self.bodies if b.collected and b.name not in self.excluded))

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the municipalities that are not collected."""
        return tuple(dict.fromkeys(b.name for b in self.bodies if not b.collected and b.name not in self.excluded))

    @property
    def excluded(self) -> tuple[str, ...]:
        """Names of the municipalities that the question leaves out (川口市と川崎市以外で)."""
        found: list[Body] = []
        for body in reversed(self.bodies):
            start, end = body.span
            tied = bool(found) and bool(_AND.fullmatch(self.text[end : found[-1].span[0]]))
            if tied or _LEAVES_OUT.match(self.text, end) or _LEAVES_OUT_EN.search(self.text[:start]):
                found.append(body)
        return tuple(dict.fromkeys(b.name for b in reversed(found)))

    def residual(self, namings: Sequence[Naming]) -> tuple[Term, ...]:
        """The terms that these places do not explain: neither by the words that named them nor by their labels."""
        spans = [s for n in namings for s in n.spans]
        labels = [key(x) for n in namings for x in (n.place.label, n.place.title, n.place.name) if x]

        def explained(term: Term) -> bool:
            if any(key(term.surface) in label for label in labels):
                return True
            return not term.entity and any(a <= term.span[0] and term.span[1] <= b for a, b in spans)

        return tuple(t for t in self.terms if not explained(t))


def make_plan(question: str, gazetteer: Gazetteer, words: Words, known: Callable[[str], bool]) -> Plan:
    """The plan of a question.

    gazetteer   the collected municipalities
    known       whether a place name stands in the documents: then it is no uncollected municipality
    """
    text = normal(question).strip()
    bodies = gazetteer.find(text, known)
    duties = named_duties(text, [b.span[1] for b in bodies])
    quoted = [(m[1], m.span(1)) for m in _QUOTED.finditer(text)]
    consumed = [b.span for b in bodies] + [s for d in duties for s in d.spans] + numbered_spans(text)
    as_of = _AS_OF.search(text)
    return Plan(
        question=question,
        text=text,
        language=language_of(text),
        bodies=tuple(bodies),
        duties=tuple(duties),
        places=tuple(named_places(_unquoted(text, quoted))),
        terms=tuple(find_terms(text, words, consumed, quoted)),
        options=tuple(named_options(text)),
        shapes=shapes_of(text),
        as_of=parse_date(as_of[1]) if as_of else None,
        either=either(text),
        quoted=tuple(phrase for phrase, _ in quoted),
    )


def _unquoted(text: str, quoted: Sequence[Quoted]) -> str:
    """The text with quoted phrases blanked, but for labels of the form: words quoted from a document name no place."""
    labels = [key(p.label) for p in places().values() if len(p.label) > 2]
    for phrase, (start, end) in quoted:
        if not any(key(phrase) in label or label in key(phrase) for label in labels):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def language_of(text: str) -> str:
    """en where English words carry the sentence, though names and terms in it may be Japanese; else ja."""
    text = _MARKUP.sub(" ", text)
    return "en" if len(_ENGLISH_WORD.findall(text)) >= 3 and not _JAPANESE_END.search(text) else "ja"
