"""/api/records/{kind}: complete tables read off the forms, as JSON or CSV."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.schemas import CellOut, ColumnOut, RecordOut, RecordsOut
from api.services import CatalogDep, Catalogue
from api.spreadsheet import CsvResponse, record_lines
from ingest.assessment import RECORD_KINDS, Record, Stated
from rag.errors import NotFound
from rag.types import Version

router = APIRouter(prefix="/api/records", tags=["記録"])

KindPath = Annotated[
    str, Path(description="記録の種類", examples=["contracts"], json_schema_extra={"enum": list(RECORD_KINDS)})
]


@router.get(
    "/{kind}",
    summary="記録の一覧",
    response_model=RecordsOut,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def list_records(
    catalog: CatalogDep,
    kind: KindPath,
    municipality: Annotated[str | None, Query(description="自治体名で絞り込む")] = None,
    document: Annotated[str | None, Query(description="評価書のIDで絞り込む")] = None,
    q: Annotated[str | None, Query(description="いずれかの欄に含まれる文字")] = None,
    format: Annotated[Literal["json", "csv"], Query(description="json または csv(Excel で開けます)")] = "json",
) -> RecordsOut | Response:
    """収録しているすべての評価書(現在の版)から、該当する行を漏れなく返します。"""
    rows = matching(catalog, kind, one(municipality), one(document), q or "")
    if format == "csv":
        table = ((version, record, [cell for _, _, cell in cells_of(record)]) for version, record in rows)
        return CsvResponse(record_lines([ja for _, ja in columns_of(kind)], table), f"{kind}.csv")
    return record_table(kind, rows)


def matching(
    catalog: Catalogue, kind: str, municipalities: Collection[str], documents: Collection[str], q: str = ""
) -> list[tuple[Version, Record]]:
    """All records of a kind in current versions, of these municipalities and documents (empty: of all).

    q   stands in one of the cells

    Raises NotFound where there is no such kind.
    """
    return [
        (version, record)
        for version, record in catalog.records(known_kind(kind))
        if (not municipalities or version.municipality in municipalities)
        and (not documents or version.document in documents)
        and (not q or any(q in cell.value for _, _, cell in cells_of(record)))
    ]


def one(name: str | None) -> tuple[str, ...]:
    """A filter by one name, or by none."""
    return (name,) if name else ()


def known_kind(kind: str) -> str:
    """`kind` as it is; raises NotFound with the kinds there are."""
    if kind not in RECORD_KINDS:
        raise NotFound(f"記録の種類「{kind}」はありません。{'、'.join(RECORD_KINDS)} から選んでください。")
    return kind


def columns_of(kind: str) -> list[tuple[str, str]]:
    """Name and Japanese heading of each column of a kind."""
    return [(f.name, f.metadata["ja"]) for f in fields(RECORD_KINDS[kind]) if "ja" in f.metadata]


def cells_of(record: Record) -> list[tuple[str, str, Stated]]:
    """Name, Japanese heading and value of each cell of a record."""
    return [(f.name, f.metadata["ja"], getattr(record, f.name)) for f in fields(record) if "ja" in f.metadata]


def record_table(kind: str, rows: Iterable[tuple[Version, Record]]) -> RecordsOut:
    """Records as a JSON table."""
    out = [
        RecordOut(
            document=version.document,
            municipality=version.municipality,
            published=version.published,
            number=record.number,
            file=record.file,
            cells={n: CellOut(value=c.value, state=c.state, item=c.item) for n, _, c in cells_of(record)},
        )
        for version, record in rows
    ]
    columns = [ColumnOut(name=name, ja=ja) for name, ja in columns_of(kind)]
    return RecordsOut(kind=kind, columns=columns, total=len(out), rows=out)
