"""`hyoka load`: takes files and folders in, and reports file by file what became of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened, tell_repairs
from api.progress import bar
from api.terminal import show, show_table, tell

if TYPE_CHECKING:
    from rag.types import LoadReport

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
        with bar("読み込み") as advance:
            report = library.load(paths, lambda done, total, file: advance(done, total, file.name))
        tell_repairs(library, known)
    show_report(report)
    return 1 if report.failed else 0


def show_report(report: LoadReport) -> None:
    """The report as a table, with the sums of each outcome below."""
    if not report.files:
        tell("読み込むファイルがありません。評価書のファイルか、それを含むフォルダを指定してください。")
        return
    rows = [(f.name, OUTCOMES.get(f.outcome, f.outcome), f.document, f.published, f.message) for f in report.files]
    show_table(("ファイル", "結果", "評価書", "公表日", "説明"), rows)
    sums = Counter(f.outcome for f in report.files)
    show("、".join(f"{word} {sums[name]}件" for name, word in OUTCOMES.items() if sums[name]))
