"""Whose assessment it is: municipality and prefecture out of 評価実施機関名."""

from __future__ import annotations

import re

from ingest.labels import fold

_REGIONS = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県",
    "東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県",
    "滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県",
    "香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県",
)
PREFECTURES = tuple(name for region in _REGIONS for name in region.split())
_HEAD = re.compile(r"^(.{1,12}?[市区町村])長")
_OF_MUNICIPALITY = re.compile(r"^.{1,10}?[市区町村].")
_FORM_NAME = re.compile(r"\s*(?:特定個人情報保護評価書)?\s*[(（]?(?:基礎|重点|全)項目評価書[)）]?\s*$")


def split_body(body: str) -> tuple[str, str]:
    """Name of the body, and its prefecture where it is printed.

    '埼玉県川口市長' → ('川口市', '埼玉県'); '埼玉県川口市教育委員会' → ('川口市教育委員会', '埼玉県').
    A body of a whole prefecture keeps its name: '三重県知事' → ('三重県', '三重県'),
    '埼玉県後期高齢者医療広域連合長' → ('埼玉県後期高齢者医療広域連合', '埼玉県').
    """
    folded = fold(body)
    prefecture = next((p for p in PREFECTURES if folded.startswith(p)), "")
    rest = folded.removeprefix(prefecture)
    head = _HEAD.match(rest)
    if head:
        return head[1], prefecture
    if prefecture and (not rest or rest.startswith("知事")):
        return prefecture, prefecture
    name = re.sub(r"(?<=[合構])長$", "", rest)
    return (name if _OF_MUNICIPALITY.match(rest) else prefecture + name), prefecture


def short_duty(title: str, municipality: str) -> str:
    """The duty out of 評価書名: without the municipality before it and the form's name behind it."""
    text = _FORM_NAME.sub("", " ".join(title.split())[:500])
    return re.sub(rf"^{re.escape(municipality)}\s*(?:における)?\s*", "", text).strip()
