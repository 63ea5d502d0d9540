"""Contradictions inside one document that bear on an answer: both sides are shown, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.assessment import Item, State
from rag.finding import Ref, Statement
from rag.places import Place
from rag.question import Plan
from rag.shelf import Book, Passage
from rag.terms import key
from rag.wording import name, say

#: Ways of authentication that exclude one another as the name of one and the same means, each with its telling word.
_MEANS = {"静脈認証": "静脈", "指紋認証": "指紋", "顔認証": "顔認証", "虹彩認証": "虹彩"}
#: Words of doors and rooms: another means there contradicts nothing.
_DOORS = re.compile(r"入退|入館|電算機室")


def among_rows(book: Book, plan: Plan, kind: str) -> list[Statement]:
    """Contradictions that bear on rows of a kind."""
    return _subcontracting(book, plan) if kind == "contracts" else []


def among_facts(book: Book, plan: Plan, places: Sequence[Place]) -> list[Statement]:
    """Contradictions that bear on facts at these places."""
    found: list[Statement] = []
    if "再委託" in plan.text and any(p.section == "III.4" for p in places):
        found += _subcontracting(book, plan)
    if {"I.1 ③", "II.2 ②"} & {p.id for p in places}:
        found += _people(book, plan)
    return found


def among_passages(book: Book, plan: Plan, passages: Sequence[Passage]) -> list[Statement]:
    """Contradictions that bear on quoted sentences."""
    if "再委託" in plan.text and any(p.item.number == "4" and p.item.part in {"II", "III"} for p in passages):
        return _subcontracting(book, plan)
    said = {m for p in passages for m, word in _MEANS.items() if word in p.text and "認証" in p.text}
    return _authentication(book, plan, said) if said else []


def _authentication(book: Book, plan: Plan, said: set[str]) -> list[Statement]:
    """静脈認証 at one place, 指紋認証 at another, where the quoted sentences name one of them."""
    sides = {means: items[0] for means, items in authentication_sides(book).items()}
    if len(sides) < 2 or not said & set(sides):
        return []
    text = "、".join(f"{item.section}は「{means}」" for means, item in sides.items())
    refs = tuple(Ref(book.version, item, sentence_of(item, means)) for means, item in sides.items())
    ja = f"記載の食い違い: {name(book.version)}では、{text}としています。原本を確認してください。"
    en = f"Contradiction in {name(book.version)}: {text}. Please check the original."
    return [Statement(say(plan.language, ja, en), refs)]


def authentication_sides(book: Book) -> dict[str, list[Item]]:
    """Each means of authentication of the duty's own systems, and the items that name it."""
    sides: dict[str, list[Item]] = {}
    for p in book.passages:
        if p.item.part in {"II", "III"} and not _DOORS.search(p.text):
            for means, word in _MEANS.items():
                if word in p.text and p.item not in sides.setdefault(means, []):
                    sides[means].append(p.item)
    return sides


def sentence_of(item: Item, means: str) -> str:
    """The line or sentence of an item that names a means of authentication."""
    return next((line for line in re.split(r"\n|(?<=。)", item.text) if _MEANS[means] in line), item.text)


def _subcontracting(book: Book, plan: Plan) -> list[Statement]:
    """II.4 ④ 再委託する, and III.4 再委託していない (or the other way round), in words."""
    sides = subcontracting_sides(book)
    if sides is None:
        return []
    choices, side = sides
    doing = [i for i in choices if does_subcontract(i)]
    blocks = "・".join(dict.fromkeys(i.block for i in doing))
    one = f"{blocks}を「再委託する」としていますが" if doing else "すべて「再委託しない」ですが"
    one_en = (
        f"「再委託する」 (subcontracted) for {blocks}" if doing else "「再委託しない」 (not subcontracted) throughout"
    )
    other_en = "subcontracted" if not doing else "not subcontracted"
    ja = f"記載の食い違い: II.4 では{one}、III.4 では「{side.text}」が選ばれています。原本を確認してください。"
    en = f"Contradiction: II.4 says {one_en}, III.4 says 「{side.text}」 ({other_en})."
    shown = (*choices[: 2 if doing else 1], side)
    text = say(plan.language, ja, f"{en} Please check the original.")
    return [Statement(text, tuple(Ref(book.version, i, i.text) for i in shown))]


def does_subcontract(item: Item) -> bool:
    """Whether 再委託の有無 (II.4 ④) says that there is one."""
    return key(item.text) == "再委託する"


def subcontracting_sides(book: Book) -> tuple[list[Item], Item] | None:
    """The choices of II.4 ④ that III.4 contradicts, and its choice there; None where they agree or one lacks.

    All of 再委託する where III.4 says 再委託していない; 再委託しない throughout where III.4 says otherwise.
    """
    stated = [i for i in book.items if i.number == "4" and i.state is State.STATED]
    choices = [i for i in stated if i.part == "II" and i.sub == "④"]
    doing = [i for i in choices if does_subcontract(i)]
    for side in (i for i in stated if i.part == "III" and i.choice and "再委託先" in i.label):
        if choices and bool(doing) == ("していない" in side.text):
            return doing or choices, side
    return None


def _people(book: Book, plan: Plan) -> list[Statement]:
    """対象人数 (I.1 ③) below 本人の数 (II.2 ②)."""
    sides = people_sides(book)
    if sides is None:
        return []
    duty, file = sides
    ja = (
        f"記載の食い違い: I.1 ③ 対象人数は「{duty.text}」ですが、"
        f"II.2 ② 対象となる本人の数は「{file.text}」です。原本を確認してください。"
    )
    en = f"Contradiction: I.1 ③ says 「{duty.text}」, II.2 ② says 「{file.text}」. Please check the original."
    return [Statement(say(plan.language, ja, en), tuple(Ref(book.version, i, i.text) for i in (duty, file)))]


def people_sides(book: Book) -> tuple[Item, Item] | None:
    """対象人数 (I.1 ③) and 本人の数 (II.2 ②) where all of the former are fewer than the latter."""
    duty, file = _stated(book, "I", "1", "③"), _stated(book, "II", "2", "②")
    if duty is None or file is None:
        return None
    upper, lower = people_in(duty.text, "未満"), people_in(file.text, "以上")
    return None if upper is None or lower is None or upper > lower else (duty, file)


def _stated(book: Book, part: str, number: str, sub: str) -> Item | None:
    here = (i for i in book.items if (i.part, i.number, i.sub) == (part, number, sub))
    return next((i for i in here if i.state is State.STATED), None)


def people_in(text: str, bound: str) -> int | None:
    """The number before 人未満 or 人以上 in a range such as 1万人以上10万人未満; None where it has no such bound."""
    match = re.search(rf"([\d,]+)(万?)人{bound}", key(text))
    return int(match[1].replace(",", "")) * (10_000 if match[2] else 1) if match else None
