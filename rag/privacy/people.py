"""People in a text by the dictionary's parts of speech: who is a person, and what around a name says so."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rag.privacy.folding import Span
from rag.privacy.reading import Reading, is_person
from rag.privacy.words import any_of, words
from rag.tokens import Word

_JOINT = re.compile(r"[ ・=]{1,2}")
_KANA = re.compile(r"[ァ-ヴー]+")
#: What may follow a family name as a given name that the dictionary does not know.
_GIVEN = re.compile(r"[々㐀-鿿]{1,3}|[ぁ-んー]{2,5}|[ァ-ヴー]{2,8}")
_PARTS_BEFORE = re.compile(r"(?:[ァ-ヴー]+[・=])+$")
_PARTS_BEHIND = re.compile(r"(?:[・=][ァ-ヴー]+)+")
_GIVEN_KANA = re.compile(r"[ぁ-ん]{2,5}|[ァ-ヴー]{2,8}")
_KANJI = re.compile(r"[々㐀-鿿]")
_INTRODUCED = re.compile(
    r"\s?(?:と(?:申|もう)し|と申す|と(?:いい|言い)ます|でございます|です|だ(?:けど|が)|より\s*(?:$|\n)|拝\s*(?:$|\n)|\(印\)|印\s*(?:$|\n)|㊞)"
)
#: Who works somewhere: 市民課 …, 国保係の ….
_OFFICE = re.compile(r"[課係部室局](?: |の|・|\()$")
#: 第二号, 前二号: the dictionary takes them for names.
_ORDINAL = re.compile(r"[一二三四五六七八九十][号条項]")
#: Nothing but a name between brackets, or behind the last sentence of a line.
_OPENED = re.compile(r"[(「『]$|[(「『][^()「」『』\n]*[、・ ]$")
_CLOSED = re.compile(r"[)」』]|[・、 ]\d{1,3}歳?[)」』]")
_SENTENCE_END = re.compile(r"[。!?]\s?$")
_LINE_END = re.compile(r"\s?(?:\(\d{1,3}歳?\))?\s*(?:\n|$)")
_NAMED = re.compile(r"\s?と(?:(?:申|もう)し|申す|(?:いい|言い)ます)")
_MAX_FAMILY_CHARS = 3
_MUNICIPALITY = re.compile(r"[市区町村県府都道]$")
_COMPANY = re.compile(r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|法人)\s?$")
_AFTER_CHARS, _BEFORE_CHARS = 12, 14


def people(reading: Reading) -> Iterator[Span]:
    """Names that the dictionary knows: family and given name together, or one of them where the text says so."""
    for group in _groups(reading):
        start, end = group[0].start, group[-1].end
        name = reading.text[start:end]
        if stays(reading.text, (start, end)) or _ORDINAL.search(name) or (len(name) == 1 and name.isascii()):
            continue
        longer = _with_given_name(reading, group)
        kana = longer > end and _KANA.fullmatch(reading.text[start:end])
        behind = given_behind(reading, longer)
        if _is_full(group) or kana or behind > longer or is_said(reading.text, (start, end)):
            yield _whole_in_katakana(reading.text, (start, behind))


def _whole_in_katakana(text: str, span: Span) -> Span:
    """A name with the parts in katakana before and behind that the dictionary does not know."""
    start, end = span
    if not _KANA.match(text, start):
        return span
    before, behind = _PARTS_BEFORE.search(text, max(0, start - 40), start), _PARTS_BEHIND.match(text, end)
    return before.start() if before else start, behind.end() if behind else end


def other_words_as_names(reading: Reading) -> Iterator[Span]:
    """Family names that are other words too, where the text says that a person is meant: 千葉さん, 福島係長."""
    for word in reading.morphemes:
        other = word.pos[2] == "地名" or word.surface in words().names.families
        if other and len(word.surface) <= _MAX_FAMILY_CHARS and not _MUNICIPALITY.search(word.surface):
            behind = reading.text[word.end : word.end + _AFTER_CHARS]
            if _honorific().match(behind) or _NAMED.match(behind):
                yield word.start, word.end


def given_behind(reading: Reading, end: int) -> int:
    """Where a name ends that goes on with a word in kana, 山田ひなたです; the same place where it does not."""
    first = bisect_right(reading.morphemes, end, key=lambda m: m.end)
    if not end or first == len(reading.morphemes) or _KANJI.match(reading.text, end - 1) is None:
        return end
    word = reading.morphemes[first]
    behind = reading.text[word.end : word.end + _AFTER_CHARS]
    said = _honorific().match(behind) or _INTRODUCED.match(behind) or _LINE_END.match(behind)
    name = word.start == end and _GIVEN_KANA.fullmatch(word.surface) and not never().fullmatch(word.surface)
    return word.end if name and said and word.pos[0] == "名詞" else end


def stays(text: str, span: Span) -> bool:
    """Whether what stands around a name makes it a place, a company, an institution."""
    behind = text[span[1] : span[1] + _AFTER_CHARS]
    return bool(_not_people().match(behind) or _COMPANY.search(text[max(0, span[0] - _BEFORE_CHARS) : span[0]]))


def is_said(text: str, span: Span) -> bool:
    """Whether the words around say that a person is named."""
    behind, before = text[span[1] : span[1] + _AFTER_CHARS], text[max(0, span[0] - _BEFORE_CHARS) : span[0]]
    before_says = relation().search(before) or _OFFICE.search(before)
    return bool(_honorific().match(behind) or _INTRODUCED.match(behind) or before_says or _alone(before, behind))


def _alone(before: str, behind: str) -> bool:
    enclosed = _OPENED.search(before) and _CLOSED.match(behind)
    return bool(enclosed or (_SENTENCE_END.search(before) and _LINE_END.match(behind)))


def _groups(reading: Reading) -> Iterator[list[Word]]:
    """Runs of names with at most a blank or a middle dot between."""
    group: list[Word] = []
    for word in reading.morphemes:
        if is_person(word) or (group and _continues(group, word)):
            if group and not _adjacent(reading.text, group[-1].end, word.start):
                yield group
                group = []
            group.append(word)
        elif group and not _JOINT.fullmatch(word.surface):
            yield group
            group = []
    if group:
        yield group


def _continues(group: Sequence[Word], word: Word) -> bool:
    """Further parts of a foreign name in katakana."""
    return bool(_KANA.fullmatch(group[-1].surface) and _KANA.fullmatch(word.surface) and len(group) < 5)


def _adjacent(text: str, end: int, start: int) -> bool:
    return end == start or bool(_JOINT.fullmatch(text[end:start]))


def _is_full(group: Sequence[Word]) -> bool:
    kinds = [word.pos[3] if is_person(word) else "" for word in group]
    if "姓" in kinds and "名" in kinds[kinds.index("姓") + 1 :]:
        return True
    return len(group) > 1 and kinds.count("一般") + kinds.count("名") > 1


def _with_given_name(reading: Reading, group: Sequence[Word]) -> int:
    """Where a name ends, with a given name that the dictionary does not know: behind a blank, up to the next sign."""
    end = group[-1].end
    if _is_full(group) or group[-1].pos[3] != "姓" or reading.text[end : end + 1] != " ":
        return end
    match = _GIVEN.match(reading.text, end + 1)
    known = match is None or bool(re.fullmatch(never().pattern, match[0]))
    return end if match is None or known else match.end()


@functools.cache
def _not_people() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{any_of(words().names.not_people).pattern})")


def polite(text: str, at: int) -> bool:
    """Whether さん, 様 … stand at a place."""
    return bool(_honorific().match(text, at))


@functools.cache
def _honorific() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{'|'.join(words().names.honorifics)})")


@functools.cache
def relation() -> re.Pattern[str]:
    """A relation right before a name: 長男の, 世帯主である …"""
    return re.compile(
        rf"(?:{any_of([*words().names.family, *words().names.roles]).pattern})(?:の|、|・|である|であり|は|[:=]| |\()?$"
    )


@functools.cache
def never() -> re.Pattern[str]:
    """Words that are no name wherever they stand; to be matched whole."""
    return any_of(words().names.never)
