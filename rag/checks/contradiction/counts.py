"""The numbers of 委託, 提供 and 移転 that are printed, against the blocks that are there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ingest.assessment import Item, State
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper, blank_block, marked
from rag.terms import key

COUNT = Rule(
    "contradiction.count",
    Severity.FINDING,
    "委託・提供・移転の件数と、書かれている件数が合わない",
    "様式3 II.4、II.5 の件数の欄",
)
_BOXES = {"提供を行っている": "提供先", "移転を行っている": "移転先"}
_PRINTED = re.compile(r"\((\d{1,3})\)件")
#: A block that stands for a list elsewhere is not one entry.
_ELSEWHERE = re.compile(r"別紙|別添|別表|別記|一覧")


def check(paper: Paper) -> Iterator[Raised]:
    """Counts that differ, file by file."""
    for item in paper.stated("II.4 委託の有無"):
        printed = _PRINTED.search(_folded(paper.raw(item)))
        if printed and key(item.text) == "委託する":
            yield from _compare(paper, item, "委託", "委託事項", int(printed[1]), item.text)
    for item in paper.stated("II.5 提供・移転の有無"):
        for label, block in _BOXES.items():
            count = next((m.detail for m in item.marks if m.label == label), "")
            if marked(item, label) and count.isdecimal():
                yield from _compare(paper, item, block[:2], block, int(count), label)


def _compare(paper: Paper, stated: Item, what: str, block: str, count: int, quote: str) -> Iterator[Raised]:
    mine = [i for i in paper.present if i.section.startswith(f"{stated.part}.{stated.number} {block}")]
    mine = [i for i in mine if i.file_index == stated.file_index and not blank_block(paper, i)]
    blocks = list(dict.fromkeys(i.block for i in mine))
    if len(blocks) == count or not blocks or _explained(paper, mine, block):
        return
    heads = [next(i for i in mine if i.block == b and i.state is State.STATED) for b in blocks]
    yield Raised(
        COUNT,
        f"{what}は{count}件とされていますが、書かれている{block}は{len(blocks)}件({blocks[0]}から{blocks[-1]}まで)です。",
        (paper.ref(stated, quote), *(paper.ref(i) for i in heads)),
        "件数の欄を直すか、足りないものを書き足してください。",
    )


def _explained(paper: Paper, mine: list[Item], block: str) -> bool:
    """Whether the difference has a known cause: the list stands elsewhere, or blocks were lost."""
    return any(_ELSEWHERE.search(i.text) for i in mine) or any(block in section for section, _ in paper.version.gaps)


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
