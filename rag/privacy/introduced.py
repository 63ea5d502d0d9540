"""Names by what is said around them: labels, introductions, relations, signatures; in Japanese and in letters."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rag.privacy.folding import Span
from rag.privacy.people import Reading, is_person, never, stays
from rag.privacy.words import any_of, words

_K = "々〆ヶ㐀-鿿豈-﫿\U00020000-\U0003ffff"
_LATIN = r"[A-Z][A-Za-z'’.-]*(?:(?:, ?| )[A-Z][A-Za-z'’.-]*){0,4}"
_SHAPE = (
    rf"[{_K}]{{1,6}}(?:[ ・][{_K}ぁ-んァ-ヴー]{{1,6}})?|[ぁ-んー]{{1,6}}[ ・][ぁ-んー]{{1,6}}"
    rf"|[ァ-ヴー]{{1,12}}(?:[ ・=][ァ-ヴー]{{1,12}}){{0,4}}|{_LATIN}"
)
#: A line or a value that is nothing but a name.
_NAME = re.compile(rf"(?:{_SHAPE}|[{_K}]{{1,4}}[ぁ-んァ-ヴー]{{1,4}})")
_WHOLE_LINE = re.compile(
    rf"^[ \t>]*(?P<name>[{_K}]{{1,4}} [{_K}ぁ-んァ-ヴー]{{1,5}}|[{_K}]{{2,6}}|[{_K}]{{1,4}}[ぁ-んァ-ヴー]{{2,4}}|[ァ-ヴー]{{1,8}}(?:[ ・][ァ-ヴー]{{1,10}}){{1,4}}"
    rf"|[ぁ-ん]{{1,5}} [ぁ-ん]{{1,5}}|{_LATIN})"
    r"(?P<end>[ \t]*(?:様|殿|さん|\(?印\)?|㊞|拝|より|様方|\([ぁ-んァ-ヴー ・A-Za-z]{2,30}\))?)[ \t]*$",
    re.MULTILINE,
)
_KANA_PARTS = re.compile(r"[ァ-ヴー]+(?:[ ・=][ァ-ヴー]+)+")
#: Two words with a blank between that somebody says to be, or addresses politely.
_PAIR = re.compile(
    rf"(?:(?<![{_K}ぁ-んァ-ヴー])|(?<=[はの]))(?P<name>[{_K}]{{1,3}} (?:[{_K}]{{1,3}}|[ぁ-んァ-ヴー]{{2,5}}))(?=です|でございます|と(?:申|もう)|と(?:いい|言い)|様|さん|殿|氏)"
)
_CALLED = re.compile(r"\s?(?:と(?:申|もう)し|と申す|という(?:者|もの|名)|と名乗)")
_RELATED = re.compile(r"(?P<name>[ぁ-ん]{2,4}?|[々㐀-鿿]{1,3})(?:が|は|を|も|の|と|に|、|\()")
_TITLE = re.compile(r"(?:[市区町村課係部局館所]長|知事|大臣|御中|[課係部局])$")
_SIGNATURE_LINES = 8
_HEAD_LINES = 4
_ENGLISH = re.compile(
    rf"\b(?:[Mm]y name is|[Nn]ame is|I am called|[Tt]his is|I am|I'm|(?:Mr|Ms|Mrs|Miss|Dr|Prof)\b\.?|[Dd]ear"
    rf"|[Mm]y (?:husband|wife|son|daughter|mother|father|child|brother|sister|baby)(?:'s name is|,| is named)?)\s+(?P<name>{_LATIN})"
)
_FURIGANA = re.compile(
    r"\s?\((?P<name>[ぁ-んァ-ヴー]{1,10}(?:[ ・][ぁ-んァ-ヴー]{1,10})*|[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)+)\)"
)


def labelled_names(reading: Reading) -> Iterator[Span]:
    """What stands behind 氏名:, フリガナ, 世帯主: … and is no other label's word."""
    for match in _label().finditer(reading.text):
        value = _NAME.match(reading.text, match.end())
        if value is None or _is_no_name(value[0]) or stays(reading.text, value.span()):
            continue
        kana = _KANA_PARTS.fullmatch(value[0])
        if match["link"].strip() in {":", "=", "|"} or kana or _tells_person(reading, value.span()):
            yield value.span()


def introductions(reading: Reading) -> Iterator[Span]:
    """… と申します: the words back to the last particle or sign."""
    for match in _CALLED.finditer(reading.text):
        said = [m for m in reading.morphemes if match.start() - 24 <= m.start and m.end <= match.start()]
        start = match.start()
        for word in reversed(said):
            if word.pos[0] in {"助詞", "助動詞"} or (
                word.pos[0] in {"補助記号", "空白"} and word.surface not in " ・="
            ):
                break
            start = word.start
        span = _trimmed(reading.text, (start, match.start()))
        if span[0] < span[1] and not _is_no_name(reading.text[span[0] : span[1]]):
            yield _last_name(reading, span)


def pairs(reading: Reading) -> Iterator[Span]:
    """関 千尋です: a family and a given name that the dictionary takes for other words."""
    for match in _PAIR.finditer(reading.text):
        if not _is_no_name(match["name"]) and not stays(reading.text, match.span("name")):
            yield match.span("name")


def relatives(reading: Reading) -> Iterator[Span]:
    """長男のさくらが: names that are also words of the language."""
    for match in _relation_then().finditer(reading.text):
        found = _RELATED.match(reading.text, match.end())
        if found is None or _is_no_name(found["name"]):
            continue
        inside = reading.within(found.span("name"))
        whole = inside and inside[0].start == found.start("name") and inside[-1].end == found.end("name")
        known = inside and (found["name"] < "ん" or found["name"] in words().names.given or is_person(inside[0]))
        if whole and len(inside) == 1 and known and inside[0].pos[0] == "名詞":
            yield found.span("name")


def signatures(reading: Reading) -> Iterator[Span]:
    """Lines that are nothing but a name, at the head and the foot of a letter."""
    lines = list(re.finditer(r"^.*\S.*$", reading.text, re.MULTILINE))
    outer = {m.start() for m in (*lines[:_HEAD_LINES], *lines[-_SIGNATURE_LINES:])}
    for match in _WHOLE_LINE.finditer(reading.text):
        name = match["name"]
        if _is_no_name(name) or stays(reading.text, match.span("name")) or _office().search(name):
            continue
        if _tells_person(reading, match.span("name")) or (
            match.start() in outer and (" " in name or match["end"].strip())
        ):
            yield match.span("name")


def english_names(reading: Reading) -> Iterator[Span]:
    """My name is …, Mr …, my son …; titles left."""
    for match in _ENGLISH.finditer(reading.text):
        parts = match["name"].split()
        kept = [part for part in parts if not never().fullmatch(part.strip(",."))]
        if kept and kept == parts and not stays(reading.text, match.span("name")):
            yield match.start("name"), match.end("name") - (len(match["name"]) - len(match["name"].rstrip(".,")))


def furigana(reading: Reading, names: list[Span]) -> Iterator[Span]:
    """Readings in brackets right behind a name."""
    for _, end in names:
        if match := _FURIGANA.match(reading.text, end):
            yield match.span("name")


def _tells_person(reading: Reading, span: Span) -> bool:
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


def _is_no_name(said: str) -> bool:
    return any(never().fullmatch(part) or _TITLE.search(part) for part in re.split(r"[ ,・]+", said) if part)


@functools.cache
def _label() -> re.Pattern[str]:
    labels = any_of(words().names.labels).pattern
    return re.compile(rf"(?:{labels})[\"\])】]*(?P<link>\s*[:=|]\s*|\t+| {{1,4}}|は、?|\n)[\"「]?", re.IGNORECASE)


@functools.cache
def _relation_then() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words().names.relations).pattern})(?:の|、| )")


@functools.cache
def _office() -> re.Pattern[str]:
    return any_of(words().offices.names)
