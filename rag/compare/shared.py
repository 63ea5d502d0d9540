"""Rows beyond the vocabulary: sentences that several bodies share, what is left over, national model text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rag.compare.holding import Holding, RowKind
from rag.compare.item import ItemText, Sentence
from rag.compare.measured import nothing, where_said
from rag.compare.model_text import PLATFORMS, platform
from rag.compare.quotes import cited
from rag.compare.table import Cell, Row

#: Share of equal pairs of characters from which two sentences say the same; higher = more alike.
ALIKE = 0.72
#: A shorter sentence is a heading or a fragment.
_LEAST_CHARS = 10
_NAME_CHARS = 48
_LEAD = re.compile(r"^[・•●○◆■※◎①-⑳\d().、\-]+")
_DENIES = re.compile(r"ない|ません|なく|ず[、。]")
_NUMBERS = re.compile(r"\d+")


def shared_rows(texts: Sequence[ItemText], known: set[int]) -> Iterator[Row]:
    """One row for each group of like sentences of two bodies or more, then one for all that is left over.

    known  ids of the sentences that named measures took
    """
    left = [(n, s) for n, text in enumerate(texts) for s in text.sentences if _is_own(s) and id(s) not in known]
    groups = _groups(left)
    taken: set[int] = set()
    for group in groups:
        if len({texts[n].book.version.municipality for n, _ in group}) > 1:
            taken.update(id(s) for _, s in group)
            yield _row(RowKind.SHARED, _name(s for _, s in group), texts, group)
    rest = [(n, s) for n, s in left if id(s) not in taken]
    if rest:
        yield _row(RowKind.REST, "上の行に当たらない記載", texts, rest)


def national_rows(texts: Sequence[ItemText]) -> Iterator[Row]:
    """One row a platform of the national model text."""
    found = [(n, s) for n, text in enumerate(texts) for s in text.sentences if s.national]
    for name, _ in PLATFORMS:
        own = [(n, s) for n, s in found if platform(s.passage) == name]
        if own:
            yield _row(RowKind.NATIONAL, name, texts, own)


def _row(kind: RowKind, name: str, texts: Sequence[ItemText], group: Sequence[tuple[int, Sentence]]) -> Row:
    return Row(kind, name, tuple(_cell(kind, t, [s for at, s in group if at == n]) for n, t in enumerate(texts)))


def _cell(kind: RowKind, text: ItemText, sentences: Sequence[Sentence]) -> Cell:
    quotes = cited(text.book, [(s.passage.item, s.passage.text) for s in sentences])
    if not quotes:
        return Cell(nothing(text))
    note = where_said(text, [s.passage.item.file_index for s in sentences])
    if kind is RowKind.NATIONAL:
        return Cell(Holding.NATIONAL, "共通文", quotes, note)
    return Cell(Holding.HAS, "記載あり", quotes, note)


def _is_own(sentence: Sentence) -> bool:
    return not sentence.national and len(_core(sentence)) >= _LEAST_CHARS


def _groups(left: Sequence[tuple[int, Sentence]]) -> list[list[tuple[int, Sentence]]]:
    """Groups in which each sentence is like the first."""
    groups: list[list[tuple[int, Sentence]]] = []
    for one in left:
        home = next((g for g in groups if _alike(_core(g[0][1]), _core(one[1]))), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def _alike(one: str, other: str) -> bool:
    """Whether two sentences say the same: like words, the same numbers, both deny or neither."""
    if bool(_DENIES.search(one)) is not bool(_DENIES.search(other)):
        return False
    if _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return False
    pairs, others = _pairs(one), _pairs(other)
    both = sum((pairs & others).values())
    return 2 * both >= ALIKE * (pairs.total() + others.total())


def _pairs(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


def _core(sentence: Sentence) -> str:
    return _LEAD.sub("", sentence.folded)


def _name(sentences: Iterable[Sentence]) -> str:
    shortest = min((_LEAD.sub("", s.passage.text.strip()) for s in sentences), key=len)
    return f"「{shortest if len(shortest) <= _NAME_CHARS else shortest[:_NAME_CHARS] + '…'}」"
