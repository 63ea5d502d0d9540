"""Items and records: states, places, keys; what other rooms rely on."""

from __future__ import annotations

import pytest

from ingest.assessment import RECORD_KINDS, Item, Kind, Marking, State, Stated
from tests.ingest.printed import print_form, read, sample

WHOLE = print_form("様式3").text


def item(text: str, section: str) -> Item:
    return next(i for i in read(text).items if i.section == section)


def with_row(label: str, value: str) -> str:
    lines = WHOLE.split("\n")
    return "\n".join(f"{label}\t{value}" if line.startswith(f"{label}\t") else line for line in lines)


@pytest.mark.parametrize(
    ("label", "section", "value", "state"),
    [
        ("②請求方法", "IV.1 ②", "窓口で受け付ける。", State.STATED),
        ("②請求方法", "IV.1 ②", "なし", State.STATED),
        ("②請求方法", "IV.1 ②", "-", State.BLANK),
        ("②請求方法", "IV.1 ②", "―", State.BLANK),
        ("②請求方法", "IV.1 ②", "", State.BLANK),
        ("③対象人数", "I.1 ③", "[ ] <選択肢> 1) 1,000人未満", State.BLANK),
        ("③対象人数", "I.1 ③", "1,000人以上1万人未満 30万人以上 <選択肢>", State.UNREADABLE),
        ("①入手元", "II.3 ①", "[ ] 本人又は本人の代理人 [ ] 民間事業者", State.UNREADABLE),
        ("①入手元", "II.3 ①", "[○] 本人又は本人の代理人 [ ] 民間事業者", State.STATED),
    ],
)
def test_states(label: str, section: str, value: str, state: State) -> None:
    assert item(with_row(label, value), section).state is state


def test_spans_lead_back_to_label_and_text() -> None:
    text = with_row("②請求方法", "<p>窓口で<br>受け付ける。</p>")
    found = item(text, "IV.1 ②")
    assert [text[s.start : s.end] for s in found.spans] == ["②請求方法", "<p>窓口で<br>受け付ける。</p>"]
    assert found.text == "窓口で\n受け付ける。"


def test_a_page_join_goes_on_with_the_cell() -> None:
    text = WHOLE.replace("②事務の内容\t", "②事務の内容\t前のページの文が\n\n- 3 -\n\n").replace("\n\n- 3 -", "\n- 3 -")
    assert item(text, "I.1 ②").text.startswith("前のページの文が\n記載その")


def test_files_are_told_apart() -> None:
    items = [i for i in read(sample()).items if i.section == "II.1"]
    assert [i.file_index for i in items] == [1, 2]
    assert [i.file for i in items] == ["国民健康保険資格・賦課ファイル", "国民健康保険給付ファイル"]
    assert len({i.key for i in items}) == 2


def test_the_second_of_a_key_gets_a_number() -> None:
    text = WHOLE.replace("①請求先\t", "①請求先\t一つ目\n①請求先\t")
    assert [i.key for i in read(text).items if i.section == "IV.1 ①"] == ["IV.1/①", "IV.1/①~2"]


def test_changes_and_appendices_are_not_the_present() -> None:
    kinds = {i.part: i.kind for i in read(WHOLE).items}
    assert kinds["別添2"] is Kind.HISTORY
    assert kinds["IV"] is Kind.PRESENT


def test_every_cell_of_a_record_names_an_item_that_is_there() -> None:
    assessment = read(sample())
    keys = {i.key for i in assessment.items}
    cells = [c for r in assessment.records for n in r.__slots__ if isinstance(c := getattr(r, n), Stated)]
    assert len(cells) > 100
    assert {c.item for c in cells if c.item} <= keys
    assert all(c.item for c in cells if c.value)
    assert all(c.state is State.STATED for c in cells if c.value)


def test_a_filled_form_has_records_of_every_kind() -> None:
    kinds = {type(r) for r in read(WHOLE).records}
    assert set(RECORD_KINDS.values()) - kinds == set()


def test_an_empty_template_block_is_no_record() -> None:
    empty = "提供先9\n①法令上の根拠\t\n②提供先における用途\t-\n⑥提供方法\t[ ] 紙 [ ] 専用線\n移転先1\n"
    text = WHOLE.replace("移転先1\n", empty, 1)
    assert {r.number for r in read(text).records if type(r).__name__ == "Provision"} == {1, 2}


def test_a_record_of_boxes_lists_the_marked_ones() -> None:
    boxes = "[○] 庁内連携システム [ ] 税務システム [○] その他 ( 収納管理システム )"
    text = with_row("③他のシステムとの接続", boxes)
    system = next(r for r in read(text).records if type(r).__name__ == "System")
    assert system.connections.value == "庁内連携システム、その他(収納管理システム)"
    marks = item(text, "I.2 システム1 ③").marks
    assert [m.marking for m in marks] == [Marking.MARKED, Marking.UNMARKED, Marking.MARKED]


@pytest.mark.parametrize("printed", ["第7号", "７", "No.7", "7 番"])
def test_the_number_in_the_documents_id(printed: str) -> None:
    assert read(WHOLE.replace("評価書番号\t7", f"評価書番号\t{printed}")).document == "架空市-7"
