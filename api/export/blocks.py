"""What an exported conversation is made of, whatever the file's format; and Markdown of an answer as such blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from api.markdown import MARKDOWN
from api.printable import printable


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one weight; a line break in it is one in the file."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 0 is the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `depth`: of a list, 0 outside of one."""

    runs: tuple[Run, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source: where it stands, and the verbatim text of the document."""

    marker: int
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `shares`: how the columns share the width, by their texts where it is empty."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()


Block = Heading | Paragraph | Source | Grid


def plain(text: str) -> Paragraph:
    """A paragraph in one weight."""
    return Paragraph((Run(printable(text)),))


def blocks_of_markdown(text: str) -> Iterator[Block]:
    """Blocks of an answer's Markdown: paragraphs, lists, tables; headings become bold paragraphs."""
    depth, number, bold = 0, "", False
    cells: list[list[str]] = []
    for token in MARKDOWN.parse(printable(text)):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
            case "list_item_open":
                number = f"{token.info}. " if token.info else ""
            case "heading_open" | "heading_close":
                bold = token.nesting > 0
            case "table_open":
                cells = []
            case "tr_open":
                cells.append([])
            case "table_close":
                headings, *rows = cells or [[]]
                yield Grid(tuple(headings), tuple(map(tuple, rows)))
                cells = []
            case "inline" if cells:
                cells[-1].append("".join(run.text for run in _runs(token, bold=False)))
            case "inline":
                yield Paragraph((*([Run(number)] if number else []), *_runs(token, bold)), depth)
                number = ""
            case "fence" | "code_block":
                yield Paragraph((Run(token.content.rstrip("\n")),), depth)


def _runs(inline: Token, bold: bool) -> Sequence[Run]:
    runs: list[Run] = []
    for token in inline.children or ():
        if token.type in {"strong_open", "strong_close"}:
            bold = token.nesting > 0
        elif text := "\n" if token.type in {"softbreak", "hardbreak"} else token.content:
            runs.append(Run(text, bold))
    return runs
