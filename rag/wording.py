"""How things are said in both languages: names of documents, states, the three kinds of no. No decisions here."""

from __future__ import annotations

from ingest.assessment import Item, State
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
    return " ".join(text.split()) if text and state is State.STATED else BLANK


def place_of(item: Item) -> str:
    """`III.4 規定の内容` with the item's printed label where the place has no name of its own."""
    return item.section if item.name else f"{item.section} {item.path[-1]}".replace(f"{item.sub} {item.sub}", item.sub)
