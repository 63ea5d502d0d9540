"""`hyoka feedback`: what people said of answers, and evaluation cases made of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened
from api.printable import printable
from api.terminal import shorten, show, show_json, show_table, tell

if TYPE_CHECKING:
    from rag.conversations import Conversations, Feedback, KeptTurn

    Said = Sequence[tuple[Feedback, KeptTurn]]

MAX_CELL = 40


def feedback(
    bad: Annotated[bool, typer.Option("--bad", help="👎 だけを示します。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
    cases: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl",
            show_default=False,
            help="まだ事例にしていない評価を、hyoka eval の質問集としてこのファイルに書き足します。",
        ),
    ] = None,
) -> None:
    """回答への評価(👍・👎)を新しい順に示します。

    --cases で書き足した事例の must(回答に必要な事実)は空なので、人が補ってから使います。
    """
    with opened() as library:
        said = library.conversations.feedbacks(only_bad=bad)
        if cases is not None:
            make_cases(library.conversations, said, cases)
            return
    if as_json:
        show_json([as_data(one, turn) for one, turn in said])
    elif said:
        show_said(said)
    else:
        tell("回答への評価はまだありません。ページの 👍・👎 で付けられます。")


def make_cases(conversations: Conversations, said: Said, path: Path) -> None:
    """Writes a case for each feedback of which none was made, and notes that it was."""
    from rag.evals import harvest

    new = [(one, turn) for one, turn in said if not one.made_case]
    if not new:
        tell("まだ事例にしていない評価はありません。")
        return
    lines = {}
    for one, turn in new:
        case = harvest.case_of(one, turn, before(conversations, turn))
        lines[case.id] = harvest.line(case, harvest.note(one))
    there = harvest.append(path, lines)
    for one, _ in new:
        conversations.mark_case(one.turn)
    show(f"{len(lines) - len(there)}件の事例を {path} に書き足しました。must などを補ってから hyoka eval で使えます。")
    if there:
        tell(f"{len(there)}件はすでにそのファイルにあり、書き足しませんでした: {'、'.join(there)}")


def before(conversations: Conversations, turn: KeptTurn) -> Sequence[KeptTurn]:
    """The turns before one in its conversation."""
    if not turn.conversation:
        return ()
    return [other for other in conversations.turns(turn.conversation) if other.number < turn.number]


def as_data(said: Feedback, turn: KeptTurn) -> dict[str, object]:
    """A feedback with its question, as plain data."""
    from api.kept_schemas import feedback_out

    answer = turn.trace.answer
    about = {"turn": said.turn, "question": turn.trace.question, "status": answer.status.value, "model": answer.model}
    return {**about, **feedback_out(said).model_dump(mode="json")}


def show_said(said: Said) -> None:
    """The feedback as a table."""
    rows = [
        (
            f"{one.created_at.astimezone():%Y/%m/%d %H:%M}",
            "👍" if one.good else "👎",
            shorten(printable(f"{one.reason} {one.comment}".strip()), MAX_CELL),
            shorten(printable(turn.trace.question), MAX_CELL),
            "済" if one.made_case else "",
            one.turn,
        )
        for one, turn in said
    ]
    show_table(("日時", "評価", "理由・コメント", "質問", "事例", "ID"), rows)
