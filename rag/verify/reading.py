"""A text → clauses: their runs of nouns, their content words, whether they deny, the words that change what is claimed.

Evidence and retelling are read alike, so that what the reading misses it misses in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.terms import key
from rag.tokens import Word, Words
from rag.verify.vocabulary import critical, neutral, organisations

_SENTENCES = re.compile(r"(?<=[。！？!?\n])")
_CLAUSES = re.compile(r"[、，,。．！？!?\n「」『』“”\"()（）・:：;；→⇒]|(?<=が)、")
#: Two negations that are one demand.
_MUST = re.compile(r"(?:なけれ|なくて|ないと|ねば)(?:ば|は)?(?:なら|いけ)(?:ない|ません|ず)")
_DENYING = frozenset({"ない", "無い", "ず", "ぬ", "まい", "ざる"})
_NO = re.compile(r"(?:なし|無し)(?:$|[^一-龥ァ-ヴぁ-ん])|\b(?:not|no|never|none|without|neither|nor)\b|n't\b")
_LATIN = re.compile(r"[a-z][a-z0-9.\-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Nouns that follow one another directly. `words`: surface and normal form of each; `name`: somebody's."""

    text: str
    words: tuple[tuple[str, str], ...]
    name: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence between commas and brackets.

    content    normal forms of its content words that claim something
    denies     whether it says that something is not so
    critical   groups of words that change what it claims (`vocabulary.critical`)
    """

    text: str
    runs: tuple[Run, ...]
    verbs: tuple[tuple[str, str], ...]
    content: frozenset[str]
    denies: bool
    critical: frozenset[str]


def clauses(text: str, words: Words) -> list[Clause]:
    """The clauses of a text in order. A condition holds for the clauses after it in the same sentence too."""
    found = []
    for sentence in _SENTENCES.split(text):
        held: frozenset[str] = frozenset()
        for part in _CLAUSES.split(sentence):
            if not part.strip():
                continue
            clause = _clause(part, words, held)
            held |= clause.critical & {"condition"}
            found.append(clause)
    return found


def _clause(text: str, words: Words, held: frozenset[str]) -> Clause:
    morphemes = words.morphemes(text)
    folded = key(text)
    runs = tuple(_runs(morphemes))
    verbs = tuple(
        (key(w.surface), key(w.normal))
        for w in morphemes
        if w.pos[0] in {"動詞", "形容詞", "副詞", "連体詞"} and not _is_auxiliary(w)
    )
    content = frozenset(n for _, n in (*(w for run in runs for w in run.words), *verbs) if _claims(n))
    return Clause(text.strip(), runs, verbs, content, _denies(text, morphemes), critical(folded) | held)


def _claims(normal: str) -> bool:
    if normal in neutral() or normal.isdigit() or critical(normal):
        return False
    return any(c.isalnum() for c in normal)


def _is_auxiliary(word: Word) -> bool:
    return word.pos[1] == "非自立可能" and len(word.surface) <= 2 and not re.search(r"[一-龥]", word.surface)


def _denies(text: str, morphemes: Sequence[Word]) -> bool:
    """Whether an odd number of denials stands in a clause; a demand in the form of two is none."""
    masked = _MUST.sub("", text)
    count = sum(1 for w in morphemes if w.normal in _DENYING or w.dictionary in _DENYING)
    count -= 2 * len(_MUST.findall(text))
    return bool(max(count, 0) % 2) or _NO.search(masked.lower()) is not None


def _runs(morphemes: Sequence[Word]) -> Iterator[Run]:
    run: list[Word] = []
    for word in morphemes:
        noun = is_noun(word)
        if run and not (noun and run[-1].end == word.start):
            yield _run(run)
            run = []
        if noun:
            run.append(word)
    if run:
        yield _run(run)


def _run(words: Sequence[Word]) -> Run:
    named = any(w.pos[1] == "固有名詞" and not w.surface.isascii() for w in words)
    return Run(
        key("".join(w.surface for w in words)),
        tuple(_joined(words)),
        named or any(w.surface in organisations() for w in words),
    )


def _joined(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """Surface and normal form of each word; a prefix belongs to the word behind it: 再委託 is not 委託."""
    prefix = ""
    for word in words:
        if word.pos[0] == "接頭辞" and word is not words[-1]:
            prefix += word.surface
            continue
        yield key(prefix + word.surface), key(prefix + word.normal)
        prefix = ""


def is_noun(word: Word) -> bool:
    """Whether a morpheme belongs to a run of nouns: nouns, prefixes, noun-like suffixes, Latin words."""
    if word.surface.isascii():
        return word.surface.isalnum()
    nominal = word.pos[0] in {"名詞", "接頭辞", "形状詞", "代名詞"} or word.pos[:2] == ("接尾辞", "名詞的")
    return nominal and bool(word.surface.strip()) and word.pos[1] != "助動詞語幹"


def latin_words(text: str) -> list[str]:
    """Latin words of a text in lower case."""
    return [m[0].lower().strip(".-") for m in _LATIN.finditer(text)]


def cases(text: str, words: Words) -> list[tuple[str, str]]:
    """Each run of nouns of a text with the particle that follows it, folded."""
    found: list[tuple[str, str]] = []
    run: list[Word] = []
    for word in words.morphemes(text):
        if is_noun(word) and (not run or run[-1].end == word.start):
            run.append(word)
            continue
        if run and word.pos[0] == "助詞" and word.start == run[-1].end:
            found.append((key("".join(w.surface for w in run)), word.surface))
        run = [word] if is_noun(word) else []
    return found
