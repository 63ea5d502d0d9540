"""委託 and 再委託: II.4 against III.4, and 提供・移転: II.5 against III.5."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.assessment import Item, State
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper, blank_block, marked, same_block
from rag.contradictions import does_subcontract, subcontracting_sides
from rag.terms import key

SUBCONTRACT = Rule(
    "contradiction.subcontract",
    Severity.FINDING,
    "再委託の有無(II.4 ④)と再委託先の担保(III.4)が合わない",
    "様式3 II.4④、III.4「再委託先による適切な取扱いの担保」",
)
SUBCONTRACT_TEXT = Rule(
    "contradiction.subcontract-text",
    Severity.FINDING,
    "「再委託しない」のに許諾方法か再委託事項の記載がある",
    "様式3 II.4④⑤⑥",
)
NOT_DONE = Rule(
    "contradiction.not-done",
    Severity.FINDING,
    "「しない」の選択と、行っているとの記載が両方ある",
    "様式3 II.4・II.5、III.4・III.5・III.6 の見出しの欄",
)
#: The header box of part III, and the place of part II that it must agree with.
_HEADERS = (("III.4", "委託しない", "II.4 委託の有無"), ("III.5", "提供・移転しない", "II.5 提供・移転の有無"))
_NOTHING = ("なし", "無し", "該当なし", "-", "―", "—", "再委託しない", "再委託は行わない")


def check(paper: Paper) -> Iterator[Raised]:
    """What disagrees about contracts, provisions and transfers."""
    yield from _subcontract(paper)
    yield from _subcontract_text(paper)
    yield from _blocks_of_nothing(paper)
    yield from _headers(paper)


def _subcontract(paper: Paper) -> Iterator[Raised]:
    sides = subcontracting_sides(paper.book) if paper.official else None
    if sides is None:
        return
    choices, side = sides
    if does_subcontract(choices[0]):
        one = f"II.4 の{'・'.join(dict.fromkeys(i.block for i in choices))}は「再委託する」"
    else:
        one = "II.4 はすべて「再委託しない」"
    yield Raised(
        SUBCONTRACT,
        f"{one}ですが、III.4 の再委託先による適切な取扱いの担保は「{side.text}」です。",
        tuple(paper.ref(i) for i in (*choices, side)),
        "再委託の実態を確かめ、II.4 ④ と III.4 の一方を直してください。",
    )


def _subcontract_text(paper: Paper) -> Iterator[Raised]:
    for choice in paper.stated("II.4 委託事項 ④"):
        texts = [
            i
            for place in ("II.4 委託事項 ⑤", "II.4 委託事項 ⑥")
            for i in paper.stated(place)
            if same_block(i, choice) and key(i.text) not in map(key, _NOTHING)
        ]
        if key(choice.text) == "再委託しない" and texts:
            told = "と".join(i.sub + _name(i) for i in texts)
            yield Raised(
                SUBCONTRACT_TEXT,
                f"{choice.block}は「再委託しない」ですが、{told}が書かれています。",
                tuple(paper.ref(i) for i in (choice, *texts)),
                "再委託の実態を確かめ、選択か記載の一方を直してください。",
            )


def _name(item: Item) -> str:
    return {"⑤": "再委託の許諾方法", "⑥": "再委託事項"}.get(item.sub, "")


def _blocks_of_nothing(paper: Paper) -> Iterator[Raised]:
    """委託しない, and a 委託事項 that says what is contracted."""
    for choice in paper.stated("II.4 委託の有無"):
        blocks = [
            i
            for i in paper.at("II.4 委託事項 ①")
            if i.file_index == choice.file_index and not blank_block(paper, i) and i.state is State.STATED
        ]
        if key(choice.text) == "委託しない" and blocks:
            yield Raised(
                NOT_DONE,
                f"II.4 は「委託しない」ですが、{'・'.join(i.block for i in blocks)}に委託内容が書かれています。",
                tuple(paper.ref(i) for i in (choice, *blocks)),
                "委託の実態を確かめ、選択か記載の一方を直してください。",
            )


def _headers(paper: Paper) -> Iterator[Raised]:
    """A marked 委託しない or 提供・移転しない in part III, where part II says that it is done."""
    for section, label, place in _HEADERS:
        for header in paper.headers(section):
            done = [i for i in paper.stated(place) if i.file_index == header.file_index and _is_done(i)]
            if marked(header, label) and done:
                yield Raised(
                    NOT_DONE,
                    f"{section} は「{label}」に印がありますが、{done[0].section}では行っているとしています。",
                    (paper.ref(header, label), *(paper.ref(i, _shown(i)) for i in done)),
                    "実態を確かめ、一方を直してください。",
                )


def _is_done(item: Item) -> bool:
    if item.marks:
        return marked(item, "提供を行っている") or marked(item, "移転を行っている")
    return key(item.text) == "委託する"


def _shown(item: Item) -> str:
    done = [label for label in ("提供を行っている", "移転を行っている") if marked(item, label)]
    return done[0] if done else item.text
