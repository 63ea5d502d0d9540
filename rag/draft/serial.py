"""A draft as JSON and back, without loss: how `store` keeps it and `/api/drafts` sends it."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from rag.draft.types import Draft, FieldDraft
from rag.errors import StoreError

_DRAFTS = TypeAdapter(Draft)
_FIELDS = TypeAdapter(FieldDraft)


def as_json(draft: Draft) -> bytes:
    """The draft as JSON in UTF-8, every attribute by its name."""
    return _DRAFTS.dump_json(draft)


def from_json(body: bytes) -> Draft:
    """The draft that `as_json` was made of; attributes added since take their defaults. Raises StoreError."""
    try:
        return _DRAFTS.validate_json(body)
    except ValidationError as error:
        raise StoreError("保存した起案を読めません。版の一覧から、前の版に戻してください。") from error


def as_dict(draft: Draft) -> dict[str, Any]:
    """The same as plain values, for a response."""
    plain: dict[str, Any] = _DRAFTS.dump_python(draft, mode="json")
    return plain


def field_dict(field: FieldDraft) -> dict[str, Any]:
    """One field as plain values."""
    plain: dict[str, Any] = _FIELDS.dump_python(field, mode="json")
    return plain
