"""Fields on the mesh: a label left, beside it a text, `[ option ]` with its list, or boxes two in a row."""

from __future__ import annotations

from collections.abc import Sequence

from api.export.form3.lists import Lists
from api.export.form3.mesh import ASKED, LABEL, TITLE, VALUE, Look, Mesh
from ingest.assessment import Mark, Marking
from rag.checks.paper import PLACEHOLDER
from rag.draft.layout import Row, Title
from rag.draft.plain import box_groups, box_suffix, field_lines, placeholder_lines
from rag.draft.types import FieldDraft, FieldKind

#: Columns: the outer label, the inner label, the value; within it the brackets of a choice, the first and second box.
WIDTHS = (4.1,) * 24
OUTER, INNER, FIRST = 1, 4, 8
_CLOSE, _BESIDE, _SECOND = 14, 15, 16
#: A cell takes no more; a longer text goes on in the next one.
MAX_CELL_CHARS = 32_000
_BLOCK = Look(size=9.5, bold=True, fill="E3EAF5", down="center")
_OPENING, _CHOSEN, _CLOSING = (
    Look(across="right", down="center", sides="ltb"),
    Look(across="center", down="center", sides="tb", bold=True),
    Look(down="center", sides="tb"),
)
_OPTIONS = Look(size=9, down="center", sides="rtb")
_COUNT = Look(across="center", down="center", sides="tb")
_GLYPHS = {Marking.MARKED: "○", Marking.UNMARKED: "", Marking.UNREADABLE: "?"}


def write_title(mesh: Mesh, lists: Lists, title: Title) -> None:
    """A title over the whole width, with the boxes that stand behind it."""
    boxes = title.boxes.boxes if title.boxes else ()
    starts = [mesh.last - 7 * n + 1 for n in range(len(boxes), 0, -1)]
    end = starts[0] - 1 if starts else mesh.last
    look = TITLE if title.level <= 1 else Look(size=10, bold=True, down="center")
    mesh.open(max(1, mesh.lines(title.text, 1, end, look)), look)
    mesh.put(1, end, title.text, look)
    for mark, start in zip(boxes, starts, strict=True):
        _box(mesh, lists, mark, mark.label, start, start + 6, VALUE)
    mesh.row += 1


def write_row(mesh: Mesh, lists: Lists, row: Row) -> None:
    """A labelled field."""
    top = mesh.row
    left = 1 if row.outer is None else INNER
    look = _label_look(row.field)
    least = mesh.lines(row.label, left, FIRST - 1, look)
    if row.field.kind is FieldKind.CHOICE:
        _choice(mesh, lists, row.field, least)
    elif row.field.kind is FieldKind.BOXES:
        _boxes(mesh, lists, row.field, least)
    else:
        _text(mesh, row.field, least)
    mesh.put(left, FIRST - 1, row.label, look, rows=mesh.row - top, top=top)


def _label_look(field: FieldDraft) -> Look:
    if field.section == field.item:
        return TITLE
    return _BLOCK if field.block and not (field.sub or field.name) else LABEL


def write_outer(mesh: Mesh, label: str, top: int, rows: int) -> None:
    """The outer label of the rows that were written from `top` on."""
    mesh.put(OUTER, INNER - 1, label, LABEL, rows=rows, top=top)


def _text(mesh: Mesh, field: FieldDraft, least: int) -> None:
    text = "\n".join(field_lines(field))
    asked = PLACEHOLDER.findall(text)
    for piece in _pieces(text):
        rows = mesh.open(max(least, mesh.lines(piece, FIRST, mesh.last)))
        fill, down = ASKED.fill if asked else "", "top" if rows > 1 else "center"
        mesh.put(FIRST, mesh.last, piece, Look(fill=fill, down=down), rows=rows)
        _ask(mesh, asked, FIRST)
        mesh.row += rows


def _choice(mesh: Mesh, lists: Lists, field: FieldDraft, least: int) -> None:
    """`[ 十分である ]` and beside it `<選択肢> 1) … 2) …`."""
    beside = _BESIDE + 2 if field.count else _BESIDE
    options = "\n".join(("<選択肢>", *_packed(mesh, [f"{n}) {o}" for n, o in enumerate(field.options, 1)], beside)))
    needed = mesh.lines(options, beside, mesh.last, _OPTIONS), mesh.lines(field.choice, FIRST + 1, _CLOSE - 1, _CHOSEN)
    rows = mesh.open(max(least, *needed))
    mesh.put(FIRST, FIRST, "[", _OPENING, rows=rows)
    chosen = _CHOSEN if field.choice else Look(across="center", down="center", sides="tb", fill=ASKED.fill)
    mesh.put(FIRST + 1, _CLOSE - 1, field.choice, chosen, rows=rows)
    mesh.put(_CLOSE, _CLOSE, "]", _CLOSING, rows=rows)
    if field.count:
        mesh.put(_CLOSE + 1, beside - 1, f"({field.count}) 件", _COUNT, rows=rows)
    mesh.put(beside, mesh.last, options, _OPTIONS, rows=rows)
    lists.offer(mesh.sheet, mesh.row, FIRST + 1, field.options)
    _ask(mesh, placeholder_lines(field) if not field.choice else (), FIRST + 1)
    mesh.row += rows


def _packed(mesh: Mesh, options: Sequence[str], left: int) -> list[str]:
    """The options in as few lines as they fit into."""
    lines = [options[0]]
    for option in options[1:]:
        together = f"{lines[-1]}  {option}"
        if mesh.lines(together, left, mesh.last, _OPTIONS) == 1:
            lines[-1] = together
        else:
            lines.append(option)
    return lines


def _boxes(mesh: Mesh, lists: Lists, field: FieldDraft, least: int) -> None:
    """Two boxes in a row, under the title of their group where they have one."""
    top = mesh.row
    asked, last = placeholder_lines(field), field.boxes[-1]
    for title, boxes in box_groups(field):
        if title:
            mesh.open(1)
            mesh.put(FIRST, mesh.last, title, Look(size=9, bold=True, sides="lr"))
            mesh.row += 1
        for pair in (boxes[n : n + 2] for n in range(0, len(boxes), 2)):
            top_line, bottom_line = "t" * (mesh.row == top), "b" * (pair[-1] is last)
            _pair(mesh, lists, field, pair, Look(fill=ASKED.fill if asked else "", sides=top_line + bottom_line))
    _ask(mesh, asked, FIRST, top)
    short = least - (mesh.row - top)
    if short > 0:
        mesh.row += _fill(mesh, short)


def _fill(mesh: Mesh, lines: int) -> int:
    """Room below the boxes, where the label needs it."""
    rows = mesh.open(lines)
    mesh.put(FIRST, mesh.last, "", Look(sides="lrb"), rows=rows)
    return rows


def _pair(mesh: Mesh, lists: Lists, field: FieldDraft, pair: Sequence[Mark], look: Look) -> None:
    texts = [f"{m.label}{box_suffix(field, m)}" for m in pair]
    ends = (_SECOND - 1, mesh.last) if len(pair) > 1 else (mesh.last,)
    needed = (mesh.lines(t, start + 3, end) for t, start, end in zip(texts, (FIRST, _SECOND), ends, strict=False))
    mesh.open(max(needed))
    for mark, text, start, end in zip(pair, texts, (FIRST, _SECOND), ends, strict=False):
        _box(mesh, lists, mark, text, start, end, look)
    mesh.row += 1


def _box(mesh: Mesh, lists: Lists, mark: Mark, text: str, start: int, end: int, look: Look) -> None:
    """`[`, the mark, `]` and the label, each in a cell; `look` tells the fill of the mark and the lines around."""
    sides = "".join(side for side in look.sides if side in "tb")
    left = "l" if start == FIRST or "l" in look.sides else ""
    fill = look.fill if mark.marking is not Marking.MARKED else ""
    mesh.put(start, start, "[", Look(across="right", down="center", sides=left + sides))
    mesh.put(start + 1, start + 1, _GLYPHS[mark.marking], Look(across="center", down="center", sides=sides, fill=fill))
    mesh.put(start + 2, start + 2, "]", Look(down="center", sides=sides))
    mesh.put(start + 3, end, text, Look(down="center", sides=("r" if end == mesh.last else "") + sides))
    lists.offer_mark(mesh.sheet, mesh.row, start + 1)


def _ask(mesh: Mesh, asked: Sequence[str], column: int, row: int = 0) -> None:
    if asked:
        mesh.note(column, row or mesh.row, "\n".join(dict.fromkeys(asked)))


def _pieces(text: str) -> list[str]:
    """The text in pieces that a cell takes, cut between lines where there are any."""
    pieces = []
    while len(text) > MAX_CELL_CHARS:
        cut = text.rfind("\n", 0, MAX_CELL_CHARS) + 1 or MAX_CELL_CHARS
        pieces.append(text[:cut].rstrip("\n"))
        text = text[cut:]
    return [*pieces, text]
