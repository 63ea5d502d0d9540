"""Prints a form as a document would, every field filled with words of its own; and reads a text as a file would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.assessment import Assessment, Item, Marking
from ingest.forms import Field, Form, FormItem, Part, load_form
from ingest.read import assess
from ingest.readers.source import Source
from ingest.readers.text import parse_lines

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
PUBLISHED = ROOT.parent / "shared" / "data" / "assessments"
NUMERALS = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ", "VI": "Ⅵ"}
COVER = {"評価書番号": "7", "評価書名": "試験に関する事務", "評価実施機関名": "架空市長", "公表日": "令和7年1月6日"}
CHANGES = "変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t提出時期に係る説明"

#: A place as an item has it: part and number and block, circled number, name.
Where = tuple[str, str, str]


def read(text: str, name: str = "試験.txt") -> Assessment:
    """The assessment in a text."""
    return assess(Source(name, text, parse_lines(text)))


def sample(name: str = "青嶺市-11") -> str:
    """The text of a sample."""
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def place_of(item: Item) -> Where:
    head = f"{item.part}.{item.number}" if item.number else item.part
    return " ".join(x for x in (head, item.block) if x), item.sub, item.name


@dataclass
class Printed:
    """A document and what each of its places says."""

    lines: list[str] = field(default_factory=list)
    said: dict[Where, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def value(self, at: Where) -> str:
        self.said[at] = f"記載その{len(self.said)}である。"
        return self.said[at]

    def row(self, place: str, f: Field) -> None:
        """One labelled row; of a label above others only the label."""
        if f.outer:
            if not f.holds and not f.label.startswith("2)"):
                self.lines.append(f.sub + f.label)
            return
        at = (place, f.sub, f.name)
        label = f.label if f.sub and f.name else f.sub + f.label
        if f.type == "choice":
            self.said[at] = f.options[0]
            options = " ".join(f"{n}) {option}" for n, option in enumerate(f.options, 1))
            self.lines.append(f"{label}\t[ {f.options[0]} ] <選択肢> {options}")
        elif f.type == "boxes":
            self.said[at] = f.boxes[0]
            boxes = " ".join(f"[{'○' if n == 0 else ' '}] {box}" for n, box in enumerate(f.boxes))
            self.lines.append(f"{label}\t{boxes}")
        else:
            self.lines.append(f"{label}\t{self.value(at)}")


def print_form(name: str) -> Printed:
    """The whole form, two blocks of each kind."""
    form = load_form(name)
    printed = Printed([f"特定個人情報保護評価書({form.title})"])
    for part in form.parts:
        if part.id == "表紙":
            _print_cover(printed, form, part)
            continue
        printed.lines.append(_heading(part))
        if part.free:
            printed.lines += ["項目A", "項目B"]
        if part.changes:
            printed.lines += [CHANGES, "令和6年4月1日\tⅠ 1.①\t旧\t新\t事後\t軽微"]
            printed.said[f"{part.id} 変更1", "", ""] = "令和6年4月1日"
        for f in part.fields:
            printed.row(part.id, f)
        for item in part.items:
            _print_item(printed, part, item)
    return printed


def _heading(part: Part) -> str:
    if part.id == "別添":
        return part.title
    return f"({part.id}) {part.title}" if part.id.startswith("別添") else f"{NUMERALS[part.id]} {part.title}"


def _print_cover(printed: Printed, form: Form, part: Part) -> None:
    for f in part.fields:
        if f.name in COVER:
            printed.lines.append(f"{f.label}\t{COVER[f.name]}")
    printed.lines.append(f"[令和6年10月 {form.form}]")


def _print_item(printed: Printed, part: Part, item: FormItem) -> None:
    place = f"{part.id}.{item.number}"
    if item.single:
        printed.lines.append(f"{item.number}. {item.title}\t{printed.value((place, '', ''))}")
        return
    printed.lines.append(f"{item.number}. {item.title}" + "".join(f" [ ]{box}" for box in item.header_boxes))
    for f in item.fields:
        if not f.closing and not (item.risks and item.blocks):
            printed.row(place, f)
    for block, number, head in _blocks(item):
        printed.lines.append(head)
        for f in block.fields:
            if not f.only or number in f.only:
                printed.row(f"{place} {block.name}{number}", f)
    for f in item.fields:
        if f.closing:
            printed.row(place, f)


def _blocks(item: FormItem) -> Iterator[tuple]:
    for block in item.blocks:
        if block.name == "リスク":
            yield from ((block, n, f"リスク{n}: {risk}") for n, risk in enumerate(item.risks, 1))
        else:
            yield from ((block, n, f"{block.name}{n}") for n in (1, 2))


def says(item: Item, value: str) -> bool:
    """Whether an item has the value, as text or as a marked box."""
    return value in item.text or any(value == m.label and m.marking is Marking.MARKED for m in item.marks)
