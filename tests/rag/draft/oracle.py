"""What of a published assessment belongs to its municipality: read off its printed lines, by rules of their own.

Written apart from `rag.draft.names` and `rag.draft.compounds`, so that a fault of theirs shows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from rag.draft.profile import Profile

_COMPANY = re.compile(
    r"(?:株式会社|有限会社)\s*([一-龥ァ-ヴーA-Za-z]{3,12})|([一-龥ァ-ヴーA-Za-z]{3,12})\s*(?:株式会社|有限会社)"
)
_DEPARTMENT = re.compile(r"[一-龥ぁ-んァ-ヴー・]{2,9}(?:課|局|区役所|支所|振興局)(?![一-龥])")
_SYSTEM = re.compile(r"[一-龥ァ-ヴーA-Z]{2,10}システム")
_PHONE = re.compile(r"0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}")
_POST = re.compile(r"\d{3}-\d{4}")
_TOWN = re.compile(r"(?<=[市区])[一-龥]{2,5}(?=(?:町|台)?\s?\d+(?:-|丁目|番))")
#: Parts of names that the form and every municipality have.
_EVERYBODY = re.compile(
    r"他|各|全|部局|当該|関係|担当|所管|総務局|情報提供|庁内|庁舎内|庁舎|住民基本台帳|住民記録|宛名|税務|既存|業務|対象|国民健康保険|健康管理|"
    r"納税課|基本台帳|政府情報|委託先|提供先|標準準拠|住民票|統合|中間|^情報システム|基幹|利用|個別"
)
#: What no sentence of one's own may say: figures, dates, contacts, rules of others, what once happened.
FIGURES = re.compile(
    r"\d+回|年\d|月\d|毎[年月週日朝]|\d+(年|か月|ヶ月|日|時間|人|名|件|%|円)|(平成|令和|昭和)\s?[\d元]|(19|20)\d\d年|\d{2,5}-\d{2,4}-\d{3,4}|"
    r"〒|[@＠]|https?:|条例(?!事務)|要綱|が発生した(?!場合|とき|際)|[甲乙]は、"
)
AUTHENTICATIONS = (
    "静脈",
    "指紋",
    "顔認証",
    "虹彩",
    "ICカード",
    "2要素",
    "二要素",
    "多要素",
    "ワンタイム",
    "生体認証",
    "パスワード",
)


def fold(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def belongings(folder: Path) -> frozenset[str]:
    """Names of municipalities with their stems, contractors, departments, systems, telephone numbers, places."""
    found: set[str] = set()
    for path in folder.glob("*.txt"):
        city = unicodedata.normalize("NFC", path.stem).rsplit("-")[0]
        found |= {city, re.sub(r"[市区町村]$", "", city)}
        found |= set(_of(unicodedata.normalize("NFKC", path.read_text("utf-8"))))
    return frozenset(name for name in found if len(name) >= 2)


def _of(text: str) -> Iterator[str]:
    for match in _COMPANY.finditer(text):
        if not _EVERYBODY.search(match[1] or match[2]):
            yield match[1] or match[2]
    for expression in (_DEPARTMENT, _SYSTEM):
        yield from (m[0] for m in expression.finditer(text) if not _EVERYBODY.search(m[0]))
    for expression in (_PHONE, _POST, _TOWN):
        yield from (m[0] for m in expression.finditer(text))


def own(profile: Profile) -> str:
    """All that a profile says."""
    return fold(repr(profile))
