"""What people said of answers → cases of a question set, for `cases` to read back.

What a right answer is cannot be known from a 👍 or 👎 alone: `must` is left empty, and a case without it counts only
once a person has completed it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rag.conversations import Feedback, KeptTurn
from rag.errors import BadQuestion
from rag.evals.cases import Case, read_cases
from rag.evals.scoring import place
from rag.types import Status

TYPE = "feedback"
ANSWERING = {Status.ANSWERED, Status.PARTIAL}


def case_of(said: Feedback, turn: KeptTurn, earlier: Sequence[KeptTurn] = ()) -> Case:
    """The case of one feedback. For a good one, documents and places are those that the answer cited.

    earlier   the turns before it in its conversation; they count where the question followed them
    """
    answer = turn.trace.answer
    followed = tuple(t.trace.question for t in earlier) if answer.interpreted else ()
    id = f"feedback-{said.turn}"
    if not said.good:
        return Case(id, TYPE, turn.trace.question, followed)
    if answer.status not in ANSWERING:
        return Case(id, TYPE, turn.trace.question, followed, abstain=True)
    documents = dict.fromkeys(c.document for c in answer.citations)
    places = dict.fromkeys(place(c.section) for c in answer.citations)
    return Case(id, TYPE, turn.trace.question, followed, documents=tuple(documents), section=" / ".join(places))


def note(said: Feedback) -> str:
    """What was said, for the person who completes the case."""
    return " ".join(filter(None, ("👍" if said.good else "👎", said.reason, said.comment)))


def line(case: Case, note: str = "") -> str:
    """A case as a line of a question set."""
    asked = {"turns": [*case.earlier, case.question]} if case.earlier else {"question": case.question}
    fields = {
        "id": case.id,
        "type": case.type,
        **asked,
        "must": [list(group) for group in case.must],
        "must_not": list(case.must_not),
        "documents": list(case.documents),
        "section": case.section,
        "abstain": case.abstain,
        "note": note,
    }
    return json.dumps(fields, ensure_ascii=False)


def append(path: Path, lines: dict[str, str]) -> list[str]:
    """Adds lines (by the ids of their cases) to a file, new or not; returns the ids that it had already.

    Raises BadQuestion where the file holds something else than a question set, or cannot be written.
    """
    known = {case.id for case in read_cases(path)} if path.exists() and path.stat().st_size else set()
    new = [text for id, text in lines.items() if id not in known]
    try:
        unfinished = bool(known) and not path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8") as file:
            file.write("\n" * unfinished + "".join(f"{text}\n" for text in new))
    except OSError as error:
        raise BadQuestion(f"質問集 {path} に書き込めません。場所と権限を確かめてください。") from error
    return [id for id in lines if id in known]
