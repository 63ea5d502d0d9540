"""An answer as one Markdown message, for other programs that show Markdown: text, table, sources, denominator, notes.

What stands in a document is data: nothing of it becomes a link, an image or HTML where the message is shown. The texts
as they are stand in the answer's JSON form, which goes along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.spreadsheet import row_headings
from api.transcript import EN, JA, REPEATED, Words, called, denominator
from api.web.turn import lead
from rag.types import Answer, Citation, Status

#: What would begin HTML, the target of a link or of an image, or the definition of one, unless it is escaped already.
ACTIVE = re.compile(r"(?<!\\)((?:\\\\)*)(<|(?<=\])[(:])")

BRACKETS = re.compile(r"[\[\]]")

PageOf = Callable[[Citation], str]


@dataclass(frozen=True, slots=True)
class Remarks:
    """Sentences around an answer that only a message needs, in its language."""

    interpreted: str
    checked: str


REMARKS = {
    "ja": Remarks(
        "質問を「{}」と読み替えて答えました。",
        "言語モデル({model})が書いた{written}文のうち、根拠を確かめた{verified}文を示しています。",
    ),
    "en": Remarks(
        "Answered as “{}”.",
        "Worded by a language model ({model}): {verified} of its {written} sentences were verified and are shown.",
    ),
}


def write(answer: Answer, page_of: PageOf | None = None) -> str:
    """The message. `page_of`: the address of a citation's place, where there is a page to open."""
    words = EN if answer.language == "en" else JA
    remarks = REMARKS["en" if answer.language == "en" else "ja"]
    sections = [
        f"> {inert(flat(remarks.interpreted.format(answer.interpreted)))}" if answer.interpreted else "",
        "" if answer.status is Status.ANSWERED else f"**【{words.badges[answer.status.value]}】**",
        inert(lead(answer)),
        table(answer, words),
        sources(answer.citations, words, page_of),
        denominator(answer.coverage, words) if answer.coverage.considered else "",
        *(f"**{words.warning}** {inert(flat(w))}" for w in answer.warnings if w not in answer.answer),
        *([checked(answer, remarks)] if answer.composed_by == "model" else []),
        inert(answer.notice),
    ]
    return "\n\n".join(section for section in sections if section)


def table(answer: Answer, words: Words) -> str:
    """The rows, complete and uncut; the last column points to the sources."""
    if not answer.rows:
        return ""
    headings = [heading for heading in row_headings(answer) if heading != REPEATED]
    first, last = words.row_headings
    lines = [
        [row.document, *(dict(row.cells).get(heading, "") for heading in headings), f"[{row.marker}]"]
        for row in answer.rows
    ]
    return markdown_table([first, *headings, last], lines)


def markdown_table(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table of texts as they are."""
    rows = [headings, ["---"] * len(headings), *lines]
    return "\n".join("| " + " | ".join(inert(flat(text)).replace("|", "\\|") for text in row) + " |" for row in rows)


def sources(citations: Sequence[Citation], words: Words, page_of: PageOf | None) -> str:
    """The numbered places, each with its 公表日 and its quote."""
    if not citations:
        return ""
    return f"**{words.sources}**\n\n" + "\n".join(f"- {source(c, words, page_of)}" for c in citations)


def source(citation: Citation, words: Words, page_of: PageOf | None) -> str:
    """One numbered place on one line."""
    place = f"{citation.document} {called(citation)}"
    page = f" p.{citation.page}" if citation.page is not None else ""
    rest = f"({words.published.format(citation.published)}){page} {words.quote.format(flat(citation.quote))}"
    if page_of is None:
        return f"[{citation.marker}] {inert(place + rest)}"
    return f"[{citation.marker}] [{BRACKETS.sub(escaped, inert(place))}]({page_of(citation)}){inert(rest)}"


def checked(answer: Answer, remarks: Remarks) -> str:
    """Which model worded the answer, and how much of it was verified."""
    counts = answer.checked
    if counts is None:
        return ""
    return remarks.checked.format(model=answer.model, written=counts.written, verified=counts.verified)


def inert(text: str) -> str:
    """Markdown whose HTML, links and images are only text; emphasis, lists and [n] stay."""
    return ACTIVE.sub(r"\1\\\2", text)


def escaped(found: re.Match[str]) -> str:
    """A character with a backslash before it."""
    return "\\" + found[0]


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())
