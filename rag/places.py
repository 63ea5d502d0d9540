"""The places of the form and what people call them: the vocabulary that turns words of a question into items.

A place is named as it is cited, without the numbers of repeated blocks: `II.4 委託事項 ③`. Official labels are known from
the form itself; `vocabulary/places.yaml` adds what people say instead.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from ingest.assessment import Item
from ingest.forms import Field, FormItem, load_form
from ingest.labels import bare

#: Weight of an official label that stands in the question, by its length in characters.
LABEL_WEIGHTS = ((12, 6.0), (6, 4.0), (4, 3.0), (3, 2.0))
#: Labels so general that they say little: they count only beside another sign of their item.
GENERAL_LABELS = {"方法", "部署", "結果", "実施日", "その内容", "用途", "保管場所等", "宣言", "規定", "ルール", "監査", "備考", "基本情報", "再委託", "抄録", "項目一覧", "リスク"}


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the form. `type` and `options` as in the form; `titles`: the item's and the field's labels."""

    part: str
    number: str = ""
    block: str = ""
    sub: str = ""
    name: str = ""
    label: str = ""
    title: str = ""
    type: str = "text"
    options: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`II.4 委託事項 ③`."""
        head = f"{self.part}.{self.number}" if self.number else self.part
        return " ".join(x for x in (head, self.block, self.sub, self.name) if x)

    @property
    def section(self) -> str:
        """Part and item: `II.4`."""
        return f"{self.part}.{self.number}" if self.number else self.part

    def holds(self, item: Item, form: str = "様式3") -> bool:
        """Whether an item of a document stands at this place; in other forms by label, their numbers differ."""
        if form != "様式3":
            return bool(self.label) and bare(item.path[-1]) == bare(self.label) and re.sub(r"\d+$", "", item.block) == self.block
        if item.part != self.part or (self.number and item.number != self.number):
            return False
        block = re.sub(r"\d+$", "", item.block)
        if self.part.startswith("別"):
            return not self.block or item.block == self.block
        if self.block and block != self.block and item.block != self.block:
            return False
        if not self.sub and not self.name:
            return True
        return item.sub == self.sub and item.name == self.name and (bool(self.block) or not block or self.number == "3")


@dataclass(frozen=True, slots=True)
class Naming:
    """That a question names a place: how strongly (higher = surer), where in the text, and whether by its number (III.6)."""

    place: Place
    weight: float
    spans: tuple[tuple[int, int], ...]
    explicit: bool = False


def normal(text: str) -> str:
    """NFKC and lower case, white space kept: what patterns are matched on. Length may differ from the input's."""
    return unicodedata.normalize("NFKC", text).lower()


@functools.cache
def places() -> dict[str, Place]:
    """All places of 様式3 by id, and the places that the vocabulary names as a whole (III.3)."""
    form = load_form("様式3")
    found: dict[str, Place] = {}
    for part in form.parts:
        if part.free or part.changes:
            found[part.id] = Place(part.id, label=part.title, title=part.title)
        for field in part.fields:
            _put(found, Place(part.id, name=field.name, label=field.label, title=part.title))
        for item in part.items:
            _put(found, Place(part.id, item.number, label=item.title, title=item.title))
            for field in item.fields:
                if not (field.outer or field.label == "リスク"):
                    _put(found, _place(part.id, item, field, ""))
            for block in item.blocks:
                _put(found, Place(part.id, item.number, block.name, label=block.name, title=item.title))
                for field in block.fields:
                    if not field.outer:
                        _put(found, _place(part.id, item, field, block.name))
                        for n in field.only:
                            _put(found, _place(part.id, item, field, f"{block.name}{n}"))
    for key in _vocabulary():
        if key not in found:
            found[key] = _whole(key)
    return found


def _put(found: dict[str, Place], place: Place) -> None:
    found.setdefault(place.id, place)


def _place(part: str, item: FormItem, field: Field, block: str) -> Place:
    return Place(part, item.number, block, field.sub, field.name, field.label, item.title, field.type, field.options)


def _whole(key: str) -> Place:
    head, *rest = key.split(" ")
    part, _, number = head.partition(".")
    form = load_form("様式3")
    title = next((i.title for p in form.parts if p.id == part for i in p.items if i.number == number), "")
    return Place(part, number, rest[0] if rest else "", label=title, title=title)


@functools.cache
def _vocabulary() -> dict[str, tuple[tuple[re.Pattern[str], float], ...]]:
    text = resources.files("rag").joinpath("vocabulary/places.yaml").read_text(encoding="utf-8")
    data: dict[str, dict[int, list[Any]]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        key: tuple((re.compile(str(p)), float(w)) for w, patterns in weights.items() for p in patterns)
        for key, weights in data.items()
    }


@functools.cache
def _labels() -> tuple[tuple[str, Place, float], ...]:
    found = []
    for place in places().values():
        label = bare(place.label).lower()
        if not place.label or label in GENERAL_LABELS or not (place.sub or place.name or place.number):
            continue
        weight = next((w for n, w in LABEL_WEIGHTS if len(label) >= n), 0.0)
        if weight:
            found.append((label, place, weight))
    return tuple(found)


def named_places(question: str) -> list[Naming]:
    """The places that a question (already `normal`) names, surest first."""
    weights: dict[str, float] = {}
    spans: dict[str, list[tuple[int, int]]] = {}

    def add(id: str, weight: float, where: list[tuple[int, int]]) -> None:
        weights[id] = weights.get(id, 0.0) + weight
        spans.setdefault(id, []).extend(where)

    squeezed, back = _squeeze(question)
    for label, place, weight in _labels():
        at = squeezed.find(label)
        if at >= 0:
            add(place.id, weight, [(back[at], back[at + len(label) - 1] + 1)])
    for id, patterns in _vocabulary().items():
        hits = [(m, w) for p, w in patterns if (m := p.search(question))]
        if hits:
            best = max(w for _, w in hits)
            # of two places named alike, the one named with more words is meant
            longest = max(m.end() - m.start() for m, w in hits if w == best)
            add(id, best + 0.5 * min(_apart(hits) - 1, 3) + 0.04 * longest, [s for m, _ in hits for s in _literal(m)])
    explicit = _references(question)
    for place, weight, span in explicit:
        add(place.id, weight, [span])
    numbered = {p.id for p, _, _ in explicit}
    found = [Naming(places()[id], w, tuple(spans[id]), id in numbered) for id, w in weights.items()]
    return sorted(found, key=lambda n: (-n.weight, n.place.id))


def _literal(match: re.Match[str]) -> list[tuple[int, int]]:
    """Where the words of the pattern itself stand in a match; what only fills its gaps is not explained by it."""
    words = re.findall(r"[一-龥々ァ-ヴーa-z]+[ぁ-ん]?|[ぁ-ん]{2,}", re.sub(r"\\[a-z]|[{(]\??[:!]?|\d", " ", match.re.pattern))
    start = match.start()
    return [(start + m.start(), start + m.end()) for w in set(words) for m in re.finditer(re.escape(w), match[0])]


def _apart(hits: list[tuple[re.Match[str], float]]) -> int:
    """How many of the matches stand apart from one another."""
    ends, count = -1, 0
    for start, end in sorted(m.span() for m, _ in hits):
        if start >= ends:
            count += 1
        ends = max(ends, end)
    return count


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Text without the characters that `bare` drops, and where each kept one stood."""
    kept = [(c, i) for i, c in enumerate(text) if bare(c) or c == "-"]
    return "".join(c for c, _ in kept), [i for _, i in kept]


_REFERENCE = re.compile(r"(?<![a-z])(iii|ii|iv|vi|v|i)\s*[.．、の\-]?\s*(\d{1,2})\s*[.．\-]?\s*(?:\(?([①-⑳])\)?)?", re.IGNORECASE)
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"


def _references(question: str) -> list[tuple[Place, float, tuple[int, int]]]:
    """Explicit references: `Ⅲ.7`, `I.5②`. NFKC has made ② a 2 and Ⅲ an iii."""
    found = []
    for match in re.finditer(r"(?<![a-z])(iii|ii|iv|vi|v|i)\s*[.．の]?\s*(\d{1,2})\s*[.．]?\s*(\d?)(?!\d|人|件|月|年|日|項目)", question):
        number, circle = match[2], match[3]
        if not circle and len(number) == 2 and f"{match[1].upper()}.{number}" not in places():
            number, circle = number[0], number[1]
        section = f"{match[1].upper()}.{number}"
        if section not in places():
            continue
        exact = [p for p in places().values() if p.section == section and circle and p.sub == _CIRCLES[int(circle) - 1] and not p.name]
        found.append((exact[0] if exact else places()[section], 9.0 if exact else 7.0, match.span()))
    return found
