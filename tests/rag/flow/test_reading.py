"""What is drawn is what the records say: marks by their three values, lost parts, counts, files."""

from __future__ import annotations

from dataclasses import replace

from ingest.assessment import Item, Marking
from rag.flow.reading import make_chart
from rag.flow.record import CHECK, LOST, Source

from .conftest import SAMPLE, MakeChart, group, source_of


def test_the_sample(charted: MakeChart) -> None:
    chart = charted()
    sources = group(chart, "入手元")
    assert [b.title for b in sources.boxes][:2] == ["本人又は本人の代理人", "評価実施機関内の他部署"]
    assert sources.boxes[1].lines == ("市民課、税務課、福祉課",)
    assert "民間事業者" not in chart.summary
    assert group(chart, "事務").boxes[0].title == "国民健康保険に関する事務"
    assert group(chart, "システム").flows
    assert group(chart, "委託").title == "委託(Ⅱ.4) 3件"
    assert not any(b.unsure or b.doubt for g in (*chart.centre, *chart.outflows) for b in g.boxes)


def test_files_of_the_same_sources_share_them(charted: MakeChart) -> None:
    (inflow,) = charted().inflows
    assert inflow.sources.title == "入手元(Ⅱ.3①) 国民健康保険資格・賦課ファイル、国民健康保険給付ファイル"


def test_a_row_of_one_file_names_it(charted: MakeChart) -> None:
    boxes = group(charted(), "提供").boxes
    assert any(line.startswith("ファイル: ") for box in boxes for line in box.lines)


def test_every_box_leads_to_an_item(charted: MakeChart) -> None:
    chart = charted()
    keys = [b.item for g in (*chart.centre, *chart.outflows) for b in g.boxes]
    assert all(keys)


def test_an_unreadable_mark_is_no_fact() -> None:
    source = source_of(SAMPLE)
    places = {("II", "3", "①", ""), ("II", "3", "②", ""), ("II", "5", "⑥", "")}
    items = tuple(unread(i) if (i.part, i.number, i.sub, i.name) in places else i for i in source.items)
    chart = make_chart(replace(source, items=items))
    for inflow in chart.inflows:
        assert all(b.unsure and CHECK in b.told for g in (inflow.sources, inflow.means) for b in g.boxes)
    named = next(b for b in group(chart, "入手元").boxes if b.title == "評価実施機関内の他部署")
    assert named.lines[0] == "市民課、税務課、福祉課"
    assert all(b.doubt == "方法の印は読取不可(原本確認)" for b in group(chart, "移転").boxes)
    assert "方法: " not in " ".join(line for b in group(chart, "提供").boxes for line in b.lines)


def unread(item: Item) -> Item:
    """The item as if none of its boxes could be read."""
    return replace(item, marks=tuple(replace(m, marking=Marking.UNREADABLE) for m in item.marks))


def test_a_lost_part_is_said_and_is_no_denial() -> None:
    source = source_of(SAMPLE)
    gaps = (("I.1", "失われた。"), ("I.2 システム9", "失われた。"), ("II.5", "失われた。"))
    left = tuple(i for i in source.items if (i.part, i.number) not in {("II", "5"), ("I", "1")})
    records = {**source.records, "provisions": (), "transfers": (), "covers": ()}
    chart = make_chart(Source(replace(source.version, gaps=gaps), left, records))
    assert [b.title for b in group(chart, "提供").boxes] == [f"Ⅱ.5 {LOST}"]
    assert not group(chart, "移転").flows
    assert group(chart, "システム").boxes[-1].title == f"Ⅰ.2 システム9 {LOST}"
    assert group(chart, "システム").boxes[-1].unsure
    assert group(chart, "事務").boxes[0].unsure
    assert any("Ⅰ.2 システム9" in note for note in chart.notes)


def test_recipients_announced_but_not_written_out() -> None:
    source = source_of(SAMPLE)
    chart = make_chart(replace(source, records={**source.records, "transfers": ()}))
    assert "移転を行っている(相手の記載なし)" in [b.title for b in group(chart, "移転").boxes]
    assert not group(chart, "移転").flows


def test_the_number_declared_is_compared(charted: MakeChart) -> None:
    assert [group(charted(), kind).title for kind in ("提供", "移転")] == ["提供(Ⅱ.5) 3件", "移転(Ⅱ.5) 1件"]
    declared = "[○] 移転を行っている (9) 件"
    chart = charted(("[○] 移転を行っている (1) 件", declared))
    assert "件数の記載は9件" in group(chart, "移転").title
