"""`hyoka compare`: one item over documents, who has which measure and who does not say so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.opening import opened
from api.terminal import show, show_json
from rag.errors import BadQuestion


def compare(
    item: Annotated[str, typer.Argument(metavar="項目", help="例: III.3(II.6、III.2〜III.10)")],
    bodies: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[自治体|評価書]", show_default=False, help="例: 川口市 川崎市-14。省略すると収録しているすべて"
        ),
    ] = None,
    own: Annotated[
        str,
        typer.Option(
            metavar="自治体|評価書", show_default=False, help="自分の団体。他団体にあって記載のない措置を示します。"
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="FILE.xlsx", show_default=False, help="Excel のファイルに書き出します。")
    ] = None,
) -> None:
    """一つの項目について、団体ごとの措置を表にして比べます。

    「あり」には場所と原文の引用が付きます。記載なし(項目はあるが書かれていない)と読取不可(原文の欠落)は別のものです。
    """
    from rag.compare.comparer import compare as compared

    if as_json and xlsx is not None:
        raise BadQuestion("--json と --xlsx は、どちらか一方にしてください。")
    with opened() as library:
        comparison = compared(library.catalog, item, bodies or (), own)
    if xlsx is not None:
        from api.comparison_book import write_comparison

        write_comparison(xlsx, comparison)
        show(f"評価書{len(comparison.columns)}件の比較({len(comparison.rows)}行)を {xlsx} に書きました。")
    elif as_json:
        show_json(comparison.as_dict())
    else:
        from api.comparison import show_comparison

        show_comparison(comparison)
