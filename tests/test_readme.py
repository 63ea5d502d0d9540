"""The README keeps its word: links resolve, commands and make targets exist, the example of an answer has its keys."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from api.cli import app
from rag.types import Answer, Citation, Status

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
COMMANDS = {command.name for command in (*app.registered_commands, *app.registered_groups)}


def headings() -> set[str]:
    """Fragment ids of the headings."""
    return {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    }


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)\s]+)\)", README))
def test_links_resolve(target: str) -> None:
    path, _, fragment = target.partition("#")
    assert (ROOT / path).exists()
    assert not fragment or fragment in headings()


def test_named_make_targets_exist() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)", README))
    assert {"run", "test", "check", "bench", "setup"} <= named <= TARGETS


def test_named_commands_are_all_the_commands() -> None:
    assert set(re.findall(r"\bhyoka ([a-z]+)\b", README)) == COMMANDS


def test_two_commands_come_first() -> None:
    assert README.index("make run") < README.index("make test") < README.index("hyoka ask") < README.index("## 設定")


def test_example_of_an_answer() -> None:
    example = re.search(r"```json\n(.+?)```", README, re.DOTALL)
    assert example
    answer = json.loads(example[1])
    model = Answer("", Status.ANSWERED, "", citations=(Citation(1, "", "", "", "", "", "", ""),)).as_dict()
    assert list(answer) == list(model)
    assert all(set(citation) == set(model["citations"][0]) for citation in answer["citations"])
    assert {row["marker"] for row in answer["rows"]} <= {citation["marker"] for citation in answer["citations"]}


def test_every_status_is_explained() -> None:
    assert all(f"| `{status.value}` |" in README for status in Status)


def test_screenshot_is_small() -> None:
    assert (ROOT / "docs" / "images" / "ask.png").stat().st_size <= 300_000
