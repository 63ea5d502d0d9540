"""Reads a file of questions, `{"question": "…"}` a line, and checks all of it before the first is answered."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rag.errors import BadQuestion

MAX_SHOWN = 5


def read_questions(path: Path | None) -> list[tuple[int, str]]:
    """Line number (from 1) and question of each line that is not blank; None reads stdin.

    Raises BadQuestion, which names the lines, where one is no JSON object with a text under `question`.
    """
    questions, faults = [], []
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            questions.append((number, question_in(line)))
        except ValueError as error:
            faults.append(f"{number}行目: {error}")
    if faults:
        raise refused("質問", faults)
    if not questions:
        raise BadQuestion('質問のファイルが空です。一行に一つ {"question": "…"} と書いてください。')
    return questions


def question_in(line: str) -> str:
    """The question of a line; raises ValueError with what is wrong in Japanese."""
    value = value_in(line)
    if not isinstance(value, dict) or not isinstance(value.get("question"), str):
        raise ValueError('{"question": "…"} の形ではありません')
    if not value["question"].strip():
        raise ValueError("question が空です")
    question: str = value["question"]
    return question


def value_in(line: str) -> Any:
    """What a line of JSON says; raises ValueError with what is wrong in Japanese."""
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        raise ValueError("JSON ではありません") from None
    except RecursionError:
        raise ValueError("入れ子が深すぎます") from None


def refused(what: str, faults: Sequence[str]) -> BadQuestion:
    """The fault of a file with lines that cannot be read: the first of them, and how many more there are."""
    more = [f"ほか{len(faults) - MAX_SHOWN}行"] if len(faults) > MAX_SHOWN else []
    return BadQuestion(f"{what}のファイルに読めない行があります。" + " / ".join([*faults[:MAX_SHOWN], *more]))


def text_of(path: Path | None) -> str:
    """The whole text; raises BadQuestion where it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if path is None else path.read_bytes()
    except OSError as error:
        raise BadQuestion(f"質問のファイル {path} を開けません。場所と権限を確かめてください。") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadQuestion(
            f"質問のファイルの{line}行目が UTF-8 ではありません。UTF-8 で保存し直してください。"
        ) from error
