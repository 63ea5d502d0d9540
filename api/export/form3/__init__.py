"""The official 様式3 as an Excel workbook: each field in its own cell, as a body hands it in."""

from __future__ import annotations

from collections.abc import Sequence

from rag.draft.plain import ChangeCells
from rag.draft.types import Draft


def form3_xlsx(draft: Draft, changes: Sequence[ChangeCells] = ()) -> bytes:
    """The workbook of a draft, with rows of 変更箇所 (date, item, before, after, 事前/事後, why) if there are any."""
    from api.export.form3.book import book_of

    return book_of(draft, changes)
