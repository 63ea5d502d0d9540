"""A file of one assessment → `Assessment`: the way in to everything else.

reader (by suffix) → lines → walk (form) → items, gaps → records → Assessment
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ingest.assessment import Assessment, Remainder, Span
from ingest.dates import parse_date
from ingest.entries import Entry
from ingest.errors import IngestError, NotAssessment, UnreadableFile
from ingest.form import walk
from ingest.forms import load_form
from ingest.gaps import find_gaps
from ingest.identity import short_duty, split_body
from ingest.items import make_items
from ingest.labels import fold
from ingest.readers.registry import reader_for
from ingest.readers.source import Source
from ingest.records import make_records

#: Fewer items of the form than this, and the text is not an assessment.
MIN_ITEMS = 5


def assessment_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files to read: the named ones, and all visible files below the named folders, sorted; each real file once."""
    seen: set[Path] = set()
    for path in paths:
        for file in _below(path, set()) if path.is_dir() else [path]:
            real = file.resolve() if not _loops(file) else file
            if real not in seen:
                seen.add(real)
                yield file


def _below(folder: Path, visited: set[Path]) -> Iterator[Path]:
    real = folder.resolve()
    if real in visited:  # a link back to a folder above
        return
    visited.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise UnreadableFile(
            f"{folder.name}: フォルダを開けません({error.strerror})。権限を確かめてください。"
        ) from error
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name.lower() in {"readme.md", "readme.txt", "thumbs.db"}:
            continue
        if entry.is_dir():
            yield from _below(entry, visited)
        elif entry.suffix.lower() != ".py":
            yield entry


def _loops(path: Path) -> bool:
    try:
        os.stat(path)
    except OSError:
        return True
    return False


def read_assessment(path: Path, *, max_bytes: int = 50 * 2**20) -> Assessment:
    """The assessment in that file. Raises an IngestError whose text is a Japanese sentence for the user."""
    reader = reader_for(path)
    try:
        source = reader.read(path, max_bytes)
    except IngestError:
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableFile(
            f"{path.name}: 読み取れません({error})。ファイルが壊れていないか確かめてください。"
        ) from error
    return assess(source)


def assess(source: Source) -> Assessment:
    """Matches the lines to their form. Raises NotAssessment."""
    form = load_form(_form_of(source))
    entries, rest = walk(source.lines, form)
    files = _file_names(entries)
    items = make_items(entries, files)
    cover = {i.name: i.text for i in items if i.part == "表紙"}
    body, number = cover.get("評価実施機関名", ""), fold(cover.get("評価書番号", ""))
    answered = sum(1 for i in items if i.part != "表紙" and i.text)
    if not body or not number or answered < MIN_ITEMS:
        lacks = [n for n, v in (("評価実施機関名", body), ("評価書番号", number)) if not v] or ["様式の項目"]
        raise NotAssessment(
            f"{source.name}: 特定個人情報保護評価書として読めません({'、'.join(lacks)}が見つかりません)。評価書の全文か確かめてください。"
        )
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
        gaps=find_gaps(form, items),
        remainders=tuple(Remainder(Span(c.start, c.end), c.text) for c in rest if c.end > c.start),
        abridged_from=cover.get("抄録", ""),
    )


def _form_of(source: Source) -> str:
    """様式2, 3 or 4 by the title on the cover; 様式3 where it is silent."""
    head = fold("\n".join(line.text for line in source.lines[:40]))
    for words, form in (("全項目評価書", "様式4"), ("重点項目評価書", "様式3"), ("基礎項目評価書", "様式2")):
        if words in head:
            return form
    return "様式3"


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
