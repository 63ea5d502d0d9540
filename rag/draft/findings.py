"""What the checks say of a draft, and what is still to be confirmed in it: the two lists beside the fields."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.assessment import Marking
from ingest.dates import parse_date
from ingest.read import assess
from ingest.readers.source import Source
from ingest.readers.text import parse_lines
from rag.checks.finding import Family, Finding
from rag.checks.paper import PLACEHOLDER, of_assessment
from rag.checks.run import check
from rag.checks.stale.judging import day
from rag.draft.plain import ChangeCells, field_text, marked, plain_text
from rag.draft.profile import Profile
from rag.draft.skeleton import skeleton
from rag.draft.types import Basis, Draft, DraftSentence, FieldDraft, FieldKind

#: Families that only tell that something is not there.
_ABSENT = frozenset((Family.BLANK, Family.MISSING, Family.UNREADABLE))
_WORDS = re.compile(r"^【要確認\s*[:：]?\s*|】$")
_CHOOSE, _MARK = "選択肢を選ぶ", "印を付ける"
_NAME = "草案.txt"


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A field in which something is still to be confirmed. `asks`: what, in order, without 【要確認: 】."""

    section: str
    label: str
    asks: tuple[str, ...]


def findings(draft: Draft, today: dt.date, changes: Sequence[ChangeCells] = ()) -> tuple[Finding, ...]:
    """What the checks find in a draft, gravest first, but for what is only open; of a part of the form only that part.

    Without a 公表日 it is judged as if it were published today.
    """
    text = plain_text(_whole(draft, today), changes)
    read = assess(Source(_NAME, text, parse_lines(text)))
    still = {place.section for place in open_places(draft)}
    told = [f.section for f in draft.fields]
    found = check(of_assessment(read, _NAME, today))
    return tuple(f for f in found if _concerns(f, told) and not _only_open(f, still))


def open_places(draft: Draft) -> tuple[OpenPlace, ...]:
    """The fields that are not settled, in the order of the form."""
    asked = ((f, tuple(dict.fromkeys(_asks(f)))) for f in draft.fields)
    return tuple(OpenPlace(f.section, f.label, asks) for f, asks in asked if asks)


def _asks(field: FieldDraft) -> Iterator[str]:
    for sentence in field.standing:
        yield from (_WORDS.sub("", m[0]).strip() or field.label for m in PLACEHOLDER.finditer(sentence.text))
    if field.kind is FieldKind.CHOICE and not field.choice and not field.standing:
        yield _CHOOSE
    unreadable = any(m.marking is Marking.UNREADABLE for m in field.boxes)
    header = field.section == field.item
    if field.kind is FieldKind.BOXES and not field.standing and (unreadable or not (marked(field) or header)):
        yield _MARK


def _concerns(finding: Finding, sections: Sequence[str]) -> bool:
    """Whether a finding speaks of a field of the draft, or of the block or item of one."""
    return any(_within(s, told) or _within(told, s) for s in finding.sections for told in sections)


def _within(section: str, other: str) -> bool:
    return section == other or section.startswith((f"{other} ", f"{other}."))


def _only_open(finding: Finding, still: set[str]) -> bool:
    """Whether a finding only tells that something lacks where the draft itself says that it is open."""
    if finding.rule.family not in _ABSENT:
        return False
    lacking = finding.sections[-1:] if finding.rule.id == "blank.detail" else finding.sections
    return bool(lacking) and all(any(_within(place, s) for place in still) for s in lacking)


def _whole(draft: Draft, today: dt.date) -> Draft:
    """The draft with every field of the form, and with what no assessment can be read without."""
    every = skeleton(draft.profile)
    items = dict.fromkeys([*(f.item for f in every), *draft.items])
    told = set(draft.items)
    ordered = (f for item in items for f in (draft.fields if item in told else every) if f.item == item)
    return replace(draft, fields=tuple(_stood_in(f, draft.profile, today) for f in ordered))


def _stood_in(field: FieldDraft, profile: Profile, today: dt.date) -> FieldDraft:
    """The field, or what stands for it while it is open: nothing can be checked without a body, a number and a date."""
    said = PLACEHOLDER.sub("", " ".join(s.text for s in field.standing))
    match field.section:
        case "表紙 評価書番号" if not re.search(r"\d", said):
            return _saying(field, profile.number if re.search(r"\d", profile.number) else "0")
        case "表紙 公表日" if parse_date(said) is None:
            return _saying(field, day(today))
        case "表紙 評価実施機関名" if not said.strip():
            return _saying(field, profile.body or "未定")
        case "表紙 評価書名" | "I.1 ①" if not said.strip() and profile.duty:
            return _saying(field, profile.duty)
    empty = field.kind is FieldKind.TEXT and not field_text(field)
    return _saying(field, "【要確認】") if empty else field


def _saying(field: FieldDraft, text: str) -> FieldDraft:
    return replace(field, sentences=(DraftSentence(f"{field.section}*", text, Basis.PLACEHOLDER),))
