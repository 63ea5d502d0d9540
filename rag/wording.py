"""How things are said in both languages: names of documents and places, states, the kinds of no. No decisions here."""

from __future__ import annotations

from ingest.assessment import Item, Kind, State
from rag.types import Version

UNREADABLE = "読取不可(原本確認)"
BLANK = "記載なし"


def say(language: str, ja: str, en: str) -> str:
    """The sentence in the question's language."""
    return en if language == "en" else ja


def name(version: Version) -> str:
    """`川口市「子ども医療費の支給に関する事務」`."""
    return f"{version.municipality}「{version.duty}」"


def value_of(text: str, state: State) -> str:
    """A cell as shown: its value, or which kind of no it is."""
    if state is State.UNREADABLE:
        return UNREADABLE
    return flat(text) if text and state is State.STATED else BLANK


def label_of(item: Item) -> str:
    """The item's place with its label: `II.2 ⑤ 保有開始日`."""
    if item.kind is Kind.APPENDIX:
        return f"{item.part} {item.label}" if item.block else item.label
    label = item.path[-1] if item.path else item.label
    section = item.section
    return section if item.name and item.name in section else f"{section} {label}"


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def lost(language: str, version: Version, what: str, reason: str) -> str:
    """That a place (`what`, as II.5) was lost before the text came here; `reason` is a whole Japanese sentence."""
    ja = f"{name(version)}: {reason}変換で失われた部分のため答えられません(読取不可)。原本を確認してください。"
    en = f"{name(version)}: {what} was lost from the source text (読取不可). Please check the original."
    return say(language, ja, en)
