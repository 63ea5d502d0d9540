"""重大事故: what III.7② and the appendices tell of each case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.assessment import Incident, Item, Kind, Stated, State
from ingest.dates import find_dates
from ingest.labels import bare, fold

_WORDS = ("漏えい", "漏洩", "紛失", "誤廃棄", "盗難", "再委託したもの", "再委託をしていた", "法令違反", "契約違反", "所在不明", "不正", "誤送付", "滅失")
_NUMBER = r"[\d０-９]+(?:\s*[,，.]\s*[\d０-９]{3})*(?:万[\d０-９,，]*|億)?"
_COUNT = re.compile(rf"(?:約|延べ)?\s*{_NUMBER}\s*(?:件|名分|名|人分|人|世帯分|世帯|ファイル)(?!以上|未満)")
_HEADS = {
    "date": ("発生(発覚)時期", "発生時期", "発覚時期", "発生日", "発生年月日", "発生(発覚)日"),
    "summary": ("概要", "事案の概要", "内容"),
    "prevention": ("再発防止策", "再発防止策の内容"),
}


def make_incidents(items: Sequence[Item]) -> list[Incident]:
    """One for each file's III.7② (occurred or not), then one for each case described in an appendix."""
    return _stated(items) + _cases(items)


def counts_of(text: str) -> list[str]:
    """Numbers of records or people as printed: 587, 884件 / 39万5,788件分 / 約35万件."""
    return list(dict.fromkeys(" ".join(m[0].split()) for m in _COUNT.finditer(text)))


def _stated(items: Sequence[Item]) -> list[Incident]:
    found = []
    asked = [i for i in items if i.choice and "重大事故" in bare(i.label) and i.part in {"III", "II"}]
    for item in asked:
        near = [i for i in items if i.part == item.part and i.number == item.number and i.file_index == item.file_index]
        content = next((i for i in near if i.name == "その内容"), None)
        prevention = next((i for i in near if i.name == "再発防止策の内容"), None)
        text = content.text if content and content.state is State.STATED else ""
        counts = counts_of(text)
        found.append(
            Incident(
                0, item.file, item.file_index,
                occurred=Stated(item.text, item.key, item.state),
                date=Stated("、".join(find_dates(text)[:1]), content.key if content else "", State.STATED) if find_dates(text) else Stated(),
                summary=_of(content),
                counts=Stated("、".join(counts), content.key, State.STATED) if counts and content else Stated(),
                prevention=_of(prevention),
            )  # fmt: skip
        )
    return found


def _of(item: Item | None) -> Stated:
    return Stated(item.text, item.key, item.state) if item else Stated()


def _cases(items: Sequence[Item]) -> list[Incident]:
    cases = []
    for item in items:
        if item.kind is not Kind.APPENDIX or not any(w in item.text for w in _WORDS) or "\t" in item.text:
            continue
        if not re.search(r"発生|発覚|概要|影響", item.text):
            continue
        cases.append(_case(item, len(cases) + 1))
    return cases


def _case(item: Item, number: int) -> Incident:
    sections = sections_of(item.text)
    date = next((body.split("※")[0].strip() for head, body in sections if _is(head, "date") and find_dates(body)), "")
    summary = next((body for head, body in sections if _is(head, "summary") and body), "") or item.text.split("\n")[0]
    prevention = "\n".join(body for head, body in sections if _is(head, "prevention"))
    counts = counts_of(item.text)

    def stated(value: str) -> Stated:
        return Stated(value, item.key, State.STATED) if value else Stated()

    return Incident(
        number,
        occurred=stated("発生あり"),
        title=stated(re.sub(r"^[(（]?(?:別添|別紙)\d*[)）]?\s*", "", item.label) or item.label),
        date=stated(date),
        summary=stated(summary),
        counts=stated("、".join(counts)),
        prevention=stated(prevention),
    )


def _is(head: str, kind: str) -> bool:
    return any(word in head for word in _HEADS[kind])


def sections_of(text: str) -> list[tuple[str, str]]:
    """Headings inside a case and what stands under each: `(2) 事案の概要`, `②原因`, `【再発防止策の内容】`, `2 再発防止策`."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.split("\n"):
        folded = fold(line)
        if len(folded) <= 30 and re.match(r"^(?:[(（]?\d+[)）.．]?|[①-⑳]|【)\D", folded) and not folded.endswith("。"):
            found.append((folded, []))
        else:
            found[-1][1].append(line)
    return [(head, "\n".join(body).strip()) for head, body in found]
