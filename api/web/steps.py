"""The steps of an answer and what was understood of its question, in words for the page of its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rag.types import Trace

#: The steps of `rag.answer`, in their order.
STEPS: dict[str, str] = {
    "guard": "質問を確かめる(個人番号など)",
    "rewrite": "前の質問を踏まえて読み替える",
    "understand": "質問を理解する",
    "delimit": "調べる評価書を決める",
    "read": "評価書を開く",
    "find": "記載をさがす",
    "word": "回答を組み立て、引用を照合する",
    "reconsider": "見つからないとき、言語モデルに読み方を尋ねる",
    "narrate": "言語モデルが文章にし、文ごとに照合する",
}

UNDERSTOOD: dict[str, str] = {
    "language": "言語",
    "municipalities": "自治体",
    "missing": "収録していない自治体",
    "excluded": "除く自治体",
    "duties": "事務",
    "places": "様式の場所",
    "shapes": "問いの形",
    "terms": "言葉",
    "as_of": "時点",
}


VALUES: dict[str, dict[str, str]] = {
    "language": {"ja": "日本語", "en": "英語"},
    "shapes": {
        "list": "一覧",
        "count": "件数",
        "order": "順位",
        "which": "どの自治体・評価書か",
        "compare": "比較",
        "change": "変更",
        "timeline": "経過",
        "yes_no": "はい・いいえ",
    },
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step and how long it took."""

    name: str
    words: str
    milliseconds: float


def steps(trace: Trace) -> list[Step]:
    """The steps that were taken, in the order they were taken."""
    return [Step(name, STEPS.get(name, name), took) for name, took in trace.timings_ms.items()]


def understood(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What was understood, as headings and values; what was not is left out."""
    for name, value in plan.items():
        values = value if isinstance(value, list) else [value]
        words = VALUES.get(name, {})
        text = "、".join(words.get(str(v), str(v)) for v in values if v not in ("", None))
        if text:
            yield UNDERSTOOD.get(name, name), text
