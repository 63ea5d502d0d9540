"""Why a sentence of a model is not shown, in the words that people see in the record of an answer."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What a sentence lacks. The value is shown, followed by what it is about where that helps."""

    NO_TOKEN = "根拠の番号がない"
    UNKNOWN_TOKEN = "存在しない根拠の番号"
    MARKUP = "文章でないもの(リンク、タグ、記号など)を含む"
    LANGUAGE = "質問と違う言語"
    REPEATED = "同じ文の繰り返し"
    BODY = "根拠と違う自治体、または自治体名がない"
    QUOTATION = "根拠にない引用"
    NUMBER = "根拠にない数"
    DATE = "根拠にない日付"
    NAME = "根拠にない名称"
    WORD = "根拠にない語"
    MIXED = "別々の根拠の内容の取り違え"
    DENIAL = "肯定と否定が根拠と逆"
    QUALIFIER = "条件や限定の言葉が根拠と違う"
    HISTORY = "過去の記載を現在のこととして述べている"
    ROLE = "誰が誰に・何をするかが根拠と違う"
    ORDER = "変更前と変更後の取り違え"
    TOKEN = "文の内容と関係のない根拠の番号"
    OTHERWISE = "根拠にあるとおりに述べていない"
