"""An existing assessment → what the body knows of itself: the profile of a revision, or of a draft of the next edition.

Only what is read for sure is taken over: stated texts, options of the form, marks where none of the group is unclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.assessment import Item, Marking, State
from rag.draft.profile import ContractFact, Profile, RecipientFact
from rag.draft.skeleton import bare
from rag.places import places
from rag.shelf import Book
from rag.terms import key

#: Means of authentication that a text may name.
_MEANS = re.compile(
    r"(?:顔|手のひら静脈|指静脈|静脈|指紋|虹彩|生体)認証|ICカード|ユーザ?ID(?:と|及び|および|・|、)パスワード"
    r"|IDとパスワード|ワンタイムパスワード"
)
_DENIED = re.compile(r"(?:行わない|行っていない|用いない|使わない|使用しない|していない)")
_CLOUD = "ガバメントクラウド"
_LOST = "【要確認: {}(原本で確かめる)】"


def take_over(book: Book, file_index: int = 1) -> Profile:
    """The profile of an assessment; of several 特定個人情報ファイル that of `file_index`. 公表日 is not taken over."""
    said = _Said(book.items, file_index)
    return Profile(
        body=said.text("表紙 評価実施機関名"),
        city=book.version.municipality,
        duty=said.text("I.1 ①") or book.version.duty,
        summary=said.text("I.1 ②"),
        number=book.version.number,
        title=said.text("表紙 評価書名"),
        declaration=said.text("表紙 宣言"),
        department=said.text("I.6 ①"),
        manager=said.text("I.6 ②"),
        people=said.choice("I.1 ③"),
        persons=said.choice("II.2 ②"),
        scope=said.text("II.2 ③"),
        file_name=said.text("II.1") or said.text("III.1"),
        record_items=said.text("別添1"),
        held_since=said.text("II.2 ⑤"),
        purpose=said.text("II.3 ③"),
        sources=said.marked("II.3 ①"),
        means=said.marked("II.3 ②"),
        users=said.text("II.3 ④ 使用部署"),
        handlers=said.choice("II.3 ④ 使用者数"),
        systems=_systems(said),
        hosting=_CLOUD if _CLOUD in said.text("II.6 保管場所") else "",
        authentication=_authentication(said.text("III.3 リスク2 具体的な管理方法")),
        contracts=_contracts(said),
        recipients=_recipients(said),
        linkage=said.choice("I.5 ①"),
        basis_use=said.text("I.4 法令上の根拠"),
        basis_linkage=said.text("I.5 ②"),
        incident=said.choice("III.7 ②"),
        audits=said.marked("III.8 実施の有無"),
        contact=said.text("IV.2 ①"),
        disclosure_contact=said.text("IV.1 ①"),
        assessed=said.text("V.1 ①"),
    )


class _Said:
    """What the items of one 特定個人情報ファイル, and those of none, say by section."""

    def __init__(self, items: Sequence[Item], file_index: int) -> None:
        self.by_section = by_section(items, file_index)

    def text(self, section: str) -> str:
        """The text; "" where it is blank, unreadable or not there."""
        items = self.by_section.get(section, ())
        return "\n".join(said_by(i) for i in items if i.state is State.STATED).strip()

    def choice(self, section: str) -> str:
        """The option as the form words it; "" where none is told."""
        return option_of(self.text(section), places()[bare(section)].options)

    def marked(self, section: str) -> tuple[str, ...]:
        """Labels of the marked boxes with their details in (); empty where a mark of the group is unclear."""
        marks = [m for i in self.by_section.get(section, ()) for m in i.marks]
        if any(m.marking is Marking.UNREADABLE for m in marks):
            return ()
        marked = (m for m in marks if m.marking is Marking.MARKED)
        return tuple(f"{m.label}({m.detail})" if m.detail else m.label for m in marked)

    def numbers(self, place: str, block: str) -> range:
        """The numbers of the blocks that say anything, from 1 on; lost ones among them."""
        found = [n for n in self._numbers(place, block) if self._says(place, f"{block}{n}")]
        return range(1, max(found, default=0) + 1)

    def _numbers(self, place: str, block: str) -> Iterator[int]:
        pattern = re.compile(rf"{re.escape(place)} {block}(\d+)")
        yield from (int(m[1]) for m in map(pattern.match, self.by_section) if m)

    def _says(self, place: str, block: str) -> bool:
        items = (i for s, some in self.by_section.items() if s.split(" ")[:2] == [place, block] for i in some)
        return any(i.state is State.STATED for i in items)


def by_section(items: Sequence[Item], file_index: int) -> Mapping[str, tuple[Item, ...]]:
    """Items of one file and of none, by the section they are cited as; 別添1 whole."""
    found: dict[str, tuple[Item, ...]] = {}
    for item in items:
        if item.file_index in (0, file_index) and item.name != "リスク" and not item.block.startswith("変更"):
            section = item.part if item.part.startswith("別添1") else item.section
            found[section] = (*found.get(section, ()), item)
    return found


def said_by(item: Item) -> str:
    """The text of an item; of a group of record items with its heading."""
    grouped = item.part.startswith("別添1") and item.block
    return f"{item.label}\n{item.text}" if grouped else item.text


def option_of(text: str, options: Sequence[str]) -> str:
    """The option of the form that a text is; "" where it is none."""
    return next((o for o in options if key(o) == key(text)), "")


def _systems(said: _Said) -> tuple[str, ...]:
    names = ((n, said.text(f"I.2 システム{n} ①").replace("\n", " ")) for n in said.numbers("I.2", "システム"))
    return tuple(name or _LOST.format(f"システム{n}の名称") for n, name in names)


def _contracts(said: _Said) -> tuple[ContractFact, ...] | None:
    numbers = said.numbers("II.4", "委託事項")
    if not numbers:
        return () if said.choice("II.4 委託の有無") == "委託しない" else None
    return tuple(_contract(said, f"II.4 委託事項{n}") for n in numbers)


def _contract(said: _Said, at: str) -> ContractFact:
    return ContractFact(
        title=said.text(at),
        content=said.text(f"{at} ①"),
        handlers=said.choice(f"{at} ②"),
        contractor=said.text(f"{at} ③"),
        subcontract=said.choice(f"{at} ④"),
        permission=said.text(f"{at} ⑤"),
        subcontracted=said.text(f"{at} ⑥"),
    )


def _recipients(said: _Said) -> tuple[RecipientFact, ...] | None:
    found = [
        _recipient(said, f"II.5 {block}{n}", block == "移転先")
        for block in ("提供先", "移転先")
        for n in said.numbers("II.5", block)
    ]
    nobody = "行っていない" in said.marked("II.5 提供・移転の有無")
    return tuple(found) if found else () if nobody else None


def _recipient(said: _Said, at: str, transfer: bool) -> RecipientFact:
    return RecipientFact(
        recipient=said.text(at),
        transfer=transfer,
        basis=said.text(f"{at} ①"),
        purpose=said.text(f"{at} ②"),
        information=said.text(f"{at} ③"),
        people=said.choice(f"{at} ④"),
        scope=said.text(f"{at} ⑤"),
        means=said.marked(f"{at} ⑥"),
        timing=said.text(f"{at} ⑦"),
    )


def _authentication(text: str) -> str:
    """The means that the text names, but for sentences that deny something."""
    told = (s for s in re.split(r"(?<=。)|\n", text) if not _DENIED.search(s))
    return "、".join(dict.fromkeys(m[0] for s in told for m in _MEANS.finditer(s)))
