"""What a drawing of the data flow shows, before anything is placed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """One party, system, file or means.

    item    key of the item that says so, "" where none does
    unsure  lost in the source or a mark that cannot be read: drawn dashed, with 原本確認
    doubt   what of a box that is otherwise sure cannot be read: drawn in a dashed frame of its own
    """

    title: str
    lines: tuple[str, ...] = ()
    item: str = ""
    unsure: bool = False
    doubt: str = ""

    @property
    def told(self) -> str:
        """The whole text in one line, for those who do not see the drawing."""
        return "、".join(filter(None, (self.title, *self.lines, self.doubt)))


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes under one heading: 委託(Ⅱ.4) 4件. `flows` False where its boxes say that nothing flows or is known."""

    title: str
    boxes: tuple[Box, ...]
    flows: bool = True


@dataclass(frozen=True, slots=True)
class Inflow:
    """What flows in for one file, or for several whose sources and means are the same."""

    sources: Group
    means: Group


@dataclass(frozen=True, slots=True)
class Chart:
    """The data flow of one version. `notes`: what a reader must know (欠落, 抄録)."""

    document: str
    title: str
    caption: str
    inflows: tuple[Inflow, ...]
    centre: tuple[Group, ...]
    outflows: tuple[Group, ...]
    notes: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The drawing in words."""
        inward = (group for inflow in self.inflows for group in (inflow.sources, inflow.means))
        groups = [*inward, *self.centre, *self.outflows]
        said = [f"{group.title}: {' / '.join(box.told for box in group.boxes)}" for group in groups]
        return "。".join((*said, *self.notes))
