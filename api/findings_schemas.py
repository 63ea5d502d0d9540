"""The JSON of the findings: what the HTTP API and the tools take and give, described in Japanese for the OpenAPI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from rag.checks.checker import Checked
from rag.checks.dismissals import MAX_REASON_CHARS
from rag.checks.finding import Family, Finding, Severity

#: Of a text that is handed over: some ten times the longest assessment known.
MAX_TEXT_CHARS = 3_000_000


class FindingCitationOut(BaseModel):
    """指摘の根拠となる場所と、原文のとおりの引用。"""

    section: str = Field(description="様式の中の場所", examples=["II.4 委託事項1 ③"])
    label: str = Field(description="項目名", examples=["③委託先名"])
    quote: str = Field(description="原文のとおりの引用(照合済み)")


class FindingOut(BaseModel):
    """一件の指摘。"""

    key: str = Field(description="指摘の番号。規則、場所、引用が同じあいだは変わらない", examples=["a8384ee68d"])
    document: str = Field(description="評価書のID", examples=["青葉野市-7"])
    published: str = Field(description="公表日(様式の表記)")
    family: Family = Field(description=f"種類: {'、'.join(f'{f.value}({f.ja})' for f in Family)}")
    rule: str = Field(description="規則", examples=["contradiction.people"])
    severity: Severity = Field(description="finding は要修正、question は要確認、note は参考")
    sections: list[str] = Field(description="様式の中の場所", examples=[["I.1 ③", "II.2 ②"]])
    message: str = Field(description="何がどう違うか、どうすればよいか")
    proposal: str = Field(description="修正案。確かなときだけで、なければ空")
    source: str = Field(description="規則の根拠")
    since: dt.date | None = Field(description="規則がいつからあるか。決まっていなければ null")
    citations: list[FindingCitationOut]
    dismissed: str | None = Field(description="却下した人が書いた理由。却下していなければ null")


class FindingCountsOut(BaseModel):
    """却下していない指摘の数と、却下した数。"""

    finding: int = Field(description="要修正")
    question: int = Field(description="要確認")
    note: int = Field(description="参考")
    dismissed: int = Field(description="却下した指摘")


class CheckedFindingsOut(BaseModel):
    """一つの評価書の指摘。"""

    document: str = Field(description="評価書のID", examples=["青葉野市-7"])
    municipality: str
    title: str = Field(description="評価書名")
    published: str = Field(description="公表日(様式の表記)")
    counts: FindingCountsOut
    findings: list[FindingOut] = Field(description="重いものから")


class AllFindingsOut(BaseModel):
    """収録している評価書(現在の版)の指摘。"""

    total: int = Field(description="該当する評価書の数")
    assessments: list[CheckedFindingsOut]


class DismissalIn(BaseModel):
    """却下の理由。"""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "別の端末の認証のため"}]})

    reason: str = Field(
        max_length=MAX_REASON_CHARS * 2,
        description=f"直さなくてよい理由({MAX_REASON_CHARS}文字以内)。個人番号を書いてはならない",
    )


class TextIn(BaseModel):
    """収録せずに調べる評価書の本文。"""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(
        min_length=1, max_length=MAX_TEXT_CHARS, description="評価書の全文(表紙から最後の項目まで)。残しません"
    )


def checked_out(checked: Checked, *, everything: bool = False, only: Iterable[Severity] = ()) -> CheckedFindingsOut:
    """The findings of one assessment as JSON; `only`: these severities, `everything`: dismissed ones too."""
    version, wanted = checked.version, set(only) or set(Severity)
    shown = checked.findings if everything else checked.standing
    return CheckedFindingsOut(
        document=version.document,
        municipality=version.municipality,
        title=version.title,
        published=version.published,
        counts=counts_out(checked),
        findings=[finding_out(f) for f in shown if f.severity in wanted],
    )


def counts_out(checked: Checked) -> FindingCountsOut:
    """How many findings of each severity stand, and how many were dismissed."""
    counts = {s.value: sum(f.severity is s for f in checked.standing) for s in Severity}
    return FindingCountsOut(**counts, dismissed=len(checked.findings) - len(checked.standing))


def finding_out(finding: Finding) -> FindingOut:
    """One finding as JSON, the same as `hyoka check --json` prints."""
    return FindingOut.model_validate(finding.as_dict())
