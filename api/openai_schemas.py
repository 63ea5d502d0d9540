"""The JSON of the OpenAI-compatible addresses (/v1): what is taken, what is given, and what is refused.

Fields of a request that only tune how a model writes (temperature, seed, max_tokens …) are ignored: the answer is what
the documents say, and always whole. Those that would change the shape of the response are refused, since whoever asks
for them counts on them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.errors import RequestFault
from api.schemas import FAULTS, AnswerOut

MODEL = "hyoka"
TEXT_ONLY = "質問は文字で送ってください。画像・音声・ファイルには対応していません。"


class PartIn(BaseModel):
    """メッセージの一部。対応しているのは text だけ。"""

    type: str = Field(examples=["text"])
    text: str | None = None


class MessageIn(BaseModel):
    """会話の一つのメッセージ。読むのは user のものだけ。"""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[PartIn] | None = Field(default=None, examples=["川口市の子ども医療費の委託先は？"])

    def text(self, at: str) -> str:
        """The text of a user's message; `at` names it where it holds something else. Raises RequestFault."""
        if isinstance(self.content, str):
            return self.content
        parts = self.content or []
        for number, part in enumerate(parts):
            if part.type != "text" or part.text is None:
                raise RequestFault(TEXT_ONLY, code="unsupported_content", param=f"{at}.content.{number}")
        return "\n".join(part.text or "" for part in parts)


class StreamOptionsIn(BaseModel):
    """ストリーミングの選択。"""

    include_usage: bool | None = Field(default=None, description="最後に usage だけの一片を送る")


class CompletionIn(BaseModel):
    """会話。最後の user のメッセージが質問で、それより前の user のメッセージは踏まえる質問。"""

    model: str = Field(examples=[MODEL])
    messages: list[MessageIn] = Field(min_length=1, max_length=2000)
    stream: bool | None = None
    stream_options: StreamOptionsIn | None = None
    n: int | None = Field(default=None, description="1 だけ")
    logprobs: bool | None = Field(default=None, description="対応していない")
    tool_choice: Any = Field(default=None, description="required と関数の指定には対応していない")
    response_format: Any = Field(default=None, description="text だけ")

    def questions(self) -> list[str]:
        """What the user said, oldest first; the last is the question. Raises RequestFault where nothing is."""
        found = [m.text(f"messages.{n}") for n, m in enumerate(self.messages) if m.role == "user"]
        if not found:
            raise RequestFault("質問がありません。role が user のメッセージを送ってください。", param="messages")
        return found

    def check(self) -> None:
        """Raises RequestFault where the request counts on something that is not done here."""
        if self.model != MODEL:
            raise unknown_model()
        if self.n not in (None, 1):
            raise RequestFault("回答は一つだけです。n は 1 にするか、省いてください。", param="n")
        if self.logprobs:
            raise RequestFault("logprobs には対応していません。指定を外してください。", param="logprobs")
        if self.tool_choice not in (None, "none", "auto"):
            raise RequestFault("関数は呼び出しません。tool_choice の指定を外してください。", param="tool_choice")
        shape = self.response_format
        if shape is not None and not (isinstance(shape, dict) and shape.get("type") == "text"):
            raise RequestFault(
                "回答は Markdown の文章です。response_format の指定を外し、表や出典は hyoka から読み取ってください。",
                param="response_format",
            )


def unknown_model() -> RequestFault:
    """Another model was asked for than there is."""
    return RequestFault(
        f"指定されたモデルはありません。model には {MODEL} を指定してください。",
        status=404,
        code="model_not_found",
        param="model",
    )


class ModelOut(BaseModel):
    """選べるモデル。"""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = Field(description="サーバーを起動した時刻(UNIX 秒)")
    owned_by: str = MODEL


class ModelsOut(BaseModel):
    """モデルの一覧。"""

    object: Literal["list"] = "list"
    data: list[ModelOut]


class UrlCitationOut(BaseModel):
    """出典の場所。"""

    url: str = Field(description="このサーバーの、引用した項目のページ")
    title: str
    start_index: int = Field(description="content の中の [n] の始まり(文字数)")
    end_index: int = Field(description="content の中の [n] の終わりの次")


class AnnotationOut(BaseModel):
    """出典の一つ。"""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitationOut


class MessageOut(BaseModel):
    """回答。"""

    role: Literal["assistant"] = "assistant"
    content: str = Field(description="Markdown。回答、表、出典、注意")
    refusal: None = None
    annotations: list[AnnotationOut]
    hyoka: AnswerOut = Field(description="POST /api/ask と同じ回答")


class ChoiceOut(BaseModel):
    """回答は常に一つ。"""

    index: int = 0
    message: MessageOut
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class UsageOut(BaseModel):
    """数えていないので、常に 0。"""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class CompletionOut(BaseModel):
    """まとめて返す回答。"""

    id: str = Field(examples=["chatcmpl-9f2c1b7a40d35e68"])
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[ChoiceOut]
    usage: UsageOut = UsageOut()


class FaultDetailOut(BaseModel):
    """問題の内容。"""

    message: str = Field(description="利用者に示す文")
    type: str = Field(description="invalid_request_error または server_error")
    param: str | None = Field(description="問題のある項目")
    code: str


class OpenAIFaultOut(BaseModel):
    """/v1 のエラーの形。"""

    error: FaultDetailOut


#: What is wrong with a request is always a 400; `default` keeps FastAPI from describing a 422.
OPENAI_FAULTS: dict[int | str, dict[str, Any]] = {
    code: {"model": OpenAIFaultOut, "description": description}
    for code, description in {**{c: f["description"] for c, f in FAULTS.items()}, "default": "そのほかの問題"}.items()
    if code != 422
}
