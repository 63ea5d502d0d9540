"""Required items (※ and those that every assessment has) and choices that were left empty.

What is lost is `missing`, what cannot be read is `unreadable`; what does not apply (接続しない) may be empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.assessment import Item, State
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper, blank_block, marked, named, same_block
from rag.terms import key

REQUIRED = Rule("blank.required", Severity.FINDING, "書かなければならない項目が空欄", "様式3(※の項目など)")
CHOICE = Rule("blank.choice", Severity.FINDING, "択一の選択がない", "様式3(選択肢の項目)")
DETAIL = Rule("blank.detail", Severity.FINDING, "選択に伴って書く欄が空欄", "様式3 I.5②、II.4⑤⑥、III")

#: Places that every assessment fills, besides those whose label bears ※.
_ALWAYS = (
    *("I.1 ①", "I.1 ②", "I.3", "I.4 法令上の根拠", "I.6 ①", "I.6 ②", "II.1", "II.2 ③", "II.6 保管場所"),
    *("IV.1 ①", "IV.1 ②", "IV.2 ①", "V.1 ①"),
)
#: A choice, the options after which a field has to be filled, and that field.
_DETAILS = (
    ("I.5 ①", ("実施する",), ("I.5 ②",)),
    ("II.4 委託事項 ④", ("再委託する",), ("II.4 委託事項 ⑤", "II.4 委託事項 ⑥")),
    ("III.3 リスク2 ユーザ認証の管理", ("行っている",), ("III.3 リスク2 具体的な管理方法",)),
    ("III.4 規定", ("定めている",), ("III.4 規定の内容",)),
    (
        "III.4 再委託先による適切な取扱いの担保",
        ("特に力を入れて行っている", "十分に行っている"),
        ("III.4 具体的な方法",),
    ),
    ("III.5 ルール", ("定めている",), ("III.5 ルールの内容及び遵守の確認方法",)),
    ("III.7 ②", ("発生あり",), ("III.7 ② その内容", "III.7 ② 再発防止策の内容")),
    ("III.9 実施状況", ("特に力を入れて行っている", "十分に行っている"), ("III.9 具体的な方法",)),
)
#: Boxes in the head of an item by which its fields need not be filled: section, block ("" all), box.
_OFF = (
    ("III.4", "", "委託しない"),
    ("III.5", "", "提供・移転しない"),
    ("III.6", "リスク1", "接続しない(入手)"),
    ("III.6", "リスク2", "接続しない(提供)"),
)


def check(paper: Paper) -> Iterator[Raised]:
    """Empty places, one finding each."""
    if not paper.official:
        return
    always = {i.key for place in _ALWAYS for i in paper.at(place) if not i.block}
    details = {i.key: (choice, i) for choice, i in _details(paper)}
    for item in paper.present:
        if item.state is not State.BLANK or _does_not_apply(paper, item):
            continue
        place = paper.place_of(item)
        if item.key in details:
            choice = details[item.key][0]
            yield Raised(
                DETAIL,
                f"{choice.section}は「{choice.text}」ですが、{named(item)}が空欄です。",
                (paper.ref(choice), paper.ref(item, item.label)),
                "記載してください。",
            )
        elif item.choice:
            yield Raised(
                CHOICE,
                f"{named(item)}の選択肢が選ばれていません。",
                (paper.ref(item, item.label),),
                "選択が変換で失われていないか原本と照らし、選ばれていなければ選んでください。",
            )
        elif item.key in always or ("※" in item.label and place is not None):
            yield Raised(
                REQUIRED,
                f"{named(item)}が空欄です。",
                (paper.ref(item, item.label),),
                "記載が変換で失われていないか原本と照らし、なければ記載してください。",
            )


def _details(paper: Paper) -> Iterator[tuple[Item, Item]]:
    """Empty fields that a choice asks for, each with that choice."""
    for chooser, options, fields in _DETAILS:
        for choice in paper.stated(chooser):
            if key(choice.text) in map(key, options):
                yield from (
                    (choice, i)
                    for field in fields
                    for i in paper.at(field)
                    if i.state is State.BLANK and same_block(i, choice)
                )


def _does_not_apply(paper: Paper, item: Item) -> bool:
    """Whether the block stands empty as a whole, or a box in the head of the item says that nothing is done."""
    if item.block and blank_block(paper, item):
        return True
    section = f"{item.part}.{item.number}"
    return any(
        (section, item.block) == (s, b or item.block) and marked(h, box)
        for s, b, box in _OFF
        for h in paper.headers(s)
        if h.file_index == item.file_index
    )
