"""One question and its answer as the page shows them: while it is worded, when it is done, as it was kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from api.markdown import MARKER, render_line, render_markdown
from api.services import Catalogue
from api.spreadsheet import row_headings
from api.web import links, wording
from api.web.copying import copy_text
from api.web.rows import NOTHING, TableRow, table_rows
from rag.conversations import Feedback, KeptTurn
from rag.staleness import CitationState, citation_states
from rag.types import Answer, Citation
from rag.verify.grounds import parted

CHIP = Markup(
    '<a class="chip{tone}" href="{url}" hx-get="{url}" hx-target="#source" target="source" '
    'aria-label="{label}">{marker}</a>'
)
LOST_CHIP = Markup('<span class="chip gone" role="img" aria-label="{label}" title="{title}">{marker}</span>')

#: The words before the first colon say what kind of warning it is.
WARNING_LEAD = re.compile(r"^([^:：。*\[]{2,12})[:：]\s*")

#: Lines kept free for text above a table while a model words it, so that the table need not move: at least, at most.
HELD_LINES = (3, 10)
#: Characters of a line of the answer in a wide window.
LINE_CHARS = 38

#: What is said of the sources of a kept answer.
STALE: dict[CitationState, str] = {
    CitationState.OUTDATED: "は前の版からの引用です。「もう一度」で、今の版から答え直します。",
    CitationState.GONE: "の版は、削除されたか別の文に置き換わり、開けません。引用は回答したときのものです。",
}

States = Mapping[int, CitationState]


@dataclass(frozen=True, slots=True)
class TurnView:
    """What the template of a turn takes.

    id      "" where nothing of it is kept: then there is nothing to rate, to ask again or to look up
    live    a model is wording the answer
    held    lines of room for the model's sentences, 0 where none are kept free
    stale   sentences about sources that do not stand as they did
    """

    asked: str
    id: str = ""
    conversation: str = ""
    answer: Answer | None = None
    fault: str = ""
    live: bool = False
    held: int = 0
    words: wording.StatusWords = wording.STATUSES["answered"]
    html: Markup = NOTHING
    headings: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    warnings: tuple[Markup, ...] = ()
    sources: tuple[tuple[Citation, Markup], ...] = ()
    stale: tuple[str, ...] = ()
    copy: str = ""
    feedback: Feedback | None = None


def fault_turn(question: str, message: str) -> TurnView:
    """A question that was not taken, with the reason."""
    return TurnView(asked=question, fault=message)


def answer_turn(answer: Answer, conversation: str = "", states: States | None = None) -> TurnView:
    """A question and its answer. `states`: how its sources stand, where they may have changed."""
    states = states or {}
    chips = {c.marker: chip(c, states.get(c.marker, CitationState.CURRENT)) for c in answer.citations}
    headings = row_headings(answer)
    rows = table_rows(answer, headings, chips)
    return TurnView(
        # The answer's own question has a personal number masked.
        asked=answer.question,
        id=answer.id,
        conversation=conversation,
        answer=answer,
        words=wording.STATUSES[answer.status.value],
        html=render_markdown(lead(answer), chips),
        headings=tuple(c.heading for c in rows[0].cells) if rows else (),
        rows=rows,
        warnings=tuple(render_line(WARNING_LEAD.sub(r"**\1** ", w), chips) for w in answer.warnings),
        sources=tuple((c, chips[c.marker]) for c in answer.citations),
        stale=tuple(stale_sources(states)),
        copy=copy_text(answer, headings),
    )


def live_turn(answer: Answer, conversation: str) -> TurnView:
    """The turn while a model words the answer: all but its sentences."""
    turn = answer_turn(answer, conversation)
    return replace(turn, live=True, held=held_lines(answer), html=text_so_far(answer, ""))


def worded_turn(answer: Answer, conversation: str, held: int) -> TurnView:
    """The same turn when the answer stands, with as much room as before."""
    return replace(answer_turn(answer, conversation), held=held)


def kept_turn(kept: KeptTurn, catalog: Catalogue) -> TurnView:
    """A turn as it was kept, with how its sources stand today."""
    answer = kept.trace.answer
    turn = answer_turn(answer, kept.conversation, citation_states(catalog, answer))
    return replace(turn, feedback=kept.feedback)


def held_lines(answer: Answer) -> int:
    """Room for the text where a table stands below: what no model words, and a sentence about each row."""
    if not answer.rows:
        return 0
    least, most = HELD_LINES
    fixed = sum(-(-len(line) // LINE_CHARS) for line in parted(answer)[0])
    return max(least, min(most, fixed + len(answer.rows) + 1))


def text_so_far(answer: Answer, said: str) -> Markup:
    """The text while a model words it: the lines that are not its to word, then its sentences, with chips."""
    whole = "\n\n".join(part for part in ("\n".join(parted(answer)[0]), said) if part)
    return render_markdown(whole, {c.marker: chip(c) for c in answer.citations})


def stale_sources(states: Mapping[int, CitationState]) -> Iterator[str]:
    """Which sources of a kept answer do not stand as they did, and what to do."""
    for state, sentence in STALE.items():
        markers = "・".join(str(marker) for marker, found in states.items() if found is state)
        if markers:
            yield f"出典 {markers} {sentence}"


def lead(answer: Answer) -> str:
    """The answer without list lines that only say again what its rows say."""
    shown = {row.marker for row in answer.rows}
    kept = []
    for line in answer.answer.splitlines():
        markers = {int(m) for m in MARKER.findall(line)}
        if not (line.startswith("- ") and markers and markers <= shown):
            kept.append(line)
    return "\n".join(kept).strip() or answer.answer


def chip(cited: Citation, state: CitationState = CitationState.CURRENT) -> Markup:
    """The numbered link to a citation's place; htmx opens it beside the answer. No link where the place is gone."""
    label = f"出典{cited.marker}: {cited.document} {wording.cited_place(cited)}"
    if state is CitationState.GONE:
        title = "引用した版はもう収録していません"
        return LOST_CHIP.format(label=f"{label}({title})", title=title, marker=cited.marker)
    tone = ""
    if state is CitationState.OUTDATED:
        tone, label = " old", f"{label}(前の版)"
    return CHIP.format(tone=tone, url=links.citation(cited), label=label, marker=cited.marker)
