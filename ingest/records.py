"""Items → typed records: contracts, recipients, systems, files, bases, incidents, measures, contacts, changes, cover."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from ingest.assessment import (
    Change,
    Contact,
    Contract,
    Cover,
    File,
    Item,
    LegalBasis,
    Mark,
    Marking,
    Measure,
    Provision,
    Record,
    State,
    Stated,
    System,
    Transfer,
)
from ingest.forms import Form
from ingest.incidents import make_incidents
from ingest.labels import bare
from ingest.targets import target_of

_PHONE = re.compile(r"(?<![\d-])0\d{1,4}[-ー－(（]\d{1,4}[-ー－)）]\d{3,4}(?!\d)")
_CHANGE_COLUMNS = ("date", "item", "before", "after", "timing", "explanation")


def make_records(form: Form, items: Sequence[Item], files: Sequence[str]) -> tuple[Record, ...]:
    """All records of one assessment, kind by kind. Rows of empty template blocks (提供先1 without a word) are left out."""
    look = _Look(items)
    found: list[Record] = [_cover(look)]
    found += _blocks(look, "システム", _system)
    found += [_file(look, n, name) for n, name in enumerate(files, 1)]
    found += _blocks(look, "委託事項", _contract)
    found += _blocks(look, "提供先", lambda _, g: _recipient(Provision, g))
    found += _blocks(look, "移転先", lambda _, g: _recipient(Transfer, g))
    found += _bases(look)
    found += make_incidents(items)
    found += _measures(form, items)
    found += _contacts(look)
    found += _changes(form, items)
    return tuple(found)


class _Look:
    """Items by place; the shapes of 様式2 and 様式4 are reached by label where numbers differ."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items

    def stated(self, *labels: str, part: str = "", number: str = "", block: str | None = None, file_index: int = 0) -> Stated:
        """The first item with one of the labels at that place."""
        wanted = [bare(x) for x in labels]
        for item in self.items:
            if part and item.part != part or number and item.number != number or file_index and item.file_index != file_index:
                continue
            if block is not None and item.block != block:
                continue
            if (bare(item.name) or bare(item.path[-1])) in wanted or bare(item.path[-1]) in wanted:
                return of(item)
        return Stated()


def of(item: Item) -> Stated:
    """An item as a record's cell: boxes as their marked labels, a blank as such."""
    if item.marks:
        return Stated(marked(item.marks), item.key, item.state)
    return Stated(item.text if item.state is State.STATED else "", item.key, item.state)


def marked(marks: Sequence[Mark]) -> str:
    """The marked labels with their details: `紙、その他(戸籍システム)`."""
    hits = [m for m in marks if m.marking is Marking.MARKED]
    return "、".join(m.label + (f"({m.detail})" if m.detail else "") for m in hits)


def _cover(look: _Look) -> Cover:
    return Cover(
        body=look.stated("評価実施機関名", part="表紙"),
        title=look.stated("評価書名", part="表紙"),
        duty=look.stated("事務の名称", part="I"),
        people=look.stated("対象人数"),
        published=look.stated("公表日", part="表紙"),
        form=look.stated("様式", part="表紙"),
        department=look.stated("部署", part="I"),
        manager=look.stated("所属長の役職名", part="I"),
        linkage=look.stated("実施の有無", part="I"),
        assessed=_assessed(look.items),
        threshold=look.stated("しきい値判断結果"),
    )


def _assessed(items: Sequence[Item]) -> Stated:
    found = (i for i in items if i.part in {"V", "VI"} and "基礎項目評価" in i.path and i.sub == "①")
    return next((of(i) for i in found), Stated())


def _blocks(look: _Look, name: str, make: Callable[[_Look, list[Item]], Record]) -> list[Record]:
    groups: dict[tuple[int, str], list[Item]] = {}
    for item in look.items:
        if re.fullmatch(rf"{name}\d+", item.block) and item.part in {"I", "II"}:
            groups.setdefault((item.file_index, item.block), []).append(item)
    return [make(look, g) for g in groups.values() if any(i.state is State.STATED and not _only_boxes(i) for i in g)]


def _only_boxes(item: Item) -> bool:
    return bool(item.marks) and not any(m.marking is Marking.MARKED for m in item.marks)


def _place(group: Sequence[Item]) -> tuple[int, str, int]:
    first = group[0]
    return int(re.sub(r"\D", "", first.block)), first.file, first.file_index


def _cells(group: Sequence[Item]) -> dict[str, Stated]:
    """Cells by circled number; "" is the block's own title."""
    return {i.sub: of(i) for i in reversed(group) if not i.name or i.sub}


def _system(_: _Look, group: list[Item]) -> System:
    cells = _cells(group)
    return System(*_place(group), name=cells.get("①", Stated()), functions=cells.get("②", Stated()), connections=cells.get("③", Stated()))


def _contract(_: _Look, group: list[Item]) -> Contract:
    cells = _cells(group)
    get = lambda sub: cells.get(sub, Stated())  # noqa: E731
    return Contract(
        *_place(group), title=get(""), content=get("①"), handlers=_by_label(group, "委託先における取扱者数") or get("②"), contractor=_by_label(group, "委託先名") or get("③"),
        subcontract=_by_label(group, "再委託の有無") or get("④"), permission=_by_label(group, "再委託の許諾方法") or get("⑤"),
        subcontracted=_by_label(group, "再委託事項") or get("⑥"),
    )  # fmt: skip


def _by_label(group: Sequence[Item], label: str) -> Stated | None:
    return next((of(i) for i in group if bare(i.path[-1]) == bare(label)), None)


def _recipient(kind: type[Provision] | type[Transfer], group: list[Item]) -> Record:
    cells = _cells(group)
    get = lambda sub: cells.get(sub, Stated())  # noqa: E731
    return kind(
        *_place(group), recipient=get(""), basis=get("①"), purpose=get("②"), information=get("③"), people=get("④"), scope=get("⑤"),
        means=get("⑥"), timing=get("⑦"),
    )  # fmt: skip


def _file(look: _Look, index: int, name: str) -> File:
    def at(*labels: str) -> Stated:
        return look.stated(*labels, part="II", file_index=index)

    said = at("特定個人情報ファイル名")
    own = said if said.value else look.stated("特定個人情報ファイル名", part="III", file_index=index)
    return File(
        index, name, index,
        name=Stated(name, own.item, State.STATED if name else State.BLANK),
        file_kind=at("ファイルの種類"), people=at("対象となる本人の数"), scope=at("対象となる本人の範囲"), items=at("記録される項目"),
        main_items=at("主な記録項目"), held_since=at("保有開始日"), department=at("事務担当部署"), sources=at("入手元"),
        means=at("入手方法"), purpose=at("使用目的"), users=at("使用部署"), user_count=at("使用者数"), used_since=at("使用開始日"),
        storage=at("保管場所"),
    )  # fmt: skip


def _bases(look: _Look) -> list[LegalBasis]:
    found = []
    for item in look.items:
        if item.part == "I" and "法令上の根拠" in item.path[-1] and item.state is State.STATED:
            use = item.path[1] if len(item.path) > 1 else ""
            found.append(LegalBasis(use=Stated(use, item.key, State.STATED), basis=of(item)))
    return found


def _measures(form: Form, items: Sequence[Item]) -> list[Record]:
    risks = {(p.id, i.number): i.risks for p in form.parts for i in p.items}
    ratings = {(i.part, i.number, i.block, i.file_index): of(i) for i in items if "対策は十分か" in i.label}
    found: list[Record] = []
    for item in items:
        if item.part not in {"III", "IV"} or item.choice or item.name == "リスク" or item.state is not State.STATED:
            continue
        if (item.part == "IV" and form.form == "様式3") or item.number == "1" and item.part == "III":
            continue
        known = risks.get((item.part, item.number), ())
        n = int(re.sub(r"\D", "", item.block) or 1)
        risk = known[n - 1] if n <= len(known) else item.path[1] if len(item.path) > 1 else item.label
        rating = ratings.get((item.part, item.number, item.block, item.file_index), Stated())
        found.append(
            Measure(
                int(item.number or 0), item.file, item.file_index, risk=Stated(risk, item.key, State.STATED),
                field_name=Stated(item.name or item.label, item.key, State.STATED), text=of(item), rating=rating,
            )  # fmt: skip
        )
    return found


def _contacts(look: _Look) -> list[Contact]:
    found = []
    for item in look.items:
        label = bare(item.path[-1])
        if item.part not in {"I", "IV", "V"} or label not in {"請求先", "連絡先"} or item.state is not State.STATED:
            continue
        method = next((i for i in look.items if (i.part, i.number) == (item.part, item.number) and i.sub == "②"), None)
        desk = "開示・訂正・利用停止請求" if label == "請求先" else "問合せ"
        phones = "、".join(dict.fromkeys(_PHONE.findall(unicodedata.normalize("NFKC", item.text))))
        found.append(
            Contact(
                desk=Stated(desk, item.key, State.STATED), address=of(item),
                phones=Stated(phones, item.key, State.STATED if phones else State.BLANK), method=of(method) if method else Stated(),
            )  # fmt: skip
        )
    return found


def _changes(form: Form, items: Sequence[Item]) -> Iterator[Change]:
    for item in items:
        if not item.block.startswith("変更") or not item.part.startswith("別添"):
            continue
        cells = item.text.split("\t")
        values = dict(zip(_CHANGE_COLUMNS, [*cells, *[""] * 6], strict=False))
        stated = {k: Stated(v, item.key, State.STATED if v else State.BLANK) for k, v in values.items()}
        target = target_of(values["item"], form)
        yield Change(
            int(re.sub(r"\D", "", item.block) or 0), **stated,
            target=Stated(target, item.key, State.STATED if target else State.BLANK),
        )  # fmt: skip
