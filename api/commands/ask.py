"""`hyoka ask`: one question, or a file of them, answered with citations."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from api.opening import answerer_of, opened, read_settings
from api.terminal import show_aside, show_json
from rag.errors import BadQuestion
from rag.types import Filters, Status


def ask(
    question: Annotated[
        str, typer.Argument(metavar="質問", show_default=False, help="知りたいこと(日本語または英語)")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
    batch: Annotated[
        str,
        typer.Option(
            metavar="FILE.jsonl",
            show_default=False,
            help="一行に一つ、question を持つ JSON のファイル。- は標準入力。順に一行ずつ JSON で答えます。",
        ),
    ] = "",
    municipality: Annotated[
        list[str] | None, typer.Option(metavar="自治体", help="この自治体だけを調べます(繰り返し可)。")
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option(metavar="評価書", help="この評価書だけを調べます(例: 川口市-22。繰り返し可)。")
    ] = None,
    part: Annotated[
        list[str] | None, typer.Option(metavar="章", help="この章だけを調べます(I … V、別添2。繰り返し可)。")
    ] = None,
) -> None:
    """質問に、出典(様式の中の場所と原文の引用)を付けて答えます。"""
    filters = Filters(tuple(municipality or ()), tuple(document or ()), known_parts(part or ()))
    if bool(question.strip()) == bool(batch):
        raise BadQuestion("質問を一つ書くか、--batch で質問のファイルを指定してください。")
    if batch:
        answer_all(batch, filters)
        return
    settings = read_settings()
    with opened(settings) as library:
        answer = answerer_of(library, settings, library.conversations.keep).ask(question, filters)
    if as_json:
        show_json(answer.as_dict())
    else:
        from api.transcript import show_answer

        show_answer(answer)
        if answer.id and answer.status is not Status.REFUSED:
            show_aside(f"記録: hyoka trace {answer.id}")


def known_parts(named: Sequence[str]) -> tuple[str, ...]:
    """The parts as the form names them (Ⅱ is II). Raises BadQuestion where the form has no such part."""
    if not named:
        return ()
    from rag.places import part_names

    parts = tuple(unicodedata.normalize("NFKC", name).strip().upper() for name in named)
    unknown = [name for name, part in zip(named, parts, strict=True) if part not in part_names()]
    if unknown:
        raise BadQuestion(f"章「{unknown[0]}」はありません。指定できる章は {'、'.join(part_names())} です。")
    return parts


def answer_all(batch: str, filters: Filters) -> None:
    """Answers the questions of a file in order, a line of JSON each. Raises BadQuestion naming the line."""
    from api.batch import read_questions

    questions = read_questions(None if batch == "-" else Path(batch))
    settings = read_settings()
    with opened(settings) as library:
        answerer = answerer_of(library, settings)
        for line, question in questions:
            try:
                answer = answerer.ask(question, filters)
            except BadQuestion as error:
                raise BadQuestion(f"{line}行目: {error}ここより前の質問には答えました。") from error
            show_json(answer.as_dict(), indent=None)
