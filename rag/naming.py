"""Which places of the form a question names: by official label, by what people say instead, or by number (Ⅲ.7①).

Official labels are known from the form itself; `vocabulary/places.yaml` adds the rest.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ingest.labels import CIRCLED, bare
from rag.places import Naming, Place, places
from rag.vocabulary import VocabularyError, load, pattern

#: Weight of an official label that stands in the question, by its length in characters.
LABEL_WEIGHTS = ((12, 6.0), (6, 4.0), (4, 3.0), (3, 2.0))
#: Labels so general that they say little: they count only beside another sign of their item.
GENERAL_LABELS = frozenset({
    "方法", "部署", "結果", "実施日", "その内容", "用途", "保管場所等", "宣言", "規定", "ルール", "監査", "備考",
    "基本情報", "再委託", "抄録", "項目一覧", "リスク",
})  # fmt: skip
#: Weight of a place named by its number: an item (III.7), a field of it (III.7①).
ITEM_WEIGHT, FIELD_WEIGHT = 7.0, 9.0
#: What each further expression of the same place adds, at most three times, and each character of the longest one.
ANOTHER, PER_CHAR = 0.5, 0.04
# NFKC has made ② a 2 and Ⅲ an iii; digits that count something are no reference.
_REFERENCE = re.compile(
    r"(?<![a-z])(iii|ii|iv|vi|v|i)\s*[.．の]?\s*(\d{1,2})\s*[.．]?\s*(\d?)(?!\d|人|件|月|年|日|項目)"
)
_WORDS_OF_PATTERN = re.compile(r"[一-龥々ァ-ヴーa-z]+[ぁ-ん]?|[ぁ-ん]{2,}")
_SIGNS_OF_PATTERN = re.compile(r"\\[a-z]|[{(]\??[:!]?|\d")

Span = tuple[int, int]
Expressions = dict[str, dict[float, list[str]]]


def named_places(question: str) -> list[Naming]:
    """The places that a question (already `places.normal`) names, surest first."""
    weights: dict[str, float] = {}
    spans: dict[str, list[Span]] = {}
    explicit = list(_by_number(question))
    for place, weight, where in (*_by_label(question), *_by_expression(question), *explicit):
        weights[place.id] = weights.get(place.id, 0.0) + weight
        spans.setdefault(place.id, []).extend(where)
    numbered = {place.id for place, _, _ in explicit}
    found = [Naming(places()[id], w, tuple(spans[id]), id in numbered) for id, w in weights.items()]
    return sorted(found, key=lambda n: (-n.weight, n.place.id))


def numbered_spans(question: str) -> list[Span]:
    """Where a question names places by their numbers (III.7 ②): these characters are no content words."""
    return [span for _, _, spans in _by_number(question) for span in spans]


def _by_label(question: str) -> Iterator[tuple[Place, float, list[Span]]]:
    squeezed, back = _squeeze(question)
    for label, place, weight in _labels():
        at = squeezed.find(label)
        if at >= 0:
            yield place, weight, [(back[at], back[at + len(label) - 1] + 1)]


def _by_expression(question: str) -> Iterator[tuple[Place, float, list[Span]]]:
    for place, expressions in _expressions():
        hits = [(m, w) for p, w in expressions if (m := p.search(question))]
        if hits:
            best = max(w for _, w in hits)
            # of two places named alike, the one named with more words is meant
            longest = max(m.end() - m.start() for m, w in hits if w == best)
            weight = best + ANOTHER * min(_apart([m.span() for m, _ in hits]) - 1, 3) + PER_CHAR * longest
            yield place, weight, [s for m, _ in hits for s in _literal(m)]


def _by_number(question: str) -> Iterator[tuple[Place, float, list[Span]]]:
    for match in _REFERENCE.finditer(question):
        part, number, circle = match[1].upper(), match[2], match[3]
        if not circle and len(number) == 2 and f"{part}.{number}" not in places():
            number, circle = number[0], number[1]
        whole = places().get(f"{part}.{number}")
        if whole is not None:
            field = _field(whole.section, int(circle)) if circle else None
            yield field or whole, FIELD_WEIGHT if field else ITEM_WEIGHT, [match.span()]


def _field(section: str, circle: int) -> Place | None:
    """The field with that circled number (1 for ①) in a section; none for 0."""
    sub = CIRCLED[circle - 1]
    return next((p for p in places().values() if p.section == section and p.sub == sub and not p.name), None)


@functools.cache
def _labels() -> tuple[tuple[str, Place, float], ...]:
    found = []
    for place in places().values():
        label = bare(place.label).lower()
        weight = next((w for chars, w in LABEL_WEIGHTS if len(label) >= chars), 0.0)
        if weight and label not in GENERAL_LABELS and (place.sub or place.name or place.number):
            found.append((label, place, weight))
    return tuple(found)


@functools.cache
def _expressions() -> tuple[tuple[Place, tuple[tuple[re.Pattern[str], float], ...]], ...]:
    return tuple(expressions(load("places", Expressions)))


def expressions(data: Expressions) -> Iterator[tuple[Place, tuple[tuple[re.Pattern[str], float], ...]]]:
    """Places with the expressions that name them. Raises VocabularyError for a place that the form does not have."""
    for id, weights in data.items():
        if id not in places():
            raise VocabularyError(f"places.yaml: {id!r} is no place of the form")
        yield places()[id], tuple((pattern("places", id, [e]), w) for w, some in weights.items() for e in some)


def _literal(match: re.Match[str]) -> list[Span]:
    """Where the words of the pattern itself stand in a match; what only fills its gaps is not explained by it."""
    words = set(_WORDS_OF_PATTERN.findall(_SIGNS_OF_PATTERN.sub(" ", match.re.pattern)))
    start = match.start()
    return [(start + m.start(), start + m.end()) for w in words for m in re.finditer(re.escape(w), match[0])]


def _apart(spans: list[Span]) -> int:
    """How many of the matches stand apart from one another."""
    ends, count = -1, 0
    for start, end in sorted(spans):
        if start >= ends:
            count += 1
        ends = max(ends, end)
    return count


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Text without the characters that `bare` drops, and where each kept one stood."""
    kept = [(c, i) for i, c in enumerate(text) if bare(c) or c == "-"]
    return "".join(c for c, _ in kept), [i for _, i in kept]
