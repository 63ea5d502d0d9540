"""Whether a sentence made of headings, names, numbers and dates puts them together as the records do.

What may stand between them is closed: the copula, the verbs of `relations`, choices as the form prints them, counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rag.tokens import Words
from rag.verify import changing, relating
from rag.verify.counting import counts
from rag.verify.groups import Group, grouped
from rag.verify.holding import holds
from rag.verify.marking import Marked, TokensAt
from rag.verify.mentions import Mention
from rag.verify.phrases import Phrase
from rag.verify.phrasing import phrases
from rag.verify.records import Fact, Record
from rag.verify.speaking import Speaking, is_about
from rag.verify.units import units
from rag.verify.vocabulary import identifying, relations

#: What an ending may add without another sense.
_MANNER = frozenset({"断定", "継続"})
#: A choice of the form is no longer than this.
_CHOICE_CHARS = 12

#: Head of a predicate and what its ending says.
_Said = tuple[str, frozenset[str]]


class Frames:
    """The records of an answer, asked whether they hold what a sentence puts together.

    lines  the composed answer's lines that cite nothing, folded: they count
    """

    def __init__(self, records: Sequence[Record], lines: Sequence[str], words: Words) -> None:
        self.records = records
        self._lines = lines
        self._words = words
        self._choices = self._read_choices()

    def bears(self, marked: Marked, tokens_at: TokensAt) -> frozenset[int] | None:
        """The tokens that bear a text, None where no record holds together what it says."""
        if marked.asides:
            return None
        used: set[int] = set()
        read = phrases(marked.text, [m.text for m in marked.mentions], self._words)
        for sentence in units(_ended(read, marked.mentions)):
            speaking = Speaking(self.records)
            for unit in sentence:
                groups = grouped(unit.phrases, marked, tokens_at)
                if not groups or not self._unit(groups, speaking):
                    return None
            used |= speaking.used
        return frozenset(used)

    def _read_choices(self) -> dict[_Said, list[Fact]]:
        """Values that are one predicate: 再委託しない, 実施する."""
        found: dict[_Said, list[Fact]] = defaultdict(list)
        for fact in (f for r in self.records if not r.history for f in r.facts):
            if len(fact.text) <= _CHOICE_CHARS and fact.text.endswith(("る", "い")):
                read = phrases(fact.text, [], self._words)
                if len(read) == 1 and read[0].verb:
                    found[_said(read[0])].append(fact)
        return found

    def _unit(self, groups: Sequence[Group], speaking: Speaking) -> bool:
        if changing.bears(groups, self.records, speaking.used):
            return True
        last = groups[-1]
        says = last.says - _MANNER
        if last.mentions or last.count:
            return not says and self._copula(groups, speaking)
        if _said(last) in self._choices:
            return self._choice(groups, speaking)
        if last.head in relations() and says <= {"受身"}:
            return relating.bears(relations()[last.head], groups, speaking)
        return says - {"受身"} == {"過去"} and last.verb and _event(groups, speaking)

    def _copula(self, groups: Sequence[Group], speaking: Speaking) -> bool:
        """The contractor is X; of A the number is N, of B it is M; X is the contractor."""
        heading: Group | None = None
        for at, group in enumerate(groups):
            following = groups[at + 1] if at + 1 < len(groups) else None
            names = heading.headings if heading is not None else frozenset()
            if group.count:
                before = groups[at - 1] if at else None
                if following is not None or not counts(group, heading, before, speaking, self._lines):
                    return False
                speaking.said = True
            elif group.headings and following is not None and _heads(group):
                heading = group
            elif group.headings and following is None:
                return heading is None and _turned(group, speaking)
            elif group.values and not group.partly and _in_place(group, following, heading):
                if not names and any(g.case == ":" for g in speaking.scopes):
                    names = identifying()
                if not holds(names, group, speaking):
                    return False
            elif following is not None and is_about(group):
                speaking.take(group)
            elif following is None or not _qualifies(group, following):
                return False
        return speaking.said

    def _choice(self, groups: Sequence[Group], speaking: Speaking) -> bool:
        """再委託しない: every record that is spoken of has it, and one of them is cited."""
        last = groups[-1]
        said = _said(last)
        stated = {(f.record, f.text) for f in self._choices[said]}
        every = {(f.record, f.text) for key, facts in self._choices.items() if key[0] == last.head for f in facts}
        for group in groups[:-1]:
            if group.topic and group.headings & {f.heading for f in self._choices[said]}:
                continue
            if not is_about(group) or group.case == "に":
                return False
            speaking.take(group)
        for meant in speaking.meant():
            borne = [n for n, _ in stated if n in meant and self.records[n].tokens & last.tokens]
            if not borne or any(n in meant for n, _ in every - stated):
                return False
            for number in borne:
                speaking.use(number)
        speaking.said = True
        return True


def _ended(read: Sequence[Phrase], mentions: Sequence[Mention]) -> list[Phrase]:
    """The phrases with a value before で and a comma, behind what it is said of, as the end of a unit: Aは10人で、…"""
    found: list[Phrase] = []
    spoken = False
    for phrase in read:
        value = phrase.mention >= 0 and bool(mentions[phrase.mention].facts) and not mentions[phrase.mention].titles
        if value and phrase.case == "で" and phrase.comma and not phrase.topic and spoken:
            found.append(replace(phrase, case="", form="and", says=frozenset({"断定"}), kind="verb"))
            spoken = False
            continue
        spoken = (spoken or phrase.topic or phrase.case == "が") and not (phrase.verb and phrase.form != "adnominal")
        found.append(phrase)
    return found


def _said(predicate: Phrase | Group) -> _Said:
    """What a choice says, whether it goes on or not."""
    return predicate.head, predicate.says - {"継続"}


def _heads(group: Group) -> bool:
    """Whether a heading stands as what the values behind it are."""
    return "も" not in group.says and ((group.topic and not group.case) or group.case in {"が", ":"})


def _qualifies(group: Group, following: Group) -> bool:
    """Whether a heading only tells whose the next one is: 委託先の取扱者数."""
    identifies = group.headings & identifying() and group.case == "の"
    return bool(identifies and following.headings and not following.headings & group.headings)


def _turned(heading: Group, speaking: Speaking) -> bool:
    """X が委託先です: what is spoken of is the value."""
    if not speaking.scopes:
        return False
    value = speaking.scopes.pop()
    return value.case == "が" and value.values and holds(heading.headings, value, speaking)


def _in_place(group: Group, following: Group | None, heading: Group | None) -> bool:
    """Whether values stand in the place of what is said, not of what it is said about."""
    if following is None:
        return True
    if group.topic:
        return False
    if group.case == "の":
        return bool(following.count)
    return heading is not None and (not group.case or (group.case == "で" and group.comma))


def _event(groups: Sequence[Group], speaking: Speaking) -> bool:
    """平成28年4月1日に保有を開始しました: a date whose heading says just that."""
    words = groups[-1].text
    date: Group | None = None
    for group in reversed(groups[:-1]):
        if group.values and group.case == "に" and date is None:
            date = group
        elif not group.mentions and not group.plain and group.case in {"を", "が"}:
            words = group.text + words
        elif is_about(group):
            speaking.take(group)
        else:
            return False
    return date is not None and holds(frozenset({f"{words}日"}), date, speaking)
