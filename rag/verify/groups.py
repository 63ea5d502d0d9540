"""Phrases of a unit → groups: mentions listed together, plain words of the frame, counts, the predicate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.verify.marking import Marked, TokensAt
from rag.verify.mentions import Mention
from rag.verify.phrases import Phrase
from rag.verify.records import ADDRESS, PHONE, Fact
from rag.verify.units import unit_of
from rag.verify.vocabulary import identifying, listed
from rag.verify.wrapping import unwrapped

_COUNT = re.compile(r"(\d+)(社|者|件|つ|か所|箇所|課|団体|自治体|種類|個|人|名|項目)")
#: …というものです, …ためです behind a value.
_MERE = frozenset({"もの", "物", "こと", "為"})
#: …のために: what something is for.
_FOR = frozenset({"為"})


@dataclass(frozen=True)
class Group:
    """What stands in one place of a unit.

    partly    listed with や: not all that there is
    tokens    of the piece that it stands in; `pieces`: those of each mention
    headings  that its mentions may name; `wanted`: those that a relation lets its values have
    plain     words of the frame (現在, 評価書) and joining words; `object`: 特定個人情報 and the like
    """

    mentions: tuple[Mention, ...]
    case: str
    topic: bool
    comma: bool
    tokens: frozenset[int]
    pieces: tuple[frozenset[int], ...] = ()
    head: str = ""
    text: str = ""
    says: frozenset[str] = frozenset()
    verb: bool = False
    plain: bool = False
    object: bool = False
    number: str = ""
    counter: str = ""
    headings: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    adds: bool = False
    partly: bool = False

    @property
    def count(self) -> str:
        """A number with what it counts, where it is one."""
        return self.number + self.counter

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Facts that its mentions may be."""
        return tuple(f for m in self.mentions for f in m.facts)

    @property
    def values(self) -> bool:
        """Whether each mention may be a value."""
        return bool(self.mentions) and all(m.facts for m in self.mentions)

    @property
    def body(self) -> bool:
        """Whether it names a municipality."""
        return bool(self.mentions) and all(m.body for m in self.mentions)

    @property
    def files(self) -> bool:
        """Whether it names a file of personal information."""
        return bool(self.mentions) and all(m.files for m in self.mentions)

    @property
    def identifies(self) -> bool:
        """Whether it tells records from others of the same document."""
        return bool(self.mentions) and not self.body and all(m.identifies for m in self.mentions)

    @property
    def scope(self) -> bool:
        """Whether a sentence may be about it."""
        return self.identifies or self.body or self.files or (
            bool(self.mentions) and all(m.titles for m in self.mentions)
        )  # fmt: skip

    @property
    def roles(self) -> frozenset[str]:
        """The identifying headings that its values may have."""
        found = {f.heading for f in self.facts if f.heading in identifying()}
        return frozenset(found & self.wanted if self.wanted else found)


def grouped(phrases: Sequence[Phrase], marked: Marked, tokens_at: TokensAt) -> list[Group] | None:
    """The groups of a unit; None where a predicate stands inside it, or a sign."""
    found: list[Group] = []
    held: list[tuple[Mention, frozenset[int]]] = []
    partly = False
    unit = _unlabelled(unwrapped_value(phrases), marked)
    for at, phrase in enumerate(unit):
        last = at == len(unit) - 1
        if phrase.kind in {"sign", "exclamation"} or (phrase.joined and phrase.mention < 0):
            return None
        if phrase.kind == "connective" and phrase.head in listed("connectives"):
            continue
        if phrase.verb and not last:
            return None
        mention = marked.mentions[phrase.mention] if phrase.mention >= 0 else None
        if mention is None:
            if last and phrase.head in _MERE and phrase.verb and held:
                found.append(replace(_group(held, phrase), case="", says=phrase.says))
                held = []
                continue
            if held:
                return None
            if (
                phrase.head in _FOR
                and found
                and found[-1].case == "の"
                and (phrase.case in {"", "に"} and not phrase.verb)
            ):
                found[-1] = replace(found[-1], case="ため")
                continue
            found.append(_plain(phrase, tokens_at(marked, phrase)))
            continue
        following = unit[at + 1] if not last else None
        held.append((mention, tokens_at(marked, phrase)))
        if (
            following is not None
            and following.head in _MERE
            and following.verb
            and phrase.case in {"", "という", "の", "との"}
        ):
            continue
        if not last and phrase.case in {"and", "や", ""} and not phrase.topic and _beside(mention, following, marked):
            partly = partly or phrase.case == "や"
            continue
        found.append(replace(_group(held, phrase), partly=partly))
        held, partly = [], False
    return found


def _unlabelled(phrases: Sequence[Phrase], marked: Marked) -> list[Phrase]:
    """The phrases without headings that stand right before their value: 電話 0596-…."""
    found = list(phrases)
    for at in range(len(found) - 2, -1, -1):
        phrase, following = found[at], found[at + 1]
        if phrase.mention < 0 or following.mention < 0 or phrase.case not in {"", ":"} or phrase.topic or phrase.comma:
            continue
        facts = {f.heading for f in marked.mentions[following.mention].facts}
        if marked.mentions[phrase.mention].headings & facts & {PHONE, ADDRESS}:
            del found[at]
    return found


def _beside(mention: Mention, following: Phrase | None, marked: Marked) -> bool:
    """Whether the next phrase is another entry of the list: a value of the same heading, or of the same desk."""
    if following is None or following.mention < 0:
        return False
    other = marked.mentions[following.mention]
    if mention.facts and other.facts:
        mine, its = ({f.heading for f in m.facts} for m in (mention, other))
        return bool(mine & its) or bool({PHONE, ADDRESS} & (mine | its))
    return (mention.body and other.body) or bool(mention.titles and other.titles)


def unwrapped_value(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases without とされています and the like behind a value."""
    parts = list(phrases)
    last = parts[-1]
    if len(parts) > 1 and last.verb and last.head in listed("wrappers") and not last.says - {"受身", "継続"}:
        before = parts[-2]
        if before.mention >= 0 and (before.case == "と" or (before.case == "に" and last.head == "成る")):
            return [*parts[:-2], replace(before, case="", comma=last.comma)]
    return list(unwrapped(unit_of(parts))[0].phrases) if len(parts) > 1 else parts


def _plain(phrase: Phrase, tokens: frozenset[int]) -> Group:
    count = _COUNT.fullmatch(phrase.text) if phrase.kind != "deed" else None
    return Group(
        (), phrase.case, phrase.topic, phrase.comma, tokens, (), phrase.head, phrase.text, phrase.says,
        phrase.verb and not count, phrase.head in listed("frame_nouns") or phrase.head in listed("connectives"),
        phrase.text in listed("objects"), *((count[1], count[2]) if count else ("", "")),
    )  # fmt: skip


def _group(held: Sequence[tuple[Mention, frozenset[int]]], last: Phrase) -> Group:
    mentions = tuple(m for m, _ in held)
    headings = frozenset().union(*(m.headings for m in mentions)) if all(m.headings for m in mentions) else frozenset()
    joined = "" if last.comma else "と"
    case = joined if last.case == "and" else last.case
    return Group(
        mentions, case, last.topic, last.comma, frozenset().union(*(t for _, t in held)),
        tuple(t for _, t in held), last.head, last.text, last.says, False, headings=headings,
    )  # fmt: skip
