"""Blocks → Markdown. Every text is escaped, so that what a document says stays text in whatever shows the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from api.export.blocks import Block, Grid, Heading, Paragraph, Source

#: Marks of emphasis, code, HTML, entities, tables, formulas; brackets but those of a citation that leads nowhere.
_ACTIVE = re.compile(r"[\\`*_~<>&|$#\[\]]")
_CITATION = re.compile(r"\[\d{1,4}\](?![(:])")
#: What makes an address a link without any mark.
_ADDRESS = re.compile(r"(?<=\w)(?=://)|(?<=www)(?=\.)", re.IGNORECASE)
#: What makes the start of a line a heading, a list, a rule.
_START = re.compile(r"^(?=[+=:-])|^(\d+)(?=[.)])", re.MULTILINE)


def markdown_of(blocks: Iterable[Block]) -> str:
    """The blocks as one Markdown text (CommonMark with the tables of GitHub)."""
    parts: list[str] = []
    in_list = False
    for block in blocks:
        listed = isinstance(block, Paragraph) and block.depth > 0
        parts.append(("\n" if listed and in_list else "\n\n") + "\n".join(_lines(block)))
        in_list = listed
    return "".join(parts).lstrip("\n") + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {escaped(block.text)}"
        case Grid():
            yield _row(block.headings)
            yield "|" + " --- |" * len(block.headings)
            yield from map(_row, block.rows)
        case Paragraph():
            text = "".join(f"**{escaped(run.text)}**" if run.bold else escaped(run.text) for run in block.runs)
            bullet, beside = ("  " * (block.depth - 1) + "- ", "  " * block.depth) if block.depth else ("", "")
            yield from _broken(text, bullet, beside)
        case Source():
            yield from _broken(f"**[{block.marker}]** {escaped(block.place)}")
            yield ""
            yield from _broken(escaped(block.quote), "> ", "> ")


def _broken(text: str, first: str = "", rest: str = "") -> Iterator[str]:
    """The lines of an escaped text with breaks between them, `first` before the first one and `rest` before others."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for number, line in enumerate(lines):
        end = "\\" if number < len(lines) - 1 else ""
        yield (rest if number else first) + _START.sub(_escaped_start, line) + end


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join("<br>".join(map(escaped, cell.strip().splitlines())) for cell in cells) + " |"


def escaped(text: str) -> str:
    """The text with backslashes before what would be active; a citation's [1] stays as it is."""
    pieces, at = [], 0
    for citation in _CITATION.finditer(text):
        pieces += [_inactive(text[at : citation.start()]), citation[0]]
        at = citation.end()
    return "".join((*pieces, _inactive(text[at:])))


def _inactive(text: str) -> str:
    return _ADDRESS.sub(r"\\", _ACTIVE.sub(r"\\\g<0>", text))


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[1]}\\" if match[1] else "\\"
