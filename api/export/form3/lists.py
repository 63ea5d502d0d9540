"""The lists of options that cells offer: kept on a hidden sheet, since options hold commas. Used by `fields`."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ingest.readers.xlsx import LISTS

_MARKS = '"○"'


class Lists:
    """Gives cells their list of options; one column of the hidden sheet for each list."""

    def __init__(self, book: Workbook) -> None:
        self._sheet = book.create_sheet(LISTS)
        self._sheet.sheet_state = "hidden"
        self._places: dict[tuple[str, ...], str] = {}
        self._rules: dict[tuple[str, str], DataValidation] = {}

    def offer(self, sheet: Worksheet, row: int, column: int, options: tuple[str, ...]) -> None:
        """Lets a cell take one of the options."""
        if options not in self._places:
            at = get_column_letter(len(self._places) + 1)
            for n, option in enumerate(options, 1):
                self._sheet[f"{at}{n}"] = option
            self._places[options] = f"'{LISTS}'!${at}$1:${at}${len(options)}"
        self._rule(sheet, self._places[options], "選択肢から選んでください。").add(sheet.cell(row, column))

    def offer_mark(self, sheet: Worksheet, row: int, column: int) -> None:
        """Lets a cell take ○ or nothing."""
        self._rule(sheet, _MARKS, "印を付けるときは○を、付けないときは空欄にしてください。").add(
            sheet.cell(row, column)
        )

    def _rule(self, sheet: Worksheet, formula: str, words: str) -> DataValidation:
        at = (sheet.title, formula)
        if at not in self._rules:
            rule = DataValidation(type="list", formula1=formula, allow_blank=True)
            rule.showErrorMessage, rule.errorTitle, rule.error = True, "様式の選択肢", words
            self._rules[at] = rule
            sheet.add_data_validation(rule)
        return self._rules[at]
