"""The kinds of cells and rows of a comparison."""

from __future__ import annotations

from enum import StrEnum


class Holding(StrEnum):
    """What a document says of a row. Only HAS means that the measure is there; none of the others may pass for it.

    NATIONAL: only national model text says it; MENTIONED: named, but denied, planned or merely possible.
    """

    HAS = "has"
    NATIONAL = "national"
    MENTIONED = "mentioned"
    NOT_STATED = "not_stated"
    UNREADABLE = "unreadable"
    NO_ITEM = "no_item"

    @property
    def ja(self) -> str:
        """As it is shown."""
        return _JA[self]


_JA = {
    Holding.HAS: "あり",
    Holding.NATIONAL: "共通文のみ",
    Holding.MENTIONED: "言及のみ",
    Holding.NOT_STATED: "記載なし",
    Holding.UNREADABLE: "読取不可",
    Holding.NO_ITEM: "様式に項目なし",
}


class RowKind(StrEnum):
    """Where a row comes from: a choice or box of the form, a named measure, a sentence several share, model text."""

    CHOICE = "choice"
    MEASURE = "measure"
    SHARED = "shared"
    NATIONAL = "national"
    REST = "rest"

    @property
    def ja(self) -> str:
        """As it is shown."""
        return {
            RowKind.CHOICE: "選択肢・印",
            RowKind.MEASURE: "措置",
            RowKind.SHARED: "共通する記載",
            RowKind.NATIONAL: "国の共通文(当団体の措置に数えません)",
            RowKind.REST: "ほかの記載",
        }[self]
