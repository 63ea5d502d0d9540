"""The JSON of what is kept: conversations with their turns, what was said of them, what led to an answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import ANSWER_EXAMPLE, AnswerOut, FiltersIn
from rag.conversations import Conversation, Feedback, KeptTurn
from rag.types import Trace

CONVERSATION_EXAMPLE: dict[str, Any] = {
    "id": "4f6a0c1d2b3e5a79",
    "title": "青葉野市の委託先は?",
    "created_at": "2026-04-01T01:00:00Z",
    "updated_at": "2026-04-01T01:00:02Z",
    "turns": 1,
}
FEEDBACK_EXAMPLE: dict[str, Any] = {
    "good": False,
    "reason": "足りない",
    "comment": "再委託先が抜けています。",
    "created_at": "2026-04-01T01:05:00Z",
    "made_case": False,
}
TURN_EXAMPLE: dict[str, Any] = {
    "id": "9f2c1b7a40d35e68",
    "number": 1,
    "asked_at": "2026-04-01T01:00:01Z",
    "answer": ANSWER_EXAMPLE,
    "feedback": FEEDBACK_EXAMPLE,
}
TRACE_EXAMPLE: dict[str, Any] = {
    "id": "9f2c1b7a40d35e68",
    "conversation": "4f6a0c1d2b3e5a79",
    "asked_at": "2026-04-01T01:00:01Z",
    "question": "青葉野市の委託先は?",
    "standing": "青葉野市の委託先は?",
    "filters": {"municipalities": [], "documents": [], "parts": []},
    "plan": {"language": "ja", "municipalities": ["青葉野市"], "places": ["II.4 ③"]},
    "evidence": [{"token": "c1", "place": "青葉野市 II.4 委託事項1 ③", "quote": "汐見データ株式会社"}],
    "prompts": {"compose": "3b1f0c9ad2e4"},
    "timings_ms": {"guard": 0.1, "understand": 2.4, "find": 11.0, "narrate": 812.5},
    "verdicts": [{"sentence": "委託先は汐見データ株式会社です。[c1]", "kept": True, "reason": ""}],
    "answer": ANSWER_EXAMPLE,
    "replaced": False,
}


class TitleIn(BaseModel):
    """会話の名前。"""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"title": "給食費の委託"}]})

    title: str = Field(max_length=1000, description="会話の名前(60文字を超える部分は切る)")


class NewConversationIn(BaseModel):
    """新しい会話。名前がなければ、最初の質問が名前になる。"""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{}]})

    title: str = Field(default="", max_length=1000, description="会話の名前")


class ConversationOut(BaseModel):
    """一つの会話。"""

    model_config = ConfigDict(json_schema_extra={"examples": [CONVERSATION_EXAMPLE]})

    id: str = Field(description="会話の番号")
    title: str = Field(description="会話の名前。最初の質問の前で、名前を付けていなければ空")
    created_at: dt.datetime
    updated_at: dt.datetime
    turns: int = Field(description="質問と回答の数")


class ConversationsOut(BaseModel):
    """会話の一覧(新しい順)。"""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"conversations": [CONVERSATION_EXAMPLE], "more": False}]}
    )

    conversations: list[ConversationOut]
    more: bool = Field(description="このあとにまだ会話があるか")


class FeedbackOut(BaseModel):
    """回答への評価。"""

    good: bool = Field(description="役に立ったか")
    reason: str = Field(description="役に立たなかった理由。なければ空", examples=["足りない"])
    comment: str
    created_at: dt.datetime
    made_case: bool = Field(description="評価の事例にしたか")


class TurnOut(BaseModel):
    """会話の中の一つの質問と回答。"""

    id: str = Field(description="回答の番号")
    number: int = Field(description="会話の中の順番(1から)")
    asked_at: dt.datetime
    answer: AnswerOut
    feedback: FeedbackOut | None


class ConversationTurnsOut(ConversationOut):
    """一つの会話と、その質問と回答。"""

    model_config = ConfigDict(json_schema_extra={"examples": [{**CONVERSATION_EXAMPLE, "history": [TURN_EXAMPLE]}]})

    history: list[TurnOut] = Field(description="質問と回答(古い順)。答え直したものは、新しい回答だけ")


class VerdictOut(BaseModel):
    """言語モデルが書いた一つの文の照合。"""

    sentence: str
    kept: bool = Field(description="根拠を確かめて示したか")
    reason: str = Field(description="示さなかった理由。示したときは空")


class TraceOut(BaseModel):
    """一つの回答に至るまでの記録。"""

    model_config = ConfigDict(json_schema_extra={"examples": [TRACE_EXAMPLE]})

    id: str
    conversation: str = Field(description="会話の番号。会話の外の質問なら空")
    asked_at: dt.datetime
    question: str = Field(description="質問のとおり")
    standing: str = Field(description="答えた質問。前の質問を踏まえて読み替えたもの")
    filters: FiltersIn
    plan: dict[str, Any] = Field(description="質問から理解したこと")
    evidence: list[dict[str, str]] = Field(description="言語モデルに示した根拠。使っていなければ空")
    prompts: dict[str, str] = Field(description="使ったプロンプトの名前とハッシュ")
    timings_ms: dict[str, float] = Field(description="手順ごとの時間(ミリ秒)")
    verdicts: list[VerdictOut]
    answer: AnswerOut
    replaced: bool = Field(description="答え直して、会話の中では新しい回答に替わったか")


def conversation_out(kept: Conversation) -> ConversationOut:
    """A conversation as JSON."""
    return ConversationOut.model_validate(kept, from_attributes=True)


def feedback_out(said: Feedback) -> FeedbackOut:
    """What was said of an answer as JSON."""
    return FeedbackOut.model_validate(said, from_attributes=True)


def turn_out(turn: KeptTurn) -> TurnOut:
    """A turn as JSON."""
    trace = turn.trace
    return TurnOut(
        id=trace.id,
        number=turn.number,
        asked_at=trace.asked_at,
        answer=AnswerOut.model_validate(trace.answer.as_dict()),
        feedback=feedback_out(turn.feedback) if turn.feedback else None,
    )


def trace_out(turn: KeptTurn) -> TraceOut:
    """The record of an answer as JSON."""
    trace: Trace = turn.trace
    names = ("id", "asked_at", "question", "standing", "plan", "prompts", "timings_ms")
    return TraceOut(
        **{name: getattr(trace, name) for name in names},
        conversation=turn.conversation,
        filters=FiltersIn.model_validate(trace.filters, from_attributes=True),
        evidence=list(trace.evidence),
        verdicts=[VerdictOut.model_validate(v, from_attributes=True) for v in trace.verdicts],
        answer=AnswerOut.model_validate(trace.answer.as_dict()),
        replaced=turn.replaced,
    )
