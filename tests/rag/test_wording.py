"""How things are said: the three kinds of no never look alike, and a place has its printed label."""

from __future__ import annotations

import pytest

from ingest.assessment import State
from rag.wording import BLANK, UNREADABLE, flat, say, value_of


@pytest.mark.parametrize(
    ("text", "state", "shown"),
    [
        ("株式会社\n 青空", State.STATED, "株式会社 青空"),
        ("", State.STATED, BLANK),
        ("", State.BLANK, BLANK),
        ("☐", State.UNREADABLE, UNREADABLE),
    ],
)
def test_a_cell_is_its_value_or_its_kind_of_no(text: str, state: State, shown: str) -> None:
    assert value_of(text, state) == shown


def test_only_a_question_in_english_is_answered_in_english() -> None:
    assert [say(language, "はい", "yes") for language in ("ja", "en", "")] == ["はい", "yes", "はい"]


def test_a_text_on_one_line() -> None:
    assert flat(" 一行\n\t二行  三行 ") == "一行 二行 三行"
