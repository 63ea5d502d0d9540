"""The JSON of drafts: what /api/drafts takes and gives, described in Japanese for the OpenAPI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.draft_acts import Act, ActName
from api.schemas import CitationOut
from rag.checks.finding import Finding, Severity
from rag.draft.changes import What
from rag.draft.entries import MAX_AUTHOR_CHARS, MAX_TITLE_CHARS
from rag.draft.kept import KeptChange, KeptDraft
from rag.draft.profile_file import ProfileFile
from rag.draft.questions import Question, questions
from rag.draft.types import Basis, Decision, Draft, FieldKind

#: Operations of one request.
MAX_ACTS = 100
#: The longest text is refused in words of its own; this only keeps out what nobody types.
MAX_RAW_CHARS = 20_000

PROFILE_EXAMPLE: dict[str, Any] = {
    "body": "緑丘市長",
    "city": "緑丘市",
    "duty": "学童保育料の減免に関する事務",
    "department": "こども課",
    "people": "1万人以上10万人未満",
    "systems": ["学童システム"],
    "contracts": [{"title": "学童システムの保守", "subcontract": "再委託しない"}],
}


class NewDraftIn(BaseModel):
    """新しい起案。"""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"profile": PROFILE_EXAMPLE, "author": "こども課"}]}
    )

    profile: ProfileFile = Field(default_factory=ProfileFile)
    revises: str = Field(
        default="", max_length=200, description="見直す評価書のID。入れると profile と items は使わない"
    )
    items: list[str] = Field(default=[], max_length=100, description="起案する項目(III.4 など)。空なら様式の全体")
    title: str = Field(default="", max_length=MAX_TITLE_CHARS, description="名前。空なら自治体名と事務の名称")
    author: str = Field(default="", max_length=MAX_AUTHOR_CHARS, description="担当。アカウントがあれば、その名前になる")


class PreviewIn(BaseModel):
    """保存しない起案。"""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"profile": PROFILE_EXAMPLE, "item": "III.4"}]}
    )

    profile: ProfileFile
    item: str = Field(max_length=40, description="起案する項目", examples=["III.4"])


class OperationIn(BaseModel):
    """一つの操作。操作ごとに要るものだけを入れる。"""

    model_config = ConfigDict(extra="forbid")

    act: ActName = Field(
        description="accept 採用、reject 不採用、reopen 採否の取消し、reword 書き直し(text)、"
        "answer 要確認への記入(number、text)、add 文を足す(section、text)、remove 文を消す、up・down 並べ替え、"
        "swap 候補と入替え(offer)、put 手本の文に差し替え(document、number)、take 候補を採る(section、offer)、"
        "choose 選択(section、text)、mark 印(section、labels、details)、count 件数(section、text)、"
        "redraft 項目の作り直し(section)、peers 手本の変更(labels)、facts 自市の情報の変更(profile)"
    )
    sentence: str = Field(default="", max_length=200, description="文の番号")
    section: str = Field(default="", max_length=300, description="欄", examples=["III.4 規定の内容"])
    text: str = Field(default="", max_length=MAX_RAW_CHARS, description="文、選択肢、件数")
    number: int = Field(default=0, ge=0, le=10_000, description="何番目の要確認か、手本の何番目の文か(0から)")
    offer: str = Field(default="", max_length=200, description="候補の番号")
    document: str = Field(default="", max_length=200, description="手本の評価書のID")
    labels: list[str] = Field(default=[], max_length=500, description="印を付ける欄、または手本にする評価書")
    details: dict[str, str] = Field(default={}, max_length=200, description="欄ごとの括弧書き")
    profile: ProfileFile = Field(default_factory=ProfileFile, description="自市の情報(facts のとき)")

    def to_act(self) -> Act:
        """What is to be done. Raises BadEntry for a profile that cannot be taken."""
        plain = self.model_dump(exclude={"act", "labels", "profile"})
        return Act(self.act, **plain, labels=tuple(self.labels), profile=self.profile.profile())


class ChangeIn(BaseModel):
    """起案への操作。すべて行うか、一つも行わないか。"""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"base": 1, "operations": [{"act": "accept", "sentence": "s1"}]}]},
    )

    base: int = Field(ge=0, le=2**31 - 1, description="読んだときの saves。その後に同じ文が変わっていれば 409")
    author: str = Field(default="", max_length=MAX_AUTHOR_CHARS, description="担当。アカウントがあれば、その名前になる")
    operations: list[OperationIn] = Field(min_length=1, max_length=MAX_ACTS)


class RestoreIn(BaseModel):
    """前の版に戻す。"""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"base": 3}]})

    base: int = Field(ge=0, le=2**31 - 1, description="読んだときの saves")
    author: str = Field(default="", max_length=MAX_AUTHOR_CHARS, description="担当。アカウントがあれば、その名前になる")


class ChangedOut(BaseModel):
    """手本から変えた語。"""

    before: str
    after: str
    reason: str


class SentenceOut(BaseModel):
    """起案の一つの文。"""

    id: str
    text: str = Field(description="【要確認: …】は自市で書くこと")
    basis: Basis = Field(description=f"根拠: {'、'.join(f'{b.value}({b.ja})' for b in Basis)}")
    citations: list[CitationOut]
    changed: list[ChangedOut]
    heading: str
    bullet: str
    shared: int = Field(description="同じことを書いている手本の数")
    note: str
    decision: Decision


class BoxOut(BaseModel):
    """印を付ける欄。"""

    label: str
    marking: str = Field(description="marked、unmarked、unreadable")
    detail: str


class FieldOut(BaseModel):
    """様式の一つの欄。"""

    section: str = Field(examples=["III.4 規定の内容"])
    item: str = Field(examples=["III.4"])
    label: str
    kind: FieldKind
    options: list[str]
    boxes: list[BoxOut]
    sentences: list[SentenceOut]
    offers: list[SentenceOut] = Field(description="採っていない他市の措置")
    count: str


class PeerReasonOut(BaseModel):
    """順位の理由。"""

    name: str
    value: float
    words: str


class PeerOut(BaseModel):
    """手本の候補。"""

    document: str
    municipality: str
    title: str
    duty: str
    published: str
    score: float
    chosen: bool
    reasons: list[PeerReasonOut]


class QuestionOut(BaseModel):
    """要確認。"""

    section: str
    sentence: str
    number: int
    what: str


class DraftFindingOut(BaseModel):
    """起案への指摘。"""

    rule: str
    severity: Severity
    sections: list[str]
    message: str
    proposal: str


class DraftEntryOut(BaseModel):
    """一つの起案(内容を除く)。"""

    id: str
    title: str
    version: int = Field(description="版")
    saves: int = Field(description="保存の回数。PATCH の base に入れる")
    author: str = Field(description="最後に保存した担当")
    created_at: dt.datetime
    updated_at: dt.datetime


class DraftsOut(BaseModel):
    """起案の一覧(新しい順)。"""

    drafts: list[DraftEntryOut]
    more: bool = Field(description="このあとにまだ起案があるか")


class ChangeRowOut(BaseModel):
    """変更箇所の一行。"""

    date: str = Field(description="変更日")
    item: str = Field(description="項目")
    before: str = Field(description="変更前の記載")
    after: str = Field(description="変更後の記載")
    timing: str = Field(description="提出時期(案)")
    explanation: str = Field(description="提出時期に係る説明")


class ChangeRowsOut(BaseModel):
    """見直しの変更箇所。"""

    rows: list[ChangeRowOut]


class DraftOut(DraftEntryOut):
    """一つの起案。"""

    form: str
    revises: str = Field(description="見直している評価書のID。新しい評価書なら空")
    profile: ProfileFile
    peers: list[PeerOut]
    fields: list[FieldOut]
    questions: list[QuestionOut]
    findings: list[DraftFindingOut]


class PreviewOut(BaseModel):
    """保存していない起案。"""

    profile: ProfileFile
    peers: list[PeerOut]
    fields: list[FieldOut]
    questions: list[QuestionOut]


class VersionOut(BaseModel):
    """一つの版。"""

    number: int
    author: str
    begun_at: dt.datetime
    saved_at: dt.datetime
    origin: str = Field(description="版の始まり。続けて編集した版では空")
    changes: int = Field(description="変更の数")


class VersionsOut(BaseModel):
    """版の一覧(新しい順)。"""

    versions: list[VersionOut]


class ChangeOut(BaseModel):
    """誰が何を変えたか。"""

    version: int
    author: str
    changed_at: dt.datetime
    section: str = Field(description="欄。全体なら空")
    sentence: str
    what: What
    before: str
    after: str


class ChangesOut(BaseModel):
    """変更の記録(新しい順)。"""

    changes: list[ChangeOut]


def draft_out(kept: KeptDraft, findings: tuple[Finding, ...]) -> DraftOut:
    """A kept draft as JSON."""
    names = ("id", "title", "version", "saves", "author", "created_at", "updated_at")
    return DraftOut(
        **{name: getattr(kept, name) for name in names},
        form=kept.draft.form,
        revises=kept.draft.revises,
        **_parts(kept.draft),
        findings=[_finding(f) for f in findings],
    )


def preview_out(draft: Draft) -> PreviewOut:
    """A draft that is not kept as JSON."""
    return PreviewOut(**_parts(draft))


def rows_out(rows: Sequence[Sequence[str]]) -> ChangeRowsOut:
    """Rows of 変更箇所 as JSON."""
    names = tuple(ChangeRowOut.model_fields)
    return ChangeRowsOut(rows=[ChangeRowOut(**dict(zip(names, row, strict=True))) for row in rows])


def change_out(kept: KeptChange) -> ChangeOut:
    """A change as JSON."""
    change = kept.change
    return ChangeOut(
        version=kept.version,
        author=kept.author,
        changed_at=kept.changed_at,
        section=change.section,
        sentence=change.sentence,
        what=change.what,
        before=change.before,
        after=change.after,
    )


def _parts(draft: Draft) -> dict[str, Any]:
    return {
        "profile": ProfileFile.of(draft.profile),
        "peers": [PeerOut.model_validate(p, from_attributes=True) for p in draft.peers],
        "fields": [FieldOut.model_validate(f, from_attributes=True) for f in draft.fields],
        "questions": [_question(q) for q in questions(draft)],
    }


def _question(question: Question) -> QuestionOut:
    return QuestionOut.model_validate(question, from_attributes=True)


def _finding(finding: Finding) -> DraftFindingOut:
    return DraftFindingOut(
        rule=finding.rule.id,
        severity=finding.severity,
        sections=list(finding.sections),
        message=finding.message,
        proposal=finding.proposal,
    )
