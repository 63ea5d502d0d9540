"""`hyoka flow`: the data flow of one assessment as an SVG file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.opening import opened
from api.terminal import show
from rag.errors import BadEntry, StoreError


def flow(
    document: Annotated[str, typer.Argument(metavar="評価書", help="例: 川口市-22")],
    svg: Annotated[Path, typer.Option(metavar="FILE.svg", help="図を書くファイル(A4 横)")],
    published: Annotated[
        str | None, typer.Option(metavar="公表日", help="この公表日の版(2025-04-01 または様式の表記)")
    ] = None,
) -> None:
    """データの流れ(入手元、事務とシステム、委託先、提供先、移転先)を図にします。

    評価書の記載だけを描きます。原文の欠落と読み取れない印は、破線と「原本確認」で示します。
    """
    from api.routes.versions import pick_version
    from rag.flow.layout import layout
    from rag.flow.reading import chart
    from rag.flow.svg import svg_file

    if svg.exists():
        raise BadEntry(f"{svg} はすでにあります。別の名前を指定するか、そのファイルを移してください。")
    with opened() as library:
        drawn = svg_file(layout(chart(library.catalog, pick_version(library.catalog, document, published))))
    try:
        svg.write_bytes(drawn)
    except OSError as error:
        raise StoreError(f"{svg} に書けません({error.strerror})。書き込めるフォルダを指定してください。") from error
    show(f"{document} のデータの流れの図を {svg} に書きました。")
