"""The JSON of the HTTP API: what it takes and gives, described in Japanese for the OpenAPI."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ingest.assessment import Item, Marking, State
from rag.types import Filters, Status, Version


class FiltersIn(BaseModel):
    """絞り込み。空の配列は「すべて」。"""

    model_config = ConfigDict(extra="forbid")

    municipalities: list[str] = Field(default=[], max_length=200, description="自治体名", examples=[["青葉野市"]])
    documents: list[str] = Field(default=[], max_length=200, description="評価書のID", examples=[["青葉野市-7"]])
    parts: list[str] = Field(default=[], max_length=20, description="章(I…V、別添2 など)", examples=[["II"]])

    def filters(self) -> Filters:
        """The same as the value type inside."""
        return Filters(tuple(self.municipalities), tuple(self.documents), tuple(self.parts))


class AskIn(BaseModel):
    """一つの質問。"""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"question": "委託先はどこですか。", "filters": {}}]}
    )

    question: str = Field(min_length=1, description="質問(日本語または英語)")
    filters: FiltersIn = Field(default_factory=FiltersIn)
    conversation: str = Field(
        default="",
        max_length=64,
        description="会話の番号。入れると、前の質問を踏まえて答え、質問と回答をその会話に残す",
        examples=["4f6a0c1d2b3e5a79"],
    )


class CitationOut(BaseModel):
    """様式の中の場所と、その原文の引用。"""

    marker: int = Field(description="回答の中の番号")
    document: str = Field(description="評価書のID")
    municipality: str
    title: str = Field(description="評価書名")
    section: str = Field(description="様式の中の場所", examples=["II.4 委託事項1 ③"])
    label: str = Field(description="項目名", examples=["③委託先名"])
    published: str = Field(description="公表日(様式の表記)", examples=["令和7年4月1日"])
    page: int | None = Field(description="原本のページ(分かる場合)")
    quote: str = Field(description="原文のとおりの引用")
    item: str = Field(description="項目のキー")
    version: int = Field(description="版の番号")


class CoverageOut(BaseModel):
    """回答の分母。"""

    considered: int = Field(description="調べた評価書の数")
    matched: int = Field(description="該当した評価書の数")
    unreadable: int = Field(description="読み取れなかった評価書の数")


class CheckedOut(BaseModel):
    """言語モデルが書いた文の数と、根拠を確かめて示した文の数。"""

    written: int
    verified: int


ANSWER_EXAMPLE: dict[str, Any] = {
    "question": "青葉野市の委託先は?",
    "status": "answered",
    "answer": "委託先は1件です。[1]",
    "rows": [{"document": "青葉野市-7", "委託先名": "汐見データ株式会社", "marker": 1}],
    "citations": [
        {
            "marker": 1,
            "document": "青葉野市-7",
            "municipality": "青葉野市",
            "title": "給食費の管理に関する事務 重点項目評価書",
            "section": "II.4 委託事項1 ③",
            "label": "③委託先名",
            "published": "令和7年4月1日",
            "page": None,
            "quote": "汐見データ株式会社",
            "item": "II/1/4/委託事項1/③",
            "version": 1,
        }
    ],
    "coverage": {"considered": 1, "matched": 1, "unreadable": 0},
    "composed_by": "records",
    "model": None,
    "warnings": [],
    "suggestions": ["再委託の有無は?"],
    "id": "9f2c1b7a40d35e68",
    "interpreted": "",
    "checked": None,
    "notice": "",
}


class AnswerOut(BaseModel):
    """回答。`status` は結果の種類で、記載なし・未収載などもエラーではなく結果として返す。"""

    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER_EXAMPLE]})

    question: str
    status: Status
    answer: str = Field(description="Markdown。[1] は citations の番号")
    rows: list[dict[str, str | int]] = Field(description="一覧の行。document と marker のほかは見出しと値")
    citations: list[CitationOut]
    coverage: CoverageOut
    composed_by: str = Field(description="回答の組み立て方", examples=["records"])
    model: str | None = Field(description="言語モデルの名前。使っていなければ null")
    warnings: list[str] = Field(description="記載の食い違いなどの注意")
    suggestions: list[str] = Field(description="次の質問の例")
    id: str = Field(default="", description="回答の番号。記録(トレース)と会話で使う。残していなければ空")
    interpreted: str = Field(default="", description="前の質問を踏まえて読み替えた質問。読み替えていなければ空")
    checked: CheckedOut | None = Field(default=None, description="言語モデルの文の照合。使っていなければ null")
    notice: str = Field(default="", description="言語モデルの文を示さなかったとき、その理由")


class GapOut(BaseModel):
    """原文から失われている部分。該当なしではない。"""

    section: str
    reason: str


class VersionOut(BaseModel):
    """評価書の一つの版。"""

    id: int
    document: str = Field(description="評価書のID", examples=["青葉野市-7"])
    municipality: str
    prefecture: str
    body: str = Field(description="評価実施機関名")
    number: str = Field(description="評価書番号")
    title: str = Field(description="評価書名")
    duty: str = Field(description="事務の名称")
    form: str = Field(description="様式", examples=["様式3"])
    published: str = Field(description="公表日(様式の表記)")
    published_on: dt.date | None = Field(description="公表日(ISO)。読み取れなければ null")
    current: bool = Field(description="現在の版か")
    abridged_from: str = Field(description="抄録の場合、元の評価書")
    source_name: str = Field(description="取り込んだファイルの名前")
    loaded_at: dt.datetime
    items: int = Field(description="項目の数")
    gaps: list[GapOut] = Field(description="欠落")


class AssessmentsOut(BaseModel):
    """収録している評価書(現在の版)。"""

    total: int
    assessments: list[VersionOut]


class VersionsOut(BaseModel):
    """一つの評価書のすべての版。"""

    document: str
    versions: list[VersionOut]


class MarkOut(BaseModel):
    """選択の印。unreadable は事実として扱わず、原本を確認する。"""

    label: str
    marking: Marking
    detail: str


class ItemOut(BaseModel):
    """様式の一つの項目。"""

    key: str
    section: str
    part: str
    number: str
    block: str
    sub: str
    name: str
    label: str
    path: list[str]
    text: str
    state: State
    kind: str
    file: str
    file_index: int
    page: int | None
    marks: list[MarkOut]
    choice: bool
    order: int


class ItemsOut(BaseModel):
    """項目の一覧。"""

    document: str
    published: str
    items: list[ItemOut]


class ItemPageOut(BaseModel):
    """一つの項目と、その前後の項目のキー。"""

    document: str
    published: str
    item: ItemOut
    previous: str | None
    next: str | None


class ColumnOut(BaseModel):
    """記録の列。"""

    name: str
    ja: str = Field(description="日本語の見出し")


class CellOut(BaseModel):
    """記録の一つの値。"""

    value: str
    state: State
    item: str = Field(description="その値が書かれた項目のキー")


class RecordOut(BaseModel):
    """記録の一行。"""

    document: str
    municipality: str
    published: str
    number: int = Field(description="委託事項n などの n。番号がなければ 0")
    file: str = Field(description="特定個人情報ファイル名")
    cells: dict[str, CellOut]


class RecordsOut(BaseModel):
    """一種類の記録の一覧(完全な一覧で、上位だけではない)。"""

    kind: str
    columns: list[ColumnOut]
    total: int
    rows: list[RecordOut]


class HealthOut(BaseModel):
    """稼働の状態。"""

    status: str = Field(description="ok または broken", examples=["ok"])
    generation: int = Field(description="目録の世代")
    documents: int = Field(description="収録している評価書の数")
    versions: int = Field(description="過去の版を含む数")
    accounts: bool = Field(description="利用者の認証があるか")


class Fault(BaseModel):
    """問題の内容。"""

    code: str = Field(examples=["not_found"])
    message: str = Field(description="利用者に示す文", examples=["お探しのものが見つかりません。"])
    detail: Any = None


class FaultOut(BaseModel):
    """すべてのエラーの形。"""

    error: Fault


FAULTS: dict[int | str, dict[str, Any]] = {
    code: {"model": FaultOut, "description": text}
    for code, text in {
        400: "読み取れないリクエスト",
        401: "サインインしていない、またはトークンが正しくない(HYOKA_AUTH=accounts のとき)",
        403: "役割が足りない、ほかの人のもの、またはほかのサイトのページから送られた",
        404: "見つからない",
        405: "対応していないメソッド",
        413: "大きすぎる送信内容",
        422: "入力の誤り",
        429: "短い間に送りすぎ(HYOKA_AUTH=accounts のとき)",
        500: "予期しない問題",
        503: "保存先が使えない",
    }.items()
}

#: The same for an address that gives something else than JSON: FastAPI would give the faults its media type.
FAULTS_AS_JSON: dict[int | str, dict[str, Any]] = {
    code: {
        "description": fault["description"],
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/FaultOut"}}},
    }
    for code, fault in FAULTS.items()
}


def version_out(version: Version) -> VersionOut:
    """A version of the catalog as JSON."""
    values = {name: getattr(version, name) for name in VersionOut.model_fields if name != "gaps"}
    return VersionOut(**values, gaps=[GapOut(section=section, reason=reason) for section, reason in version.gaps])


def item_out(item: Item) -> ItemOut:
    """An item of the form as JSON."""
    names = [name for name in ItemOut.model_fields if name not in {"marks", "path"}]
    values = {name: getattr(item, name) for name in names}
    marks = [MarkOut(label=m.label, marking=m.marking, detail=m.detail) for m in item.marks]
    return ItemOut(**values, path=list(item.path), marks=marks)
