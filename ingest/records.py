"""Items → typed records: from covers and contracts to incidents and changes, one function a kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ingest.assessment import (
    Change,
    Contract,
    Cover,
    File,
    Item,
    LegalBasis,
    Marking,
    Provision,
    Record,
    State,
    Stated,
    System,
    Transfer,
)
from ingest.contacts import make_contacts
from ingest.forms import Form
from ingest.incidents import make_incidents
from ingest.labels import bare
from ingest.look import Look, of
from ingest.measures import make_measures
from ingest.targets import target_of

_CHANGE_COLUMNS = 6


def make_records(form: Form, items: Sequence[Item], files: Sequence[str]) -> tuple[Record, ...]:
    """All records of one assessment, kind by kind. Empty template blocks (提供先1 without a word) are left out."""
    look = Look(items)
    return (
        _cover(look),
        *_blocks(items, "システム", _system),
        *(_file(look, n, name) for n, name in enumerate(files, 1)),
        *_blocks(items, "委託事項", _contract),
        *_blocks(items, "提供先", lambda group: _recipient(Provision, group)),
        *_blocks(items, "移転先", lambda group: _recipient(Transfer, group)),
        *_bases(items),
        *make_incidents(look),
        *make_measures(form, items),
        *make_contacts(look),
        *_changes(form, items),
    )


def _cover(look: Look) -> Cover:
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


def _blocks(items: Sequence[Item], name: str, make: Callable[[list[Item]], Record]) -> Iterator[Record]:
    """One record for each 委託事項n (…) of each file that says anything."""
    groups: dict[tuple[int, str], list[Item]] = {}
    for item in items:
        if item.part in {"I", "II"} and re.fullmatch(rf"{name}\d+", item.block):
            groups.setdefault((item.file_index, item.block), []).append(item)
    return (make(g) for g in groups.values() if any(i.state is State.STATED and not _only_boxes(i) for i in g))


def _only_boxes(item: Item) -> bool:
    return bool(item.marks) and not any(m.marking is Marking.MARKED for m in item.marks)


def _place(group: Sequence[Item]) -> tuple[int, str, int]:
    first = group[0]
    return int(re.sub(r"\D", "", first.block)), first.file, first.file_index


def _by_sub(group: Sequence[Item]) -> Callable[[str], Stated]:
    """Cells by circled number; "" is the block's own title."""
    cells = {i.sub: of(i) for i in reversed(group) if not i.name or i.sub}
    return lambda sub: cells.get(sub, Stated())


def _system(group: list[Item]) -> System:
    at = _by_sub(group)
    return System(*_place(group), name=at("①"), functions=at("②"), connections=at("③"))


def _contract(group: list[Item]) -> Contract:
    """様式4 has more fields than 様式3 and numbers them differently: these are reached by label."""
    at = _by_sub(group)

    def labelled(label: str, sub: str) -> Stated:
        return next((of(i) for i in group if bare(i.path[-1]) == bare(label)), at(sub))

    return Contract(
        *_place(group),
        title=at(""),
        content=at("①"),
        handlers=labelled("委託先における取扱者数", "②"),
        contractor=labelled("委託先名", "③"),
        subcontract=labelled("再委託の有無", "④"),
        permission=labelled("再委託の許諾方法", "⑤"),
        subcontracted=labelled("再委託事項", "⑥"),
    )


def _recipient(kind: type[Provision] | type[Transfer], group: list[Item]) -> Record:
    at = _by_sub(group)
    return kind(
        *_place(group),
        recipient=at(""),
        basis=at("①"),
        purpose=at("②"),
        information=at("③"),
        people=at("④"),
        scope=at("⑤"),
        means=at("⑥"),
        timing=at("⑦"),
    )


def _file(look: Look, index: int, name: str) -> File:
    def at(label: str) -> Stated:
        return look.stated(label, part="II", file_index=index)

    said = at("特定個人情報ファイル名")
    own = said if said.value else look.stated("特定個人情報ファイル名", part="III", file_index=index)
    return File(
        index,
        name,
        index,
        name=Stated(name, own.item, State.STATED if name else State.BLANK),
        file_kind=at("ファイルの種類"),
        people=at("対象となる本人の数"),
        scope=at("対象となる本人の範囲"),
        items=at("記録される項目"),
        main_items=at("主な記録項目"),
        held_since=at("保有開始日"),
        department=at("事務担当部署"),
        sources=at("入手元"),
        means=at("入手方法"),
        purpose=at("使用目的"),
        users=at("使用部署"),
        user_count=at("使用者数"),
        used_since=at("使用開始日"),
        storage=at("保管場所"),
    )


def _bases(items: Sequence[Item]) -> Iterator[LegalBasis]:
    for item in items:
        if item.part == "I" and "法令上の根拠" in item.path[-1] and item.state is State.STATED:
            use = item.path[1] if len(item.path) > 1 else ""
            yield LegalBasis(use=Stated(use, item.key, State.STATED), basis=of(item))


def _changes(form: Form, items: Sequence[Item]) -> Iterator[Change]:
    for item in items:
        if not item.block.startswith("変更") or not item.part.startswith("別添"):
            continue
        values = [*item.text.split("\t"), *[""] * _CHANGE_COLUMNS][:_CHANGE_COLUMNS]
        date, what, before, after, timing, explanation, target = (
            Stated(v, item.key, State.STATED if v else State.BLANK) for v in (*values, target_of(values[1], form))
        )
        number = int(re.sub(r"\D", "", item.block) or 0)
        yield Change(
            number,
            date=date,
            item=what,
            before=before,
            after=after,
            timing=timing,
            explanation=explanation,
            target=target,
        )
