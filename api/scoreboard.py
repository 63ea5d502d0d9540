"""The figures of `hyoka eval` in the terminal: settings side by side, what falls short, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from api.terminal import shorten, show, show_table

if TYPE_CHECKING:
    from rag.evals.figures import Figures, Share
    from rag.evals.report import CaseReport, Moved, Report

#: Cells that a question takes in a line.
QUESTION_CELLS = 60


def show_scores(report: Report) -> None:
    """The table of figures, a column a setting, and the cases that do not pass."""
    headings = ["", *(run.name for run in report.runs)]
    columns = [figure_lines(run.figures) for run in report.runs]
    rows = [[name, *(column[name] for column in columns)] for name in columns[0]]
    show_table(headings, rows)
    show_failures(report)
    show_unsettled(report.runs[0].results)


def figure_lines(figures: Figures) -> dict[str, str]:
    """Name and value of each figure."""
    return {
        "正しい": counted(figures.correct),
        "誤り・作り話": str(figures.wrong),
        "出典の適合率": counted(figures.precision),
        "出典の再現率": counted(figures.recall),
        "答えられない質問に答えない": counted(figures.abstained),
        "答えられる質問に答えない": counted(figures.false_abstained),
        "モデルの文を示した回答": counted(figures.by_model),
        "確認できた文": counted(figures.verified),
        "時間 p50 / p95": f"{figures.p50_ms:,.0f} / {figures.p95_ms:,.0f} ミリ秒",
        "トークン 指示 / 答え(推計)": f"{figures.prompt_tokens:,} / {figures.answer_tokens:,}",
        **{f"  {kind or '種類なし'}": counted(share) for kind, share in figures.by_type},
    }


def counted(share: Share) -> str:
    """Part of whole, and the percentage."""
    return f"{share.part}/{share.whole}({share.ratio:.0%})" if share.ratio is not None else "—"


def show_failures(report: Report) -> None:
    """The cases that do not pass, setting by setting."""
    for run in report.runs:
        failed = [case for case in run.results if case.settled and not case.passed]
        if not failed:
            continue
        show(f"{run.name}: 正しくない {len(failed)}問")
        for case in failed:
            show(f"  {'×' if case.wrong else '・'} {named(case)}")
            show(f"      {'。'.join(case.faults)}")


def show_unsettled(cases: Sequence[CaseReport]) -> None:
    """The cases that no figure counts, because they do not say what is right."""
    unsettled = [case for case in cases if not case.settled]
    if unsettled:
        show(f"要確認 {len(unsettled)}問(must が空なので数えていません。正しい答えの語を書き足してください)")
        for case in unsettled:
            show(f"  {named(case)}")


def show_moves(moves: Iterable[Moved]) -> None:
    """What is better and what is worse than in an earlier report."""
    for move in moves:
        before, now = move.before, move.now
        show(
            f"{move.name}: 前回との比較({move.compared}問) 正しい {counted(before.correct)} → {counted(now.correct)}、"
            f"誤り・作り話 {before.wrong} → {now.wrong}"
        )
        for title, pairs in (("良くなった", move.better), ("悪くなった", move.worse)):
            for _, case in pairs:
                show(f"  {title} {named(case)}{': ' + '。'.join(case.faults) if case.faults else ''}")


def named(case: CaseReport) -> str:
    """A case in one line."""
    return f"{case.id} {shorten(' → '.join([*case.turns, case.question]), QUESTION_CELLS)}"
