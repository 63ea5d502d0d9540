"""`hyoka list`, `remove` and `reindex`: what is collected, and taking it away again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened, tell_repairs
from api.terminal import show, show_json, show_table, tell

if TYPE_CHECKING:
    from rag.types import Version


def list_assessments(
    everything: Annotated[bool, typer.Option("--all", help="過去の版も示します。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
) -> None:
    """収録している評価書を一覧にします。"""
    with opened() as library:
        versions = library.catalog.versions(current_only=not everything)
    if as_json:
        from api.schemas import version_out

        show_json([version_out(v).model_dump(mode="json") for v in versions])
    elif versions:
        show_versions(versions)
    else:
        tell("評価書がまだありません。hyoka load フォルダ で読み込んでください。")


def remove(
    document: Annotated[str, typer.Argument(metavar="評価書", help="例: 川口市-22")],
    published: Annotated[str | None, typer.Option(metavar="公表日", help="この公表日の版だけを削除します。")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="確認せずに削除します。")] = False,
) -> int:
    """評価書を目録と索引から削除します。"""
    with opened() as library:
        if not yes:
            from api.routes.versions import pick_version

            owned = library.catalog.versions(document, current_only=False)
            show_versions(owned if owned and not published else [pick_version(library.catalog, document, published)])
            if not confirmed("上の版を削除します。よろしいですか。"):
                tell("削除しませんでした。確認なしで削除するには --yes を付けてください。")
                return 1
        known = len(library.repairs)
        gone = library.remove(document, published)
        tell_repairs(library, known)
    for version in gone:
        show(f"削除しました: {version.document}({version.published}公表)")
    return 0


def reindex() -> None:
    """今の埋め込みモデルで、ベクトルと語の索引を作り直します。"""
    with opened() as library:
        library.reindex()
        count = len(library.catalog.versions(current_only=False))
        show(f"{count}版の索引を作り直しました(埋め込みモデル {library.encoder.name})。")


def confirmed(question: str) -> bool:
    """Asks on stderr; only y, yes or はい is a yes, and so nothing is where nobody answers."""
    tell(f"{question}[y/N]")
    try:
        return input().strip().lower() in ("y", "yes", "はい")
    except EOFError:
        return False


def show_versions(versions: list[Version]) -> None:
    """Versions as a table."""
    rows = [
        (v.document, v.duty, v.form, v.published, str(v.items), str(len(v.gaps)) if v.gaps else "", remark(v))
        for v in versions
    ]
    show_table(("評価書", "事務", "様式", "公表日", "項目", "欠落", "備考"), rows)


def remark(version: Version) -> str:
    """What to know about a version besides its data."""
    notes = ["" if version.current else "過去の版", "抄録" if version.abridged_from else ""]
    return "、".join(filter(None, notes))
