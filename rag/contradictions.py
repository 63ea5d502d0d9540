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

#: Ways of authentication that exclude one another as the name of one and the same means.
_MEANS = ("静脈認証", "指紋認証", "顔認証", "虹彩認証")
_MEANS_WORDS = {"静脈認証": "静脈", "指紋認証": "指紋", "顔認証": "顔認証", "虹彩認証": "虹彩"}


def found(book: Book, plan: Plan, kind: str) -> list[Statement]:
    """Contradictions that bear on rows of a kind."""
    return _subcontracting(book, plan) if kind == "contracts" else []


def about(book: Book, places: Sequence[Place], plan: Plan) -> list[Statement]:
    """Contradictions that bear on facts at these places."""
    sections = {p.section for p in places}
    statements: list[Statement] = []
    if "III.4" in sections and "再委託" in plan.text:
        statements += _subcontracting(book, plan)
    if sections & {"I.1", "II.2"}:
        statements += _people(book, plan, places)
    return statements


def among(book: Book, passages: Sequence[Passage], plan: Plan) -> list[Statement]:
    """Contradictions that bear on quoted sentences: a means of authentication that another item names otherwise."""
    if "再委託" in plan.text and any(p.item.number == "4" and p.item.part in {"II", "III"} for p in passages):
        return _subcontracting(book, plan)
    said = {m for p in passages for m in _MEANS if _MEANS_WORDS[m] in p.text and "認証" in p.text}
    if not said:
        return []
    sides = _means(book)
    if len(sides) < 2 or not said & set(sides):
        return []
    text = "、".join(f"{item.section}は「{means}」" for means, item in sides.items())
    refs = tuple(Ref(book.version, item, _sentence(item, means)) for means, item in sides.items())
    ja = f"記載の食い違い: {name(book.version)}では、{text}としています。原本を確認してください。"
    return [Statement(say(plan.language, ja, f"Contradiction in {name(book.version)}: {text}. Please check the original."), refs)]


def _means(book: Book) -> dict[str, Item]:
    """Each means of authentication of the duty's own systems, and the first item that names it."""
    sides: dict[str, Item] = {}
    for p in book.passages:
        if p.item.part not in {"II", "III"} or "入退" in p.text or "入館" in p.text or "電算機室" in p.text:
            continue
        for means in _MEANS:
            if _MEANS_WORDS[means] in p.text:
                sides.setdefault(means, p.item)
    return sides


def _sentence(item: Item, means: str) -> str:
    return next((line for line in re.split(r"\n|(?<=。)", item.text) if _MEANS_WORDS[means] in line), item.text)


def _subcontracting(book: Book, plan: Plan) -> list[Statement]:
    """II.4 ④ 再委託する, and III.4 再委託していない (or the other way round)."""
    rows = [i for i in book.items if i.part == "II" and i.number == "4" and i.sub == "④" and i.state is State.STATED]
    sides = [i for i in book.items if i.part == "III" and i.number == "4" and i.choice and "再委託先" in i.label and i.state is State.STATED]
    doing = [i for i in rows if key(i.text) == "再委託する"]
    for side in sides:
        denied = "していない" in side.text
        if doing and denied:
            blocks = "・".join(dict.fromkeys(i.block for i in doing))
            ja = f"記載の食い違い: II.4 では{blocks}を「再委託する」としていますが、III.4 では「{side.text}」が選ばれています。原本を確認してください。"
            en = f"Contradiction: II.4 says 「再委託する」 (subcontracted) for {blocks}, III.4 says 「{side.text}」 (not subcontracted). Please check the original."
            refs = (*(Ref(book.version, i, i.text) for i in doing[:2]), Ref(book.version, side, side.text))
            return [Statement(say(plan.language, ja, en), refs)]
        if rows and not doing and not denied:
            ja = f"記載の食い違い: II.4 ではすべて「再委託しない」ですが、III.4 では「{side.text}」が選ばれています。原本を確認してください。"
            refs = (Ref(book.version, rows[0], rows[0].text), Ref(book.version, side, side.text))
            return [Statement(say(plan.language, ja, f"Contradiction: II.4 says 「再委託しない」 throughout, III.4 says 「{side.text}」."), refs)]
    return []


def _people(book: Book, plan: Plan, places: Sequence[Place]) -> list[Statement]:
    """対象人数 (I.1 ③) below 本人の数 (II.2 ②)."""
    both = {"I.1 ③", "II.2 ②"} & {p.id for p in places}
    duty = next((i for i in book.items if i.part == "I" and i.number == "1" and i.sub == "③" and i.state is State.STATED), None)
    file = next((i for i in book.items if i.part == "II" and i.number == "2" and i.sub == "②" and i.state is State.STATED), None)
    if not both or duty is None or file is None or _upper(duty.text) is None or _lower(file.text) is None:
        return []
    upper, lower = _upper(duty.text), _lower(file.text)
    if upper is None or lower is None or upper > lower:
        return []
    ja = f"記載の食い違い: I.1 ③ 対象人数は「{duty.text}」ですが、II.2 ② 対象となる本人の数は「{file.text}」です。原本を確認してください。"
    en = f"Contradiction: I.1 ③ says 「{duty.text}」, II.2 ② says 「{file.text}」. Please check the original."
    return [Statement(say(plan.language, ja, en), (Ref(book.version, duty, duty.text), Ref(book.version, file, file.text)))]


def _number(text: str) -> int:
    match = re.match(r"([\d,]+)(万?)", key(text))
    return int(match[1].replace(",", "")) * (10_000 if match[2] else 1) if match else 0


def _upper(text: str) -> int | None:
    match = re.search(r"([\d,]+万?)人未満", key(text))
    return _number(match[1]) if match else None


def _lower(text: str) -> int | None:
    match = re.search(r"([\d,]+万?)人以上", key(text))
    return _number(match[1]) if match else None
