"""General words of the form and of the page: chapter titles, statuses with their next step, kinds of records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ingest.assessment import Item
from rag.types import Checked, Citation, ModelCard, Reach

#: Chapters of 様式3 that a question can be narrowed to.
PARTS: dict[str, str] = {
    "I": "基本情報",
    "II": "ファイルの概要",
    "III": "リスク対策",
    "IV": "開示請求、問合せ",
    "V": "評価実施手続",
    "別添2": "変更箇所(過去)",
}

ROMAN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ", "VI": "Ⅵ"}


def part_name(part: str) -> str:
    """The chapter as people write it: Ⅱ, 別添2."""
    return ROMAN.get(part, part)


def place_name(section: str) -> str:
    """A section with the numeral of the form: `II.4 委託事項1 ③` → `Ⅱ.4 委託事項1 ③`."""
    head, dot, rest = section.partition(".")
    if head in ROMAN:
        return ROMAN[head] + dot + rest
    head, blank, rest = section.partition(" ")
    return ROMAN.get(head, head) + blank + rest


def cited_place(cited: Citation) -> str:
    """Section and label of a citation, what both say only once: `Ⅱ.4 委託事項1 ③委託先名`."""
    head, _, last = cited.section.rpartition(" ")
    section = head if last and cited.label.startswith(last) else cited.section
    return f"{place_name(section)} {cited.label}".strip()


def item_name(item: Item) -> str:
    """The label of an item with its sub-item's sign, also where the form prints it only once for several fields."""
    label = item.label or item.name or item.section
    return label if not item.sub or label.startswith(item.sub) else f"{item.sub} {label}"


def moment(at: dt.datetime) -> str:
    """A moment in the time of the machine, to the minute."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def checked_words(checked: Checked) -> str:
    """How many of a model's sentences were verified."""
    return f"{checked.written}文中{checked.verified}文を確認"


@dataclass(frozen=True, slots=True)
class Standing:
    """Which model words the answers and how far what it is shown travels; `tone` is a class of the style sheet."""

    text: str
    reach: str
    tone: str
    named: bool = True


def standing(card: ModelCard | None) -> Standing:
    """What the header says at all times."""
    if card is None:
        return Standing("言語モデルなし", "外部送信なし", "good", named=False)
    model = f"文章: {card.name}"
    if card.reach is Reach.MACHINE:
        return Standing(model, "この機械の中、外部送信なし", "good")
    if card.reach is Reach.NETWORK:
        return Standing(model, f"設定したサーバー {card.host} へ送信", "plain")
    return Standing(model, f"外部のサービス {provider(card)} へ送信", "care")


def provider(card: ModelCard) -> str:
    """Who runs an outside model, by the name that people know."""
    prefix = card.name.partition(":")[0]
    return PROVIDERS.get(prefix, card.host or prefix)


@dataclass(frozen=True, slots=True)
class StatusWords:
    """How a status is shown: the badge, its tone (a class of the style sheet) and what to do next."""

    badge: str
    tone: str
    next_step: str = ""
    link: str = ""
    link_text: str = ""


STATUSES: dict[str, StatusWords] = {
    "answered": StatusWords("回答", "good"),
    "partial": StatusWords(
        "一部回答", "care", "足りない部分は、出典の前後の項目か原本で確かめてください。", "/assessments", "評価書を読む"
    ),
    "not_collected": StatusWords(
        "未収載", "plain", "記載がないという意味ではありません。", "/assessments", "収録一覧を見る"
    ),
    "not_stated": StatusWords(
        "記載なし", "plain", "所管課に確かめるか、近い項目を評価書で読んでください。", "/assessments", "評価書を読む"
    ),
    "unreadable": StatusWords(
        "読取不可", "care", "該当なしという意味ではありません。原本は、自治体が公表している評価書です。"
    ),
    "out_of_scope": StatusWords("対象外", "plain", "", "/", "質問の例を見る"),
    "refused": StatusWords("お答えできません", "stop"),
}

PROVIDERS: dict[str, str] = {
    "openai": "OpenAI",
    "azure_openai": "Azure OpenAI",
    "anthropic": "Anthropic",
    "google_genai": "Google",
    "google_vertexai": "Google",
    "bedrock": "Amazon Bedrock",
    "bedrock_converse": "Amazon Bedrock",
}

#: A conversation that nobody named and whose question gives no name.
UNTITLED = "(名前のない会話)"

#: The columns of 変更箇所, in the order of the form.
CHANGE_COLUMNS = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")

KIND_NAMES: dict[str, str] = {
    "covers": "表紙・基本情報",
    "systems": "システム",
    "files": "特定個人情報ファイル",
    "contracts": "委託",
    "provisions": "提供",
    "transfers": "移転",
    "bases": "法令上の根拠",
    "incidents": "事故",
    "measures": "リスク対策",
    "contacts": "窓口",
    "changes": "変更箇所",
}

MARKS: dict[str, tuple[str, str]] = {
    "marked": ("■", "印あり"),
    "unmarked": ("□", "印なし"),
    "unreadable": ("?", "読取不可・原本確認"),
}
