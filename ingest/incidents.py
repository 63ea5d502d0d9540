"""重大事故: what III.7② and the appendices tell of each case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.assessment import Incident, Item, Kind, State, Stated
from ingest.dates import find_dates
from ingest.labels import bare, fold
from ingest.look import Look, of

_WORDS = re.compile(
    "漏えい|漏洩|紛失|誤廃棄|盗難|再委託したもの|再委託をしていた|法令違反|契約違反|所在不明|不正|誤送付|滅失"
)
_TOLD = re.compile(r"発生|発覚|概要|影響")
# Every repetition is bounded: a page of digits must not cost more than its length.
_NUMBER = r"(?<![\d０-９])[\d０-９]{1,12}(?:\s{0,2}[,，.]\s{0,2}[\d０-９]{3}){0,4}(?:万[\d０-９,，]{0,8}|億)?"
_UNIT = r"(?:件|名分|名|人分|人|世帯分|世帯|通|枚|冊|ファイル)(?!以上|未満|知|目)"
_COUNT = re.compile(rf"(?:約|延べ)?\s{{0,3}}{_NUMBER}\s{{0,3}}{_UNIT}")
_SECTION = re.compile(r"^(?:[(（]?\d+[)）.．]?|[①-⑳]|【)\D")
_ANNEX = re.compile(r"^[(（]?(?:別添|別紙)\d*[)）]?\s*")
_HEADS = {
    "date": ("発生(発覚)時期", "発生時期", "発覚時期", "発生日", "発生年月日", "発生(発覚)日"),
    "summary": ("概要", "事案の概要", "内容"),
    "prevention": ("再発防止策", "再発防止策の内容"),
}


def make_incidents(look: Look) -> list[Incident]:
    """One for each file's III.7② (occurred or not), then one for each case described in an appendix."""
    return _stated(look) + _cases(look.items)


def counts_of(text: str) -> list[str]:
    """Numbers of records or people as printed: 587, 884件 / 39万5,788件分 / 約35万件."""
    return list(dict.fromkeys(" ".join(m[0].split()) for m in _COUNT.finditer(text)))


def _stated(look: Look) -> list[Incident]:
    asked = [i for i in look.items if i.choice and "重大事故" in bare(i.label) and i.part in {"III", "II"}]
    return [_answer(item, look.near(item)) for item in asked]


def _answer(item: Item, near: Sequence[Item]) -> Incident:
    """What III.7② of one file says."""
    content = next((i for i in near if i.name == "その内容"), None)
    prevention = next((i for i in near if i.name == "再発防止策の内容"), None)
    text = content.text if content and content.state is State.STATED else ""
    key = content.key if content else ""
    return Incident(
        0,
        item.file,
        item.file_index,
        occurred=Stated(item.text, item.key, item.state),
        date=_said("、".join(find_dates(text)[:1]), key),
        summary=of(content) if content else Stated(),
        counts=_said("、".join(counts_of(text)), key),
        prevention=of(prevention) if prevention else Stated(),
    )


def _said(value: str, key: str) -> Stated:
    return Stated(value, key, State.STATED) if value else Stated()


def _cases(items: Sequence[Item]) -> list[Incident]:
    free = (i for i in items if i.kind is Kind.APPENDIX and "\t" not in i.text)
    return [_case(i, n) for n, i in enumerate((i for i in free if _TOLD.search(i.text) and _WORDS.search(i.text)), 1)]


def _case(item: Item, number: int) -> Incident:
    sections = sections_of(item.text)
    date = next((body.split("※")[0].strip() for head, body in sections if _is(head, "date") and find_dates(body)), "")
    summary = next((body for head, body in sections if _is(head, "summary") and body), "") or item.text.split("\n")[0]
    planned = [body for head, body in sections if _is(head, "prevention") and body]
    happened = item.text
    for body in planned:  # 「2人で確かめる」 is no number of victims
        happened = happened.replace(body, "")
    return Incident(
        number,
        occurred=_said("発生あり", item.key),
        title=_said(_ANNEX.sub("", item.label) or item.label, item.key),
        date=_said(date, item.key),
        summary=_said(summary, item.key),
        counts=_said("、".join(counts_of(happened)), item.key),
        prevention=_said("\n".join(planned), item.key),
    )


def _is(head: str, kind: str) -> bool:
    return any(word in head for word in _HEADS[kind])


def sections_of(text: str) -> list[tuple[str, str]]:
    """Headings inside a case and what stands under each: `(2) 事案の概要`, `②原因`, `【再発防止策】`."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.split("\n"):
        folded = fold(line) if len(line) <= 60 else ""
        if folded and len(folded) <= 30 and _SECTION.match(folded) and not folded.endswith("。"):
            found.append((folded, []))
        else:
            found[-1][1].append(line)
    return [(head, "\n".join(body).strip()) for head, body in found]
