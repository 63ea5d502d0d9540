"""What a person types into a reply, as it is kept: no 個人番号, and of residents' personal data tokens only."""

from __future__ import annotations

from rag import serial
from rag.cite import fold
from rag.draft.entries import UNSEEN
from rag.errors import BadEntry
from rag.guard import has_personal_number
from rag.privacy import mask
from rag.privacy.masked import NAME

MAX_INQUIRY_CHARS = 20_000
MAX_LETTER_CHARS = 40_000
MAX_COMMENT_CHARS = 1000
#: Shorter names stand by chance in published texts: a family name in that of a city.
MIN_NAME_CHARS = 4
NUMBER = "{what}に個人番号とみられる数字があります。番号を除いて入力し直してください。"


def inquiry(text: str) -> str:
    """A pasted inquiry as it is masked: lines end in \\n, nothing unseen in it. Raises BadEntry."""
    said = _plain(text)
    if not said.strip():
        raise BadEntry("問合せが空です。住民からの問合せの本文を貼り付けてください。")
    if len(said) > MAX_INQUIRY_CHARS:
        raise BadEntry(f"問合せが長すぎます({len(said)}文字)。{MAX_INQUIRY_CHARS}文字以内に分けて入力してください。")
    return said


def letter(text: str, masked: str, published: str) -> str:
    """A letter that a person changed.

    masked     the inquiry, whose tokens are not given to other values
    published  texts that stand as they are: the letter before and its quotes; offices and their telephones
    Raises BadEntry.
    """
    said = _plain(text).strip()
    if not said:
        raise BadEntry("文面が空です。回答の文面を入力してください。")
    if len(said) > MAX_LETTER_CHARS:
        raise BadEntry(f"文面が長すぎます({len(said)}文字)。{MAX_LETTER_CHARS}文字以内にまとめてください。")
    return _masked(said, masked, published, "文面")


def comment(text: str, masked: str, published: str) -> str:
    """Why a reply is returned. Raises BadEntry."""
    said = _plain(text).strip()
    if not said:
        raise BadEntry("差し戻す理由が空です。どこをどう直すかを書いてください。")
    if len(said) > MAX_COMMENT_CHARS:
        raise BadEntry(f"差し戻す理由が長すぎます。{MAX_COMMENT_CHARS}文字以内にまとめてください。")
    return _masked(said, masked, published, "差し戻す理由")


def _plain(text: str) -> str:
    return serial.storable(UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def _masked(said: str, masked: str, published: str, what: str) -> str:
    """The text with tokens for personal data that is not published, numbered on from those of the inquiry."""
    if has_personal_number(said):
        raise BadEntry(NUMBER.format(what=what))
    before = f"{masked}\n\n"
    whole = before + said
    stands, known = _Lines(whole, published), fold(published)
    parts: list[str] = []
    at = len(before)
    for span in mask(whole).spans:
        value = fold(whole[span.start : span.end])
        published_too = value in known and (span.kind != NAME or len(value) >= MIN_NAME_CHARS)
        if span.start < at or published_too or stands.unchanged(span.start, span.end):
            continue
        parts += [whole[at : span.start], span.token]
        at = span.end
    return "".join([*parts, whole[at:]])


class _Lines:
    """Tells which lines of a text stand in a published one as they are."""

    def __init__(self, text: str, published: str) -> None:
        self._text = text
        self._known = {line.strip() for line in published.split("\n") if line.strip()}

    def unchanged(self, start: int, end: int) -> bool:
        """Whether [start, end) lies within such lines."""
        first = self._text.rfind("\n", 0, start) + 1
        last = self._text.find("\n", end)
        lines = self._text[first : last if last >= 0 else None].split("\n")
        return all(line.strip() in self._known for line in lines)
