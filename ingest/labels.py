"""Recognises a label of the form however a document prints it: full- or half-width, with ※, notes or small OCR faults."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = {"I": "I", "II": "II", "III": "III", "IV": "IV", "V": "V", "VI": "VI", "L": "I", "|": "I", "1": "I", "LL": "II", "LLL": "III"}
_NOTES = re.compile(r"[(\[【<].*?[)\]】>]")
_JUNK = re.compile(r"[\s※*・:.、,。－―-]+")
#: Below this share of equal characters two labels are different ones (OCR faults such as a lost その stay above).
NEARLY = 0.86


@functools.lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """NFKC without white space: what two spellings of one text share."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@functools.lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """A label reduced to its words: no notes in brackets, ※, punctuation or white space; サーバ without ー."""
    folded = unicodedata.normalize("NFKC", text.lstrip(CIRCLED + " \u3000"))
    return _JUNK.sub("", _NOTES.sub("", folded)).replace("サーバー", "サーバ").replace("手続き", "手続")


def circled(text: str) -> str:
    """The circled number a label begins with, or ""."""
    text = text.lstrip()
    return text[0] if text and text[0] in CIRCLED else ""


@functools.lru_cache(maxsize=65536)
def same(printed: str, official: str) -> bool:
    """Whether a printed label is this official one."""
    a, b = bare(printed), bare(official)
    if a == b:
        return bool(a)
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > max(2, len(b) // 8):
        return False
    return likeness(printed, official) >= NEARLY


@functools.lru_cache(maxsize=65536)
def likeness(printed: str, official: str) -> float:
    """How alike two labels are: 1 equal, 0 nothing in common."""
    return difflib.SequenceMatcher(None, bare(printed), bare(official), autojunk=False).ratio()


def roman(text: str) -> str:
    """`Ⅱ`, `II`, `ll` → `II`; "" where it is no Roman numeral of a part."""
    return _ROMAN.get(unicodedata.normalize("NFKC", text).strip().upper(), "")
