"""Recognises headings of parts, items and blocks in the words a document prints. Knows nothing of the walk's state."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.forms import Form, FormItem, Part
from ingest.labels import bare, fold, roman, same

_PART = re.compile(r"^([IVXｌlL|ⅠⅡⅢⅣⅤⅥＩＶ]{1,4})[\s.．、:：]*(.+)$")
_ANNEX = re.compile(r"^[(（]?別添(\d)[)）]?(.*)$")
_ITEM = re.compile(r"^(\d{1,2})\s*[.．、]?\s*(\D.*)$", re.DOTALL)
_BOX = re.compile(r"[\[［]\s*\S?\s*[\]］]")
#: A note behind a title may be as long; `を`, `に` … go on with a sentence.
_NOTE_MAX_CHARS = 25
#: A title of as many characters names its item though the number drifted.
_SURE_CHARS = 6
_SENTENCE = re.compile(r"^[をにはがとでのし]")


def part_named(text: str, form: Form) -> Part | None:
    """The part whose heading this text is: `II 特定個人情報ファイルの概要`, `(別添1) 記録項目`."""
    folded = fold(text)
    annex = _ANNEX.match(folded)
    if annex:
        return _annex_named(annex[1], re.sub(r"[\[【].*", "", annex[2]), form)
    unnumbered = next((p for p in form.parts if p.id == "別添"), None)
    if unnumbered is not None and same(folded.removeprefix("(別添)"), unnumbered.title):
        return unnumbered  # 様式2 prints 変更箇所 alone
    match = _PART.match(text)
    if not match or not roman(match[1]):
        return None
    for part in form.parts:
        if part.id == roman(match[1]) and any(title_fits(match[2], t) for t in (part.title, *part.aliases)):
            return part
    return None


def _annex_named(number: str, title: str, form: Form) -> Part | None:
    annexes = [p for p in form.parts if p.id.startswith("別添")]
    titled = next((p for p in annexes if any(same(title, t) for t in (p.title, *p.aliases))), None)
    return titled or next((p for p in annexes if p.id == f"別添{number}" and not title), None)


def item_named(text: str, parts: Iterable[Part], here: Part) -> tuple[Part, FormItem, str] | None:
    """Part and item whose heading this text is, and the boxes printed behind it.

    parts  the parts it may belong to, nearest first
    here   the current part, in which a title of some length is enough where the number drifted
    """
    match = _ITEM.match(text)
    if not match:
        return None
    title, boxes = cut_boxes(match[2])
    number = str(int(match[1]))
    hits = [(part, item) for part in parts for item in part.items if any(title_fits(title, t) for t in item.titles)]
    exact = next(((part, item) for part, item in hits if item.number == number), None)
    drifted = [(part, item) for part, item in hits if part is here]
    if exact is None and len(drifted) == 1 and len(bare(title)) >= _SURE_CHARS:
        exact = drifted[0]
    return (*exact, boxes) if exact else None


def title_fits(printed: str, official: str) -> bool:
    """Whether a heading is this title, maybe with a note behind it (III リスク対策 ※(7. ②を除く。))."""
    if same(printed, official):
        return True
    long, short = bare(printed), bare(official)
    note = long.removeprefix(short)
    return len(short) >= 4 and note != long and len(note) < _NOTE_MAX_CHARS and not _SENTENCE.match(note)


def cut_boxes(text: str) -> tuple[str, str]:
    """'… の委託 [] 委託しない' → title and the boxes behind it."""
    match = _BOX.search(text)
    return (text[: match.start()], text[match.start() :]) if match else (text, "")
