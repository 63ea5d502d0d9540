"""Addresses of people, from behind the municipality's name to the room; municipalities and offices' addresses stay."""

from __future__ import annotations

import functools
import re

from rag.privacy.folding import Span
from rag.privacy.words import any_of, words

_K = "々〆ヶヵ㐀-鿿豈-﫿"
_FIGURE = r"(?:\d{1,5}|[〇零一二三四五六七八九十百]{1,4})"
_HYPHEN = r"\s?[-ー]\s?"
#: 二丁目3番4号, 2-3-4, 1234番地の5, 5条西3丁目 …
_BLOCK = (
    rf"(?:{_FIGURE}\s?条\s?(?:[東西南北]{_FIGURE}?)?\s?)?"
    rf"(?:{_FIGURE}\s?(?:丁目|丁|番地|番(?!町)|号|区画)(?:\s?の?\s?{_FIGURE}\s?(?:番地|番|号)?|{_HYPHEN}{_FIGURE}(?!\d))*(?:{_HYPHEN}\d{{1,5}})*"
    rf"|\d{{1,5}}(?:(?:{_HYPHEN}|\s?の\s?)\d{{1,5}}(?!\d)){{1,4}}|(?<=[{_K}])\d{{1,5}}(?=\s|$|[、。)]))"
)
_BUILDING = (
    rf"(?:[ ,、]?[ ]?(?=[^\n、。]{{1,24}}(?:号室|号|階|F|棟|[\d]))(?:[{_K}ァ-ヴーA-Za-z・ⅠⅡⅢ]{{2,20}}|第[{_K}]{{1,8}}))"
    rf"\s?(?:[A-Z\d一二三]{{0,2}}(?:号?棟|館)\s?)?[A-Z]?-?\d{{1,4}}(?:-\d{{1,4}})?\s?(?:号室|号|階|F|室)?"
    r"|[ ,]?[ ]?\d{1,4}\s?(?:号室|階|F)"
)
_TOWN = rf"[{_K}ぁ-んァ-ヴー]{{1,14}}?"
_PREFECTURE = r"(?:北海道|東京都|京都府|大阪府|[一-龥]{2,3}県)"
_WARD = rf"[{_K}]{{1,4}}?区(?!役所|民|内|外|長)"
_CITY = (
    rf"(?:[{_K}ぁ-んァ-ヴー]{{1,7}}?市(?!役所|民|内|外|営|税|長|政|立)(?:{_WARD})?|{_WARD}"
    rf"|[{_K}ぁ-んァ-ヴー]{{1,7}}?郡[{_K}ぁ-んァ-ヴー]{{1,6}}?[町村]"
    rf"|[{_K}ぁ-んァ-ヴー]{{1,7}}?[町村](?=[{_K}ぁ-んァ-ヴー]{{2}}))"
)
_POSTCODE = r"(?:〒\s?\d{3}\s?-?\s?\d{4}|(?<![\d-])\d{3}-\d{4}(?![\d-]))"
_FULL = re.compile(
    rf"(?P<post>{_POSTCODE})?\s{{0,3}}(?P<city>{_PREFECTURE}\s?{_CITY}?|{_CITY})\s?"
    rf"(?P<rest>{_TOWN}\s?{_BLOCK}(?:{_BUILDING})?)"
)
#: Without a municipality: only what is written as nothing but an address.
_PART = re.compile(
    rf"(?P<rest>(?:大字|字)?[{_K}ヶケノァ-ヴー]{{1,8}}(?:\s?(?:大字|字)[{_K}]{{1,6}})?\s?(?:"
    rf"{_FIGURE}\s?丁目\s?{_FIGURE}\s?(?:番地?|{_HYPHEN}){_FIGURE}?(?:{_HYPHEN}|号)?(?:{_FIGURE}号?)?(?:{_HYPHEN}\d{{1,4}})?"
    rf"|\d{{1,4}}番地?\s?(?:の\s?)?\d{{0,4}}号?"
    rf"|[1-9]\d{{0,2}}-\d{{1,3}}-\d{{1,4}}(?:-\d{{1,4}})?(?![\d-])|\d{{1,5}}番地(?:の\d+)?)"
    rf"(?:{_BUILDING})?)"
)
_ENGLISH = re.compile(
    r"(?P<rest>(?:(?:Room|Apt\.?|#|No\.)\s?\d+,?\s)?\b\d{1,4}(?:-\d{1,4}){0,3},?\s"
    r"(?:[A-Z][a-z]+(?:-(?:cho|machi|ku|dori))?[ ,]{1,2}){1,3})"
    r"(?=[A-Z][a-z]+(?:-shi| City| Town)|[A-Z][a-z]+-(?:ku|machi|shi))"
)
#: … -shi, -ku, Town 2-15-3
_ENGLISH_BEHIND = re.compile(
    r"(?:(?<=-ku, )|(?<=-shi, )|(?<= City, ))(?P<rest>[A-Z][a-z]+(?:-[a-z]+)? \d{1,4}(?:-\d{1,4}){0,3})(?![\d-])"
)
_LABELLED = re.compile(
    r"(?:(?:現|旧|新|前|ご|御)?住 ?所(?:地)?|本籍(?:地)?|居所|転居先|転出先|送付先|(?i:\baddress))"
    r"[ \t]*(?::|=|は、?|が|\t| {2,}|(?<=所) (?=\S))\s*"
    rf"(?P<post>{_POSTCODE})?\s{{0,3}}(?P<city>(?:{_PREFECTURE}\s?)?(?:{_CITY})?)(?P<rest>[^\n\t。、()「」]{{2,60}}?)"
    r"(?=[\n\t]|$|。|、|\(|「|」|です|に(?:住|あり|い)|から|で(?:す|、)|\s{2,}|\s(?:氏名|名前|電話|TEL|生年月日))"
)
_LONE_POSTCODE = re.compile(r"〒\s?\d{3}\s?-?\s?\d{4}")
_FIGURES = re.compile(r"[\d一二三四五六七八九十]")
#: Law, and the items of a record.
_NOT_A_PLACE = re.compile(r"第[\d一二三四五六七八九十]+[条項号]|[条項]|番号|コード|区分|年月日|により|における")
#: An office named within so many characters behind an address, on its line or the next.
_OFFICE_CHARS = 24


def addresses(text: str) -> tuple[list[Span], list[Span]]:
    """Addresses in a folded text: people's, from behind the municipality's name, and offices', whole."""
    theirs: list[Span] = []
    offices: list[Span] = []
    seen: list[Span] = []
    for pattern in (_LABELLED, _FULL, _PART, _ENGLISH, _ENGLISH_BEHIND):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if any(a < match.end() and match.start() < b for a, b in seen):
                continue
            seen.append(match.span())
            if not _tells(groups["rest"]):
                continue
            if _of_an_office(text, match.span()):
                offices.append(match.span())
                continue
            if groups.get("post"):
                theirs.append(match.span("post"))
            theirs.append(match.span("rest"))
    for match in _LONE_POSTCODE.finditer(text):
        decided = any(a < match.end() and match.start() < b for a, b in seen)
        if not decided and not _of_an_office(text, match.span()):
            theirs.append(match.span())
    return theirs, offices


def _tells(rest: str) -> bool:
    """Whether it tells where somebody lives, not only names something."""
    return bool(_FIGURES.search(rest)) and not rest.strip().isdigit() and not _NOT_A_PLACE.search(rest)


def _of_an_office(text: str, span: Span) -> bool:
    """Whether an office is named in an address, right before or right behind it."""
    start, end = span
    before = text[max(0, start - _OFFICE_CHARS) : start].rpartition("\n")[2]
    behind = text[end : end + _OFFICE_CHARS]
    return bool(_office().search(text[start:end]) or _office_before().search(before) or _office_behind().match(behind))


@functools.cache
def _office() -> re.Pattern[str]:
    return any_of(words().offices.names)


@functools.cache
def _office_before() -> re.Pattern[str]:
    before = rf"(?:{_office().pattern})(?:[\s:(は)]{{0,3}}の?(?:所在地|住\s?所|場所))?|所在地|郵送先|請求先|提出先|宛先"
    return re.compile(rf"(?:{before})[\s:は()]{{0,4}}$", re.IGNORECASE)


@functools.cache
def _office_behind() -> re.Pattern[str]:
    """On the same line any office; on the next a town hall."""
    return re.compile(
        rf"[ (「、]{{0,2}}(?!から|まで|より|[でにへのをはがと])[{_K}ぁ-んァ-ヴー]{{0,6}}?(?:{_office().pattern})"
        rf"|\s{{1,3}}[{_K}ぁ-んァ-ヴー]{{0,8}}?(?:役所|役場|庁舎)",
        re.IGNORECASE,
    )
