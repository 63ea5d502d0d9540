"""The fields of 様式3 in their order, empty: what a draft fills. One 特定個人情報ファイル a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.assessment import Mark, Marking
from ingest.forms import Field, FormItem, Part, load_form
from rag.draft.profile import Profile
from rag.draft.types import FieldDraft, FieldKind

FORM = "様式3"
#: What the cover prints of itself, and the fields of our own samples: nothing to draft.
_NOT_DRAFTED = frozenset({"抄録", "項目一覧"})
#: Boxes of older editions of the form: read, but not drafted.
_SUPERSEDED = ("4情報",)
#: Groups whose title line is a field of its own: 委託事項1 has a name, リスク1 has none.
_NAMED_BLOCKS = frozenset({"委託事項", "提供先", "移転先"})


def skeleton(profile: Profile) -> tuple[FieldDraft, ...]:
    """All fields, with as many blocks (システム, 委託事項 …) as the profile tells; see `block_counts`."""
    counts = block_counts(profile)
    return tuple(f for part in load_form(FORM).parts for f in _of_part(part, counts))


def block_counts(profile: Profile) -> dict[str, int]:
    """How many blocks of each repeated group there are; one where the profile is silent, none of 提供先."""
    recipients = profile.recipients
    return {
        "システム": max(1, len(profile.systems)),
        "委託事項": 1 if profile.contracts is None else len(profile.contracts),
        "提供先": 0 if recipients is None else sum(not r.transfer for r in recipients),
        "移転先": 1 if recipients is None else sum(r.transfer for r in recipients),
    }


def _of_part(part: Part, counts: dict[str, int]) -> Iterator[FieldDraft]:
    if part.changes:
        return
    if part.free:
        yield FieldDraft(part.id, part.id, part.title, FieldKind.TEXT)
    for field in part.fields:
        if field.name not in _NOT_DRAFTED:
            yield _field(part.id, "", field)
    for item in part.items:
        yield from _of_item(f"{part.id}.{item.number}", item, counts)


def _of_item(place: str, item: FormItem, counts: dict[str, int]) -> Iterator[FieldDraft]:
    if item.single:
        yield FieldDraft(place, place, f"{item.number}. {item.title}", FieldKind.TEXT)
    if item.header_boxes:
        boxes = tuple(Mark(label, Marking.UNMARKED) for label in item.header_boxes)
        yield FieldDraft(place, place, f"{item.number}. {item.title}", FieldKind.BOXES, boxes=boxes)
    own = [f for f in item.fields if not f.outer]
    yield from (_field(place, "", f) for f in own if not (item.blocks and f.closing))
    for block in item.blocks:
        for n in range(1, counts.get(block.name, len(item.risks) or 1) + 1):
            name = f"{block.name}{n}"
            if block.name in _NAMED_BLOCKS:
                yield FieldDraft(f"{place} {name}", place, name, FieldKind.TEXT, block=name)
            told = [f for f in block.fields if not f.outer and (not f.only or n in f.only)]
            yield from (_field(place, name, f) for f in told)
    yield from (_field(place, "", f) for f in own if item.blocks and f.closing)


def _field(place: str, block: str, field: Field) -> FieldDraft:
    section = " ".join(x for x in (place, block, field.sub, field.name) if x)
    boxes = tuple(Mark(label, Marking.UNMARKED) for label in field.boxes if not label.startswith(_SUPERSEDED))
    label = field.label if not field.sub or field.name else f"{field.sub}{field.label}"
    return FieldDraft(section, place, label, FieldKind(field.type), block, field.sub, field.name, field.options, boxes)


def bare(section: str) -> str:
    """A section without the numbers of its blocks: `II.4 委託事項 ③`; risks keep theirs."""
    return re.sub(r"(システム|委託事項|提供先|移転先)\d+", r"\1", section)
