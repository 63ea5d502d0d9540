"""Names by what is said around them: labels, introductions, relations."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rag.privacy.folding import Span
from rag.privacy.people import never, polite, stays
from rag.privacy.reading import Reading, is_person
from rag.privacy.words import any_of, words

KANJI = "々〆ヶ㐀-鿿豈-﫿\U00020000-\U0003ffff"
_PART = r"[A-Z](?:[A-Za-z'’-]+|\.)?"
LATIN = rf"{_PART}(?:(?:, ?| ){_PART}){{0,4}}"
_SHAPE = (
    rf"[{KANJI}]{{1,6}}(?:[ ・][{KANJI}ぁ-んァ-ヴー]{{1,6}})?|[ぁ-んー]{{1,6}}[ ・][ぁ-んー]{{1,6}}"
    rf"|[ァ-ヴー]{{1,12}}(?:[ ・=][ァ-ヴー]{{1,12}}){{0,4}}|{LATIN}"
)
#: A line or a value that is nothing but a name.
_NAME = re.compile(rf"(?:{_SHAPE}|[{KANJI}]{{1,4}}[ぁ-んァ-ヴー]{{1,4}})")
_POLITE_END = re.compile(r"(?:氏|様|殿|君|先生|さん)$")
#: A family and a given name with a blank between, and names of more parts in katakana.
_PARTS = re.compile(rf"[ァ-ヴー]+(?:[ ・=][ァ-ヴー]+)+|[{KANJI}]{{1,3}} [{KANJI}]{{1,3}}")
#: Who holds the account whose number stands before: コンドウ ユリ.
_HOLDER = re.compile(r"(?<=\d )(?P<name>[ァ-ヴー]{2,6} [ァ-ヴー]{2,6})")
#: Two words with a blank between that somebody says to be, or addresses politely.
_PAIR = re.compile(
    rf"(?:(?<![{KANJI}ぁ-んァ-ヴー])|(?<=[はの]))(?P<name>[{KANJI}]{{1,3}} (?:[{KANJI}]{{1,3}}|[ぁ-んァ-ヴー]{{2,5}}))"
    r"(?=です|でございます|と(?:申|もう)|と(?:いい|言い)|様|さん|殿|氏)"
)
_CALLED = re.compile(r"\s?(?:と(?:申|もう)し|と(?:いい|言い)ます|と申す|という(?:者|もの|名)|と名乗)")
_CALLED_CHARS = 24
_RELATED = re.compile(
    r"(?P<name>[ぁ-ん]{2,4}?|[々㐀-鿿]{1,3})(?:が|は|を|も|の|と|に|、|。|(?P<kana>\([ぁ-んァ-ヴー]+\))|\(|$)",
    re.MULTILINE,
)
_TITLE = re.compile(r"生年月日|住所|電話|番号|コード|性別|(?:[市区町村課係部局館所]長|知事|大臣|御中|[課係部局])$")


def labelled_names(reading: Reading) -> Iterator[Span]:
    """What stands behind 氏名:, フリガナ, 世帯主: … and is no other label's word."""
    for match in _label().finditer(reading.text):
        value = _NAME.match(reading.text, match.end())
        if value is None or is_no_name(value[0]) or stays(reading.text, value.span()):
            continue
        name = _POLITE_END.sub("", value[0]) or value[0]
        span = value.start(), value.start() + len(name)
        sure = match["link"].strip() in {":", "=", "|"} or polite(reading.text, span[1])
        if sure or _PARTS.fullmatch(name) or tells_person(reading, span):
            yield span


def introductions(reading: Reading) -> Iterator[Span]:
    """… と申します: the words back to the last particle or sign."""
    for match in _CALLED.finditer(reading.text):
        said = reading.within((max(0, match.start() - _CALLED_CHARS), match.start()))
        start = match.start()
        for word in reversed(said):
            if word.pos[0] in {"助詞", "助動詞"} or (
                word.pos[0] in {"補助記号", "空白"} and word.surface not in " ・="
            ):
                break
            start = word.start
        span = _trimmed(reading.text, (start, match.start()))
        if span[0] < span[1] and not is_no_name(reading.text[span[0] : span[1]]):
            yield _last_name(reading, span)


def pairs(reading: Reading) -> Iterator[Span]:
    """関 千尋です: a family and a given name that the dictionary takes for other words."""
    for match in (*_PAIR.finditer(reading.text), *_HOLDER.finditer(reading.text)):
        if not is_no_name(match["name"]) and not stays(reading.text, match.span("name")):
            yield match.span("name")


def relatives(reading: Reading) -> Iterator[Span]:
    """長男のさくらが: names that are also words of the language."""
    for match in _relation_then().finditer(reading.text):
        found = _RELATED.match(reading.text, match.end())
        if found is None or is_no_name(found["name"]):
            continue
        inside = reading.within(found.span("name"))
        whole = inside and inside[0].start == found.start("name") and inside[-1].end == found.end("name")
        known = inside and (found["name"] < "ん" or found["name"] in words().names.given or is_person(inside[0]))
        split = len(inside) > 1 and all(len(word.surface) == 1 for word in inside)
        if found["kana"] or (whole and split) or (whole and known and len(inside) == 1 and inside[0].pos[0] == "名詞"):
            yield found.span("name")


def tells_person(reading: Reading, span: Span) -> bool:
    inside = reading.within(span)
    return (
        bool(inside)
        and any(map(is_person, inside))
        and sum(not is_person(m) and m.surface.strip() != "" for m in inside) <= 1
    )


def _last_name(reading: Reading, span: Span) -> Span:
    """From the first person's name in a span, where there is one, else all of it."""
    inside = reading.within(span)
    first = next((m.start for m in inside if is_person(m)), span[0])
    return first, span[1]


def _trimmed(text: str, span: Span) -> Span:
    said = text[span[0] : span[1]]
    return span[0] + len(said) - len(said.lstrip()), span[0] + len(said.rstrip())


def is_no_name(said: str) -> bool:
    return any(never().fullmatch(part) or _TITLE.search(part) for part in re.split(r"[ ,・]+", said) if part)


@functools.cache
def _label() -> re.Pattern[str]:
    labels = any_of(words().names.labels).pattern
    return re.compile(rf"(?:{labels})[\"\])】]*(?P<link>\s*[:=|]\s*|\t+| {{1,4}}|は、?\s?|\n)[\"「]?", re.IGNORECASE)


@functools.cache
def _relation_then() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words().names.family).pattern})(?:の|、| )")
