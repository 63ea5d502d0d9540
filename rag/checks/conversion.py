"""What OCR and conversion turned round or garbled: titles of risks, choices that no form has, lost characters."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator

from ingest.assessment import Item, State
from ingest.forms import FormItem, load_form
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper
from rag.places import FORM
from rag.terms import key

INVERTED = Rule(
    "conversion.inverted",
    Severity.FINDING,
    "リスクの名称から打消しが失われ、意味が逆になっている",
    "様式3 III のリスクの名称",
)
TITLE = Rule("conversion.title", Severity.FINDING, "リスクの名称が様式と異なる", "様式3 III のリスクの名称")
CHOICE = Rule("conversion.choice", Severity.FINDING, "様式にない選択肢が選ばれている", "様式3(選択肢の項目)")
CHARACTERS = Rule("conversion.characters", Severity.FINDING, "文字が失われている", "様式(記載が読めること)")

#: Spellings that mean the same in the titles of the forms.
_ALIKE = (("ひも付け", "紐付け"), ("ひもづけ", "紐付け"), ("紐づけ", "紐付け"), ("き損", "毀損"), ("漏洩", "漏えい"))
#: A printed option is meant to be the nearest one where it is so like it, and no other is.
NEAR, APART = 0.5, 0.1
_LOST = re.compile("[\N{REPLACEMENT CHARACTER}\N{GETA MARK}]")


def check(paper: Paper) -> Iterator[Raised]:
    """Titles, choices and characters."""
    for item in paper.present:
        if item.state is State.STATED:
            if paper.official and item.name == "リスク":
                yield from _title(paper, item)
            if item.choice:
                yield from _choice(paper, item)
            yield from _characters(paper, item)


def _title(paper: Paper, item: Item) -> Iterator[Raised]:
    official = _official_title(item)
    printed, wanted = _plain(item.text), _plain(official)
    if not official or printed == wanted:
        return
    inverted = printed.count("ない") < wanted.count("ない")
    rule = INVERTED if inverted else TITLE
    why = "打消しが失われ、意味が逆です" if inverted else "文字が変わっています"
    yield Raised(
        rule,
        f"{item.section.removesuffix(' リスク')}の名称が「{item.text}」となっており、{why}。",
        (paper.ref(item),),
        f"様式では「{official}」です。",
        proposal=official,
    )


def _choice(paper: Paper, item: Item) -> Iterator[Raised]:
    place = paper.place_of(item)
    options = place.options if place else ()
    if not options or key(item.text) in {key(o) for o in options}:
        return
    nearest = _nearest(item.text, options)
    advice = "" if nearest else f"選択肢は{'、'.join(f'「{o}」' for o in options)}です。原本と照らしてください。"
    yield Raised(
        CHOICE,
        f"{item.section}に「{item.text}」とありますが、様式にない選択肢です。",
        (paper.ref(item),),
        f"「{nearest}」の誤りとみられます。" if nearest else advice,
        proposal=nearest,
    )


def _characters(paper: Paper, item: Item) -> Iterator[Raised]:
    lost = [line for line in item.text.splitlines() if _LOST.search(line)]
    if lost:
        yield Raised(
            CHARACTERS,
            f"{item.section}に読めない文字(〓など)があります。",
            (paper.ref(item, lost[0]),),
            "原本と照らして直してください。",
        )


def _nearest(text: str, options: tuple[str, ...]) -> str:
    """The option that was meant, "" where none is near enough or two are."""
    ranked = sorted(((difflib.SequenceMatcher(None, key(text), key(o)).ratio(), o) for o in options), reverse=True)
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else (0.0, "")
    return best[1] if best[0] >= NEAR and best[0] - second[0] >= APART else ""


def _official_title(item: Item) -> str:
    """The title that the form prints for the risk of an item."""
    number = int(re.sub(r"\D", "", item.block) or 1)
    form_item = _risk_items().get(item.number) if item.part == "III" else None
    risks = form_item.risks if form_item else ()
    return risks[number - 1] if number <= len(risks) else ""


@functools.cache
def _risk_items() -> dict[str, FormItem]:
    return {i.number: i for i in load_form(FORM).part("III").items if i.risks}


def _plain(title: str) -> str:
    """A title without notes in parentheses and punctuation, in one spelling."""
    text = re.sub(r"\([^()]*\)", "", key(title))
    for one, other in _ALIKE:
        text = text.replace(one, other)
    return re.sub(r"[・、,。.:]", "", text)
