"""A profile as it comes from outside: names of the facts, their kinds and limits, personal numbers refused.

Used by `profile_reading` for files and by `/api/drafts`; `Profile` is the same inside.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from rag import serial
from rag.draft.entries import UNSEEN
from rag.draft.profile import ContractFact, Profile, RecipientFact
from rag.errors import BadEntry
from rag.guard import has_personal_number

MAX_TEXT_CHARS = 10_000
MAX_ENTRIES = 200


def _as_text(value: Any) -> Any:
    """A number is printed as it is, nothing (city:) is unknown; a yes or no is nothing that the form prints."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _as_list(value: Any) -> Any:
    if value is None:
        return []
    return [value] if isinstance(value, str | int | float) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_as_text), Field(max_length=MAX_TEXT_CHARS)]
Texts = Annotated[list[Text], BeforeValidator(_as_list), Field(max_length=MAX_ENTRIES)]


class ContractIn(BaseModel):
    """一つの委託。"""

    model_config = ConfigDict(extra="forbid")

    title: Text = Field("", description="委託事項の名前")
    content: Text = Field("", description="委託内容")
    handlers: Text = Field("", description="委託先における取扱者数")
    contractor: Text = Field("", description="委託先名")
    subcontract: Text = Field("", description="再委託する または 再委託しない")
    permission: Text = Field("", description="再委託の許諾方法")
    subcontracted: Text = Field("", description="再委託事項")


class RecipientIn(BaseModel):
    """一つの提供先または移転先。"""

    model_config = ConfigDict(extra="forbid")

    recipient: Text = Field("", description="提供先・移転先の名前")
    transfer: bool = Field(False, description="移転なら true、提供なら false")
    basis: Text = Field("", description="法令上の根拠")
    purpose: Text = Field("", description="用途")
    information: Text = Field("", description="提供・移転する情報")
    people: Text = Field("", description="本人の数")
    scope: Text = Field("", description="本人の範囲")
    means: Texts = Field([], description="提供・移転の方法")
    timing: Text = Field("", description="時期・頻度")


class ProfileFile(BaseModel):
    """自市の情報。分からないものは書かない(空は「不明」)。委託・提供は、ないと分かっていれば []。"""

    model_config = ConfigDict(extra="forbid")

    body: Text = Field("", description="評価実施機関名(○○市長)")
    city: Text = Field("", description="自治体名")
    duty: Text = Field("", description="事務の名称")
    summary: Text = Field("", description="事務の内容")
    number: Text = Field("", description="評価書番号")
    title: Text = Field("", description="評価書名")
    declaration: Text = Field("", description="個人のプライバシー等の権利利益の保護の宣言")
    published: Text = Field("", description="公表日")
    department: Text = Field("", description="担当部署")
    manager: Text = Field("", description="所属長の役職名")
    people: Text = Field("", description="対象人数(様式の選択肢)")
    persons: Text = Field("", description="対象となる本人の数(様式の選択肢)")
    scope: Text = Field("", description="対象となる本人の範囲")
    file_name: Text = Field("", description="特定個人情報ファイル名")
    record_items: Text = Field("", description="記録項目")
    held_since: Text = Field("", description="保有開始日")
    purpose: Text = Field("", description="使用目的")
    sources: Texts = Field([], description="入手元")
    means: Texts = Field([], description="入手方法")
    users: Text = Field("", description="使用部署")
    handlers: Text = Field("", description="使用者数(様式の選択肢)")
    systems: Texts = Field([], description="システムの名称")
    hosting: Text = Field("", description="システムの置き場所")
    authentication: Text = Field("", description="ユーザ認証の方法")
    contracts: list[ContractIn] | None = Field(None, max_length=MAX_ENTRIES, description="委託")
    recipients: list[RecipientIn] | None = Field(None, max_length=MAX_ENTRIES, description="提供先・移転先")
    linkage: Text = Field("", description="情報連携の実施の有無")
    basis_use: Text = Field("", description="個人番号の利用の法令上の根拠")
    basis_linkage: Text = Field("", description="情報連携の法令上の根拠")
    incident: Text = Field("", description="過去3年以内の重大事故")
    audits: Texts = Field([], description="監査の実施の有無")
    contact: Text = Field("", description="問合せの連絡先")
    disclosure_contact: Text = Field("", description="開示等の請求先")
    assessed: Text = Field("", description="基礎項目評価の実施日")

    def profile(self) -> Profile:
        """The facts. Raises BadEntry for a personal number in any of them."""
        plain = self.model_dump(exclude={"contracts", "recipients"})
        facts = {name: _tidy(name, value) for name, value in plain.items()}
        return Profile(
            **facts,
            contracts=_each(ContractFact, "contracts", self.contracts),
            recipients=_each(RecipientFact, "recipients", self.recipients),
        )

    @classmethod
    def of(cls, profile: Profile) -> ProfileFile:
        """The same facts, to be sent or written."""
        return cls.model_validate(dataclasses.asdict(profile))


def _tidy(name: str, value: Any) -> Any:
    """A fact as it is kept: text without control characters, lists as tuples. Raises BadEntry."""
    if isinstance(value, list):
        return tuple(t for v in value if (t := _tidy(name, v)))
    if not isinstance(value, str):
        return value
    said = serial.storable(UNSEEN.sub("", value.replace("\r\n", "\n"))).strip()
    if has_personal_number(said):
        raise BadEntry(f"項目「{name}」に個人番号とみられる数字があります。番号を除いてください。")
    return said


def _each(kind: Any, name: str, entries: Sequence[BaseModel] | None) -> Any:
    if entries is None:
        return None
    dumped = (e.model_dump() for e in entries)
    return tuple(kind(**{k: _tidy(f"{name}.{k}", v) for k, v in plain.items()}) for plain in dumped)
