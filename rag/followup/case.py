"""One follow-up before its conversation, as every rule is given it, and what the rules make of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.followup import english, japanese, rows
from rag.followup.heard import Heard
from rag.followup.holders import Holder, text_of
from rag.followup.item import subject
from rag.followup.talk import Talk, Topic
from rag.question import Shape


@dataclass(frozen=True, slots=True)
class Draft:
    """The standing question; `alone`: it came back unchanged, and surely stands alone."""

    question: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A follow-up, the conversation, and the nearest turn that asked for something."""

    heard: Heard
    talk: Talk
    topic: Topic | None

    @property
    def is_english(self) -> bool:
        """Whether the standing question is to be English."""
        return self.heard.language == "en"

    @property
    def alone(self) -> Draft:
        """The follow-up as it came."""
        return Draft(self.heard.plan.question, alone=True)

    def asked(self, who: str, row: str = "", among: str = "", over_all: bool = False) -> Draft:
        """The follow-up with its pointers replaced, asked of `who` (see `japanese.asked`)."""
        if self.is_english:
            return Draft(english.asked(self.heard, who, row, over_all))
        return Draft(japanese.asked(self.heard, who, row, among, over_all))

    def whose(self, holders: Sequence[Holder], row: str = "") -> str:
        """Whose documents, with the date that was asked about and the row that was in view."""
        who = text_of(holders, self.heard.language)
        if self.is_english:
            return " ".join(x for x in (f"for {row}" if row else "", who) if x)
        plan = self.heard.plan
        dated = plan.as_of is None and not {Shape.CHANGE, Shape.TIMELINE} & plan.shapes
        date = japanese.period(self.topic.plan) if self.topic and dated else ""
        return "の".join(x for x in (date, who, row) if x)

    def focus(self, holders: Sequence[Holder] = ()) -> str:
        """The row in view, where the follow-up asks of the same kind of entry; only of the holders that are given."""
        named = self.heard.namings
        if not named or self.topic is None or self.heard.tells_rows:
            return ""
        return rows.focus(self.talk, self.topic, named[0].place.block, {h.municipality for h in holders})

    def among(self, holders: Sequence[Holder]) -> str:
        """What `そのうち` stands for."""
        if self.topic is None or self.is_english or self.heard.pointer("among") is None:
            return ""
        of = subject(self.topic.text, holders, self.topic, "ja")
        return f"{of}のうち、" if of else ""


Rule = Callable[[Case], Draft | None]
