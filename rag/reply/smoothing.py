"""Paragraphs of a reply in a model's words, under the verification of answers; whatever fails, the composed ones stand.

Only our own sentences are worded: quotes, contact blocks and lines that cite nothing stay as they are. The model sees
neither the inquiry nor anything of the resident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answer import Answerer
from rag.narrate import MAX_ROWS, Narration, narrate
from rag.ports import ChatModel
from rag.reply.types import Kind, Line, Part
from rag.stop import Stop
from rag.types import Answer, Checked, Citation, Status

PROMPT = "reply"
#: A single sentence gains nothing by being worded anew; more are a list.
FEWEST = 2
_MARKER = re.compile(r"\[(\d{1,4})\]")
#: What no reply may say unless the form itself does, and how its sentences end.
_PROMISES = re.compile(r"必ず|絶対|保証|約束|ご?安心|確実に|間違いなく|大丈夫")
_POLITE = re.compile(r"(?:です|ます|ました|ません|でした|ください)(?:が)?[。]?$")


@dataclass(frozen=True, slots=True)
class Smoothed:
    """The parts as they stand in the end, and what became of the model's sentences."""

    parts: tuple[Part, ...]
    checked: Checked
    prompts: tuple[tuple[str, str], ...] = ()
    worded: bool = False


def smooth(
    parts: Sequence[Part], citations: Sequence[Citation], answerer: Answerer, model: ChatModel, stop: Stop
) -> Smoothed:
    """Each part with its paragraphs in the model's words, where they are verified and promise nothing."""
    written = verified = 0
    worded = False
    prompts: dict[str, str] = {}
    found = []
    for part in parts:
        lines: list[Line] = []
        for run in _runs(part.told.lines):
            if stop.is_set() or part.ask.kind is not Kind.QUESTION or not _may_be_worded(run):
                lines += run
                continue
            narration = _narrated(part, run, citations, answerer, model, stop)
            prompts.update(narration.prompts)
            checked = narration.answer.checked or Checked(0, 0)
            written, verified = written + checked.written, verified + checked.verified
            told = _accepted(narration.answer, run)
            worded = worded or told is not None
            lines += told or run
        found.append(replace(part, told=replace(part.told, lines=tuple(lines))))
    return Smoothed(tuple(found), Checked(written, verified), tuple(prompts.items()), worded)


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines in runs: our own sentences that cite something together, every other line alone."""
    run: list[Line] = []
    for line in lines:
        if run and not (_own(line) and _own(run[-1])):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _own(line: Line) -> bool:
    return not line.quoted and bool(_MARKER.search(line.text))


def _may_be_worded(run: Sequence[Line]) -> bool:
    return FEWEST <= len(run) <= MAX_ROWS and all(_own(line) for line in run)


def _narrated(
    part: Part,
    run: Sequence[Line],
    citations: Sequence[Citation],
    answerer: Answerer,
    model: ChatModel,
    stop: Stop,
) -> Narration:
    """The narration of a run of lines to its end."""
    text = "\n".join(f"- {line.text}" if line.entry else line.text for line in run)
    named = {int(number) for number in _MARKER.findall(text)}
    cited = tuple(c for c in citations if c.marker in named)
    answer = Answer(part.head, Status.ANSWERED, text, citations=cited)
    events = narrate(answer, answerer.gazetteer().names, model, answerer.words, stop, PROMPT)
    while True:
        try:
            next(events)
        except StopIteration as end:
            narration: Narration = end.value
            return narration


def _accepted(answer: Answer, run: Sequence[Line]) -> list[Line] | None:
    """The model's lines where they are verified, polite and promise no more than the composed ones; else None."""
    if answer.composed_by != "model":
        return None
    composed = "".join(line.text for line in run)
    if any(word not in composed for word in _PROMISES.findall(answer.answer)):
        return None
    sentences = [s for s in re.split(r"(?<=。)", _MARKER.sub("", answer.answer).replace("\n", "")) if s.strip()]
    if not all(_POLITE.search(s.strip().lstrip("-・ ")) for s in sentences):
        return None
    lines = [line.strip() for line in answer.answer.splitlines() if line.strip()]
    return [Line(line.removeprefix("- "), line.startswith("- ")) for line in lines]
