"""Which item of the form a row of 変更箇所 speaks of: 'II …－4 …の委託－委託事項1－③委託先名' → `II.4 委託事項1 ③`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.forms import Field, Form, FormItem, Part
from ingest.labels import CIRCLED, bare, fold, roman

_BLOCK = re.compile(r"(委託事項|提供先|移転先|システム|リスク)(\d+)")


def target_of(text: str, form: Form) -> str:
    """The section, as exact as the text lets; "" where not even the part can be told. Titles weigh more than numbers."""
    part = _part(text, form)
    if part is None:
        return ""
    item = _item(text, part)
    if item is None:
        return part.id
    block = _BLOCK.search(fold(text))
    field = _field(text, item)
    named = [f"{block[1]}{int(block[2])}"] if block and any(b.name == block[1] for b in item.blocks) else []
    tail = [field.sub, field.name] if field else []
    return " ".join(x for x in (f"{part.id}.{item.number}", *named, *tail) if x)


def _part(text: str, form: Form) -> Part | None:
    head = re.match(r"^\s*([IVXⅠⅡⅢⅣⅤⅥlL|]{1,4})\s*[.．]?\s*(\D{0,14})", text)
    if not head:
        return None
    return next((p for p in form.parts if p.id == roman(head[1])), None)


def _item(text: str, part: Part) -> FormItem | None:
    words = bare(text)
    titled = [i for i in part.items if any(bare(t) in words for t in i.titles)]
    # the longest title that stands in the text is the one meant
    titled.sort(key=lambda i: max(len(bare(t)) for t in i.titles if bare(t) in words), reverse=True)
    plain = fold("".join("－" if c in CIRCLED else c for c in text))
    numbers = re.findall(r"(?:^|[^\d第令和平成])(\d{1,2})[.．]?(?=\D)", plain[1:])
    numbered = next((i for n in numbers for i in part.items if i.number == n), None)
    for item in [*titled, *([numbered] if numbered else [])]:
        if item is numbered and _field(text, item) is not None:
            return item
    if (
        numbered is not None
        and titled
        and titled[0] is not numbered
        and _field(text, numbered)
        and not _field(text, titled[0])
    ):
        return numbered
    return titled[0] if titled else numbered


def _fields(item: FormItem) -> Iterator[Field]:
    yield from (f for f in item.fields if not (f.outer and not f.holds))
    for block in item.blocks:
        yield from block.fields


def _field(text: str, item: FormItem) -> Field | None:
    """The last field whose label stands in the text, at its end best."""
    words = bare(text)
    hits = [
        (words.rfind(bare(label)), len(bare(label)), f)
        for f in _fields(item)
        for label in f.labels
        if bare(label) in words
    ]
    circle = next((c for c in reversed(text) if c in CIRCLED), "")
    if circle:
        agreeing = [h for h in hits if h[2].sub == circle]
        hits = agreeing or hits
        if not hits:
            return next((f for f in _fields(item) if f.sub == circle and not f.name), None)
    return max(hits, key=lambda h: (h[0] + h[1], h[1]))[2] if hits else None
