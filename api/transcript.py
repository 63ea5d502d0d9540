"""An answer as a person reads it in the terminal: text, table, numbered sources, denominator, warnings."""

from __future__ import annotations

from dataclasses import dataclass

from api.terminal import indent, shorten, show, show_table
from api.web.wording import STATUSES, place_name
from rag.types import Answer, Citation, Coverage, Status

#: Cells of the terminal that a value of the table may take.
MAX_CELL = 60
#: Stands in the name of the document already.
REPEATED = "自治体"


@dataclass(frozen=True, slots=True)
class Words:
    """The words around an answer in its language."""

    sources: str
    warning: str
    next_questions: str
    row_headings: tuple[str, str]
    badges: dict[str, str]
    published: str
    quote: str
    coverage: str
    unreadable: str
    shortened: str


JA = Words(
    sources="出典",
    warning="注意",
    next_questions="次の質問の例",
    row_headings=("評価書", "出典"),
    badges={name: words.badge for name, words in STATUSES.items()},
    published="{}公表",
    quote="「{}」",
    coverage="調べた評価書 {considered}件 うち該当 {matched}件",
    unreadable="、読取不可 {}件",
    shortened="表の長い値は途中までです。全文は --json で出力できます。",
)
EN = Words(
    sources="Sources",
    warning="Note",
    next_questions="You could also ask",
    row_headings=("Assessment", "Source"),
    badges={status.value: status.value.replace("_", " ") for status in Status},
    published="published {}",
    quote="“{}”",
    coverage="Assessments searched: {considered}, matching: {matched}",
    unreadable=", unreadable: {}",
    shortened="Long values are cut short here; --json gives them in full.",
)


def show_answer(answer: Answer) -> None:
    """Prints the answer."""
    words = EN if answer.language == "en" else JA
    if answer.status is not Status.ANSWERED:
        show(f"【{words.badges.get(answer.status.value, answer.status.value)}】")
    show(readable(answer.answer))
    if answer.rows:
        show_rows(answer, words)
    if answer.citations:
        show(f"\n{words.sources}")
        for citation in answer.citations:
            show(source(citation, words))
    if answer.coverage.considered:
        show(f"\n{denominator(answer.coverage, words)}")
    for warning in answer.warnings:
        show(f"{words.warning}: {readable(warning)}")
    if answer.suggestions:
        show(f"\n{words.next_questions}")
    for suggestion in answer.suggestions:
        show(f"  {suggestion}")


def readable(markdown: str) -> str:
    """Markdown without its marks."""
    from api.markdown import plain_text

    return plain_text(markdown).strip()


def show_rows(answer: Answer, words: Words) -> None:
    """The complete list as a table; the last column points to the sources."""
    headings = list(dict.fromkeys(heading for row in answer.rows for heading, _ in row.cells if heading != REPEATED))
    first, last = words.row_headings
    rows = []
    for row in answer.rows:
        cells = dict(row.cells)
        rows.append([row.document, *(shorten(cells.get(h, ""), MAX_CELL) for h in headings), f"[{row.marker}]"])
    show()
    show_table([first, *headings, last], rows, lines=True)
    if any(cell.endswith("…") for row in rows for cell in row):
        show(words.shortened)


def source(citation: Citation, words: Words) -> str:
    """One numbered source: its place, and the quote below."""
    return f"[{citation.marker}] {place(citation, words)}\n" + indent(words.quote.format(citation.quote), 4)


def place(citation: Citation, words: Words) -> str:
    """Document, section, label, 公表日 and page of a source."""
    page = f" p.{citation.page}" if citation.page is not None else ""
    published = words.published.format(citation.published)
    return f"{citation.document} {called(citation)}({published}){page}"


def called(citation: Citation) -> str:
    """Section and label; `Ⅱ.4 委託事項1 ③` and `③委託先名` share their number."""
    head, _, tail = place_name(citation.section).rpartition(" ")
    if head and citation.label.startswith(tail):
        return f"{head} {citation.label}"
    return f"{place_name(citation.section)} {citation.label}".rstrip()


def denominator(coverage: Coverage, words: Words) -> str:
    """How many documents were looked at, how many match, how many could not be read."""
    text = words.coverage.format(considered=coverage.considered, matched=coverage.matched)
    return text + (words.unreadable.format(coverage.unreadable) if coverage.unreadable else "")
