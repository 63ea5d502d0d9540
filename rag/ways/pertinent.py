"""Whether a finding speaks of what the question asks for, so that nothing merely near it is given for an answer.

What is asked for (`rag.focus`) must stand in what is cited, or be the place of the form that is cited. What no document
at hand speaks of is not stated, however many other words of the question are found.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ingest.assessment import Item, Kind
from rag.evidence import needed, preferred
from rag.finding import Finding, Ref, Statement
from rag.focus import focus_of, is_general
from rag.keywords import NOUN
from rag.places import Naming
from rag.shelf import Book
from rag.terms import Term, has, key
from rag.types import Status
from rag.ways.ask import MEANT, NAMED, Ask
from rag.ways.contractors import is_company
from rag.wording import say

Way = Callable[[Ask], Finding | None]

#: Places that speak of the municipality's own offices, never of those it delegates to.
_OWN_OFFICES = {"IV", "V", "表紙"}
_CONTRACTOR = re.compile(r"(?:委託先|受託者|受託業者|業者|事業者|会社|外注先|ベンダー)(?:の|における|側の)$")
_DATE = re.compile(r"\d年|元年|年度|時点")
_OKURIGANA = "[いきぎけげしじちみびりれえわせめべねっ]?"
_KANJI = re.compile(r"[一-龥々]")


def pertinent(way: Way) -> Way:
    """The way, without findings that do not speak of what is asked for; with a word on what they lack of it."""

    @functools.wraps(way)
    def held(ask: Ask) -> Finding | None:
        found = way(ask)
        return found if found is None else _checked(ask, found)

    return held


def nowhere(ask: Ask) -> list[Term]:
    """What the question asks for and none of the documents at hand speaks of."""
    focus = focus_of(ask.plan)
    heads = [t for t in focus.heads if not _explained(t, ask.plan.places)]
    claims = [t for t in focus.claims if not _explained(t, ask.plan.places)]
    return [t for t in (*heads, *claims) if not t.entity and not stands(t, ask)]


def _checked(ask: Ask, found: Finding) -> Finding | None:
    focus = focus_of(ask.plan)
    if found.status in {Status.NOT_STATED, Status.UNREADABLE}:
        return None if _of_another_place(ask, focus.heads) else found
    if found.status not in {Status.ANSWERED, Status.PARTIAL}:
        return found
    strange = nowhere(ask)
    if any(t in strange for t in focus.claims):
        return None
    if not focus.heads and found.by == "quotes" and focus.affirms and not _claimed_together(ask, focus.claims, found):
        return None
    if found.by == "quotes" and not _kinds_beside(ask, focus.of, found):
        return None
    told = [t for t in focus.heads if t not in strange and _told(ask, t, found)]
    if focus.heads and not told:
        return None
    missing = [t for t in focus.heads if t in strange]
    if not missing:
        return found
    said = "".join(f"「{ask.plan.said(t.span)}」" for t in missing)
    ja, en = f"{said}についての記載はありません(記載なし)。", f"{said}: not stated (記載なし)."
    note = Statement(say(ask.plan.language, ja, en))
    return replace(found, status=Status.PARTIAL, statements=(note, *found.statements))


def _kinds_beside(ask: Ask, words: Sequence[Term], found: Finding) -> bool:
    """Whether each kind of thing that is needed (a date, an amount) stands beside a word that it is asked of."""
    said = [t for t in words if not _explained(t, ask.namings)]
    if not said:
        return True
    texts = [
        key(" ".join((s.text, *(r.item.text for r in s.refs if r.item.kind in {Kind.APPENDIX, Kind.HISTORY}))))
        for s in found.statements
        if s.refs
    ]
    beside = [text for text in texts if any(_in(ask, t, text) for t in said)]
    return all(any(kind.search(text) for text in beside) for kind in needed(ask.plan.text))


def _claimed_together(ask: Ask, claims: Sequence[Term], found: Finding) -> bool:
    """Whether what a yes-or-no question claims of something stands beside another of its words, not alone elsewhere."""
    named = [t for t in claims if not _explained(t, ask.namings)]
    if len(named) < 2:
        return True
    *others, last = named
    beside = [text for text in _contexts(ask, found).values() if any(_in(ask, t, text) for t in others)]
    return any(_in(ask, last, text) for text in beside)


def _of_another_place(ask: Ask, heads: Sequence[Term]) -> bool:
    """Whether another place than the surest is what is asked for: 所属長への研修 asks for 研修."""
    top = ask.top
    if top is None or not heads or any(_covers(top, t) for t in heads):
        return False
    others = (n for n in ask.namings if n.weight >= MEANT and n.place.section != top.place.section)
    return any(_covers(n, t) for n in others for t in heads)


def stands(term: Term, ask: Ask) -> bool:
    """Whether a word, or each of the words it is made of, stands anywhere in the documents at hand."""
    texts = [_everything(book) for book in ask.books]
    if any(_holds(term, text) for text in texts):
        return True
    parts = _parts(ask, term)
    return bool(parts) and all(is_general(p) or any(_holds(p, text) for text in texts) for p in parts)


def _parts(ask: Ask, term: Term) -> list[Term]:
    """The words that a run of nouns is made of, without single characters."""
    start, end = term.span
    inside = (t for t in ask.plan.terms if start <= t.span[0] and t.span[1] <= end and t.span != term.span)
    return [t for t in inside if len(t.surface) > 1 and (t.weight >= NOUN or t.surface.isascii())]


def _holds(term: Term, text: str) -> bool:
    """Whether a text (as `key`) has the term, in any spelling of its inflected endings."""
    if term.surface.isascii() and len(term.surface) < 5:
        return bool(re.search(rf"(?<![a-z]){re.escape(key(term.surface))}(?![a-z])", text)) or any(
            form in text for form in term.forms if not form.isascii()
        )
    return has(term, text) or bool((spelled := _spelled(term.surface)) and spelled.search(text))


@functools.lru_cache(maxsize=4096)
def _spelled(surface: str) -> re.Pattern[str] | None:
    """取扱い, 取り扱い and 取扱 as one; None for a word without two Chinese characters in it."""
    if len(_KANJI.findall(surface)) < 2:
        return None
    stem = re.sub(r"[ぁ-ん]", "", surface) if _KANJI.search(surface) else surface
    return re.compile("".join(re.escape(c) + (_OKURIGANA if _KANJI.match(c) else "") for c in key(stem)))


@functools.lru_cache(maxsize=512)
def _everything(book: Book) -> str:
    """All that a book says, past entries and its labels too."""
    said = [f"{p.folded} {p.label}" for p in book.passages]
    said += [key(" ".join((i.label, *i.path, i.block, i.name))) for i in book.items]
    return " ".join([key(f"{book.version.title} {book.version.duty}"), *said])


def _explained(term: Term, namings: Iterable[Naming]) -> bool:
    """Whether words that name a place of the form make up the term."""
    return any(n.weight >= NAMED and _covers(n, term) for n in namings)


def _covers(naming: Naming, term: Term) -> bool:
    start, end = term.span
    covered = {i for a, b in naming.spans for i in range(max(a, start), min(b, end))}
    if len(covered) >= (1 if term.surface.isascii() else end - start):  # an English word is named by its stem
        return True
    place = naming.place
    return any(key(term.surface) in key(x) for x in (place.label, place.name) if x)


def _told(ask: Ask, head: Term, found: Finding) -> bool:
    """Whether something cited speaks of the head, and of the proper names that the question says it of."""
    cited = [r for s in found.statements for r in s.refs] + [row.ref for row in found.rows]
    if _of_contractor(ask, head) and all(r.item.part in _OWN_OFFICES for r in cited):
        return False
    if any(_at(n, r) for n in _naming(ask, head) for r in cited):
        return True
    if any(r.item.kind is Kind.HISTORY and _in(ask, head, key(r.item.text)) for r in cited):
        return True  # which entry is meant was decided by its words already
    kinds = preferred(head.surface)
    if any(kind.search(key(r.text)) for kind in kinds for r in cited):
        return True
    names = (t for t in ask.plan.terms if t.entity and not _within(t, head) and not _DATE.search(t.surface))
    said_of = [t for t in names if stands(t, ask)]
    owner = _owner(ask, head)
    if owner is not None and owner not in said_of and stands(owner, ask):
        said_of.append(owner)
    for at, text in _contexts(ask, found).items():
        here = [r for r in cited if (r.version.id, r.item.key) == at]
        of_all = all(_in(ask, t, text) or any(_at(n, r) for n in _naming(ask, t) for r in here) for t in said_of)
        if of_all and _in(ask, head, text):
            return True
    return False


def _owner(ask: Ask, head: Term) -> Term | None:
    """What the head is said of: 委託先 in 委託先の担当者."""
    if not ask.plan.text[: head.span[0]].endswith("の"):
        return None
    before = (t for t in ask.plan.terms if t.span[1] == head.span[0] - 1 and not is_general(t) and t.weight >= NOUN)
    return max(before, key=lambda t: t.span[1] - t.span[0], default=None)


def _within(term: Term, other: Term) -> bool:
    return other.span[0] <= term.span[0] and term.span[1] <= other.span[1]


def _naming(ask: Ask, head: Term) -> list[Naming]:
    return [n for n in (*ask.namings, *ask.plan.places) if n.weight >= NAMED and _covers(n, head)]


def _at(naming: Naming, ref: Ref) -> bool:
    place, item = naming.place, ref.item
    if item.kind is Kind.APPENDIX and place.section == "III.7":  # its cases are told there
        return True
    if place.holds(item, ref.version.form):
        return True
    section = f"{item.part}.{item.number}" if item.number else item.part
    return section == place.section and (not item.block or not place.block or item.block.startswith(place.block))


def _of_contractor(ask: Ask, head: Term) -> bool:
    """Whether the head is said of someone that work is delegated to."""
    before = ask.plan.text[: head.span[0]]
    if _CONTRACTOR.search(before):
        return True
    owners = (t for t in ask.plan.terms if t.span[1] < head.span[0] and before.endswith("の"))
    return any(t.span[1] == head.span[0] - 1 and is_company(t, ask.books) for t in owners)


def _in(ask: Ask, term: Term, text: str) -> bool:
    if _holds(term, text):
        return True
    parts = _parts(ask, term)
    return bool(parts) and all(is_general(p) or _holds(p, text) for p in parts)


def _contexts(ask: Ask, found: Finding) -> dict[tuple[int, str], str]:
    """What is cited, each place with what belongs to it: a row with its block, a case of an appendix whole."""
    told: dict[tuple[int, str], list[str]] = {}
    for statement in found.statements:
        for ref in statement.refs:
            words = told.setdefault((ref.version.id, ref.item.key), [])
            words += [statement.text, ref.text, " ".join(ref.item.path)]
    for row in found.rows:
        words = told.setdefault((row.version.id, row.ref.item.key), [" ".join(row.ref.item.path)])
        words += [cell for pair in row.cells for cell in pair]
    items = {(b.version.id, i.key): i for b in ask.books for i in b.items if (b.version.id, i.key) in told}
    return {at: key(" ".join((*words, *_around(ask.books, at, items.get(at))))) for at, words in told.items()}


def _around(books: Sequence[Book], at: tuple[int, str], item: Item | None) -> list[str]:
    if item is None:
        return []
    if item.kind is Kind.APPENDIX or item.kind is Kind.HISTORY:
        return [item.text, item.label, item.block]
    if not item.block:
        return [item.label]
    book = next(b for b in books if b.version.id == at[0])
    here = (item.part, item.number, item.block, item.file_index)
    same = (i for i in book.items if (i.part, i.number, i.block, i.file_index) == here)
    return [f"{i.path[-1] if i.path else ''} {i.text}" for i in same]
