"""A composed answer in a model's words: each sentence is told once it is verified, or the composed answer stands.

The lines that cite nothing (the denominator, what is not collected) are never the model's to word; rows, citations,
coverage and warnings stay as they are. The model sees tokens [c1], never ids or addresses.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import prompts
from prompts import Message, data
from rag import telling
from rag.errors import ModelError
from rag.events import Said
from rag.ports import ChatModel
from rag.stop import Stop
from rag.tokens import Words
from rag.types import Answer, Checked, Status, Verdict
from rag.verify import Grounds, Splitter, Verifier, grounds_of, lacking
from rag.verify.sentences import with_markers

#: How the prompt names the language of the answer.
LANGUAGES = {"ja": "日本語(です・ます)", "en": "English, keeping Japanese names as they are"}
#: More rows than this are read in the table; prose would only hide them.
MAX_ROWS = 8
#: A model that writes so many times the sentences that there are lines to word, or so many characters, is stopped.
SENTENCES_PER_LINE, SPARE_SENTENCES = 3, 6
CHARS_PER_CHAR, SPARE_CHARS = 4, 800


@dataclass(frozen=True, slots=True)
class Narration:
    """The answer that stands in the end, what the model was shown, and what became of its sentences."""

    answer: Answer
    evidence: tuple[dict[str, str], ...] = ()
    prompts: tuple[tuple[str, str], ...] = ()
    verdicts: tuple[Verdict, ...] = ()


def can_be_worded(answer: Answer) -> bool:
    """Whether a model may word this answer: it answers from evidence that it cites, and has not too many rows."""
    answers = answer.status in {Status.ANSWERED, Status.PARTIAL} and bool(answer.citations)
    return answers and len(answer.rows) <= MAX_ROWS


def narrate(
    answer: Answer, bodies: Sequence[str], model: ChatModel, words: Words, stop: Stop, prompt_name: str = "compose"
) -> Generator[Said, None, Narration]:
    """Tells verified sentences as they come, Markdown with markers; returns the answer that stands.

    bodies       names of all municipalities that are collected
    prompt_name  of the prompt: compose, or one with the same variables
    """
    grounds = grounds_of(answer, words)
    prompt = prompts.load(prompt_name)
    messages = _messages(prompt, grounds)
    verifier = Verifier(grounds, words, bodies)
    verdicts: list[Verdict] = []
    trouble = ""
    try:
        with closing(whole_sentences(model.stream(messages, stop), _limits(grounds))) as sentences:
            for sentence in sentences:
                verdicts.append(verifier.verify(sentence))
                if verdicts[-1].kept:
                    yield Said(_shown(sentence))
        if stop.is_set():
            trouble = telling.stopped(answer.language)
    except ModelError as error:
        trouble = telling.failed(answer.language, error)
    except EndlessError:
        trouble = telling.endless(answer.language)
    return Narration(
        _standing(answer, grounds, verdicts, trouble, model.card.name, words),
        evidence=tuple(_shown_evidence(grounds)),
        prompts=((prompt.name, prompt.hash),),
        verdicts=tuple(verdicts),
    )


def _standing(
    answer: Answer, grounds: Grounds, verdicts: Sequence[Verdict], trouble: str, model: str, words: Words
) -> Answer:
    """The model's verified sentences where they leave nothing out, else the composed answer and why."""
    kept = [v.sentence for v in verdicts if v.kept]
    checked = Checked(len(verdicts), len(kept))
    missing = [] if trouble else lacking(grounds, kept, words)
    if trouble or not kept or missing:
        notice = trouble or telling.not_used(answer.language, verdicts, missing)
        return replace(answer, model=model, checked=checked, notice=notice)
    text = "\n\n".join(part for part in ("\n".join(grounds.lead), _text(kept), "\n".join(grounds.tail)) if part)
    notice = telling.dropped(answer.language, checked) if len(kept) < len(verdicts) else ""
    return replace(answer, answer=text, composed_by="model", model=model, checked=checked, notice=notice)


def _messages(prompt: prompts.Prompt, grounds: Grounds) -> list[Message]:
    answer = grounds.answer
    return prompt.render(
        {
            "language": LANGUAGES[answer.language],
            "question": data(answer.interpreted or answer.question),
            "lead": data(" ".join(grounds.lead)),
            "draft": data("\n".join(telling.draft(grounds))),
            "places": data("\n".join(f"[{e['token']}] {e['place']}" for e in _shown_evidence(grounds))),
        }
    )


def _shown_evidence(grounds: Grounds) -> Iterator[dict[str, str]]:
    for number, ground in grounds.by_token.items():
        c = ground.citation
        yield {
            "token": f"c{number}",
            "document": c.document,
            "section": c.section,
            "place": f"{c.municipality} {c.title} {c.section} {c.published}公表",
            "quote": c.quote,
        }


class EndlessError(Exception):
    """The model does not stop."""


def _limits(grounds: Grounds) -> tuple[int, int]:
    """How many sentences and characters are read at most."""
    lines = len(grounds.cited) + len(grounds.answer.rows)
    chars = sum(len(line) for line in telling.draft(grounds))
    return SENTENCES_PER_LINE * lines + SPARE_SENTENCES, CHARS_PER_CHAR * chars + SPARE_CHARS


def whole_sentences(pieces: Iterator[str], limits: tuple[int, int]) -> Generator[str, None, None]:
    """Whole sentences of a stream, which is closed when no more are wanted. Raises EndlessError, ModelError."""
    splitter = Splitter()
    count = chars = 0
    try:
        for piece in pieces:
            chars += len(piece)
            for sentence in splitter.feed(piece):
                count += 1
                yield sentence
            if count > limits[0] or chars > limits[1]:
                raise EndlessError
        yield from splitter.end()
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()


def _shown(sentence: str) -> str:
    """A verified sentence as it is appended to those before it."""
    text = with_markers(sentence).rstrip()
    return text + ("\n" if sentence.endswith("\n") or _is_entry(text) else "")


def _is_entry(text: str) -> bool:
    return text.lstrip().startswith(("- ", "* ", "・"))


def _text(kept: Sequence[str]) -> str:
    """The verified sentences as one text: prose runs on, entries of a list stand on lines of their own."""
    lines: list[str] = []
    for sentence in kept:
        text = with_markers(sentence).strip()
        if not lines or _is_entry(text) or _is_entry(lines[-1]):
            lines.append(text)
        else:
            lines[-1] += (" " if text[:1].isascii() else "") + text
    return "\n".join(lines)
