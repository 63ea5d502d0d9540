"""Whether an English sentence puts names, numbers and dates together as the records do.

English words translate nothing here: a sentence is one of a few forms around values as the documents print them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from rag.verify import changing
from rag.verify.counting import total_of
from rag.verify.groups import Group
from rag.verify.holding import holds
from rag.verify.marking import Marked
from rag.verify.phrases import FIRST_MARK, LAST_MARK
from rag.verify.records import Record
from rag.verify.speaking import Speaking
from rag.verify.vocabulary import english_headings

#: Pieces of the forms: {M} a mention, {L} several of them, {N} the name of a heading, {O} whose it is.
_PIECES = {
    "M": f"[{FIRST_MARK}-{LAST_MARK}]",
    "L": f"[{FIRST_MARK}-{LAST_MARK}](?:(?:, and|,| and) [{FIRST_MARK}-{LAST_MARK}])*",
    "O": f"(?P<of>(?: (?:of|for|in|at) [{FIRST_MARK}-{LAST_MARK}])*)",
    "NOW": "(?:(?:at present|currently|now),? )?",
    "IN": f"(?P<in>(?:(?:in|for|at) [{FIRST_MARK}-{LAST_MARK}],? )?)",
}
_IS = (
    "{NOW}{IN}(?:the )?(?:present |current )?(?P<label>{N}){O} (?:is|are)(?: at present| currently)?:? (?P<values>{L})",
    "{NOW}(?P<of>{M})'s (?:present |current )?(?P<label>{N}) (?:is|are) (?P<values>{L})",
    "{NOW}{IN}there (?:is|are) (?P<count>\\w+) (?P<label>{N}){O}(?: at present)?[,:] (?P<values>{L})",
    "(?P<values>{L}) (?:is|are) (?:the )?(?:present |current )?(?P<label>{N}){O}(?: at present)?",
    "(?P<label>{N}){O}: (?P<values>{L})",
    "(?:the )?(?P<label>reason)(?: (?:of|for) (?:the|this) change)? (?:is|was) (?P<values>{M})",
)
_QUOTED = (
    "according to (?P<of>{M}), (?P<values>{M})",
    "(?:the assessment of )?(?P<of>{M}) (?:says|states)(?: that)?:? (?P<values>{M})",
    "{NOW}(?P<under>{M}) (?:is|reads) (?P<values>{M})",
)
_CHANGED = (
    "on (?P<day>{M}),? (?:it|the (?:{N})|{M}) (?:was |has been )?changed from (?P<old>{M}) to (?P<new>{M})",
    "(?:it|the (?:{N})|{M}) (?:was |has been )?changed from (?P<old>{M}) to (?P<new>{M}) on (?P<day>{M})",
)
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CHANGE = Group((), "", False, False, frozenset(), head="変更", says=frozenset({"過去"}), verb=True)


def bears(
    records: Sequence[Record], marked: Marked, words: str, tokens: Sequence[frozenset[int]]
) -> frozenset[int] | None:
    """The tokens that bear an English sentence, None where no record holds together what it says.

    words   the marked text in lower case with its white space, one mark for each mention
    tokens  for each mention those of the piece in which it stands
    """
    text = words.strip().rstrip(".").strip()
    for form in _forms():
        if (match := form.fullmatch(text)) is not None:
            speaking = Speaking(records)
            sentence = _Sentence(marked, tokens, match.groupdict(""), speaking)
            if sentence.is_borne():
                return frozenset(speaking.used)
    return None


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, english_headings()), key=len, reverse=True))
    pieces = {**_PIECES, "N": names}
    return tuple(re.compile(form.format(**pieces)) for form in (*_IS, *_QUOTED, *_CHANGED))


class _Sentence:
    """One sentence as a form reads it: `parts` are what its groups matched, "" where they did not."""

    def __init__(
        self, marked: Marked, tokens: Sequence[frozenset[int]], parts: Mapping[str, str], speaking: Speaking
    ) -> None:
        self._marked = marked
        self._tokens = tokens
        self._parts = parts
        self._speaking = speaking

    def is_borne(self) -> bool:
        """Whether the records bear it."""
        if "day" in self._parts:
            change = [self._group("day", "に"), self._group("old", "から"), self._group("new", "に"), _CHANGE]
            return changing.bears(change, self._speaking.records, self._speaking.used)
        values = self._group("values", "")
        scopes = [self._made(m, "の") for name in ("in", "of") for m in re.findall(_PIECES["M"], self._part(name))]
        headings = self._headings(values)
        if not headings or not values.values or not all(g.scope and not g.headings for g in scopes):
            return False
        self._speaking.scopes = scopes
        if not self._counts(len(values.mentions), headings):
            return False
        heading = Group((), "", True, False, frozenset(), headings=headings)
        if changing.bears([heading, values], self._speaking.records, self._speaking.used):
            return True
        return holds(headings, values, self._speaking)

    def _headings(self, values: Group) -> frozenset[str]:
        if "under" in self._parts:
            return self._group("under", "").headings
        if "label" in self._parts:
            return english_headings().get(self._part("label"), frozenset())
        return frozenset(f.heading for f in values.facts)

    def _counts(self, named: int, headings: frozenset[str]) -> bool:
        word = self._part("count")
        if not word:
            return True
        number = int(word) if word.isdigit() else _COUNTS.index(word) if word in _COUNTS else -1
        return number == named == max(total_of(h, self._speaking) for h in headings)

    def _part(self, name: str) -> str:
        return self._parts.get(name, "")

    def _group(self, name: str, case: str) -> Group:
        return self._made(self._part(name), case)

    def _made(self, marks: str, case: str) -> Group:
        numbers = [ord(m) - ord(FIRST_MARK) for m in re.findall(_PIECES["M"], marks)]
        mentions = tuple(self._marked.mentions[n] for n in numbers)
        pieces = tuple(self._tokens[n] for n in numbers)
        headings = frozenset(h for m in mentions for h in m.headings)
        return Group(mentions, case, False, False, frozenset().union(*pieces), pieces, headings=headings)
