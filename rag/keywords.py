"""The words of a question that its answer must be about: nouns and runs of nouns, verbs, quoted phrases.

Words of asking and of every assessment are none; English words become those of the documents (`rag.synonyms`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.synonyms import forms_of, stop_words, translations
from rag.terms import Term, key
from rag.tokens import Word, Words

Span = tuple[int, int]
#: Weights before rarity: a quoted phrase; a run of nouns and what each of its words adds; a noun, a verb; a single
#: character, a bare number; an English phrase, an English word that no list translates.
QUOTED, RUN, PER_WORD, NOUN, VERB = 3.0, 1.5, 0.25, 1.0, 0.6
CHARACTER, NUMBER = 0.5, 0.2
PHRASE, UNTRANSLATED = 2.0, 0.4
_CHINESE = re.compile(r"[一-龥]")
_WRITTEN = re.compile(r"[一-龥ァ-ヴ]")
_ENDING = re.compile(r"[ぁ-ん]+$")


def find_terms(question: str, words: Words, consumed: Iterable[Span], quoted: Sequence[tuple[str, Span]]) -> list[Term]:
    """Terms of a normalised question: quoted phrases, then Japanese words in order, then English ones.

    consumed  ranges that named a municipality or a duty: their words are no terms
    quoted    phrases in 「」 with their ranges: each is one entity
    """
    mask = [False] * len(question)
    for start, end in (*consumed, *(span for _, span in quoted)):
        mask[start:end] = [True] * (min(end, len(question)) - start)
    found = [Term(text, (key(text),), QUOTED, span, True) for text, span in quoted if len(key(text)) >= 2]
    free = (w for w in words.morphemes(question) if not any(mask[w.start : w.end]))
    for run in _runs(free):
        found.extend(_of_run(run) if _is_noun(run[0]) else _of_verb(run[0]))
    return [t for t in found if not _is_latin(t)] + _english(question, mask, [t for t in found if _is_latin(t)])


def _runs(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Nouns that follow one another directly as one run; each verb and adjective alone; other words not at all."""
    run: list[Word] = []
    for word in words:
        noun = _is_noun(word)
        if run and not (noun and run[-1].end == word.start):
            yield run
            run = []
        if noun:
            run.append(word)
        elif word.pos[0] in {"動詞", "形容詞"}:
            yield [word]
    if run:
        yield run


def _is_noun(word: Word) -> bool:
    if word.surface.isascii() and not word.surface.isdigit():
        return word.surface.isalnum() and len(word.surface) > 1
    nominal = word.pos[0] in {"名詞", "接頭辞", "形状詞"} or word.pos[:2] == ("接尾辞", "名詞的")
    return nominal and word.pos[1] not in {"代名詞", "非自立"} and bool(word.surface.strip())


def _is_name(word: Word) -> bool:
    return word.pos[1] == "固有名詞" and not word.surface.isascii()


def _of_run(run: Sequence[Word]) -> Iterator[Term]:
    """A run of nouns as one term with its parts; or its parts alone where some are stop words."""
    kept = [w for w in run if w.normal not in stop_words() and w.surface not in stop_words()]
    if not kept or (len(kept) == 1 and len(kept[0].surface) == 1 and not kept[0].surface.isalnum()):
        return
    if len(run) > 1:
        text = "".join(w.surface for w in run)
        named = any(_is_name(w) and w.normal not in stop_words() for w in run) or "株式会社" in text
        yield Term(text, forms_of(text), RUN + PER_WORD * len(kept), (run[0].start, run[-1].end), named)
    for word in kept:
        single = len(word.surface) == 1
        if single and len(run) > 1 and not _CHINESE.match(word.surface):
            continue
        weight = NUMBER if word.surface.isdigit() else CHARACTER if single else NOUN
        alone = _is_name(word) and len(run) == 1
        yield Term(word.surface, forms_of(word.surface, word.normal), weight, (word.start, word.end), alone)


def _of_verb(word: Word) -> Iterator[Term]:
    stopped = word.normal in stop_words() or word.dictionary in stop_words()
    if stopped or (word.pos[1] == "非自立可能" and len(word.surface) < 2):
        return
    stem = _ENDING.sub("", word.surface) or word.surface
    if not _WRITTEN.search(stem) and len(word.surface) < 3:
        return
    # one Chinese character alone (出, 入) stands in too many other words
    forms = forms_of(*([stem] if len(stem) > 1 else []), word.surface, word.dictionary, word.normal)
    yield Term(word.surface, tuple(f for f in forms if len(f) > 1), VERB, (word.start, word.end))


def _is_latin(term: Term) -> bool:
    return term.surface.isascii() and not term.entity and not any(c.isdigit() for c in term.surface)


def _english(question: str, mask: Sequence[bool], latin: Sequence[Term]) -> list[Term]:
    """English words as the Japanese ones that the documents use; words of neither language stay as they are."""
    covered = [False] * len(question)
    terms = []
    for phrase, expression, forms in translations():
        for match in expression.finditer(question):
            start, end = match.span()
            if not any(covered[start:end]) and not all(mask[start:end]):
                covered[start:end] = [True] * (end - start)
                terms.append(Term(phrase, forms, PHRASE if " " in phrase else NOUN, (start, end)))
    for term in latin:
        if len(term.surface) > 2 and term.surface not in stop_words() and not any(covered[slice(*term.span)]):
            terms.append(Term(term.surface, (key(term.surface),), UNTRANSLATED, term.span))
    return terms
