"""What belongs together in an answer: rows, cited values, the parts of lists and desks."""

from __future__ import annotations

import pytest
from fakes_verify import answered, change, cited, contracts

from rag.types import Answer
from rag.verify.records import ADDRESS, PHONE, Record, clean, records_of

DESK = "総務部収納課 みどり市中央1丁目2番3号 000-000-1234"


def records(answer: Answer) -> list[Record]:
    return records_of(answer, {c.marker: ("",) for c in answer.citations})


def values(record: Record, heading: str) -> set[str]:
    return {f.text for f in record.facts if f.heading == heading}


def test_a_row_holds_its_cells_together() -> None:
    first, second = (r for r in records(contracts()) if r.row)
    assert values(first, "委託先名") == {"株式会社あさひ計算"}
    assert values(second, "取扱者数") == {"10人未満"}
    assert (first.tokens, second.tokens) == (frozenset({1}), frozenset({2}))
    assert not first.history


def test_citations_of_one_contract_bear_its_row() -> None:
    answer = contracts()
    more = cited(3, "再委託する", section="II.4 委託事項1 ④", label="④再委託の有無", item="II.4#1/委託事項1/④")
    made = answered(answer.answer + "[3]", [*answer.citations, more], answer.rows)
    row = next(r for r in records(made) if r.row)
    assert row.tokens == {1, 3}


def test_a_change_is_history_and_names_what_changed() -> None:
    row = next(r for r in records(change()) if r.row)
    assert row.history
    assert values(row, "変更前") == {"株式会社よあけ計算"}
    assert "委託先" in values(row, "項目")
    assert row.section == "II.4 委託事項1 ③"


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("専用線、紙", {"専用線", "紙"}),
        ("税務システム、その他(国保、年金)", {"税務システム", "その他(国保、年金)"}),
        ("書類を確かめ、保管する", set()),
    ],
)
def test_a_list_has_parts(value: str, parts: set[str]) -> None:
    (record,) = records(answered(f"「{value}」[1]", [cited(1, value, label="方法", section="II.5 提供先1 ⑥")]))
    found = {f.text for f in record.facts if f.parts}
    assert found == parts
    assert value in {f.text for f in record.facts if not f.parts}


def test_entries_of_an_enumeration() -> None:
    (record,) = records(
        answered("x[1]", [cited(1, "①秘密の保持 ②複製の禁止", label="規定の内容", section="III.4 規定の内容")])
    )
    assert {f.text for f in record.facts if f.entry} == {"秘密の保持", "複製の禁止"}


def test_a_desk_has_a_name_an_address_and_a_number() -> None:
    (record,) = records(answered("x[1]", [cited(1, DESK, label="①連絡先", section="IV.2 ①")]))
    assert values(record, PHONE) == {"000-000-1234"}
    assert values(record, ADDRESS) == {"みどり市中央1丁目2番3号"}
    assert "総務部収納課" in values(record, "連絡先")


def test_desks_are_not_joined() -> None:
    two = "・税務課 電話: 000-000-1111 ・保険課 電話: 000-000-2222"
    (record,) = records(answered("x[1]", [cited(1, two, label="①連絡先", section="IV.2 ①")]))
    desks = {f.text: f.desk for f in record.facts if f.desk >= 0}
    assert desks["税務課"] == desks["000-000-1111"] != desks["保険課"] == desks["000-000-2222"]


def test_of_a_value_that_is_shown_longer_the_longer_one_counts() -> None:
    made = answered(
        "実施の有無で印があるのは「自己点検、内部監査」です。[1]",
        [cited(1, "自己点検", label="実施の有無", section="III.8 実施の有無")],
    )
    (record,) = records_of(made, {1: ("実施の有無で印があるのは「自己点検、内部監査」です。",)})
    assert "自己点検" not in {f.text for f in record.facts if not f.parts}


@pytest.mark.parametrize(
    ("label", "expected"),
    [("③委託先名", "委託先名"), ("④再委託の有無 ※", "再委託の有無"), ("移転先1", "移転先"),
     ("3. 特定個人情報ファイル名", "特定個人情報ファイル名")],
)  # fmt: skip
def test_labels_without_numbers(label: str, expected: str) -> None:
    assert clean(label) == expected
