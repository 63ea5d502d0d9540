"""`hyoka trace`: what led to an answer that was kept, which answers were, and deleting one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened
from api.printable import printable
from api.terminal import indent, pad, shorten, show, show_json, show_table, tell
from rag.errors import BadQuestion

if TYPE_CHECKING:
    from rag.conversations import KeptTurn
    from rag.types import Filters, Trace

#: So many answers are listed.
LISTED = 20
MAX_QUESTION = 50
NAME_CELLS = 34


def trace(
    id: Annotated[
        str, typer.Argument(metavar="[ID]", show_default=False, help="回答の番号。省くと、最近の20件の一覧")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
    delete: Annotated[
        bool, typer.Option("--delete", help="その回答の記録を、評価とともに削除します。元には戻せません。")
    ] = False,
) -> None:
    """一つの回答に至るまでの記録を示します。

    読み替えた質問、理解したこと、手順ごとの時間、言語モデルに見せた根拠、文ごとの照合、回答の順です。
    """
    if delete and not id:
        raise BadQuestion("削除する回答の番号を指定してください(番号は hyoka trace で一覧できます)。")
    with opened() as library:
        if delete:
            library.conversations.forget(id)
            show(f"削除しました: {id}")
            return
        turns = [library.conversations.turn(id)] if id else library.conversations.recent(LISTED)
    if as_json:
        from api.kept_schemas import trace_out

        records = [trace_out(turn).model_dump(mode="json") for turn in turns]
        show_json(records[0] if id else records)
    elif id:
        show_turn(turns[0])
    elif turns:
        show_turns(turns)
    else:
        tell('回答の記録がまだありません。hyoka ask "質問" か、ページでの質問が記録されます。')


def show_turns(turns: Iterable[KeptTurn]) -> None:
    """The turns as a table."""
    from api.transcript import JA

    rows = [
        (
            moment(turn.trace),
            shorten(printable(turn.trace.question), MAX_QUESTION),
            JA.badges[turn.trace.answer.status.value],
            printable(turn.trace.answer.model or ""),
            turn.trace.id,
        )
        for turn in turns
    ]
    show_table(("日時", "質問", "結果", "言語モデル", "ID"), rows)


def show_turn(turn: KeptTurn) -> None:
    """All that led to one answer, then the answer."""
    from api.transcript import show_answer
    from api.web.steps import steps, understood

    trace = turn.trace
    show("\n".join(circumstances(turn)))
    show_part("理解したこと", pairs(understood(trace.plan)))
    show_part("手順", pairs((step.words, f"{step.milliseconds:8.1f} ms") for step in steps(trace)))
    show_part("言語モデルに見せた根拠", evidence(trace))
    show_part("プロンプト", pairs(trace.prompts.items()))
    show_part("文ごとの照合", verdicts(trace))
    show("\n回答")
    show_answer(trace.answer)


def circumstances(turn: KeptTurn) -> Iterator[str]:
    """Id, time, question and its reading, filters, model, place in a conversation, what was said of it."""
    trace = turn.trace
    yield f"記録 {trace.id}  {moment(trace)}"
    yield f"質問: {printable(trace.question)}"
    if trace.standing != trace.question:
        yield f"解釈した質問: {printable(trace.standing)}"
    if narrowed := "、".join(narrowing(trace.filters)):
        yield f"絞り込み: {printable(narrowed)}"
    yield f"言語モデル: {printable(trace.answer.model or 'なし')}"
    if turn.conversation:
        replaced = "、答え直して新しい回答に替わったもの" if turn.replaced else ""
        yield f"会話: {turn.conversation}({turn.number}番目{replaced})"
    if turn.feedback:
        from rag.evals.harvest import note

        yield f"評価: {printable(note(turn.feedback))}"


def narrowing(filters: Filters) -> Sequence[str]:
    """What the question was narrowed to."""
    return [*filters.municipalities, *filters.documents, *filters.parts]


def evidence(trace: Trace) -> Iterator[str]:
    """What the model was shown."""
    for shown in trace.evidence:
        yield f"[{shown.get('token', '')}] {shown.get('document', '')} {shown.get('section', '')}"
        yield indent(f"「{shown.get('quote', '')}」", 4)


def verdicts(trace: Trace) -> Iterator[str]:
    """What became of each sentence of the model."""
    for verdict in trace.verdicts:
        yield f"○ {verdict.sentence}" if verdict.kept else f"× {verdict.sentence}\n    {verdict.reason}"


def pairs(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names and values, a pair a line."""
    return (pad(name, NAME_CELLS) + value for name, value in rows)


def show_part(heading: str, lines: Iterable[str]) -> None:
    """A heading and its lines, moved to the right; nothing where there are none."""
    text = "\n".join(lines)
    if text:
        show(f"\n{heading}\n{indent(printable(text), 2)}")


def moment(trace: Trace) -> str:
    """When it was asked, on this machine's clock."""
    return f"{trace.asked_at.astimezone():%Y/%m/%d %H:%M}"
