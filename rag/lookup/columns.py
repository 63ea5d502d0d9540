"""The columns of each kind of record: how they stand in tables and which of them a question names."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ingest.assessment import Record
from rag.places import Naming, Place

KIND_OF_BLOCK = {"委託事項": "contracts", "提供先": "provisions", "移転先": "transfers", "システム": "systems"}
BLOCK_OF_KIND = {kind: block for block, kind in KIND_OF_BLOCK.items()}
SECTION_OF_KIND = {"contracts": "II.4", "provisions": "II.5", "transfers": "II.5", "systems": "I.2"}
#: Columns of the table, and for each sub-item of a block the column that it is.
COLUMNS: dict[str, tuple[str, ...]] = {
    "contracts": ("title", "content", "contractor", "handlers", "subcontract"),
    "provisions": ("recipient", "purpose", "information", "means", "timing"),
    "transfers": ("recipient", "purpose", "information", "means", "timing"),
    "systems": ("name", "connections"),
}
KEY_COLUMN = {"contracts": "contractor", "provisions": "recipient", "transfers": "recipient", "systems": "name"}
_RECIPIENT = {
    "": "recipient",
    "①": "basis",
    "②": "purpose",
    "③": "information",
    "④": "people",
    "⑤": "scope",
    "⑥": "means",
    "⑦": "timing",
}
SUB_COLUMN: dict[str, dict[str, str]] = {
    "contracts": {
        "": "title",
        "①": "content",
        "②": "handlers",
        "③": "contractor",
        "④": "subcontract",
        "⑤": "permission",
        "⑥": "subcontracted",
    },
    "provisions": _RECIPIENT,
    "transfers": _RECIPIENT,
    "systems": {"": "name", "①": "name", "②": "functions", "③": "connections"},
}


def asked_columns(kind: str, namings: Sequence[Naming]) -> list[str]:
    """The columns that the question names, surest first."""
    block = BLOCK_OF_KIND[kind]
    named = (n.place.sub for n in namings if n.place.block == block and n.place.sub and n.weight >= 2.0)
    found = dict.fromkeys(SUB_COLUMN[kind].get(sub, "") for sub in named)
    # the name of the contractor or recipient is in every question about its rows
    return sorted((c for c in found if c), key=lambda c: c == KEY_COLUMN[kind])


def column_of(place: Place) -> str:
    """The column of a record that a place is, or ""."""
    kind = KIND_OF_BLOCK.get(place.block)
    return SUB_COLUMN[kind].get(place.sub, "") if kind else ""


def heading(record: Record, column: str) -> str:
    """A column's heading in tables."""
    return next(str(f.metadata["ja"]) for f in dataclasses.fields(record) if f.name == column)
