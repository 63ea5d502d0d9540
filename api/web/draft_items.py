"""The left of the workspace: the form's items with what is left to do in each, and the counts below."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from api.web.wording import PARTS, part_name, place_name
from ingest.forms import load_form
from rag.checks.finding import Finding
from rag.draft.questions import questions_of
from rag.draft.types import Basis, Draft, FieldDraft, FieldKind

#: What titles of the form begin with; the list needs what tells them apart.
_COMMON = re.compile(
    r"特定個人情報(ファイル)?を取り扱う(事務において使用する)?|特定個人情報ファイルの|特定個人情報の?|"
    r"情報提供ネットワークシステム(による|との)|評価実施機関における"
)


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item. `asked`: its open questions; `begun`: whether anything stands in it."""

    item: str
    title: str
    short: str
    asked: int
    begun: bool

    @property
    def name(self) -> str:
        """Its number as the form writes it."""
        return place_name(self.item)

    @property
    def state(self) -> str:
        """✓, 要確認 n or 未着手."""
        if not self.begun:
            return "未着手"
        return f"要確認 {self.asked}" if self.asked else "✓"


@dataclass(frozen=True, slots=True)
class Counts:
    """What the bottom bar says: open questions, findings, sentences, and how many of them have a basis to show."""

    questions: int
    findings: int
    sentences: int
    grounded: int


@dataclass(frozen=True, slots=True)
class ChapterView:
    """One chapter with its items; `asked`: open questions in all of them."""

    name: str
    items: tuple[ItemView, ...]

    @property
    def asked(self) -> int:
        """How many questions are open in it."""
        return sum(i.asked for i in self.items)


def chapter_views(draft: Draft) -> tuple[ChapterView, ...]:
    """The items of the draft in the order of the form, chapter by chapter."""
    items = (_view(item, draft.of(item)) for item in draft.items)
    chapters = groupby(items, key=lambda i: i.item.partition(".")[0])
    return tuple(ChapterView(_chapter(part), tuple(some)) for part, some in chapters)


def _chapter(part: str) -> str:
    return f"{part_name(part)} {PARTS[part]}" if part in PARTS else part


def _view(item: str, fields: Sequence[FieldDraft]) -> ItemView:
    asked = sum(1 for f in fields for _ in questions_of(f))
    begun = any(f.standing or any(b.marking == "marked" for b in f.boxes) for f in fields)
    title = titles().get(item, item)
    short = _COMMON.sub("", title, count=1)
    return ItemView(item, title, short, asked, begun)


def counts(draft: Draft, findings: Sequence[Finding]) -> Counts:
    """Counted over the whole draft; a choice or boxes are no sentences."""
    asked = sum(1 for f in draft.fields for _ in questions_of(f))
    told = [s for f, s in draft.sentences() if f.kind is FieldKind.TEXT and s.basis is not Basis.PLACEHOLDER]
    grounded = sum(bool(s.citations) or s.basis in (Basis.PROFILE, Basis.KEPT) for s in told)
    return Counts(asked, len(findings), len(told), grounded)


@functools.cache
def titles() -> dict[str, str]:
    """Item → its title without its number."""
    form = load_form("様式3")
    named = {f"{part.id}.{item.number}": item.title for part in form.parts for item in part.items}
    return {**{part.id: part.title for part in form.parts}, **named, "表紙": "表紙"}
