"""A file of one assessment → `Assessment`: the way in to everything else.

reader (by suffix) → lines → walk (form) → items, gaps → records → Assessment
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.assessment import Assessment, Gap, Item, Remainder, Span
from ingest.dates import parse_date
from ingest.entries import Entry
from ingest.errors import IngestError, NotAssessment, UnreadableFile
from ingest.folders import assessment_files
from ingest.form import walk
from ingest.forms import load_form
from ingest.gaps import find_gaps
from ingest.identity import short_duty, split_body
from ingest.items import make_items
from ingest.labels import fold
from ingest.readers.registry import reader_for
from ingest.readers.source import Source
from ingest.records import make_records

__all__ = ["assess", "assessment_files", "read_assessment"]

#: Fewer items of the form than this, and the text is not an assessment.
MIN_ITEMS = 5
#: The cover, where the form names itself.
_COVER_LINES = 40
_FORMS = {"全項目評価書": "様式4", "重点項目評価書": "様式3", "基礎項目評価書": "様式2"}


def read_assessment(path: Path, *, max_bytes: int = 50 * 2**20) -> Assessment:
    """The assessment in that file. Raises an IngestError whose text is a Japanese sentence for the user."""
    if path.is_dir():
        raise UnreadableFile(_why_not(path))
    if not path.exists() and not path.is_symlink():
        raise UnreadableFile(f"{path.name}: ファイルがありません。名前と場所を確かめてください。")
    reader = reader_for(path)
    try:
        source = reader.read(path, max_bytes)
    except IngestError:
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableFile(
            f"{path.name}: 読み取れません({type(error).__name__})。"
            "ファイルが壊れていないか、元のソフトで開けるか確かめてください。"
        ) from error
    return assess(source)


def _why_not(folder: Path) -> str:
    try:
        next(folder.iterdir(), None)
    except OSError:
        return f"{folder.name}: フォルダを開けません。フォルダの権限を確かめるか、管理者に頼んでください。"
    return f"{folder.name}: フォルダです。評価書のファイルを指定してください。"


def assess(source: Source) -> Assessment:
    """Matches the lines to their form. Raises NotAssessment."""
    form = load_form(_form_of(source))
    entries, rest = walk(source.lines, form)
    files = _file_names(entries)
    items = make_items(entries, files)
    cover = {i.name: i.text for i in items if i.part == "表紙"}
    number = _number(cover.get("評価書番号", ""))
    _check(source.name, cover, number, items)
    body = cover["評価実施機関名"]
    municipality, prefecture = split_body(body)
    title = " ".join(cover.get("評価書名", "").split())
    duty = next((i.text for i in items if i.part == "I" and i.number == "1" and i.sub == "①" and i.text), "")
    published = " ".join(cover.get("公表日", "").split())
    return Assessment(
        document=f"{municipality}-{number}",
        municipality=municipality,
        prefecture=prefecture,
        body=" ".join(body.split()),
        number=number,
        title=title,
        duty=duty or short_duty(title, municipality),
        form=form.form,
        published=published,
        published_on=parse_date(published),
        source=source.text,
        items=items,
        records=make_records(form, items, files),
        gaps=(*(Gap("全体", note) for note in source.notes), *find_gaps(form, items)),
        remainders=tuple(Remainder(Span(c.start, c.end), c.text) for c in rest if c.end > c.start),
        abridged_from=cover.get("抄録", ""),
    )


def _check(name: str, cover: Mapping[str, str], number: str, items: Sequence[Item]) -> None:
    """Raises NotAssessment where the text lacks what every assessment has."""
    body = cover.get("評価実施機関名", "")
    answered = sum(1 for i in items if i.part != "表紙" and i.text)
    lacks = [what for what, value in (("評価実施機関名", body), ("評価書番号", number)) if not value]
    if answered < MIN_ITEMS:
        lacks.append("様式の項目")
    if len(lacks) == 3:
        raise NotAssessment(
            f"{name}: 特定個人情報保護評価書ではないようです(評価書番号も様式の項目も見つかりません)。"
            "評価書のファイルか確かめてください。"
        )
    if lacks:
        raise NotAssessment(
            f"{name}: 特定個人情報保護評価書として読めません({'、'.join(lacks)}が見つかりません)。"
            "表紙から最後の項目までそろった全文か確かめてください。"
        )


def _number(printed: str) -> str:
    """評価書番号 as part of the document's id: '第 22 号' → '22'."""
    match = re.search(r"\d{1,6}(?:[-－の]\d{1,4})?", fold(printed))
    return match[0] if match else ""


def _form_of(source: Source) -> str:
    """様式2, 3 or 4 by the first title on the cover; 様式3 where it is silent."""
    head = fold("\n".join(line.text[:500] for line in source.lines[:_COVER_LINES]))
    places = {head.find(words): form for words, form in _FORMS.items() if words in head}
    named = re.search(r"様式(?:第)?([234])", head)
    return places[min(places)] if places else f"様式{named[1]}" if named else "様式3"


def _file_names(entries: Sequence[Entry]) -> list[str]:
    """Names of the files, by index: as II.1 says, else III.1, else the list in I.3."""
    said: dict[int, str] = {}
    listed = ""
    for entry in sorted(entries, key=lambda e: e.part.id == "II"):
        number = entry.item.number if entry.item else ""
        if entry.part.id in {"II", "III"} and number == "1" and entry.filled:
            said[entry.file_index] = _plain_name(entry.text)
        elif entry.part.id == "I" and entry.item and "ファイル名" in entry.item.title:
            listed = entry.text
    parts = [_plain_name(p) for p in re.split(r"[、\n]|(?<=ファイル)\s", listed) if p.strip()]
    indexes = [e.file_index for e in entries if e.part.id == "II"]
    count = max([*said, *indexes, 0])
    return [said.get(n) or (parts[n - 1] if len(parts) == count else "") for n in range(1, count + 1)]


def _plain_name(text: str) -> str:
    return re.sub(r"^\s*[(（]?\d+[.．)）]\s*", "", " ".join(text.split()))
