"""`hyoka eval`: scores question sets with several settings side by side, keeps the report, compares it with another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.progress import bar
from api.revision import revision, source_tree
from api.terminal import show, tell
from rag.errors import StoreError

if TYPE_CHECKING:
    from api.setups import Setup
    from rag.evals.cases import Case
    from rag.evals.report import Report, RunReport
    from rag.library import Library

MAX_NAMED = 10


def evaluate(
    sets: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="SET.jsonl", show_default=False, help="質問集。省くと、samples/ の評価書についての質問集"
        ),
    ] = None,
    setups: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="名前=設定=値,…",
            show_default=False,
            help="比べる設定(繰り返し可)。例: なし、A=llm=ollama:qwen3:8b、X=encoder=/フォルダ。"
            "省くと、言語モデルなしと今の設定",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="フォルダ", show_default=False, help="結果の JSON を置くフォルダ")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="種類", help="この種類の質問だけ(繰り返し可)")] = None,
    compare: Annotated[
        Path | None, typer.Option(metavar="OLD.json", show_default=False, help="前の結果と比べます。")
    ] = None,
    min_correct: Annotated[
        int, typer.Option(metavar="N", show_default=False, help="正しい回答がこれより少なければ終了状態 1")
    ] = 0,
    max_wrong: Annotated[
        int | None, typer.Option(metavar="N", show_default=False, help="誤り・作り話がこれより多ければ終了状態 1")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="結果を JSON で出力します。")] = False,
) -> int:
    """質問集に答えさせて採点します。設定(言語モデル、埋め込みモデルなど)を並べて比べられます。"""
    from api.scoreboard import show_moves, show_scores
    from api.setups import read_setups
    from rag.evals.cases import of_types, read_cases, shipped_cases
    from rag.evals.report import Report, moved, read_report

    compared = read_setups(setups or [])
    cases = [case for path in sets for case in read_cases(path)] if sets else shipped_cases()
    cases = of_types(cases, only or [])
    earlier = read_report(compare) if compare else None
    runs = list(measure(compared, cases))
    report = Report(
        made_at=dt.datetime.now(dt.UTC),
        revision=revision(),
        sets=tuple(str(path) for path in sets or ()),
        types=tuple(only or ()),
        runs=tuple(runs),
    )
    if as_json:
        show(report.model_dump_json(indent=2))
    else:
        show_scores(report)
        show_moves(moved(earlier, report) if earlier else ())
    tell(f"結果: {keep(report, out or default_folder(compared[0]))}")
    return 0 if all(good_enough(run, min_correct, max_wrong) for run in runs) else 1


def measure(setups: Sequence[Setup], cases: Sequence[Case]) -> Iterator[RunReport]:
    """The report of each setting, one after the other."""
    from api.setups import Libraries, answering
    from rag.evals.report import run_report
    from rag.evals.run import run

    with ExitStack() as stack:
        libraries = Libraries(stack)
        lacking: set[str] = set()
        for setup in setups:
            library = libraries.of(setup.settings)
            lacking = tell_lacking(library, cases, lacking)
            with answering(setup, library) as (answerer, meter), bar(setup.name) as advance:
                results = run(cases, answerer, meter, lambda done, total, case: advance(done, total, case.question))
                model = meter.card.name if meter else None
                yield run_report(setup.name, setup.shown_changes(), model, library.encoder.name, list(results))


def tell_lacking(library: Library, cases: Sequence[Case], told: set[str]) -> set[str]:
    """Says which documents the cases ask about and the library does not have; returns them with those told before."""
    from rag.evals.cases import expected_documents

    held = {version.document for version in library.catalog.versions()}
    lacking = [d for d in expected_documents(cases) if d not in held and d not in told]
    if lacking:
        more = f" ほか{len(lacking) - MAX_NAMED}件" if len(lacking) > MAX_NAMED else ""
        tell(
            f"質問集が尋ねる評価書のうち、収録していないもの: {'、'.join(lacking[:MAX_NAMED])}{more}。"
            "hyoka load で読み込んでから採点してください。"
        )
    return told | set(lacking)


def default_folder(setup: Setup) -> Path:
    """build/ of the current folder where that lies in the program's own source tree, else a folder of HYOKA_HOME."""
    tree, here = source_tree(), Path.cwd()
    return here / "build" if tree and here.is_relative_to(tree) else setup.settings.home / "evals"


def keep(report: Report, folder: Path) -> Path:
    """Writes the report; its name tells what was measured and when. Raises StoreError."""
    path = folder / f"eval-{report.revision}-{report.made_at.astimezone():%Y%m%d-%H%M%S}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(report.model_dump_json(indent=2) + "\n", "utf-8")
    except OSError as error:
        raise StoreError(f"結果を {folder} に書き込めません。--out で書き込めるフォルダを指定してください。") from error
    return path


def good_enough(run: RunReport, min_correct: int, max_wrong: int | None) -> bool:
    """Whether a setting keeps to the bars."""
    figures = run.figures
    return figures.correct.part >= min_correct and (max_wrong is None or figures.wrong <= max_wrong)
