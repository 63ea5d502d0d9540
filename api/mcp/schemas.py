"""What the tools take and give. Arguments that nobody knows are refused: a misspelt filter must not widen a list."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.findings_schemas import MAX_TEXT_CHARS
from api.schemas import GapOut, ItemOut, RecordOut, RecordsOut, VersionOut
from api.web.wording import KIND_NAMES
from rag.draft.profile_file import ProfileFile
from rag.errors import BadQuestion
from rag.guard import has_personal_number

KINDS = "、".join(f"{kind}({name})" for kind, name in KIND_NAMES.items())
MAX_QUERY_CHARS = 2000
PERSONAL_NUMBER = (
    "個人番号(マイナンバー)と思われる12桁の数字が含まれているため、処理しませんでした。番号を除いてください。"
)


def listed(value: object) -> object:
    """A list also where a program sends one name, or a list written as a text."""
    if not isinstance(value, str):
        return value
    try:
        read = json.loads(value)
    except ValueError:
        read = value
    return read if isinstance(read, list) else [value]


Names = Annotated[list[Annotated[str, Field(max_length=200)]], BeforeValidator(listed), Field(max_length=200)]
Municipalities = Annotated[Names, Field(description="自治体名で絞り込む。空ならすべて / municipalities; empty: all")]
Documents = Annotated[Names, Field(description="評価書のID(例: 川口市-22)で絞り込む。空ならすべて / document ids")]
Parts = Annotated[Names, Field(description="章(I … V、別添2)で絞り込む。空ならすべて / parts of the form")]


class Arguments(BaseModel):
    """Arguments of a tool."""

    model_config = ConfigDict(extra="forbid")

    def check(self) -> None:
        """Raises BadQuestion, which repeats nothing, where an argument holds a 個人番号.

        A question is left to the answerer: it may hold one as well, and has an answer then.
        """
        values = self.model_dump(exclude={"question"}).values()
        texts = (text for value in values for text in (value if isinstance(value, list) else [value]))
        if any(isinstance(text, str) and has_personal_number(text) for text in texts):
            raise BadQuestion(PERSONAL_NUMBER)


class AskArguments(Arguments):
    """Arguments of `ask`."""

    question: str = Field(
        min_length=1,
        description="質問(日本語または英語)。会話は覚えていないので、自治体や事務を省かずに書く / a standing question",
    )
    municipalities: Municipalities = []
    documents: Documents = []
    parts: Parts = []


class SearchArguments(Arguments):
    """Arguments of `search`."""

    query: str = Field(min_length=1, max_length=MAX_QUERY_CHARS, description="探す言葉または文 / words or a sentence")
    municipalities: Municipalities = []
    documents: Documents = []
    parts: Parts = []
    limit: int = Field(default=10, ge=1, le=50, description="返す件数の上限 / at most so many passages")


class RecordsArguments(Arguments):
    """Arguments of `records`."""

    kind: str = Field(
        description=f"記録の種類 / kind of record: {KINDS}", json_schema_extra={"enum": list(KIND_NAMES)}, max_length=40
    )
    municipalities: Municipalities = []
    documents: Documents = []
    contains: str = Field(
        default="", max_length=200, description="いずれかの欄に含まれる文字 / text in one of the cells"
    )
    offset: int = Field(default=0, ge=0, le=10_000_000, description="飛ばす件数 / records to skip")
    limit: int = Field(default=200, ge=1, le=1000, description="返す件数の上限 / at most so many records")


class ShowArguments(Arguments):
    """Arguments of `show`."""

    document: str = Field(min_length=1, max_length=200, description="評価書のID(例: 川口市-22) / document id")
    place: str = Field(
        default="",
        max_length=200,
        description="様式の中の場所(例: II.4、II.4 委託事項1、表紙)。空なら目次 / place in the form; empty: outline",
    )
    published: str = Field(
        default="", max_length=40, description="この公表日の版(例: 2025-04-01)。空なら現在の版 / version by date"
    )


class CheckArguments(Arguments):
    """Arguments of `check`: a collected assessment by its id, or else a whole text."""

    document: str = Field(
        default="", max_length=200, description="収録した評価書のID(例: 川口市-22) / document id; or give text"
    )
    text: str = Field(
        default="",
        max_length=MAX_TEXT_CHARS,
        description="収録していない評価書の全文(表紙から最後の項目まで)。残さない / full text, not kept",
    )
    published: str = Field(
        default="", max_length=40, description="この公表日の版(例: 2025-04-01)。空なら現在の版 / version by date"
    )


class DraftArguments(Arguments):
    """Arguments of `draft`."""

    profile: ProfileFile = Field(description="自市の情報。分からないものは書かない / what the body knows of itself")
    item: str = Field(min_length=1, max_length=40, description="起案する項目(例: III.4) / item of the form to draft")
    peers: Documents = Field(default=[], description="手本にする評価書のID。空なら自動 / peers; empty: ranked for you")


class PassageOut(BaseModel):
    """探した言葉に近い一節。"""

    rank: int = Field(description="1 が最も近い")
    score: float = Field(description="大きいほど近い。一回の検索の中だけで比べられる")
    document: str = Field(description="評価書のID")
    municipality: str
    duty: str = Field(description="事務の名称")
    section: str = Field(description="様式の中の場所", examples=["III.3 リスク2"])
    label: str = Field(description="項目名")
    published: str = Field(description="公表日(様式の表記)")
    quote: str = Field(description="原文のとおりの引用(照合済み)")
    kind: Literal["present", "history", "appendix", "boilerplate"] = Field(
        description="history は過去の記載(変更箇所)、boilerplate は国のひな型の文"
    )
    item: str = Field(description="項目のキー")
    version: int = Field(description="版の番号")


class PassagesOut(BaseModel):
    """近い順の一節。一覧として漏れがないわけではない。"""

    query: str
    passages: list[PassageOut]


class RecordPageOut(RecordsOut):
    """一種類の記録。total は該当する全件数で、rows はそのうち offset から limit 件まで。"""

    offset: int
    complete: bool = Field(description="rows が全件か")


class PlaceOut(BaseModel):
    """目次の一行。"""

    place: str = Field(description="show の place に書ける場所")
    items: int = Field(description="項目の数")


class ShownOut(BaseModel):
    """評価書の一つの場所、または目次。"""

    version: VersionOut
    places: list[PlaceOut] = Field(default=[], description="目次(場所を省いたとき)")
    items: list[ItemOut] = []
    gaps: list[GapOut] = Field(description="原文から失われている部分。該当なしではない")
    records: dict[str, list[RecordOut]] = Field(default={}, description="この場所から読み取った記録")
