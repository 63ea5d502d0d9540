"""The JSON of a reply that is only looked at: what it takes and gives."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import CheckedOut, CitationOut
from rag.privacy import Masked
from rag.reply.types import Length, Reply, Variant
from rag.types import Status

#: As much as a reply takes (`rag.reply.replier`).
MAX_TEXT_CHARS = 20_000


class PreviewIn(BaseModel):
    """住民の問い合わせの文面。保存も記録もしない。"""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "青葉野市の給食費のことで、委託先を教えてください。", "variant": "letter"}]
        },
    )

    text: str = Field(min_length=1, max_length=MAX_TEXT_CHARS, description="手紙、メール、電話メモの文面")
    variant: Variant = Field(
        default=Variant.LETTER,
        description="letter(手紙)、mail、phone(電話の台本)、easy(やさしい日本語)、english",
    )
    length: Length = Field(default=Length.NORMAL, description="normal または short")
    document: str = Field(default="", max_length=200, description="評価書のID。空なら文面から判断する")


class FoundOut(BaseModel):
    """伏せたものの種類と数。"""

    kind: str = Field(examples=["個人番号"])
    count: int


class SpanOut(BaseModel):
    """伏せた場所。start と end は元の文面の文字の位置。"""

    start: int
    end: int
    kind: str
    token: str = Field(examples=["〔氏名1〕"])


class PreviewOut(BaseModel):
    """回答の案。"""

    masked: str = Field(description="伏せた文面")
    found: list[FoundOut]
    spans: list[SpanOut] = Field(description="伏せた場所。元の文面を持つ人が戻すときに使う")
    questions: list[str] = Field(description="読み取ったお尋ね")
    letter: str = Field(description="回答の文面。〔氏名1〕のような印は伏せたまま")
    desk: str = Field(description="IV.1(開示・訂正・利用停止の請求先)か IV.2(問合せ先)", examples=["IV.2"])
    citations: list[CitationOut]
    status: Status
    variant: Variant
    length: Length
    notice: str = Field(description="送る前に職員が確かめること")
    documents: list[str] = Field(description="もとにした評価書のID")
    composed_by: str
    model: str | None
    checked: CheckedOut | None


def preview_out(reply: Reply, masked: Masked) -> PreviewOut:
    """A reply as JSON, with the places that were masked."""
    spans = [{"start": s.start, "end": s.end, "kind": s.kind, "token": s.token} for s in masked.spans]
    return PreviewOut.model_validate({**reply.as_dict(), "spans": spans})
