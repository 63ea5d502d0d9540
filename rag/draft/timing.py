"""提出時期 of a change: 事前 or 事後, proposed with its reason. Used by `change_rows`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rag.draft.layout import important
from rag.draft.revision import LOST, UNREADABLE_MARKS
from rag.draft.types import FieldDraft, FieldKind

BEFOREHAND, AFTERWARDS = "事前", "事後"
#: Why a row is handed in before or afterwards.
_REASONS = {
    "important": "重要な変更の対象である記載項目の変更であり、事前に評価を再実施して提出する。",
    "other": "重要な変更の対象である記載項目の変更ではないため、事後の提出で足りる。",
    "citation": "法令の条項等の引用を改めるだけの形式的な変更であり、重要な変更に当たらないため、事後の提出で足りる。",
    "wording": "字句を整えるだけの形式的な変更であり、重要な変更に当たらないため、事後の提出で足りる。",
    "unknown": "変更前の記載が読み取れていないため、原本と照らし、変更でなければこの行を消す。",
}
#: What only says where in the law something stands.
_CITATION = re.compile(
    r"第?[0-9一二三四五六七八九十百]+(?:条|項|号)(?:の[0-9]+)?|別表第?[一二12]?|の?[0-9、,・]+の項|に基づく主務省令|主務省令|の表"
)
_POINTS = re.compile(r"[\s、。，．,.・ー\-－―()（）「」]")


def timing_of(field: FieldDraft, before: str, after: str) -> tuple[str, str]:
    """When a change is handed in and why: 事前 for 重要な変更, but for what is only a matter of form.

    Source: the ※ of the form, and 重要な変更 with its exceptions in the 指針 (verify).
    """
    if not important(field.section):
        return AFTERWARDS, _REASONS["other"]
    if any(f"【要確認: {what}" in before for what in (UNREADABLE_MARKS, LOST)):
        return BEFOREHAND, f"{_REASONS['important']}{_REASONS['unknown']}"
    if field.kind is FieldKind.TEXT and before and after:
        if _formal(before) == _formal(after):
            return AFTERWARDS, _REASONS["wording"]
        if _formal(before, law=True) == _formal(after, law=True):
            return AFTERWARDS, _REASONS["citation"]
    return BEFOREHAND, _REASONS["important"]


def _formal(text: str, law: bool = False) -> str:
    """The text without punctuation; `law`: also without the articles that it cites."""
    normal = unicodedata.normalize("NFKC", text)
    return _POINTS.sub("", _CITATION.sub("", normal) if law else normal)


def timing_of_block(fields: Sequence[FieldDraft]) -> tuple[str, str]:
    """When a block that came or went is handed in, and why."""
    grave = any(important(f.section) for f in fields)
    return (BEFOREHAND, _REASONS["important"]) if grave else (AFTERWARDS, _REASONS["other"])
