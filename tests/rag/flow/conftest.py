"""The sample's data flow with changes, and charts of any size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.assessment import RECORD_KINDS
from ingest.read import read_assessment
from rag.checks.paper import of_assessment
from rag.flow.chart import Box, Chart, Group, Inflow
from rag.flow.reading import make_chart
from rag.flow.record import Source

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "samples" / "青嶺市-11.txt"

Change = tuple[str, str]
MakeChart = Callable[..., Chart]


def source_of(path: Path) -> Source:
    """An assessment read from a file, as the catalog would give it."""
    read = read_assessment(path)
    version = replace(of_assessment(read, path.name, dt.date(2026, 4, 1)).version, id=1)
    records = {kind: tuple(r for r in read.records if type(r) is cls) for kind, cls in RECORD_KINDS.items()}
    return Source(version, read.items, records)


@pytest.fixture
def charted(tmp_path: Path) -> MakeChart:
    """The chart of the sample with each (old, new) put in everywhere."""

    def make(*changes: Change) -> Chart:
        text = SAMPLE.read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        path = tmp_path / "評価書.txt"
        path.write_text(text, "utf-8")
        return make_chart(source_of(path))

    return make


def group(chart: Chart, beginning: str) -> Group:
    """The group whose title begins so."""
    inward = [g for inflow in chart.inflows for g in (inflow.sources, inflow.means)]
    return next(g for g in (*inward, *chart.centre, *chart.outflows) if g.title.startswith(beginning))


def made_up(recipients: int, *, systems: int = 3, long: bool = False, inflows: int = 1) -> Chart:
    """A chart with so many recipients, plain or with names that need several lines."""
    name = "とても長い名前の広域連合共同処理センター第一業務課資格賦課係 Number " if long else "相手"

    def box(n: int) -> Box:
        doubt = "方法のほかの印2個は読取不可(原本確認)" if n % 4 == 0 else ""
        return Box(
            f"{name}{n}", (f"情報: 資格に関する情報{n}" * (3 if long else 1), "方法: 紙"), f"k{n}", n % 7 == 3, doubt
        )

    inflow = Inflow(Group("入手元", tuple(map(box, range(4)))), Group("入手方法", (Box("紙", ("専用線",)),)))
    return Chart(
        document="架空市-1",
        title="架空市 架空の事務 データの流れ",
        caption="架空市-1",
        inflows=(inflow,) * inflows,
        centre=(Group("事務", (box(1),)), Group("システム", tuple(map(box, range(systems))))),
        outflows=(
            Group("委託", tuple(map(box, range(2)))),
            Group("提供", tuple(map(box, range(recipients)))),
            Group("移転", (Box("移転を行っていない"),), flows=False),
        ),
        notes=("破線は読み取れない印です。",),
    )
