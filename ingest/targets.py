"""Which item a row of 変更箇所 speaks of: 'II …－4 …の委託－委託事項1－③委託先名' → `II.4 委託事項1 ③`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.forms import Field, Form, FormItem, Part
from ingest.labels import CIRCLED, bare, fold, roman

_PART = re.compile(r"^\s*([IVXⅠⅡⅢⅣⅤⅥlL|]{1,4})")
_NUMBER = re.compile(r"(?:^|[^\d第令和平成])(\d{1,2})[.．]?(?=\D)")
_BLOCK = re.compile(r"(委託事項|提供先|移転先|システム|リスク)(\d{1,3})")
_CIRCLES = str.maketrans(dict.fromkeys(CIRCLED, "－"))
#: The names of places are short; a longer text is a mistake in the row.
_MAX_CHARS = 300


def target_of(text: str, form: Form) -> str:
    """The section, as exact as the text lets; "" where not even the part can be told."""
    text = text[:_MAX_CHARS]
    head = _PART.match(text)
    part = next((p for p in form.parts if head and p.id == roman(head[1])), None)
    if part is None:
        return ""
    item = _item(text, part)
    if item is None:
        return part.id
    field = _field(text, item)
    tail = [field.sub, field.name] if field else []
    return " ".join(x for x in (f"{part.id}.{item.number}", _block(text, item, field), *tail) if x)


def _item(text: str, part: Part) -> FormItem | None:
    """Titles and numbers may contradict each other: the one whose item has the field named behind it is right."""
    words = bare(text)
    titled = [i for i in part.items if any(bare(t) in words for t in i.titles)]
    # the longest title that stands in the text is the one meant
    titled.sort(key=lambda i: max(len(bare(t)) for t in i.titles if bare(t) in words), reverse=True)
    numbers = _NUMBER.findall(_plain(text)[1:])
    numbered = [i for n in numbers for i in part.items if i.number == n][:1]
    named = [*titled, *numbered]
    return next((i for i in named if _labelled(text, i)), named[0] if named else None)


def _plain(text: str) -> str:
    """Folded, with circled numbers out of the way: folded, ① would be a 1."""
    return fold(text.translate(_CIRCLES))


def _block(text: str, item: FormItem, field: Field | None) -> str:
    """委託事項1 where the text names it, or the one risk that has this field."""
    named = _BLOCK.search(_plain(text))
    if named and any(b.name == named[1] for b in item.blocks):
        return f"{named[1]}{int(named[2])}"
    block = next((b for b in item.blocks if field and field in b.fields), None)
    return f"{block.name}{field.only[0]}" if block and field and len(field.only) == 1 else ""


def _fields(item: FormItem) -> Iterator[Field]:
    yield from (f for f in item.fields if not f.outer or f.holds)
    for block in item.blocks:
        yield from block.fields


def _field(text: str, item: FormItem) -> Field | None:
    """The field named by its label, or at least by its circled number."""
    circle = _last_circle(text)
    numbered = (f for f in _fields(item) if circle and f.sub == circle and not f.name)
    return _labelled(text, item) or next(numbered, None)


def _labelled(text: str, item: FormItem) -> Field | None:
    """The last field whose label stands in the text, at its end best; of several, one with the circled number."""
    words, circle = bare(text), _last_circle(text)
    hits = [
        (words.rfind(bare(label)), len(bare(label)), field)
        for field in _fields(item)
        for label in field.labels
        if bare(label) in words
    ]
    hits = [h for h in hits if circle and h[2].sub == circle] or hits
    return max(hits, key=lambda h: (h[0] + h[1], h[1]))[2] if hits else None


def _last_circle(text: str) -> str:
    return next((c for c in reversed(text) if c in CIRCLED), "")
