"""What an exported conversation says: each question with its answer, table, numbered sources and how it was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.export.blocks import Block, Grid, Heading, Source, blocks_of_markdown, plain
from api.printable import printable
from api.spreadsheet import row_headings
from api.transcript import EN, JA, Words, denominator, place, readable
from rag.conversations import Conversation, KeptTurn
from rag.staleness import CitationState
from rag.types import Answer

NO_TITLE = "会話"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that only an export needs, in the language of the answer."""

    asked_at: str
    interpreted: str
    outcome: str
    notice: str
    made: str
    by_model: str
    not_by_model: str
    without_model: str
    checked: str
    states: Mapping[CitationState, str]


LABELS_JA = Labels(
    asked_at="日時: {}",
    interpreted="解釈した質問: {}",
    outcome="結果: {}",
    notice="お知らせ: {}",
    made="回答の作り方: {}",
    by_model="言語モデル {} の文を、出典と照らして確かめたもの",
    not_by_model="記録と原文の引用から組み立て(言語モデル {} の文は使っていません)",
    without_model="記録と原文の引用から組み立て(言語モデルなし)",
    checked="({written}文中{verified}文を確認)",
    states={
        CitationState.OUTDATED: "(より新しい版があります)",
        CitationState.GONE: "(この版は今は収録していません)",
    },
)
LABELS_EN = Labels(
    asked_at="Asked: {}",
    interpreted="Question as understood: {}",
    outcome="Outcome: {}",
    notice="Notice: {}",
    made="How this was made: {}",
    by_model="sentences of the language model {}, checked against the sources",
    not_by_model="composed of records and quotes (sentences of the language model {} are not used)",
    without_model="composed of records and quotes (no language model)",
    checked=" ({verified} of {written} sentences verified)",
    states={
        CitationState.OUTDATED: " (there is a newer version)",
        CitationState.GONE: " (this version is no longer collected)",
    },
)


def blocks_of(
    conversation: Conversation, turns: Sequence[KeptTurn], states: Mapping[str, Mapping[int, CitationState]]
) -> Iterator[Block]:
    """The whole conversation. `states`: turn → marker → how the citation stands today."""
    yield Heading(0, line(conversation.title) or NO_TITLE)
    yield plain(f"{moment(conversation.created_at)} から {moment(conversation.updated_at)} まで")
    for turn in turns:
        yield from turn_blocks(turn, states.get(turn.trace.id, {}))


def turn_blocks(turn: KeptTurn, states: Mapping[int, CitationState]) -> Iterator[Block]:
    """One question and its answer."""
    answer = turn.trace.answer
    words, labels = (EN, LABELS_EN) if answer.language == "en" else (JA, LABELS_JA)
    yield Heading(1, f"{turn.number}. {line(answer.question)}" if turn.number else line(answer.question))
    yield plain("\n".join(circumstances(turn, words, labels)))
    yield from blocks_of_markdown(answer.answer)
    if answer.rows:
        yield rows(answer, words)
    for warning in answer.warnings:
        yield plain(f"{words.warning}: {readable(warning)}")
    if answer.notice:
        yield plain(labels.notice.format(readable(answer.notice)))
    if answer.coverage.considered:
        yield plain(denominator(answer.coverage, words))
    yield from sources(answer, words, labels, states)


def circumstances(turn: KeptTurn, words: Words, labels: Labels) -> Iterator[str]:
    """When it was asked, how the question was understood, how it ended and who worded the answer."""
    answer = turn.trace.answer
    yield labels.asked_at.format(moment(turn.trace.asked_at))
    if answer.interpreted:
        yield labels.interpreted.format(line(answer.interpreted))
    yield labels.outcome.format(words.badges[answer.status.value])
    yield labels.made.format(made(answer, labels))


def made(answer: Answer, labels: Labels) -> str:
    """By what the answer was made: records and quotes, or which model, and how much of it was checked."""
    if not answer.model:
        return labels.without_model
    text = (labels.by_model if answer.composed_by == "model" else labels.not_by_model).format(answer.model)
    counts = answer.checked
    return text + (labels.checked.format(written=counts.written, verified=counts.verified) if counts else "")


def rows(answer: Answer, words: Words) -> Grid:
    """The complete list; the last column points to the sources."""
    headings = row_headings(answer)
    first, last = words.row_headings
    body = []
    for row in answer.rows:
        cells = dict(row.cells)
        body.append((row.document, *(printable(cells.get(h, "")) for h in headings), f"[{row.marker}]"))
    return Grid((first, *map(printable, headings), last), tuple(body))


def sources(answer: Answer, words: Words, labels: Labels, states: Mapping[int, CitationState]) -> Iterator[Block]:
    """The numbered sources, each with its quote below."""
    if answer.citations:
        yield Heading(2, words.sources)
    for citation in answer.citations:
        state = labels.states.get(states.get(citation.marker, CitationState.CURRENT), "")
        where = f"{place(citation, words)}{state}\n{citation.title}"
        yield Source(citation.marker, printable(where), printable(words.quote.format(citation.quote)))


def line(text: str) -> str:
    """The text in one line."""
    return " ".join(printable(text).split())


def moment(at: dt.datetime) -> str:
    """Day and minute on this machine's clock."""
    return f"{at.astimezone():%Y/%m/%d %H:%M}"
