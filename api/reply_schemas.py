"""JSON of kept replies."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import CitationOut
from rag.replies.entries import MAX_COMMENT_CHARS, MAX_INQUIRY_CHARS, MAX_LETTER_CHARS
from rag.replies.since import Since
from rag.replies.types import Deed, Event, KeptReply, ReplyEntry, State, TextVersion
from rag.reply.types import Length, Variant
from rag.types import Status

MAX_NUMBER = 2**31 - 1


class InquiryIn(BaseModel):
    """住民からの問合せ。伏せてから回答を作り、伏せた文面だけを保存する。"""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"inquiry": "川口市の子ども医療費のデータは、委託していますか。"}]},
    )

    inquiry: str = Field(max_length=2 * MAX_INQUIRY_CHARS, description="問合せの文面")
    variant: Variant = Field(default=Variant.LETTER, description="letter、mail、phone、easy、english")
    length: Length = Field(default=Length.NORMAL, description="normal、short")
    document: str = Field(default="", max_length=200, description="評価書のID。空なら文面から判断する")


class ComposeIn(BaseModel):
    """同じ問合せへの回答の作り直し。"""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"read": 1, "variant": "mail"}]})

    read: int = Field(ge=0, le=MAX_NUMBER, description="読んだ文面の版。その後に変わっていれば 409")
    variant: Variant = Variant.LETTER
    length: Length = Length.NORMAL
    document: str = Field(default="", max_length=200)


class LetterIn(BaseModel):
    """文面の修正。"""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"read": 1, "letter": "…"}]})

    read: int = Field(ge=0, le=MAX_NUMBER, description="読んだ文面の版。その後に変わっていれば 409")
    letter: str = Field(max_length=2 * MAX_LETTER_CHARS, description="文面の全体")


class DeedIn(BaseModel):
    """提案、取下げ、承認、送付。"""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"read": 1}]})

    read: int = Field(ge=0, le=MAX_NUMBER, description="読んだ文面の版。その後に変わっていれば 409")


class ReturnIn(DeedIn):
    """差戻し。"""

    comment: str = Field(max_length=2 * MAX_COMMENT_CHARS, description="どこをどう直すか")


class PersonOut(BaseModel):
    """行った人。名前はそのときのもの。"""

    id: str
    name: str


class ReplyFoundOut(BaseModel):
    """伏せたもの。"""

    kind: str
    count: int


class ReplyEntryOut(BaseModel):
    """一つの回答(文面を除く)。"""

    id: str
    state: State = Field(description=f"状態: {'、'.join(f'{s.value}({s.ja})' for s in State)}")
    version: int = Field(description="今の文面の版。操作の read に入れる")
    author: PersonOut
    created_at: dt.datetime
    updated_at: dt.datetime
    questions: list[str]
    documents: list[str]


class RepliesOut(BaseModel):
    """回答の一覧(最後に操作したものから)。"""

    replies: list[ReplyEntryOut]
    more: bool = Field(description="このあとにまだあるか")


class ReplyTextOut(BaseModel):
    """一つの版の文面。"""

    number: int
    at: dt.datetime
    by: PersonOut
    deed: Deed
    letter: str
    citations: list[CitationOut]
    desk: str = Field(description="IV.1 か IV.2")
    status: Status
    variant: Variant
    length: Length
    composed_by: str
    model: str | None
    prompts: dict[str, str] = Field(description="指示文の名前とハッシュ値")
    notice: str


class ReplyEventOut(BaseModel):
    """記録の一行。"""

    at: dt.datetime
    by: PersonOut
    deed: Deed
    version: int
    state: State = Field(description="この操作のあとの状態")
    comment: str


class SinceOut(BaseModel):
    """作った後の評価書の変化。"""

    document: str
    then: int = Field(description="使った版の番号")
    now: int = Field(description="今の版の番号。収録していなければ 0")
    published_then: str
    published_now: str
    gone: list[int] = Field(description="今の版にそのままの形ではない出典の番号")


class ReplyOut(ReplyEntryOut):
    """一つの回答。"""

    masked: str = Field(description="伏せた問合せ")
    found: list[ReplyFoundOut]
    text: ReplyTextOut
    versions: list[ReplyTextOut] = Field(description="すべての文面(古い順)")
    events: list[ReplyEventOut] = Field(description="誰が、いつ、何をしたか(古い順)")
    since: list[SinceOut]


class AlikeOut(BaseModel):
    """似た回答。"""

    reply: ReplyEntryOut
    score: float
    documents: list[str] = Field(description="どちらも使っている評価書")
    since: list[SinceOut]


class AlikesOut(BaseModel):
    """似た回答(似ている順)。"""

    replies: list[AlikeOut]


def entry_out(entry: ReplyEntry) -> ReplyEntryOut:
    """A reply of a list as JSON."""
    return ReplyEntryOut.model_validate(entry, from_attributes=True)


def since_out(changed: Since) -> SinceOut:
    """What changed as JSON."""
    return SinceOut.model_validate(changed, from_attributes=True)


def reply_out(kept: KeptReply, changed: tuple[Since, ...]) -> ReplyOut:
    """A reply as JSON."""
    return ReplyOut(
        **entry_out(kept.entry).model_dump(),
        masked=kept.inquiry,
        found=[ReplyFoundOut(kind=kind, count=count) for kind, count in kept.found],
        text=_text(kept.text),
        versions=[_text(text) for text in kept.versions],
        events=[_event(event) for event in kept.events],
        since=[since_out(s) for s in changed],
    )


def _text(text: TextVersion) -> ReplyTextOut:
    names = [name for name in ReplyTextOut.model_fields if name not in {"prompts", "by", "citations"}]
    values: dict[str, Any] = {name: getattr(text, name) for name in names}
    citations = [CitationOut.model_validate(c, from_attributes=True) for c in text.citations]
    by = PersonOut(id=text.by.id, name=text.by.name)
    return ReplyTextOut(**values, by=by, citations=citations, prompts=dict(text.prompts))


def _event(event: Event) -> ReplyEventOut:
    return ReplyEventOut.model_validate(event, from_attributes=True)
