"""A version of the catalog → its chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from ingest.assessment import Item, Record
from rag.flow.chart import Chart
from rag.flow.inside import centre
from rag.flow.inward import inflows
from rag.flow.outward import outflows
from rag.flow.record import Source, numeral
from rag.types import Version

_KINDS = ("covers", "systems", "files", "contracts", "provisions", "transfers")
#: The parts of the form that are drawn.
_DRAWN = ("I", "I.1", "I.2", "II", "II.1", "II.3", "II.4", "II.5")


class Reading(Protocol):
    """What is needed of the catalog."""

    def items(self, version_id: int) -> list[Item]:
        """Items in the order of the document."""

    def records(self, kind: str, version_ids: Sequence[int] | None = None) -> list[tuple[Version, Record]]:
        """Records of one kind with the version they stand in."""


def chart(catalog: Reading, version: Version) -> Chart:
    """What a drawing of the version's data flow shows."""
    records = {kind: tuple(r for _, r in catalog.records(kind, [version.id])) for kind in _KINDS}
    return make_chart(Source(version, tuple(catalog.items(version.id)), records))


def make_chart(source: Source) -> Chart:
    """The same of what is at hand."""
    version = source.version
    published = f"{version.published}公表" if version.published else "公表日 読取不可"
    return Chart(
        document=version.document,
        title=f"{version.municipality} {version.duty or version.title} データの流れ",
        caption=f"{version.document} {version.form} {published}",
        inflows=inflows(source),
        centre=centre(source),
        outflows=outflows(source),
        notes=tuple(_notes(version)),
    )


def _notes(version: Version) -> Iterator[str]:
    yield "評価書の記載だけを描いています。破線は、原文の欠落か読み取れない印です(原本確認)。"
    lost = [section for section, _ in version.gaps if section.split(" ")[0] in _DRAWN]
    if lost:
        yield f"原文の欠落: {'、'.join(map(numeral, lost))}。該当なしという意味ではありません。"
    if version.abridged_from:
        yield "この評価書は抄録です。全文と異なることがあります。"
    if not version.current:
        yield "過去の版です。"
