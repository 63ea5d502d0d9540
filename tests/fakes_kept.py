"""A trace that uses every field, for what is kept, shown and exported of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from rag.types import Answer, Checked, Citation, Coverage, Filters, Row, Status, Trace, Verdict


def trace(id: str, question: str = "委託先は？", answer: str = "株式会社エイです。[1]", **changes: object) -> Trace:
    """A trace that uses every field."""
    citation = Citation(
        1, "甲市-1", "甲市", "甲市の評価書", "II.4 委託事項1 ③", "③委託先名", "令和6年", "エイ", 3, "k", 7
    )
    plain = Answer(
        question,
        Status.ANSWERED,
        answer,
        rows=(Row("甲市-1", (("委託先名", "株式会社エイ"), ("事務", "児童手当")), 1),),
        citations=(citation,),
        coverage=Coverage(3, 1, 1),
        composed_by="model",
        model="ollama:tiny",
        warnings=("食い違い",),
        suggestions=("再委託は？",),
        id=id,
        interpreted=f"甲市の{question}",
        checked=Checked(3, 2),
        notice="一文を省きました。",
    )
    return Trace(
        id,
        dt.datetime(2026, 4, 1, 9, 30, 0, 123456, dt.timezone(dt.timedelta(hours=9))),
        question,
        f"甲市の{question}",
        Filters(("甲市",), (), ("II",)),
        replace(plain, **changes),  # type: ignore[arg-type]
        {"language": "ja", "places": ["II.4"]},
        ({"token": "c1", "quote": "エイ"},),
        {"narrate": "0123456789ab"},
        {"find": 1.25},
        (Verdict("株式会社エイです。", True), Verdict("ビイです。", False, "名前がありません")),
    )
