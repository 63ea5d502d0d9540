"""A draft as Word and Markdown: the form's fields with marks to the sources below, what is open, and the sources."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.export.blocks import Block, Grid, Heading, Source, plain
from api.export.markdown import markdown_of
from api.printable import printable
from rag.draft.findings import open_places
from rag.draft.layout import CHANGE_HEADINGS, EDITION, Printed, Row, Title, lay_out, part_title
from rag.draft.plain import TITLE, ChangeCells, field_lines, one_line, value_lines
from rag.draft.types import Changed, Draft, DraftSentence, FieldDraft, FieldKind
from rag.types import Citation

#: A quote at a place, and what of it was changed: what one numbered source is.
Key = tuple[str, str, str, tuple[Changed, ...]]


_FIELD_SHARES, _OPEN_SHARES, _CHANGE_SHARES = (3, 9), (3, 4, 6), (4, 6, 8, 8, 2, 6)


@dataclass(frozen=True, slots=True)
class Origin:
    """Title and dates of a draft, for the properties of a file."""

    title: str
    created_at: dt.datetime
    updated_at: dt.datetime


def draft_markdown(draft: Draft, changes: Sequence[ChangeCells] = (), *, sources: bool = True) -> str:
    """The draft as Markdown. `sources`: with marks behind the sentences and the sources at the end."""
    return markdown_of(draft_blocks(draft, changes, sources=sources))


def draft_docx(
    draft: Draft, changes: Sequence[ChangeCells] = (), *, sources: bool = True, at: dt.datetime | None = None
) -> bytes:
    """The draft as a Word document (.docx); `at`: when it was last changed, by default now."""
    from api.export.docx import docx_of

    moment = at or dt.datetime.now(dt.UTC)
    origin = Origin(draft.profile.title or draft.profile.duty or TITLE, moment, moment)
    return docx_of(draft_blocks(draft, changes, sources=sources), origin)


def draft_blocks(draft: Draft, changes: Sequence[ChangeCells] = (), *, sources: bool = True) -> Iterator[Block]:
    """Everything that an exported draft says, in order."""
    markers = _markers(draft) if sources else {}
    yield Heading(0, TITLE)
    yield plain(f"{draft.form}({EDITION})の起案。公表前に、要確認の箇所をすべて確かめてください。")
    for part, printed in lay_out(draft):
        yield Heading(1, part_title(part) if part != "表紙" else "表紙")
        yield from _fields(printed, markers)
    if changes:
        yield Heading(1, part_title("別添2"))
        yield Grid(CHANGE_HEADINGS, tuple(tuple(printable(cell) for cell in row) for row in changes), _CHANGE_SHARES)
    yield from _open(draft)
    if sources:
        yield from _sources(draft, markers)


def _fields(printed: Sequence[Printed], markers: dict[Key, int]) -> Iterator[Block]:
    """Titles, and between them the rows as tables."""
    for is_row, group in itertools.groupby(printed, key=lambda one: isinstance(one, Row)):
        if is_row:
            yield from _rows([one for one in group if isinstance(one, Row)], markers)
        else:
            yield from (_title(one) for one in group if isinstance(one, Title))


def _rows(rows: Sequence[Row], markers: dict[Key, int]) -> Iterator[Block]:
    """Items that are one field under their title, the others as a table."""
    for single, some in itertools.groupby(
        rows, key=lambda row: "." in row.field.item and row.field.section == row.field.item
    ):
        if single:
            for row in some:
                yield Heading(2, row.label)
                yield plain(_said(row.field, markers))
        else:
            cells = tuple((_label(row), printable(_said(row.field, markers))) for row in some)
            yield Grid(("欄", "記載"), cells, _FIELD_SHARES)


def _title(title: Title) -> Heading:
    boxes = " ".join(value_lines(title.boxes)) if title.boxes else ""
    return Heading(title.level + 1, one_line(f"{title.text} {boxes}"))


def _label(row: Row) -> str:
    return f"{row.outer} {row.label}" if row.outer else row.label


def _said(field: FieldDraft, markers: dict[Key, int]) -> str:
    """The lines of a field; behind each sentence of a text the marks of its sources."""
    if field.kind is not FieldKind.TEXT or not markers:
        return "\n".join(value_lines(field))
    return "\n".join(field_lines(field, lambda s: "".join(f"[{markers[k]}]" for k in _keys(s))))


def _markers(draft: Draft) -> dict[Key, int]:
    """The sources in the order in which they are first needed, numbered from 1."""
    found = dict.fromkeys(key for _, sentence in draft.sentences() for key in _keys(sentence))
    return {key: n for n, key in enumerate(found, 1)}


def _keys(sentence: DraftSentence) -> Iterator[Key]:
    """What changed belongs to the first citation, which the sentence is worded after."""
    for n, citation in enumerate(sentence.citations):
        yield citation.document, citation.section, citation.quote, sentence.changed if n == 0 else ()


def _open(draft: Draft) -> Iterator[Block]:
    places = open_places(draft)
    if places:
        yield Heading(1, f"要確認({sum(len(p.asks) for p in places)}か所)")
        rows = ((p.section, printable(p.label), printable("\n".join(p.asks))) for p in places)
        yield Grid(("項目", "欄", "確認すること"), tuple(rows), _OPEN_SHARES)


def _sources(draft: Draft, markers: dict[Key, int]) -> Iterator[Block]:
    if not markers:
        return
    cited: dict[Key, Citation] = {}
    for _, sentence in draft.sentences():
        for key, citation in zip(_keys(sentence), sentence.citations, strict=True):
            cited.setdefault(key, citation)
    yield Heading(1, "出典")
    for key, marker in markers.items():
        yield Source(marker, printable(_place(cited[key], key[3])), printable(f"「{cited[key].quote}」"))


def _place(citation: Citation, changed: Sequence[Changed]) -> str:
    where = f"{citation.document} {citation.section}({citation.published}公表)\n{citation.title}"
    return "\n".join((where, *(f"変更した語: {changed_words(c)}" for c in changed)))


def changed_words(changed: Changed) -> str:
    """`前 → 後(理由)`; what was left out or added is said so."""
    words = f"{changed.before or '(なし)'} → {changed.after or '(削除)'}"
    return f"{words}({changed.reason})" if changed.reason else words
