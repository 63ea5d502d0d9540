"""Parts of the form that the source lost, as the reader reports them. Missing is not 該当なし."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper
from rag.finding import Ref

LOST = Rule("missing.part", Severity.FINDING, "様式にある部分が本文にない", "様式(すべての項目を備えること)")
#: A remark on the file as a whole is no place of the form.
WHOLE = "全体"


def check(paper: Paper) -> Iterator[Raised]:
    """One finding a gap; what an abridged document leaves out was not lost."""
    for section, reason in paper.version.gaps:
        if section != WHOLE and not paper.version.abridged_from:
            yield Raised(
                LOST,
                reason,
                _listed(paper, section),
                advice="変換で失われていないか原本と照らし、失われていれば原本から読み込み直し、原本にもなければ書き足してください。",
                sections=(_spaced(section),),
            )


def _listed(paper: Paper, section: str) -> tuple[Ref, ...]:
    """The line of 項目一覧 on the cover that names a lost part."""
    covers = [i for i in paper.present if i.part == "表紙" and i.name == "項目一覧"]
    lines = [(i, line) for i in covers for line in i.text.splitlines() if line.strip("(（").startswith(section)]
    return tuple(paper.ref(i, line) for i, line in lines if section.startswith("別"))


def _spaced(section: str) -> str:
    """A place as it is cited: `II.2 ③ その必要性`."""
    return re.sub(r"([①-⑳])(?=\S)", r"\1 ", section)
