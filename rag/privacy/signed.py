"""Names at the head and the foot of a letter, in English letters, and in brackets behind a name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rag.privacy.folding import Span
from rag.privacy.introduced import KANJI, LATIN, is_no_name, tells_person
from rag.privacy.people import never, stays
from rag.privacy.reading import Reading
from rag.privacy.words import any_of, words

_WHOLE_LINE = re.compile(
    rf"^[ \t>]*(?P<name>[{KANJI}]{{1,4}} [{KANJI}ぁ-んァ-ヴー]{{1,5}}|[{KANJI}]{{2,6}}"
    rf"|[{KANJI}]{{1,4}}[ぁ-んァ-ヴー]{{2,4}}|[ァ-ヴー]{{1,8}}(?:[ ・][ァ-ヴー]{{1,10}}){{1,4}}"
    rf"|[{KANJI}](?: [{KANJI}]){{2,5}}"
    rf"|[ぁ-ん]{{1,5}} [ぁ-ん]{{1,5}}|{LATIN})"
    r"(?P<end>[ \t]*(?:様|殿|さん|\(?印\)?|㊞|拝|より|様方|\([ぁ-んァ-ヴー ・A-Za-z]{2,30}\))?)[ \t]*$",
    re.MULTILINE,
)
_SIGNATURE_LINES = 8
_HEAD_LINES = 4
_ENGLISH = re.compile(
    rf"\b(?:[Mm]y name is|[Nn]ame is|I am called|[Tt]his is|I am|I'm|(?:Mr|Ms|Mrs|Miss|Dr|Prof)\b\.?|[Dd]ear"
    rf"|[Mm]y (?:husband|wife|son|daughter|mother|father|child|brother|sister|baby)(?:'s name is|,| is named)?)"
    rf"\s+(?:(?:Mr|Ms|Mrs|Miss|Dr)\.?\s+)?(?P<name>{LATIN})"
)
_CLOSING = re.compile(
    rf"(?:\b(?:Regards|Sincerely|Yours|Thanks|Thank you|Best|Cheers)[,.]|(?:\s|^)-{{1,2}}) *(?P<name>{LATIN})\s*$",
    re.MULTILINE,
)
_NAME_END = re.compile(r"(?:['’]s|[.,])+$")
_FURIGANA = re.compile(
    r"\s?\((?P<name>[ぁ-んァ-ヴー]{1,10}(?:[ ・][ぁ-んァ-ヴー]{1,10})*|[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)+"
    r"|[\u0370-\u052f\u0e00-\u0e7f\u1100-\u11ff\uac00-\ud7af ]{2,40})\)"
)


def signatures(reading: Reading) -> Iterator[Span]:
    """Lines that are nothing but a name, at the head and the foot of a letter."""
    lines = list(re.finditer(r"^.*\S.*$", reading.text, re.MULTILINE))
    outer = {m.start() for m in (*lines[:_HEAD_LINES], *lines[-_SIGNATURE_LINES:])}
    for match in _WHOLE_LINE.finditer(reading.text):
        name = match["name"]
        if is_no_name(name) or stays(reading.text, match.span("name")) or _office().search(name):
            continue
        if tells_person(reading, match.span("name")) or (
            match.start() in outer and (" " in name or match["end"].strip())
        ):
            yield match.span("name")


def english_names(reading: Reading) -> Iterator[Span]:
    """My name is …, Mr …, my son …; titles left."""
    for match in (*_ENGLISH.finditer(reading.text), *_CLOSING.finditer(reading.text)):
        parts = match["name"].split()
        kept = [part for part in parts if not never().fullmatch(part.strip(",."))]
        if kept and kept == parts and not stays(reading.text, match.span("name")):
            yield match.start("name"), match.start("name") + len(_NAME_END.sub("", match["name"]))


def furigana(reading: Reading, names: list[Span]) -> Iterator[Span]:
    """Readings in brackets right behind a name."""
    for _, end in names:
        if match := _FURIGANA.match(reading.text, end):
            yield match.span("name")


@functools.cache
def _office() -> re.Pattern[str]:
    return any_of(words().offices.names)
