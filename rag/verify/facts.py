"""Hard facts in a text: dates, numbers with their units, quotations, names of municipalities. Compared exactly."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from ingest.dates import parse_date
from ingest.labels import CIRCLED
from rag.terms import key

_CIRCLED = re.compile(f"[{CIRCLED}]")
#: A place of the form: II.3.
_PLACE = r"[ivx]+\.\d+"
_DATE = re.compile(
    r"(?:明治|大正|昭和|平成|令和|[SHRshr](?=\d))\s?(?:元|\d{1,2})\s?[年./]\s?(?:\d{1,2}\s?[月./](?:\s?\d{1,2}\s?日?)?)?"
    r"|(?:19|20)\d\d\s?[年/.-]\s?(?:\d{1,2}\s?[月/.-]?(?:\s?\d{1,2}\s?日?)?)?"
)
_GROUPED = re.compile(r"(?<=\d)[,，]\s?(?=\d{3})")
_JOINED = r"\d+(?:[\-‐−ー.:/]\d+)+"
_UNIT = (
    r"(?:兆|億|万|千|百)*(?:人|名|件|社|者|回|年度|年間|年|か月|ヶ月|カ月|箇月|月|日間|日|時間|時|分|つ|個|項目|項|条|号|"
    r"頁|ページ|要素|情報|歳|才|%|パーセント|桁|文字|種類|か所|箇所|カ所|ヶ所|世代|丁目|番地|階|団体|自治体|市町村|台)?"
)
_EDGE = r"(?:以上|以下|未満|以内|超)?"
_NUMBER = re.compile(rf"{_PLACE}|{_JOINED}|\d+(?:\.\d+)?{_UNIT}{_EDGE}")
_CHINESE = dict(zip("一二三四五六七八九", "123456789", strict=True))
_CHINESE_COUNT = re.compile(r"(?<![一-龥])([一二三四五六七八九])(?=つ|社|件|人|名|回|か所|箇所|団体|者|年|日)")
_QUOTED = re.compile(r"「([^「」]+)」|『([^『』]+)』|“([^“”]+)”|\"([^\"]+)\"")
#: Units of what can be counted in the evidence itself; the numbers of people, years … stand there or do not.
COUNTS = re.compile(r"(\d+)(?:つ|社|件|者|団体|自治体|か所|箇所|項目|種類|市)?")


def plain(text: str) -> str:
    """A text in NFKC without circled numbers, which only number the places of the form."""
    return unicodedata.normalize("NFKC", _CIRCLED.sub("", text))


def folded(text: str) -> str:
    """What texts are compared by here: plain and folded."""
    return key(plain(text))


def canonical(text: str) -> str:
    """A text for looking numbers up in it: folded, no commas in numbers, Chinese numerals of counts as digits."""
    counted = _CHINESE_COUNT.sub(lambda m: _CHINESE[m[1]], plain(text))
    return key(_GROUPED.sub("", counted))


def dates(text: str) -> list[tuple[str, dt.date | None]]:
    """Dates of a text as printed (canonical), with their day."""
    return [(m[0], parse_date(m[0])) for m in _DATE.finditer(canonical(text))]


def numbers(text: str) -> list[str]:
    """Numbers of a text with their units, canonical; those of dates are not among them."""
    return [m[0] for m in _NUMBER.finditer(_DATE.sub(" ", canonical(text)))]


def has_number(number: str, pool: str) -> bool:
    """Whether a number with its unit stands in a canonical text, and not inside another number."""
    edge = "" if not number[-1].isdigit() else r"(?![\d]|[.\-:/]\d)"
    return re.search(rf"(?<![\d.]){re.escape(number)}{edge}", pool) is not None


def quotations(text: str) -> list[str]:
    """What stands in quotation marks, folded; single characters are none."""
    return [q for m in _QUOTED.finditer(text) if len(q := folded(next(g for g in m.groups() if g))) >= 2]
