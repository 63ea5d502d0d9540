"""Dates of birth: only dates that a text says somebody was born on; all others stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.privacy.folding import Span

_FIGURE = r"(?:\d{1,4}|[〇零一二三四五六七八九十]{1,4}|元)"
_ERA = r"(?:(?:明治|大正|昭和|平成|令和)|[MTSHR明大昭平令]\.?)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = (
    rf"(?:(?:{_ERA}|西暦)?\s?{_FIGURE}\s?(?:\([^()\n]{{1,8}}\)\s?)?[年./-]\s?"
    rf"(?:\({_ERA}?\s?{_FIGURE}年?\)\s?)?{_FIGURE}\s?[月./-]\s?{_FIGURE}\s?日?"
    rf"|(?:19|20)\d\d[01]\d[0-3]\d|{_ERA}\d{{6}}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s(?:19|20)\d\d|\d{{1,2}}/\d{{1,2}}/(?:19|20)\d\d)"
)
_SHORT = rf"(?:(?:{_ERA}|西暦)\s?{_FIGURE}年(?:{_FIGURE}月)?|(?:19|20)\d\d年(?:\d{{1,2}}月)?|{_FIGURE}月{_FIGURE}日)"
_BEFORE = re.compile(
    rf"(?:生年月日|誕生日|生まれた(?:の|日)|出生(?:年月)?日|Date of Birth|D\.?O\.?B\.?|birth ?(?:day|date)|born)"
    rf"(?:\s|[:：=はがをの|、)\"「」(]|です|\bis\b|\bon\b|\bin\b|\bwas\b|西暦|和暦){{0,8}}(?P<date>{_DATE}|{_SHORT})",
    re.IGNORECASE,
)
#: Born within a span of time, or a class of people: a rule, not a person.
_CLASS = r"(?:お?子|児童|者|人|方|乳幼児)"
_RULE = rf"(?!\s?(?:以[降後前]|より|から|まで|に(?:生ま|うま)れた{_CLASS}|(?:生ま|うま)れの{_CLASS}))"
_BEHIND = re.compile(
    rf"(?P<date>{_DATE}|{_SHORT}){_RULE}\s?(?:\([^()\n]{{1,10}}\))?\s?"
    rf"(?:に)?(?:生(?:ま)?れ|うまれ|誕生|出生|生(?![活計産徒命])|born)"
)


def births(text: str) -> Iterator[Span]:
    """Dates of birth in a folded text, without the words that call them so."""
    for pattern in (_BEFORE, _BEHIND):
        for match in pattern.finditer(text):
            yield match.span("date")
