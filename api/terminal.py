"""Writing to the terminal: text, tables whose columns align in Japanese, JSON; notes go to stderr."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

#: Width of what is written to a file or a pipe, in cells (a kanji takes two).
PLAIN_WIDTH = 100
MIN_WIDTH = 40
#: Control characters but tab and newline, and those that turn the direction of writing.
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PASSWORD = re.compile(r"(://[^/\s:@]*):[^/\s@]+@")


def harmless(text: str) -> str:
    """The text without what would steer the terminal: a document or a question may hold such characters."""
    return STEERING.sub("\ufffd", text)


def prepare_streams() -> None:
    """UTF-8 into pipes and files on every system; a console that lacks a character shows "?" instead of failing."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="strict" if stream is sys.stdin else "replace")


def width() -> int:
    """Cells in a line."""
    return max(MIN_WIDTH, shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns)


def console(stderr: bool = False) -> Console:
    """A rich console that takes texts as they are: no markup, no highlighting."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, width=width(), legacy_windows=False)


def show(text: str = "") -> None:
    """One text to stdout; the terminal itself breaks long lines."""
    print(harmless(text), flush=True)


def show_aside(text: str) -> None:
    """One line below the text, dimmed where the terminal can."""
    from rich.text import Text

    console().print(Text(f"\n{text}", style="dim"))


def show_lines(texts: Iterable[str]) -> None:
    """Texts to stdout, one below the other."""
    for text in texts:
        show(text)


def tell(text: str) -> None:
    """One note to stderr."""
    print(harmless(text), file=sys.stderr)


def show_json(value: Any, indent: int | None = 2) -> None:
    """A value as JSON to stdout, Japanese as it is."""
    print(json.dumps(value, ensure_ascii=False, indent=indent), flush=True)


def show_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], stderr: bool = False, lines: bool = False
) -> None:
    """A table; what does not fit its column goes on in the next line. `lines` draws one between rows."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SQUARE if lines else box.SIMPLE_HEAD, show_lines=lines, pad_edge=False)
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    console(stderr).print(table)


def shorten(text: str, cells: int) -> str:
    """The text in one line of at most `cells` cells, with … where something was cut."""
    from rich.cells import cell_len, set_cell_size

    line = " ".join(text.split())
    return line if cell_len(line) <= cells else set_cell_size(line, cells - 1).rstrip() + "…"


def pad(text: str, cells: int) -> str:
    """The text followed by blanks up to `cells` cells."""
    from rich.cells import cell_len

    return text + " " * max(0, cells - cell_len(text))


def without_passwords(text: str) -> str:
    """The text with the passwords of the addresses in it hidden."""
    return PASSWORD.sub(r"\1:***@", text)


def indent(text: str, blanks: int) -> str:
    """Every line of the text moved to the right."""
    return "\n".join(" " * blanks + line if line else "" for line in text.split("\n"))
