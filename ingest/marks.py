"""Boxes of the form in three values.

A bare `[ ]` may be an empty box or a mark that a conversion lost, so it is read as unmarked only where the document
proves that its empty boxes are trustworthy: within a group that shows real marks, and of a glyph that nowhere in the
document stands beside a text which only a marked box has. All else is unreadable, never a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.assessment import Mark, Marking
from ingest.labels import fold
from ingest.readers.rows import CHECKBOX, RADIO

#: A box that an assessment under revision prints where nobody could tell whether it is marked.
UNKNOWN = "?"
# The closing bracket may be lost behind a glyph that cannot be the beginning of a label: `[○ 紙`, `[☐ 接続しない]`.
_BOX = re.compile(r"[\[［]\s*(?:([○OoＯ〇0✓✔☑レ●■◯☐□?？]?)\s*[\]］]|([○〇✓✔☑●■◯☐□]))\s*([^\[［]*)")
_FULL = set("○OoＯ〇0✓✔☑レ●■")
_DETAIL = re.compile(r"[(（]\s*(.*?)\s*[)）]?\s*(?:件)?\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Box:
    """One box as printed. `glyph`: ○ (a mark), ◯, ☐ or "" (bare)."""

    glyph: str
    label: str
    detail: str


def boxes(text: str, official: Sequence[str]) -> tuple[Box, ...]:
    """The boxes of a group. A detail is what stands in parentheses behind an official label."""
    found = []
    for match in _BOX.finditer(text):
        printed = match[1] or match[2] or ""
        glyph = "○" if printed in _FULL else printed.replace("□", CHECKBOX).replace("？", UNKNOWN)
        label, detail = _split(" ".join(match[3].split()).rstrip("]］ "), official)
        if label:
            found.append(Box(glyph, label, detail))
    return tuple(found)


def _split(printed: str, official: Sequence[str]) -> tuple[str, str]:
    """'その他 ( 戸籍システム )' → ('その他', '戸籍システム'). The longest official label that fits wins."""
    folded = fold(printed)
    for label in sorted(official, key=len, reverse=True):
        if folded.startswith(fold(label)):
            rest = _after(printed, len(fold(label)))
            match = _DETAIL.search(rest)
            return label, _clean(match[1]) if match else ""
    bare = re.split(r"\s{2,}|\n|[・●]", printed)[0].strip()
    return bare, ""


def _after(text: str, folded_chars: int) -> str:
    """What follows the first `folded_chars` characters, white space not counted."""
    seen = 0
    for i, char in enumerate(text):
        if seen >= folded_chars:
            return text[i:]
        seen += len(fold(char))
    return ""


def _clean(detail: str) -> str:
    """'28' of ' 28) 件'; '' of ')' or dots of a garbled count '() 3'."""
    detail = re.sub(r"^[()（）\s]+|[()（）\s]+$|件", "", detail)
    return detail if re.search(r"\w", detail) else ""


def lossy_glyphs(groups: Iterable[tuple[Box, ...]]) -> frozenset[str]:
    """Empty glyphs that this document also prints where a box must have been marked: a detail stands beside it."""
    return frozenset(box.glyph for group in groups for box in group if box.glyph != "○" and box.detail)


def judge(group: Sequence[Box], lossy: frozenset[str], none_allowed: bool = False) -> tuple[Mark, ...]:
    """The boxes' three values.

    group         the boxes of one item, in order
    lossy         glyphs that do not prove an empty box in this document (`lossy_glyphs`)
    none_allowed  whether the form lets all boxes of this group stay empty
    """
    glyphs = {box.glyph for box in group}
    # An empty radio button beside other empty boxes is the printed circle.
    circle = RADIO in glyphs and bool(glyphs & {"", CHECKBOX})
    shown = "○" in glyphs or circle or any(b.detail for b in group)
    marks = []
    for box in group:
        if box.glyph == "○" or box.detail or (circle and box.glyph == RADIO):
            marking = Marking.MARKED
        elif box.glyph in lossy or box.glyph in {RADIO, UNKNOWN} or not (shown or none_allowed):
            marking = Marking.UNREADABLE
        else:
            marking = Marking.UNMARKED
        marks.append(Mark(box.label, marking, box.detail))
    return _once(marks)


def _once(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Each label once: a conversion may print a group twice. A mark outweighs an empty box, that an unreadable one."""
    rank = {Marking.MARKED: 0, Marking.UNMARKED: 1, Marking.UNREADABLE: 2}
    best: dict[str, Mark] = {}
    for mark in marks:
        held = best.get(mark.label)
        if held is None or (rank[mark.marking], not mark.detail) < (rank[held.marking], not held.detail):
            best[mark.label] = mark
    return tuple(best.values())


def choice(text: str, options: Sequence[str]) -> str:
    """The selected option of 択一: what stands in `[ … ]` outside the list of options; "" where nothing does."""
    head = re.split(r"[<＜]選択肢[>＞]", text)[0]
    lead = re.sub(rf"[\[［]?\s*[{RADIO}{CHECKBOX}]\s*[\]］]?", " ", head)
    match = re.search(r"[\[［]\s*([^\[\]［］]*?)\s*[\]］]", lead)
    inside = [m for m in re.findall(r"[\[［]\s*([^\[\]［］]*?)\s*[\]］]", text) if m and m not in {RADIO, CHECKBOX}]
    found = (match[1] if match and match[1] else "") or _lone(lead, options) or (inside[0] if inside else "")
    return _official(" ".join(found.split()), options)


def _lone(lead: str, options: Sequence[str]) -> str:
    """A value whose brackets were lost, where it is the only one: all options in a row mean that the choice is lost."""
    words = lead.replace("]", " ").replace("[", " ").strip()
    words = re.sub(r"\s*[(（]\s*\d*\s*[)）]\s*件", "", words).strip()
    if not words or re.match(r"\d\s*[)）]", words):
        return ""
    hits = [o for o in options if fold(o) in fold(words)]
    longest = [o for o in hits if not any(o != p and fold(o) in fold(p) for p in hits)]
    if len(longest) > 1:
        return ""
    return words if len(words) <= 40 else ""


def _official(value: str, options: Sequence[str]) -> str:
    """The value as the document prints it, without a detail such as `(3) 件` behind the option."""
    for option in sorted(options, key=len, reverse=True):
        if fold(value).startswith(fold(option)):
            return value[: len(value) - len(_after(value, len(fold(option))))].strip()
    return value
