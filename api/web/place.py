"""One place of the form as the source pane shows it: the group it belongs to, the quote highlighted, its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from api.services import Catalogue
from api.web import wording
from api.web.folding import Piece, highlight
from api.web.outline import Group, chapter_title, groups
from ingest.assessment import Item
from rag.types import Version


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the group; `cited` is the one the address names."""

    item: Item
    pieces: tuple[Piece, ...]
    cited: bool
    cells: tuple[tuple[str, tuple[Piece, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """What the template of the source pane takes. `found` is False where the quote asked for does not stand here."""

    version: Version
    group: Group
    lines: tuple[Line, ...]
    chapter: str
    number: str
    previous: Group | None
    next: Group | None
    found: bool


def place(catalog: Catalogue, version: Version, key: str, quote: str) -> Place:
    """The place of item `key`; raises NotFound."""
    item = catalog.item(version.id, key)
    own = groups(catalog.items(version.id))
    at = next(n for n, g in enumerate(own) if any(i.key == item.key for i in g.items))
    group = own[at]
    shown = group.items if item not in group.told else group.told
    lines = tuple(line(i, quote if i.key == item.key else "", i.key == item.key, group.history) for i in shown)
    found = not quote or any(p.quoted for line in lines for p in line.pieces) or quoted_in_marks(item, quote)
    return Place(
        version=version,
        group=group,
        lines=lines,
        chapter=chapter_title(item),
        number=group.title if not group.block else f"{group.number} {group.number_label}".strip(),
        previous=own[at - 1] if at > 0 else None,
        next=own[at + 1] if at + 1 < len(own) else None,
        found=found,
    )


def line(item: Item, quote: str, cited: bool, history: bool) -> Line:
    """One item; a row of 変更箇所 comes apart into its columns."""
    pieces = tuple(highlight(item.text, quote))
    texts = item.text.split("\t") if history else []
    if 2 < len(texts) <= len(wording.CHANGE_COLUMNS):
        headings = wording.CHANGE_COLUMNS[: len(texts)]
        return Line(item, pieces, cited, tuple(zip(headings, at_tabs(pieces), strict=True)))
    return Line(item, pieces, cited)


def at_tabs(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """The pieces cut at every tab."""
    cells: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\t")
        cells[-1].append(Piece(first, piece.quoted))
        cells += [[Piece(text, piece.quoted)] for text in rest]
    return [tuple(p for p in cell if p.text) for cell in cells]


def quoted_in_marks(item: Item, quote: str) -> bool:
    """True where the quote is the label of a box."""
    return any(p.quoted for m in item.marks for p in highlight(f"{m.label}{m.detail}", quote))
