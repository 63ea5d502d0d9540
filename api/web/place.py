"""One place of the form as the source pane shows it: the group it belongs to, the quote highlighted, its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from api.services import Catalogue
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
    lines = tuple(
        Line(i, tuple(highlight(i.text, quote if i.key == item.key else "")), i.key == item.key) for i in group.items
    )
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


def quoted_in_marks(item: Item, quote: str) -> bool:
    """True where the quote is the label of a box."""
    return any(p.quoted for m in item.marks for p in highlight(f"{m.label}{m.detail}", quote))
