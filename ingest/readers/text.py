"""Reader for text converted from the official form: tab-separated lines, Markdown, inline HTML.

Markup is taken away, nothing else: every character kept knows its offset in the source, so that items can be
quoted verbatim. Boxes drawn as HTML inputs become `[○]` (checked), `[◯]` (an empty radio button: a printed circle
or an empty box, see `ingest.marks`) and `[☐]` (an empty checkbox).
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

from ingest.readers.decode import decode, read_bytes
from ingest.readers.source import Cell, Line, Source

CHECKED, RADIO, CHECKBOX = "○", "◯", "☐"
_BLOCKS = {"p", "ul", "ol", "li", "div", "br", "hr", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section"}
_HOLDERS = {"p", "ul", "ol", "div", "table"}
_HIDDEN = {"script", "style", "template", "noscript", "iframe", "object", "svg", "title", "head"}
_MARKDOWN = re.compile(r"^#{1,6}\s+|^[ \t]*[-*+] (?=\S)|\*\*|(?<!\\)\\(?=[_*#\[\]()<>~`|-])", re.MULTILINE)
_RULE = re.compile(r"^\|?[\s:|-]*-{3,}[\s:|-]*\|?$")


class TextReader:
    """Text in UTF-8, UTF-16, CP932 or EUC-JP."""

    suffixes: tuple[str, ...] = (".txt", ".md", ".tsv", ".text")

    def read(self, path: Path, max_bytes: int) -> Source:
        """The file's lines. Raises NotText or UnreadableFile."""
        text, notes = decode(read_bytes(path, max_bytes), path.name)
        return Source(path.name, text, parse_lines(text), notes)


def parse_lines(text: str) -> tuple[Line, ...]:
    """Lines of cells of a decoded text."""
    stripper = _Stripper(text)
    stripper.feed(text)
    stripper.close()
    return stripper.finish()


class _Stripper(HTMLParser):
    """Collects the visible characters with their offsets, row by row and cell by cell."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = text
        self.starts = [0]
        for match in re.finditer("\n", text):
            self.starts.append(match.end())
        self.skip = {i for m in _MARKDOWN.finditer(text) for i in range(m.start(), m.end())}
        self.lines: list[Line] = []
        self.cells: list[Cell] = []
        self.chars: list[str] = []
        self.begun = 0  # where the source of the current cell begins, markup included
        self.hidden: list[str] = []
        self.holders: list[str] = []  # open elements in which a newline of the source is no end of line
        self.grid = 0  # depth of tables that are rows of the document, not the content of a cell
        self.page = 1
        self.blank = False

    def _offset(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def _put(self, char: str) -> None:
        self.chars.append(char)

    def handle_data(self, data: str) -> None:
        at = self._offset()
        if self.hidden:
            return
        for i, char in enumerate(data):
            if at + i in self.skip:
                continue
            if char == "\n":
                self._newline(at + i)
            elif char == "\f":
                self.page += 1
            elif char == "\t" and "table" not in self.holders:
                self._end_cell(at + i)
            else:
                self._put(char)

    def _newline(self, at: int) -> None:
        if self.grid:
            self._put(" ")
        elif self.holders and self._holder_closes_later(at):
            self._put("\n")
        else:
            self.holders.clear()
            self._end_line(at)

    def _holder_closes_later(self, at: int) -> bool:
        """Whether the open element is closed before the next empty line; else its end tag was lost."""
        end = self.source.find("\n\n", at)
        end = len(self.source) if end < 0 else end
        return f"</{self.holders[-1]}" in self.source[at:end]

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def _reference(self, raw: str) -> None:
        if not self.hidden:
            for char in html.unescape(raw):
                self._put(" " if char == "\xa0" else char)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = self._offset()
        if tag in _HIDDEN or _is_hidden(attrs):
            if tag not in {"input", "br", "img", "hr", "meta", "link"}:
                self.hidden.append(tag)
            return
        if self.hidden:
            return
        if tag == "input":
            self._box(attrs)
        elif tag == "table":
            if self.grid or not (self.cells or "".join(self.chars).strip()):
                self.grid += 1
            else:
                self.holders.append(tag)
        elif tag == "tr":
            if self.grid:
                self._end_line(at)
            else:
                self._put("\n")
        elif tag in {"td", "th"}:
            if self.grid and (self.cells or "".join(self.chars).strip()):
                self._end_cell(at)
            elif not self.grid:
                self._put(" ")
        elif tag in _BLOCKS:
            self._put("\n")
            if tag in _HOLDERS:
                self.holders.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.hidden or _is_hidden(attrs):
            return
        if tag == "input":
            self._box(attrs)
        elif tag in _BLOCKS:
            self._put("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            if tag == self.hidden[-1]:
                self.hidden.pop()
            return
        if tag == "table" and self.grid:
            self.grid -= 1
            self._end_line(self._offset())
        elif tag == "tr" and self.grid:
            self._end_line(self._offset())
        elif tag in _BLOCKS:
            self._put("\n")
        if tag in self.holders:
            while self.holders and self.holders.pop() != tag:
                pass

    def _box(self, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        kind = dict(attrs).get("type")
        glyph = CHECKED if "checked" in names else RADIO if kind == "radio" else CHECKBOX
        open_bracket = re.search(r"[\[［]\s*$", "".join(self.chars[-6:]))
        for char in glyph if open_bracket else f"[{glyph}]":
            self._put(char)

    def _end_cell(self, at: int) -> None:
        """Closes the cell whose source ends at `at`; its range takes in the markup around its text."""
        raw = self.source[self.begun : at]
        start = self.begun + len(raw) - len(raw.lstrip())
        text = tidy("".join(self.chars))
        self.cells.append(Cell(text, start, max(start, self.begun + len(raw.rstrip())) if text else start))
        self.chars, self.begun = [], at

    def _end_line(self, at: int) -> None:
        self._end_cell(at)
        while self.cells and not self.cells[-1].text:
            self.cells.pop()
        cells = self._pipe_cells(tuple(self.cells))
        self.cells = []
        if not cells or (len(cells) == 1 and _RULE.match(cells[0].text)):
            self.blank = True
            return
        row = len(self.lines) + 1
        self.lines.append(Line(cells, None if self.page == 1 else self.page, row, self.blank))
        self.blank = False

    @staticmethod
    def _pipe_cells(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """`| a | b |` of a Markdown table as its cells."""
        if len(cells) != 1 or not (cells[0].text.startswith("|") and cells[0].text.endswith("|")):
            return cells
        if _RULE.match(cells[0].text):
            return ()
        parts = [p.strip() for p in cells[0].text.strip("|").split("|")]
        return tuple(Cell(p, cells[0].start, cells[0].end) for p in parts)

    def finish(self) -> tuple[Line, ...]:
        self._end_line(len(self.source))
        return tuple(self.lines)


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    values = dict(attrs)
    style = (values.get("style") or "").replace(" ", "").lower()
    return "hidden" in values or "display:none" in style or "visibility:hidden" in style or "font-size:0" in style


def tidy(text: str) -> str:
    """White space folded: runs of blanks to one, empty lines dropped, each line stripped."""
    lines = (re.sub(r"[ \t\xa0\u3000\r\f\v]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
