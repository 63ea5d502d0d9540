"""`hyoka load`: takes files and folders in, and reports file by file what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened, tell_repairs
from api.terminal import console, show, show_table, tell

if TYPE_CHECKING:
    from rag.library import Progress
    from rag.types import LoadedFile, LoadReport

OUTCOMES = {
    "added": "追加",
    "replaced": "置換",
    "unchanged": "変更なし",
    "older": "旧版として保存",
    "superseded": "見送り",
    "failed": "失敗",
}


def load(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="評価書のファイル、またはそのフォルダ")],
) -> int:
    """評価書を読み込みます。

    読めないファイルがあれば、その理由を示して残りを読み込み、終了状態 1 で終わります。
    """
    with opened() as library:
        known = len(library.repairs)
        with bar() as progress:
            report = library.load(paths, progress)
        tell_repairs(library, known)
    show_report(report)
    return 1 if report.failed else 0


@contextmanager
def bar() -> Iterator[Progress]:
    """A progress bar on stderr, only where a person watches it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("読み込み"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}"),
    )
    screen = console(stderr=True)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as drawn:
        task = drawn.add_task("", total=None, name="")

        def advance(done: int, total: int, file: LoadedFile) -> None:
            drawn.update(task, completed=done, total=total, name=file.name)

        yield advance


def show_report(report: LoadReport) -> None:
    """The report as a table, with the sums of each outcome below."""
    if not report.files:
        tell("読み込むファイルがありません。評価書のファイルか、それを含むフォルダを指定してください。")
        return
    rows = [(f.name, OUTCOMES.get(f.outcome, f.outcome), f.document, f.published, f.message) for f in report.files]
    show_table(("ファイル", "結果", "評価書", "公表日", "説明"), rows)
    sums = Counter(f.outcome for f in report.files)
    show("、".join(f"{word} {sums[name]}件" for name, word in OUTCOMES.items() if sums[name]))
