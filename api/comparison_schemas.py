"""The JSON of /api/compare, described in Japanese for the OpenAPI; the same as `hyoka compare --json`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from rag.compare.holding import Holding, RowKind
from rag.compare.table import Comparison


class QuoteOut(BaseModel):
    """様式の中の場所と、その原文の引用。"""

    document: str = Field(description="評価書のID")
    section: str = Field(description="様式の中の場所", examples=["III.3 リスク2 具体的な管理方法"])
    label: str = Field(description="項目名")
    published: str = Field(description="公表日(様式の表記)")
    quote: str = Field(description="原文のとおりの引用")
    item: str = Field(description="項目のキー")
    version: int = Field(description="版の番号")


class ComparedCellOut(BaseModel):
    """一つの評価書が一つの行について述べていること。"""

    document: str
    state: Holding = Field(
        description="has(あり)、national(国の共通文のみ)、mentioned(否定・予定などの言及のみ)、not_stated(記載なし)、"
        "unreadable(読取不可)、no_item(様式に項目なし)"
    )
    value: str = Field(description="選択肢の値など。措置では空")
    note: str = Field(description="添え書き(ファイル2のみ など)")
    gap: str = Field(description="自分の団体の不足。不足でなければ空")
    citations: list[QuoteOut]
    elsewhere: list[QuoteOut] = Field(description="この項目にはないが、ほかの項目にある記載")


class ComparedRowOut(BaseModel):
    """一つの措置、選択肢または共通する記載。"""

    kind: RowKind = Field(description="choice、measure、shared、national(数えない)、rest")
    name: str
    counts: dict[str, int] = Field(description="state ごとの評価書の数")
    cells: list[ComparedCellOut] = Field(description="columns と同じ順")


class ComparedDocumentOut(BaseModel):
    """比べた評価書。"""

    document: str
    municipality: str
    duty: str
    published: str
    form: str
    section: str = Field(description="この様式での項目の番号。項目がなければ空")
    abridged: bool = Field(description="抄録")
    lost: str = Field(description="項目の全部か一部が失われている訳。失われていなければ空")
    excused: list[str] = Field(description="当たらないことを示す、印のある欄(委託しない など)")
    own: bool = Field(description="自分の団体")


class ComparisonCoverageOut(BaseModel):
    """比較の分母。"""

    considered: int = Field(description="比べた評価書の数")
    unreadable: int = Field(description="項目の全部か一部が読み取れない評価書の数")


class ComparisonOut(BaseModel):
    """一つの項目の比較。"""

    item: str = Field(description="様式3の項目", examples=["III.3"])
    title: str
    own: str
    coverage: ComparisonCoverageOut
    columns: list[ComparedDocumentOut]
    rows: list[ComparedRowOut]
    absent: list[str] = Field(description="どの評価書のこの項目にも記載のない措置")


def comparison_out(comparison: Comparison) -> ComparisonOut:
    """The comparison as the API gives it."""
    return ComparisonOut.model_validate(comparison.as_dict())
