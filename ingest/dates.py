"""Dates in the form's own notation (令和8年2月3日, R8.2.3, 2016/1/29) and as ISO dates."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_ERAS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "S": 1925,
    "H": 1988,
    "R": 2018,
}
_MONTH_AND_DAY = r"\s{0,3}(?:(\d{1,2})\s{0,3}[月./-]\s{0,3}(?:(\d{1,2})\s{0,3}日?)?)?"
_WAREKI = re.compile(
    rf"(明治|大正|昭和|平成|令和|(?<![A-Za-z])[SHR])\s{{0,3}}(元|\d{{1,2}})\s{{0,3}}[年./]{_MONTH_AND_DAY}"
)
_SEIREKI = re.compile(rf"(?<!\d)((?:19|20)\d\d)\s{{0,3}}[年./-]{_MONTH_AND_DAY}")
_PRINTED = re.compile(
    r"(?:(?:昭和|平成|令和)\s{0,3}(?:元|[\d０-９]{1,2})\s{0,3}年|(?:19|20)\d\d\s{0,3}年)"
    r"\s{0,3}[\d０-９]{1,2}\s{0,3}月(?:\s{0,3}[\d０-９]{1,2}\s{0,3}日)?"
)


def parse_date(text: str) -> dt.date | None:
    """The first date in `text`; a missing month or day counts as the first. None where there is none that exists."""
    folded = unicodedata.normalize("NFKC", text)
    found = [
        (m.start(), _ERAS[m[1]] + (1 if m[2] == "元" else int(m[2])), m[3], m[4]) for m in _WAREKI.finditer(folded)
    ]
    found += [(m.start(), int(m[1]), m[2], m[3]) for m in _SEIREKI.finditer(folded)]
    for _, year, month, day in sorted(found, key=lambda f: f[0]):
        try:
            return dt.date(year, int(month or 1), int(day or 1))
        except ValueError:
            continue
    return None


def find_dates(text: str) -> list[str]:
    """All dates with year and month in `text`, as printed, in order, each once."""
    return list(dict.fromkeys(m[0] for m in _PRINTED.finditer(text)))
