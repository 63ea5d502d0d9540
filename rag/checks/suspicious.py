"""Texts that look as if they were copied from elsewhere: a neighbouring field, another municipality, another duty."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import combinations

from ingest.assessment import Item, Kind, State
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper, named
from rag.duties import duties
from rag.places import normal
from rag.terms import key

REPEATED = Rule("suspicious.repeated", Severity.QUESTION, "隣の欄と同じ文が書かれている", "様式3(欄ごとの記載)")
OTHER_CITY = Rule("suspicious.other-city", Severity.FINDING, "ほかの自治体の名がある", "様式(自らの事務を書くこと)")
OTHER_DUTY = Rule("suspicious.other-duty", Severity.FINDING, "ほかの事務の名がある", "様式(自らの事務を書くこと)")

DUTY_IN_TEXT = Rule(
    "suspicious.duty-in-text", Severity.QUESTION, "措置の文にほかの事務の名がある", "様式(自らの事務を書くこと)"
)
#: Shorter texts are rightly the same in two fields (dates, departments, 該当なし).
LEAST_CHARS = 15
#: Two names of one duty share so much.
SAME_DUTY = 0.5
_ELSEWHERE = re.compile(r"別紙|別添|参照|同じ|同上|とおり|上記")
_OWN = re.compile(r"部署|連絡先|請求先|委託先名|(提供先|移転先)\d*$")
_NAME = r"([一-龥々ヶケぁ-んァ-ヴー]{1,7}[市町村区])"
_HEADING = re.compile(rf"[<＜【]{_NAME}における措置")
_BELONGING = re.compile(
    rf"(?:^|[\s・、。,(（「『<＜【:：]){_NAME}"
    r"(?=個人情報|特定個人情報|情報セキュリティ|情報公開|行政手続|個人番号|職員|では、|における)"
)
_ANY_CITY = re.compile(r"(本|当|各|他|他の|同|全|関係|指定都|政令|特別|都|市区?|市町)[市町村区]|.*市区?町村?")
_DECLARED = re.compile(r"^(.+?)は[、,](.+?)における特定個人情報ファイルの取扱い")
_NOTED = re.compile(r"^(.{4,60}?に関する事務)(?:では|について|における|の)")
_NAMED = re.compile(r"([^、。\s<>＜＞「」()（）]{2,40}?)(?:に関する|に係る|の)事務")
_GENERAL = re.compile(r"に関する事務|関係事務|事務|評価書|重点項目|全項目|基礎項目|の|等|\s")


def check(paper: Paper) -> Iterator[Raised]:
    """Repetitions, other cities, other duties."""
    yield from _repeated(paper)
    yield from _cities(paper)
    yield from _duties(paper)
    yield from _duties_in_texts(paper)


def _repeated(paper: Paper) -> Iterator[Raised]:
    blocks: dict[tuple[str, str, str, int], list[Item]] = {}
    for item in paper.present:
        if _is_own_text(item):
            blocks.setdefault((item.part, item.number, item.block, item.file_index), []).append(item)
    for items in blocks.values():
        for one, other in combinations(items, 2):
            if key(one.text) == key(other.text):
                yield Raised(
                    REPEATED,
                    f"{named(one)}と{named(other)}に同じ文が書かれています。",
                    (paper.ref(one), paper.ref(other)),
                    "一方がほかの欄から写されたままになっていないか確かめてください。",
                )


def _is_own_text(item: Item) -> bool:
    """Whether an item is a text that no other field of its block should repeat."""
    numbered = item.state is State.STATED and item.kind is Kind.PRESENT and bool(item.number)
    free = numbered and not item.choice and not item.marks and not _OWN.search(item.label)
    return free and len(key(item.text)) >= LEAST_CHARS and not _ELSEWHERE.search(item.text)


def _cities(paper: Paper) -> Iterator[Raised]:
    """Names in headings and before what a municipality owns, in fields that speak of its own doing."""
    own = key(paper.version.municipality)
    if not own.endswith(("市", "町", "村", "区")):
        return
    for item in paper.present:
        if not _speaks_of_own(item):
            continue
        for match in (*_HEADING.finditer(item.text), *_BELONGING.finditer(item.text)):
            name = key(match[1])
            if own not in name and name not in own and not _ANY_CITY.fullmatch(name):
                yield Raised(
                    OTHER_CITY,
                    f"{item.section}に「{match[1]}」とあります。この評価書は{paper.version.municipality}のものです。",
                    (paper.ref(item, _line(item.text, match.start(1))),),
                    "ほかの自治体の評価書から写された文が残っていないか確かめ、直してください。",
                )


def _speaks_of_own(item: Item) -> bool:
    if item.state is not State.STATED or item.kind not in {Kind.PRESENT, Kind.BOILERPLATE} or item.choice or item.marks:
        return False
    cover = item.part == "表紙" and item.name in {"宣言", "特記事項"}
    return cover or item.part == "III" or (item.part, item.number) in {("II", "6"), ("IV", "1"), ("IV", "2")}


def _duties(paper: Paper) -> Iterator[Raised]:
    """宣言 and 特記事項 of the cover, which begin with the municipality and the duty."""
    for item in (i for i in paper.present if i.part == "表紙" and i.state is State.STATED):
        declared = _DECLARED.match(key(item.text)) if item.name == "宣言" else None
        noted = _NOTED.match(key(item.text)) if item.name == "特記事項" else None
        duty = declared[2] if declared else noted[1] if noted else ""
        if declared and key(paper.version.municipality) not in declared[1]:
            yield Raised(
                OTHER_CITY,
                f"表紙の宣言は「{declared[1]}」のものですが、この評価書は{paper.version.municipality}のものです。",
                (paper.ref(item),),
                "宣言を直してください。",
            )
        if duty and not _same_duty(paper, duty):
            yield Raised(
                OTHER_DUTY,
                f"表紙の{item.name}は「{duty}」についてのものですが、この評価書の事務は「{paper.version.duty}」です。",
                (paper.ref(item),),
                "ほかの評価書から写された文が残っていないか確かめ、直してください。",
            )


def _duties_in_texts(paper: Paper) -> Iterator[Raised]:
    """A measure that speaks of the work of another kind of duty than the assessment's own."""
    own = _kinds(f"{paper.version.duty} {paper.version.title}")
    for item in (i for i in paper.present if own and i.part != "表紙" and _speaks_of_own(i)):
        for match in _NAMED.finditer(item.text):
            other = _kinds(match[1])
            if other and not other & own:
                yield Raised(
                    DUTY_IN_TEXT,
                    f"{named(item)}に「{match[0]}」とありますが、この評価書の事務は「{paper.version.duty}」です。",
                    (paper.ref(item, _line(item.text, match.start(1))),),
                    "ほかの事務の評価書から写された文が残っていないか確かめてください。",
                )


def _kinds(text: str) -> set[str]:
    """The usual duties that a text names."""
    return {duty.name for duty in duties() if duty.also.search(normal(text))}


def _same_duty(paper: Paper, duty: str) -> bool:
    one = _GENERAL.sub("", key(duty))
    for other in (paper.version.duty, paper.version.title):
        name = _GENERAL.sub("", key(other).replace(key(paper.version.municipality), ""))
        shared = difflib.SequenceMatcher(None, one, name, autojunk=False).find_longest_match().size
        if min(len(one), len(name)) and shared >= SAME_DUTY * min(len(one), len(name)):
            return True
    return not one


def _line(text: str, at: int) -> str:
    """The line or sentence that stands at an offset."""
    start = max(text.rfind("\n", 0, at), text.rfind("。", 0, at)) + 1
    end = min((e for e in (text.find("\n", at), text.find("。", at)) if e >= 0), default=len(text))
    return text[start : end + 1].strip()
