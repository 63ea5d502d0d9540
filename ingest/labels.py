"""Recognises a label of the form as a document prints it: full- or half-width, with ※, notes or small OCR faults."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = {
    "I": "I",
    "II": "II",
    "III": "III",
    "IV": "IV",
    "V": "V",
    "VI": "VI",
    "L": "I",
    "LL": "II",
    "LLL": "III",
    "|": "I",
    "||": "II",
    "|||": "III",
    "1": "I",
    "LV": "IV",
    "VL": "VI",
    "|V": "IV",
    "V|": "VI",
}
_NOTES = re.compile(r"[(\[【<][^)\]】>\n]{0,200}[)\]】>]")
_JUNK = re.compile(r"[\s※*・:.、,。－―-]+")
#: Characters that OCR takes for each other.
_ALIKE = str.maketrans("ヘベペリカエロニトハタ一", "へべぺり力工口二卜八夕ー")
#: Below this share of equal characters two labels are different ones (OCR faults such as a lost その stay above).
NEARLY = 0.86
#: A label of as many characters may have lost or won some.
_LONG = 8
#: What is longer is no label; it is neither compared nor remembered.
_MAX_CHARS = 300


def fold(text: str) -> str:
    """NFKC without white space: what two spellings of one text share."""
    return _fold(text) if len(text) <= _MAX_CHARS else _fold.__wrapped__(text)


@functools.lru_cache(maxsize=32768)
def _fold(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def bare(text: str) -> str:
    """A label reduced to its words: no notes in brackets, ※, punctuation or white space; サーバ without ー."""
    return _bare(text) if len(text) <= _MAX_CHARS else _bare.__wrapped__(text)


@functools.lru_cache(maxsize=32768)
def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.lstrip(CIRCLED + " \u3000"))
    return _JUNK.sub("", _NOTES.sub("", folded)).replace("サーバー", "サーバ").replace("手続き", "手続")


def shape(text: str) -> str:
    """`bare`, with characters made equal that OCR takes for each other: for comparing, never for showing."""
    return _shape(text) if len(text) <= _MAX_CHARS else _shape.__wrapped__(text)


@functools.lru_cache(maxsize=32768)
def _shape(text: str) -> str:
    return bare(text).translate(_ALIKE)


def circled(text: str) -> str:
    """The circled number a label begins with, or ""."""
    text = text.lstrip()
    return text[0] if text and text[0] in CIRCLED else ""


def same(printed: str, official: str) -> bool:
    """Whether a printed label is this official one."""
    return len(printed) <= _MAX_CHARS and _same(shape(printed), shape(official))


@functools.lru_cache(maxsize=65536)
def _same(a: str, b: str) -> bool:
    if a == b:
        return bool(a)
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > max(2, len(b) // 8):
        return False
    if len(b) < _LONG and len(a) != len(b):  # 再委託の有無 is not 委託の有無
        return False
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return matcher.real_quick_ratio() >= NEARLY and matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY


def likeness(printed: str, official: str) -> float:
    """How alike two labels are: 1 equal, 0 nothing in common."""
    return difflib.SequenceMatcher(None, shape(printed), shape(official), autojunk=False).ratio()


def roman(text: str) -> str:
    """`Ⅱ`, `II`, `ll` → `II`; "" where it is no Roman numeral of a part."""
    return _ROMAN.get(unicodedata.normalize("NFKC", text).strip().upper(), "")
