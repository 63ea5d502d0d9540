"""What a person types into a draft, checked: not empty, not too long, no personal number."""

from __future__ import annotations

import re

from rag import serial
from rag.errors import BadEntry
from rag.guard import has_personal_number

#: The longest texts of published assessments have some 3,000 characters in one field.
MAX_TEXT_CHARS = 4000
MAX_DETAIL_CHARS = 500
MAX_AUTHOR_CHARS = 60
MAX_TITLE_CHARS = 100

#: Control characters, and those that turn the direction of what follows.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def entered(text: str, what: str = "文", max_chars: int = MAX_TEXT_CHARS) -> str:
    """A text as it is kept, which may be ""; `what` names it to the person. Raises BadEntry."""
    said = serial.storable(UNSEEN.sub("", text.replace("\r\n", "\n"))).strip()
    if len(said) > max_chars:
        raise BadEntry(f"{what}が長すぎます({len(said)}文字)。{max_chars}文字以内にまとめてください。")
    if has_personal_number(said):
        raise BadEntry(f"{what}に個人番号とみられる数字があります。番号を除いて入力し直してください。")
    return said


def required(text: str, what: str = "文", max_chars: int = MAX_TEXT_CHARS) -> str:
    """The same for a text that must say something. Raises BadEntry."""
    said = entered(text, what, max_chars)
    if not said:
        raise BadEntry(f"{what}が空です。内容を入力してください。")
    return said


def author_name(text: str) -> str:
    """Who works on a draft, on one line. Raises BadEntry."""
    return " ".join(entered(text, "担当の名前", MAX_AUTHOR_CHARS).split())


def draft_title(text: str) -> str:
    """A draft's title, on one line. Raises BadEntry."""
    return " ".join(required(text, "起案の名前", MAX_TITLE_CHARS).split())
