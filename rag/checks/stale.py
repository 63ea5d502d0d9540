"""Citations that the law has left behind, judged by the 公表日: what was right then is a note."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from ingest.assessment import Item, Marking, State
from ingest.dates import parse_date
from rag.checks import law
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.law import Cited
from rag.checks.paper import Paper
from rag.finding import Ref
from rag.terms import key

TABLE_ONE = Rule(
    "stale.table-one",
    Severity.FINDING,
    "番号法の別表第一は別表となり、項番が変わった",
    "番号法第9条第1項、別表",
    dt.date(2024, 5, 27),
)
TABLE_TWO = Rule(
    "stale.table-two",
    Severity.FINDING,
    "番号法の別表第二は主務省令第2条の表となった",
    "番号法第19条第8号に基づく主務省令第2条の表",
    dt.date(2024, 5, 27),
)
ITEM_SEVEN = Rule(
    "stale.item-seven",
    Severity.FINDING,
    "法定事務の情報連携は第19条第7号から第8号となった",
    "番号法第19条第8号",
    dt.date(2021, 9, 1),
)
ORDINANCE_EIGHT = Rule(
    "stale.ordinance-eight",
    Severity.FINDING,
    "条例の独自利用事務の情報連携は第19条第8号から第9号となった",
    "番号法第19条第9号",
    dt.date(2021, 9, 1),
)
ORDINANCE_FOURTEEN = Rule(
    "stale.ordinance-fourteen",
    Severity.FINDING,
    "条例の独自利用事務の情報連携は第19条第14号ではなくなった",
    "番号法第19条第9号",
    dt.date(2017, 5, 30),
)
STATUTE_NINE = Rule(
    "stale.statute-nine",
    Severity.FINDING,
    "法定事務の情報連携の根拠が条例事務の第19条第9号となっている",
    "番号法第19条第8号・第9号",
)
ENTRY = Rule(
    "stale.entry",
    Severity.FINDING,
    "別表の項番が事務と合わない",
    "番号法第9条第1項、別表",
    dt.date(2024, 5, 27),
)
ORDINANCE = Rule(
    "stale.ordinance",
    Severity.FINDING,
    "開示請求や罰則の根拠が個人情報保護条例となっている",
    "個人情報の保護に関する法律第76条第1項、第90条第1項、第98条第1項",
    dt.date(2023, 4, 1),
)
FOUR_ITEMS = Rule(
    "stale.four-items",
    Severity.FINDING,
    "4情報は5情報(氏名の振り仮名を加える)となった",
    "様式(令和7年5月)II.2④",
    dt.date(2025, 5, 1),
)
FORM = Rule(
    "stale.form",
    Severity.FINDING,
    "様式の版が古い",
    "様式(令和7年5月)",
    dt.date(2025, 5, 1),
)
DISCLOSURE = "個人情報の保護に関する法律第76条第1項、第90条第1項及び第98条第1項"
#: Places whose citations are of 番号法 where they name no law.
_BASES = ("I.4 法令上の根拠", "I.5 ②", "II.5 提供先 ①", "II.5 移転先 ①")
_TABLE_ONE = re.compile(r"別表\s?第\s?(?:一(?![十百])|1(?!\d))")
_TABLE_TWO = re.compile(r"別表\s?第\s?(?:二(?![十百])|2(?!\d))")
_ENTRIES = re.compile(r"別表第[一1][の第項番]*\d+(?:の\d+)?(?:の?項)?(?:[,、・及並]|又は)")
_SEVEN, _EIGHT, _NINE, _FOURTEEN = (re.compile(rf"第?\s?19\s?条\s?第?\s?{n}\s?号") for n in (7, 8, 9, 14))
_LINKAGE = re.compile(r"別表第?[二2]|情報(照会|提供)")
_RESIDENTS = re.compile(r"住民基本台帳法|本人確認情報")
_ORDINANCE = re.compile(r"[^\s、。・(（]{0,12}個人情報の?保護(?:に関する)?条例(?!施行)")
_BY_ORDINANCE, _BY_STATUTE = re.compile(r"第?9条第?2項|条例"), re.compile(r"第?9条第?1項|別表")

Find = Callable[[Item], Iterator[Cited]]


def check(paper: Paper) -> Iterator[Raised]:
    """All citations of the present text."""
    yield from _tables(paper)
    yield from _linkage(paper)
    yield from _entry(paper)
    yield from _disclosure(paper)
    yield from _four_items(paper)
    yield from _form(paper)


def _tables(paper: Paper) -> Iterator[Raised]:
    entries = law.entries_for(f"{paper.version.duty} {paper.version.title}")
    now = f"番号法第9条第1項 別表の{entries[0].number}の項" if len(entries) == 1 and not _several(paper) else ""
    advice = "" if now else "項番も改められたので、番号法の別表で事務から引き直してください。"
    bases = {i.key for place in _BASES for i in paper.at(place)}
    for rule, pattern, new, more, proposal in (
        (TABLE_ONE, _TABLE_ONE, "別表", advice, now),
        (TABLE_TWO, _TABLE_TWO, "主務省令第2条の表", "項番は事務から引き直してください。", ""),
    ):
        cited = [
            (i, c)
            for i in _texts(paper)
            for c in law.citations(i.text, pattern)
            if c.owner == "law" or (i.key in bases and not c.owner)
        ]
        yield from _raised(paper, rule, cited, new, more, proposal)


def _several(paper: Paper) -> bool:
    """Whether more than one entry of 別表第一 is cited: then today's entry of the duty is not all there is."""
    return any(_ENTRIES.search(key(c.piece)) for i in _texts(paper) for c in law.citations(i.text, _TABLE_ONE))


def _linkage(paper: Paper) -> Iterator[Raised]:
    """第19条 of 番号法: 法定事務 and 条例事務 have different items of it."""
    sevens = [
        (i, c)
        for i in _texts(paper)
        for c in law.citations(i.text, _SEVEN)
        if c.owner != "other" and _LINKAGE.search(key(c.piece) + key(i.label)) and not _RESIDENTS.search(c.piece)
    ]
    yield from _raised(paper, ITEM_SEVEN, sevens, "番号法第19条第8号", "", "番号法第19条第8号")
    own = _by_ordinance(paper)
    bases = [i for place in ("I.5 ②", "II.5 提供先 ①") for i in paper.stated(place)]
    if own is True:
        for rule, pattern in ((ORDINANCE_EIGHT, _EIGHT), (ORDINANCE_FOURTEEN, _FOURTEEN)):
            cited = [(i, c) for i in bases for c in law.citations(i.text, pattern) if c.owner != "other"]
            yield from _raised(paper, rule, cited, "番号法第19条第9号(条例事務)", "", "番号法第19条第9号")
    nines = [(i, c) for i in bases for c in law.citations(i.text, _NINE) if c.owner != "other"]
    if own is False and nines:
        basis = paper.stated("I.4 法令上の根拠")[0]
        yield Raised(
            STATUTE_NINE,
            "I.4 の根拠は番号法第9条第1項(法定事務)ですが、情報連携の根拠に条例事務の「第19条第9号」を引いています。",
            (paper.ref(basis), *(paper.ref(i, c.piece) for i, c in nines)),
            "法定事務の情報連携の根拠は番号法第19条第8号です。",
            proposal="番号法第19条第8号",
        )


def _by_ordinance(paper: Paper) -> bool | None:
    """Whether the duty rests on an ordinance alone (独自利用); None where on both, or where I.4 does not tell."""
    basis = "".join(key(i.text) for i in paper.stated("I.4 法令上の根拠"))
    ordinance, statute = _BY_ORDINANCE.search(basis), _BY_STATUTE.search(basis)
    return None if bool(ordinance) == bool(statute) else bool(ordinance)


def _entry(paper: Paper) -> Iterator[Raised]:
    """The numbers of 別表 in I.4 against the duty's name."""
    known = law.entries_for(f"{paper.version.duty} {paper.version.title}")
    for basis in paper.stated("I.4 法令上の根拠"):
        cited = law.entry_numbers(basis.text)
        right = {n for e in known for n in (e.number, *e.also)}
        if known and cited and not right & set(cited):
            listed = "、".join(f"{e.number}の項({e.law})" for e in known)
            yield Raised(
                ENTRY,
                f"I.4 は番号法別表の{'、'.join(cited)}の項を引いていますが、"
                f"事務「{paper.version.duty}」は{listed}に当たります。",
                (paper.ref(basis),),
                "別表を引き直してください。",
                proposal=f"番号法第9条第1項 別表の{known[0].number}の項" if len(known) == 1 else "",
            )


def _disclosure(paper: Paper) -> Iterator[Raised]:
    requests = paper.stated("IV.1 ②")
    cited = [(i, c) for i in requests for c in law.citations(i.text, _ORDINANCE)]
    yield from _raised(paper, ORDINANCE, cited, DISCLOSURE, "", DISCLOSURE)
    penal = [
        (i, c) for i in _texts(paper) if i.part == "III" for c in law.citations(i.text, _ORDINANCE) if "罰則" in c.piece
    ]
    yield from _raised(paper, ORDINANCE, penal, "個人情報の保護に関する法律(罰則)", "", "個人情報の保護に関する法律")


def _four_items(paper: Paper) -> Iterator[Raised]:
    refs = [
        paper.ref(i, m.label)
        for i in paper.at("II.2 ④ 主な記録項目")
        for m in i.marks
        if m.label.startswith("4情報") and m.marking is not Marking.UNMARKED
    ]
    if refs:
        yield Raised(
            FOUR_ITEMS,
            "II.2 ④ 主な記録項目の「4情報」は、令和7年5月の様式から「5情報」(氏名の振り仮名を加える)です。",
            tuple(refs),
            _judged(paper, FOUR_ITEMS),
        )


def _form(paper: Paper) -> Iterator[Raised]:
    for item in (i for i in paper.present if i.part == "表紙" and i.name == "様式"):
        printed = parse_date(item.text)
        if printed and FORM.since and printed < FORM.since:
            yield Raised(
                FORM,
                f"様式の版は「{item.text.strip('[]［］')}」です。",
                (paper.ref(item),),
                f"今の様式は令和7年5月のものです。{_judged(paper, FORM)}",
            )


def _texts(paper: Paper) -> list[Item]:
    """The items that say something in words."""
    return [i for i in paper.present if i.state is State.STATED and not i.choice and not i.marks]


def _raised(
    paper: Paper, rule: Rule, cited: Sequence[tuple[Item, Cited]], new: str, more: str, proposal: str
) -> Iterator[Raised]:
    """One finding for all the places that cite the same."""
    if not cited:
        return
    printed = "".join(f"「{p}」" for p in dict.fromkeys(c.printed for _, c in cited))
    refs: dict[tuple[str, str], Ref] = {(i.key, c.piece): paper.ref(i, c.piece) for i, c in cited}
    yield Raised(
        rule,
        f"{printed}は、{_day(rule.since)}から「{new}」です。",
        tuple(refs.values()),
        f"{_judged(paper, rule)}{more}",
        proposal=proposal,
    )


def _judged(paper: Paper, rule: Rule) -> str:
    """What follows from the 公表日."""
    if paper.version.published_on is None:
        return "公表日が読めないため、公表の時点で正しかったかは分かりません。"
    if rule.severity_on(paper.version.published_on) is Severity.NOTE:
        return f"公表日({paper.version.published})の時点では正しい記載です。次に修正するときに改めてください。"
    return f"公表日({paper.version.published})の時点ですでに改められています。修正してください。"


def _day(date: dt.date | None) -> str:
    """令和3年9月1日."""
    if date is None:
        return ""
    era, first = ("令和", 2018) if date >= dt.date(2019, 5, 1) else ("平成", 1988)
    return f"{era}{date.year - first}年{date.month}月{date.day}日"
