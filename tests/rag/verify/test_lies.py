"""Retellings of answers over the samples: none of those that say something else is shown, most of the others are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rag.answer import Answerer
from rag.verify import Verifier, grounds_of

HERE = Path(__file__).parent
FALSE: list[dict[str, Any]] = yaml.safe_load((HERE / "false.yaml").read_text(encoding="utf-8"))
TRUE: list[dict[str, Any]] = yaml.safe_load((HERE / "true.yaml").read_text(encoding="utf-8"))
#: Share of the true retellings that are shown, at least. The composed answer stands for the others.
SHOWN = 0.85


def kept(answerer: Answerer, question: str, told: str | list[str]) -> bool:
    """Whether all sentences of a retelling are shown."""
    grounds = grounds_of(answerer.ask(question), answerer.words)
    verifier = Verifier(grounds, answerer.words, answerer.gazetteer().names)
    return all(verifier.verify(sentence).kept for sentence in ([told] if isinstance(told, str) else told))


def test_there_are_enough_of_them() -> None:
    assert sum(len(case["lies"]) for case in FALSE) >= 400
    assert sum(len(case["truths"]) for case in TRUE) >= 100


@pytest.mark.parametrize("case", FALSE, ids=[case["question"] for case in FALSE])
def test_no_lie_is_shown(answerer: Answerer, case: dict[str, Any]) -> None:
    assert [lie for lie in case["lies"] if kept(answerer, case["question"], lie)] == []


@pytest.mark.parametrize("case", FALSE, ids=[case["question"] for case in FALSE])
def test_a_lie_cites_what_there_is(answerer: Answerer, case: dict[str, Any]) -> None:
    """A lie that only names a token that does not exist would be caught for that alone."""
    answer = answerer.ask(case["question"])
    markers = {f"[c{c.marker}]" for c in answer.citations}
    for lie in case["lies"]:
        told = lie if isinstance(lie, str) else "".join(lie)
        assert any(marker in told for marker in markers), lie


def test_most_of_what_is_true_is_shown(answerer: Answerer) -> None:
    told = [(case["question"], truth) for case in TRUE for truth in case["truths"]]
    refused = [truth for question, truth in told if not kept(answerer, question, truth)]
    assert len(refused) <= (1 - SHOWN) * len(told), refused
