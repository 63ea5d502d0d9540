"""`hyoka show`: what was read off one assessment, as an outline or place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened
from api.terminal import show_json, show_lines

if TYPE_CHECKING:
    from rag.catalog import Catalog
    from rag.types import Version


def show(
    document: Annotated[str, typer.Argument(metavar="評価書", help="例: 川口市-22")],
    place: Annotated[
        list[str] | None,
        typer.Argument(metavar="[場所]", show_default=False, help="例: II.4、「II.4 委託事項1」、表紙。省略すると目次"),
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="公表日", help="この公表日の版(2025-04-01 または様式の表記)")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力します。")] = False,
) -> None:
    """評価書から読み取ったものを示します。

    印は三つの値です(■ あり、□ なし、? 読取不可)。原文から失われた部分は「欠落」、表になるものは「記録」に示します。
    """
    from api import reading
    from api.routes.versions import pick_version

    with opened() as library:
        version = pick_version(library.catalog, document, published)
        wanted = " ".join(place or ())
        if as_json:
            show_json(as_data(library.catalog, version, wanted))
        elif wanted:
            show_lines(reading.place_lines(reading.read_place(library.catalog, version, wanted)))
        else:
            show_lines(reading.outline_lines(version, library.catalog.items(version.id)))


def as_data(catalog: Catalog, version: Version, place: str) -> dict[str, object]:
    """Version, items, gaps and records of a place (of the whole document where it is empty), as plain data."""
    from api.reading import read_place
    from api.routes.records import record_table
    from api.schemas import item_out, version_out

    found = read_place(catalog, version, place)
    return {
        "version": version_out(version).model_dump(mode="json"),
        "items": [item_out(item).model_dump(mode="json") for item in found.items],
        "gaps": [{"section": section, "reason": reason} for section, reason in found.gaps],
        "records": {
            kind: record_table(kind, [(version, r) for r in rows]).model_dump(mode="json")["rows"]
            for kind, rows in found.records.items()
        },
    }
