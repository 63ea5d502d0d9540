"""Rows of the catalog to value types and back; the only module that knows both shapes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from ingest.assessment import (
    RECORD_KINDS,
    Assessment,
    Chunk,
    Item,
    Kind,
    Mark,
    Marking,
    Record,
    Span,
    State,
    Stated,
)
from rag.types import Version

Row = RowMapping | Mapping[str, Any]
KIND_OF = {record_type: kind for kind, record_type in RECORD_KINDS.items()}
VERSION_FIELDS = tuple(field.name for field in dataclasses.fields(Version))


def item_row(item: Item) -> dict[str, Any]:
    """An item as a row of `items`, without its version."""
    return {
        "key": item.key,
        "position": item.order,
        "part": item.part,
        "number": item.number,
        "block": item.block,
        "sub": item.sub,
        "name": item.name,
        "label": item.label,
        "path": list(item.path),
        "text": item.text,
        "state": item.state.value,
        "kind": item.kind.value,
        "spans": [[span.start, span.end] for span in item.spans],
        "file": item.file,
        "file_index": item.file_index,
        "page": item.page,
        "marks": [[mark.label, mark.marking.value, mark.detail] for mark in item.marks],
        "choice": item.choice,
    }


def item_from(row: Row) -> Item:
    """The item that `item_row` was made of."""
    return Item(
        key=row["key"],
        part=row["part"],
        number=row["number"],
        block=row["block"],
        sub=row["sub"],
        name=row["name"],
        label=row["label"],
        path=tuple(row["path"]),
        text=row["text"],
        state=State(row["state"]),
        kind=Kind(row["kind"]),
        spans=tuple(Span(start, end) for start, end in row["spans"]),
        file=row["file"],
        file_index=row["file_index"],
        page=row["page"],
        marks=tuple(Mark(label, Marking(marking), detail) for label, marking, detail in row["marks"]),
        choice=row["choice"],
        order=row["position"],
    )


def record_body(record: Record) -> dict[str, Any]:
    """The fields of a record; a `Stated` becomes [value, item, state]."""
    values = ((field.name, getattr(record, field.name)) for field in dataclasses.fields(record))
    return {
        name: [value.value, value.item, value.state.value] if isinstance(value, Stated) else value
        for name, value in values
    }


def record_from(kind: str, body: Mapping[str, Any]) -> Record:
    """The record of RECORD_KINDS[kind] that `record_body` was made of. Columns of a later form are left out."""
    record_type = RECORD_KINDS[kind]
    known = {field.name for field in dataclasses.fields(record_type)}
    values: dict[str, Any] = {
        name: Stated(value[0], value[1], State(value[2])) if isinstance(value, list) else value
        for name, value in body.items()
        if name in known
    }
    return record_type(**values)


def searchable(chunk: Chunk) -> str:
    """The text that both indexes see of a chunk: where it stands, then what it says."""
    return f"{chunk.heading}\n{chunk.text}" if chunk.heading else chunk.text


def chunk_digest(chunk: Chunk) -> str:
    """Sixteen hex digits that change with the searchable text."""
    return hashlib.sha256(searchable(chunk).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def chunk_row(chunk: Chunk) -> dict[str, Any]:
    """A chunk as a row of `chunks`, without its version."""
    body = {name: getattr(chunk, name) for name in _CHUNK_FIELDS}
    body["kind"] = chunk.kind.value
    return {
        "key": chunk.key,
        "position": chunk.order,
        "part": chunk.part,
        "kind": chunk.kind.value,
        "digest": chunk_digest(chunk),
        "body": body,
    }


_CHUNK_FIELDS = tuple(field.name for field in dataclasses.fields(Chunk))


def chunk_from(body: Row) -> Chunk:
    """The chunk that `chunk_row` was made of."""
    return Chunk(**{**{name: body[name] for name in _CHUNK_FIELDS if name in body}, "kind": Kind(body["kind"])})


def version_row(assessment: Assessment, source_name: str, loaded_at: dt.datetime) -> dict[str, Any]:
    """An assessment's row of `versions`, without `current` and `reading`."""
    return {
        "document": assessment.document,
        "edition": edition(assessment),
        "municipality": assessment.municipality,
        "prefecture": assessment.prefecture,
        "body": assessment.body,
        "number": assessment.number,
        "title": assessment.title,
        "duty": assessment.duty,
        "form": assessment.form,
        "published": assessment.published,
        "published_on": assessment.published_on,
        "abridged_from": assessment.abridged_from,
        "source_name": source_name,
        "content_hash": content_hash(assessment),
        "loaded_at": loaded_at,
        "items": len(assessment.items),
        "gaps": [[gap.section, gap.reason] for gap in assessment.gaps],
        "remainders": [[r.span.start, r.span.end, r.text] for r in assessment.remainders],
        "source": assessment.source,
    }


def version_from(row: Row) -> Version:
    """The version a row of `versions` speaks of."""
    values = {name: row[name] for name in VERSION_FIELDS}
    values["loaded_at"] = moment(values["loaded_at"])
    values["gaps"] = tuple((section, reason) for section, reason in values["gaps"])
    return Version(**values)


def moment(stored: dt.datetime) -> dt.datetime:
    """A moment as it was stored, in UTC: SQLite forgets the time zone."""
    return stored.replace(tzinfo=dt.UTC) if stored.tzinfo is None else stored.astimezone(dt.UTC)


def storable(text: str) -> str:
    """A text as every database takes it: U+FFFD for NUL and for halves of characters."""
    return text.replace("\0", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def edition(assessment: Assessment) -> str:
    """What tells two versions of a document apart: the 公表日 in ISO form, else as printed."""
    return assessment.published_on.isoformat() if assessment.published_on else assessment.published.strip()


def content_hash(assessment: Assessment) -> str:
    """SHA-256 of the decoded source text, in hex."""
    return hashlib.sha256(assessment.source.encode("utf-8", "surrogatepass")).hexdigest()


def reading_digest(rows: object) -> str:
    """SHA-256 of all rows made of an assessment: it moves when the same text is read in another way."""
    text = json.dumps(rows, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
