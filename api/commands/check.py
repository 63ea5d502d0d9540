"""`hyoka check`: what is wrong in assessments, with its place, the reason and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened, read_settings
from api.terminal import show, show_json, tell
from rag.errors import BadQuestion

if TYPE_CHECKING:
    from rag.checks.checker import Checked, Checker
    from rag.checks.finding import Finding


def check(
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="評価書|ファイル",
            show_default=False,
            help="例: 川口市-22、評価書.txt(収録せずに調べます)。省略すると収録しているすべて",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します(一行に一件)。")] = False,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="FILE.xlsx", show_default=False, help="Excel のファイルに書き出します。")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="却下した指摘も、その理由と示します。")] = False,
    dismiss: Annotated[
        str, typer.Option(metavar="番号", show_default=False, help="この番号の指摘を却下します。--reason が必要です。")
    ] = "",
    reason: Annotated[str, typer.Option(metavar="理由", show_default=False, help="却下の理由")] = "",
    restore: Annotated[
        str, typer.Option(metavar="番号", show_default=False, help="この番号の指摘の却下を取り消します。")
    ] = "",
    today: Annotated[
        str, typer.Option(metavar="日付", show_default=False, help="見直しの時期を数える日(2026-04-01)。省略すると今日")
    ] = "",
) -> None:
    """評価書の食い違い、古い法令の引用、欠落、空欄などを調べます。

    指摘は、要修正、要確認、参考(公表日の時点では正しかったものなど)の三つに分けて示します。
    """
    from rag.checks.checker import Checker

    refuse_wrong(dismiss, reason, restore, as_json and xlsx is not None)
    settings, day = read_settings(), read_day(today)
    wanted = [as_target(t) for t in targets or ()]
    with opened(settings) as library:
        checker = Checker(library.catalog, today=day, max_bytes=settings.max_file_mb * 2**20)
        if restore:
            checker.dismissals.restore(restore)
            show(f"指摘「{restore}」の却下を取り消しました。")
        elif dismiss:
            finding = checker.dismiss(dismiss, reason, wanted)
            show(f"{finding.document} {'、'.join(finding.sections)} の指摘を却下しました。--all で見られます。")
        else:
            tell_findings(checker, wanted, as_json=as_json, xlsx=xlsx, everything=everything)


def refuse_wrong(dismiss: str, reason: str, restore: str, two_outputs: bool) -> None:
    """Raises BadQuestion for options that do not go together."""
    if dismiss and not reason.strip():
        raise BadQuestion("却下の理由がありません。--reason に、直さなくてよい理由を書いてください。")
    if reason and not dismiss:
        raise BadQuestion("--reason は --dismiss 番号 と一緒に使ってください。")
    if (dismiss and restore) or two_outputs:
        raise BadQuestion("--dismiss と --restore、--json と --xlsx は、どちらか一方にしてください。")


def read_day(text: str) -> dt.date | None:
    """The day that is named; None where none is. Raises BadQuestion."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadQuestion(f"日付「{text}」が読めません。2026-04-01 のように書いてください。") from error


def as_target(text: str) -> str | Path:
    """A file where the text names one or looks like its name, else the name of a document."""
    path = Path(text)
    return path if path.exists() or path.suffix or path.name != text else text


def tell_findings(
    checker: Checker, targets: Sequence[str | Path], *, as_json: bool, xlsx: Path | None, everything: bool
) -> None:
    """All findings in the form that is wanted."""
    if xlsx is not None:
        from api.findings_book import write_findings

        count = write_findings(xlsx, (f for c in checker.check(targets) for f in shown(c, everything)))
        show(f"{count}件の指摘を {xlsx} に書きました。")
    elif as_json:
        for checked in checker.check(targets):
            for finding in shown(checked, everything):
                show_json(finding.as_dict(), indent=None)
    else:
        show_all(checker.check(targets), everything)


def show_all(every: Iterator[Checked], everything: bool) -> None:
    """The findings of each document, then how many were dismissed."""
    from api.findings import show_checked

    documents = hidden = 0
    for checked in every:
        show_checked(checked, shown(checked, everything))
        documents += 1
        hidden += len(checked.findings) - len(shown(checked, everything))
    if not documents:
        tell("評価書がまだ1件も収録されていません。hyoka load で読み込むか、ファイルを指定してください。")
    elif hidden:
        show(f"却下した指摘が{hidden}件あります。--all で示します。")


def shown(checked: Checked, everything: bool) -> tuple[Finding, ...]:
    """What is shown of a document's findings."""
    return checked.findings if everything else checked.standing
