"""Matches the lines of a document to the items of its form: the step from `Source` to entries.

The walk keeps where it is (part, item, block, field) and asks of each line, in this order: does a part begin, an item,
a block, a labelled field; if none, the line goes on with the field before. Labels are compared by `ingest.labels`, so
that a drifting wording is still the official item. Lines that no item takes are returned as remainders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest import appendix
from ingest.entries import Entry
from ingest.forms import Block, Field, Form, FormItem, Part
from ingest.labels import bare, circled, fold, likeness, roman, same
from ingest.readers.source import Cell, Line

_PART = re.compile(r"^([IVXｌlL|ⅠⅡⅢⅣⅤⅥＩＶ]{1,4})[\s.．、:：]*(.+)$")
_ITEM = re.compile(r"^(\d{1,2})\s*[.．、]?\s*(\D.*)$", re.DOTALL)
_RANGE = re.compile(r"^(委託事項|提供先|移転先|システム)\d+[~～〜\-－―ー]\d*$")
_RISK = re.compile(r"^リスク\s*(\d*)\s*[:：]?\s*(.*)$", re.DOTALL)
_PAGE = re.compile(r"^[-－―]\s*\d{1,3}\s*[-－―]$|^\d{1,3}\s*/\s*\d{1,3}$|^\d{1,3}\s*ページ$")
_FORM_DATE = re.compile(r"^[\[［【].*様式\s*\d.*[\]］】]$")
_DATE = re.compile(r"^(?:(?:明治|大正|昭和|平成|令和|[HRＨＲ])\s*(?:元|\d{1,2})|\d{4})\s*[年./．／-]\s*\d{1,2}")
_RISK_FIELD = Field(label="リスク", name="リスク")
#: A cell longer than this is content, whatever it begins with.
LABEL_MAX_CHARS = 90


def walk(lines: Sequence[Line], form: Form) -> tuple[list[Entry], list[Cell]]:
    """The form's entries in order of the document, and the cells no entry took."""
    walker = _Walk(form)
    for line in lines:
        walker.take(line)
    walker.finish()
    return walker.entries, walker.remainder


class _Walk:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.part = form.parts[0]
        self.item: FormItem | None = None
        self.block = ""
        self.entry: Entry | None = Entry(self.part, field=Field(label="表題", name="表題"))
        self.entries: list[Entry] = [self.entry]
        self.outer: Entry | None = None
        self.heads: list[Cell] = []
        self.files: dict[str, int] = {}
        self.listed: set[str] | None = None  # parts named in the table of contents while we are in it
        self.columns: list[Entry] = []
        self.closed: set[tuple[str, str, int]] = set()
        self.orphans: list[tuple[Line, Field]] = []
        self.remainder: list[Cell] = []

    # -- one line ------------------------------------------------------------------------------------------

    def take(self, line: Line) -> None:
        cells = list(line.cells)
        first = cells[0].text
        if len(cells) == 1 and _PAGE.match(fold(first)):
            self.remainder.extend(cells)
        elif self._begin_part(line, cells) or self._begin_appendix(line, cells):
            pass
        elif self.part.changes:
            self._change(cells)
        elif self.part.free or self.part.id in appendix.PARTS:
            self._free(line, cells)
        elif self.part.id == "表紙" and self._cover(cells):
            pass
        elif self._begin_item(line, cells) or self._begin_block(cells) or self._fields(line, cells):
            self.outer = None if self.entry is None or not self.entry.filled else self.outer
        else:
            self._continue(line, cells)

    def finish(self) -> None:
        self._give_up_orphans()
        self.remainder.extend(self.heads)

    def _open(self, field: Field | None, printed: str, head: Sequence[Cell], page: int | None, **place: str) -> Entry:
        entry = Entry(
            self.part, self.item, field, place.get("block", self.block), self.files.get(self.part.id, 0), printed,
            place.get("title", ""), [*self.heads, *head], page=page,
        )  # fmt: skip
        self.heads = []
        self.entries.append(entry)
        self.entry = entry
        return entry

    # -- parts ---------------------------------------------------------------------------------------------

    def _begin_part(self, line: Line, cells: list[Cell]) -> bool:
        part = self._part_of(cells)
        if part is None:
            self._leave_contents(cells)
            return False
        if self.listed is not None and part.id not in self.listed:
            self.listed.add(part.id)
            if self.entry is not None:
                self.entry.add(cells)
            return True
        self._enter(part)
        self.heads.append(cells[0])
        rest = cells[1:]
        if part.fields and not part.items and part.id != "表紙":  # III of 様式2: one answer without a number
            self.item = FormItem("", part.title, fields=part.fields)
        if rest:
            self._open(None, "", [], line.page).add(rest)
        if part.free:
            self._open(None, cells[0].text, [], line.page)
        return True

    def _enter(self, part: Part) -> None:
        self._give_up_orphans()
        self.listed = None
        self.part, self.item, self.block, self.entry, self.outer, self.columns = part, None, "", None, None, []
        if part.per_file:
            self.files[part.id] = self.files.get(part.id, 0) + 1
            self.closed = {c for c in self.closed if c[0] != part.id}

    def _leave_contents(self, cells: list[Cell]) -> None:
        """The table of contents ends with the first line that names no part."""
        if self.listed and len(cells[0].text) > 0 and not roman(fold(cells[0].text)):
            self.listed = None if not self.listed else self.listed
            if not any(same(cells[0].text, p.title) for p in self.form.parts):
                self.listed = None

    def _part_of(self, cells: list[Cell]) -> Part | None:
        text = cells[0].text
        if len(text) > LABEL_MAX_CHARS or sum(bool(c.text) for c in cells) > 2:
            return None
        folded = fold(text)
        named = re.match(r"^[(（]?別添(\d)[)）]?(.*)$", folded)
        if named:
            rest = re.sub(r"[\[【].*", "", named[2])
            candidates = [p for p in self.form.parts if p.id.startswith("別添")]
            return next((p for p in candidates if any(same(rest, t) for t in (p.title, *p.aliases))), None) or next(
                (p for p in candidates if p.id == f"別添{named[1]}" and not rest), None
            )
        unnumbered = next((p for p in self.form.parts if p.id == "別添" and same(folded.removeprefix("(別添)"), p.title)), None)
        if unnumbered is not None:  # 様式2 prints 変更箇所 alone
            return unnumbered
        match = _PART.match(text)
        if not match or not roman(match[1]):
            return None
        for part in self.form.parts:
            if part.id == roman(match[1]) and any(_title_fits(match[2], t) for t in (part.title, *part.aliases)):
                return part
        return None

    def _begin_appendix(self, line: Line, cells: list[Cell]) -> bool:
        finished = self._form_is_over()
        inside = self.part.id in appendix.PARTS
        part = appendix.begins(line, finished, inside, self.part.id)
        if part is None or self.listed is not None:
            return False
        if part.id != self.part.id or self.part.changes:
            self._enter(part)
        self._open(None, cells[0].text, cells[:1], line.page, title=" ".join(cells[0].text.split()), block="")
        if len(cells) > 1 and self.entry:
            self.entry.add(cells[1:])
        return True

    def _form_is_over(self) -> bool:
        """Whether the last item of this part has been reached, so that free text begins an appendix."""
        return bool(self.part.items) and self.item is self.part.items[-1] and self.part.id in {"III", "V", "VI"}

    def _free(self, line: Line, cells: list[Cell]) -> None:
        if len(cells) == 1 and self.entry is not None:
            title = appendix.heading(cells[0].text, self.part.id)
            if title:
                self._open(None, cells[0].text, cells, line.page, block=title, title=title)
                return
        self._continue(line, cells)

    # -- cover ---------------------------------------------------------------------------------------------

    def _cover(self, cells: list[Cell]) -> bool:
        if self.listed is not None:
            return False
        matched = [next((f for f in self.part.fields if same(c.text, f.label)), None) for c in cells]
        if len(cells) > 1 and all(matched):
            self.columns = [self._open(f, c.text, [c], None) for f, c in zip(matched, cells, strict=True) if f]
            return True
        if self.columns:
            for entry, cell in zip(self.columns, cells, strict=False):
                entry.add([cell])
            self.columns = []
            return True
        if len(cells) == 1 and _FORM_DATE.match(fold(cells[0].text)):
            self._open(Field(label="様式", name="様式"), "様式", [], None).add(cells)
            return True
        if matched[0]:
            entry = self._open(matched[0], cells[0].text, cells[:1], None)
            entry.add(cells[1:])
            self.listed = set() if matched[0].name == "項目一覧" else None
            return True
        return False

    # -- items and blocks ----------------------------------------------------------------------------------

    def _begin_item(self, line: Line, cells: list[Cell]) -> bool:
        found = self._item_of(cells[0].text)
        if found is None:
            return False
        part, item, rest = found
        self._give_up_orphans()
        if part is not self.part:
            self._enter(part)
        elif part.per_file and item.number == "1" and self.item is not None:
            self._enter(part)
        self.item, self.block, self.entry, self.outer = item, "", None, None
        if part.per_file and part.id not in self.files:
            self.files[part.id] = 1
        more = [c for c in cells[1:] if c.text]
        boxed = item.header_boxes and (rest or more)
        if item.single:
            self._open(None, cells[0].text, cells[:1], line.page).add(more)
        elif boxed:
            self._open(None, cells[0].text, cells[:1], line.page).add([cells[0], *more])
            self.entry = None
        else:
            self.heads.append(cells[0])
            if more and not self._row(line, more):
                self._open(None, cells[0].text, [], line.page).add(more)
        return True

    def _item_of(self, text: str) -> tuple[Part, FormItem, str] | None:
        match = _ITEM.match(text)
        if not match or len(text) > LABEL_MAX_CHARS * 2:
            return None
        title, rest = _cut_boxes(match[2])
        for part in self._parts_ahead():
            hits = [i for i in part.items if any(_title_fits(title, t) for t in i.titles)]
            exact = [i for i in hits if i.number == match[1]]
            if exact:
                return part, exact[0], rest
            if len(hits) == 1 and len(bare(title)) >= 6 and part is self.part:
                return part, hits[0], rest
        return None

    def _parts_ahead(self) -> Iterator[Part]:
        at = self.form.parts.index(self.part) if self.part in self.form.parts else len(self.form.parts)
        yield from self.form.parts[at : at + 3]

    def _begin_block(self, cells: list[Cell]) -> bool:
        if self.item is None:
            return False
        text = cells[0].text
        folded = fold(text)
        if len(cells) == 1 and _RANGE.match(folded):
            self.heads.append(cells[0])
            return True
        if self._begin_risk(cells):
            return True
        for item in self._items_with_blocks():
            for block in item.blocks:
                match = re.match(rf"^{block.name}(\d+)(?:[.:．：](.*))?$", folded)
                if match and block.name != "リスク":
                    self.item = item
                    self._open_block(block, int(match[1]), cells)
                    return True
        return False

    def _items_with_blocks(self) -> list[FormItem]:
        own = [self.item] if self.item else []
        return own + [i for i in self.part.items if i is not self.item and i.blocks]

    def _open_block(self, block: Block, number: int, cells: list[Cell]) -> None:
        self.block = f"{block.name}{number}"
        self.outer = None
        entry = self._open(Field(label=self.block), cells[0].text, cells[:1], None)
        inline = re.match(rf"^{block.name}\s*\d+\s*[.:．：]\s*(.+)$", cells[0].text, re.DOTALL)
        if inline:
            entry.add([cells[0]])
            entry.title = inline[1]
        entry.add(cells[1:])

    def _begin_risk(self, cells: list[Cell]) -> bool:
        match = _RISK.match(cells[0].text)
        if not match or not self.item or not self.item.risks or len(cells[0].text) > LABEL_MAX_CHARS * 2:
            return False
        if bare(cells[0].text).startswith(("リスクへの対策", "リスクに対する措置")):
            return False
        repeated = next((b for b in self.item.blocks if b.name == "リスク"), None)
        if repeated and match[1]:
            self.block = f"リスク{int(match[1])}"
        entry = self._open(_RISK_FIELD, cells[0].text, [], None)
        entry.add(cells)
        self.outer = None
        return True

    # -- fields --------------------------------------------------------------------------------------------

    def _fields(self, line: Line, cells: list[Cell]) -> bool:
        if self.item is None:
            return False
        if self._row(line, cells):
            return True
        return self._elsewhere(line, cells)

    def _row(self, line: Line, cells: list[Cell]) -> bool:
        """A row that begins with one or more labels of the current item; the rest is the last label's value."""
        at = 0
        opened: Entry | None = None
        lead = 0
        while lead < len(cells) and not cells[lead].text:
            lead += 1
        for at in range(lead, len(cells)):
            field = self._field_of(cells[at].text, first=at == lead)
            if field is None or (opened is not None and at == len(cells) - 1 and not field.outer and at > lead + 1):
                break
            if self._is_orphan(field) and at == lead:
                self.orphans.append((line, field))
                return True
            opened = self._label(field, cells[at], line)
        else:
            at = len(cells)
        if opened is None:
            return bool(lead < len(cells)) and self._inline_label(line, cells, lead)
        opened.add(cells[at:])
        return True

    def _label(self, field: Field, cell: Cell, line: Line) -> Entry:
        before = self.entry
        if field.outer and not field.holds:
            self.heads.append(cell)
            return before or self._open(field, cell.text, [], line.page)
        if field.holds:
            held = next(f for f in self._here() if f.name == field.holds)
            return self._open(held, cell.text, [cell], line.page)
        if before is not None and before.field is field and not before.filled and before.printed != cell.text:
            before.head.append(cell)  # ④使用の主体 | 使用部署: one place
            before.printed = cell.text
            return before
        self._maybe_new_block(field)
        if self.item and field in self.item.fields and self.block.startswith("リスク"):
            self.block = ""
        entry = self._open(field, cell.text, [cell], line.page)
        if before is not None and not before.filled and before.part is self.part and line.cells[0] in before.head:
            self.outer = before
        if field.closing and self.item:
            self.closed.add((self.part.id, self.item.number, self.files.get(self.part.id, 0)))
        return entry

    def _maybe_new_block(self, field: Field) -> None:
        """A block whose heading was lost still begins where its first field comes again."""
        if self.item is None or not self.item.blocks:
            return
        block = next((b for b in self.item.blocks if field in b.fields), None)
        if block is None or block.name == "リスク" or field is not block.fields[0]:
            return
        taken = [e for e in self.entries if e.item is self.item and e.file_index == self.files.get(self.part.id, 0)]
        mine = [e for e in taken if e.block == self.block and e.field is field]
        if not self.block.startswith(block.name) or mine:
            last = max((int(e.block.removeprefix(block.name)) for e in taken if e.block.startswith(block.name)), default=0)
            self.block = f"{block.name}{last + 1}"

    def _here(self) -> list[Field]:
        """The fields that may be meant now, nearest first."""
        assert self.item is not None
        name, number = re.sub(r"\d+$", "", self.block), re.sub(r"^\D+", "", self.block)
        block = [f for b in self.item.blocks if b.name == name for f in b.fields]
        block = [f for f in block if not f.only or not number or int(number) in f.only]
        others = [f for b in self.item.blocks if b.name != name for f in b.fields]
        return block + list(self.item.fields) + ([] if name else others)

    def _field_of(self, text: str, first: bool) -> Field | None:
        if not text or len(text) > LABEL_MAX_CHARS:
            return None
        candidates = self._from_here_on(self._here())
        number = circled(text)
        for field in candidates:
            numbered = first or not number or not field.sub or number == field.sub
            if numbered and any(bare(text) == bare(label) for label in field.labels):
                return field
        if not first:
            return None
        return next((f for f in candidates if any(same(text, label) for label in f.labels)), None)

    def _from_here_on(self, fields: list[Field]) -> list[Field]:
        """The fields behind the current one first: a second 具体的な方法 details the field it follows."""
        current = self.entry.field if self.entry else None
        at = next((n + 1 for n, f in enumerate(fields) if f is current), 0)
        return fields[at:] + fields[:at]

    def _inline_label(self, line: Line, cells: list[Cell], lead: int) -> bool:
        """`①部署 総務課` or `委託先名：○○` in one cell."""
        text = cells[lead].text
        for field in self._here():
            for label in field.labels:
                match = re.match(rf"^[①-⑳]?\s*{re.escape(label)}\s*※?\s*(?:[:：]|\s|$)\s*(.+)$", text, re.DOTALL)
                if match and (field.sub and circled(text) == field.sub or re.match(rf"^{re.escape(label)}\s*[:：]", text)):
                    entry = self._label(field, Cell(label, cells[lead].start, cells[lead].start), line)
                    value = match[1]
                    entry.add([Cell(value, cells[lead].start, cells[lead].end), *cells[lead + 1 :]])
                    return True
        return False

    def _elsewhere(self, line: Line, cells: list[Cell]) -> bool:
        """A label that only another item of this part has: that item's heading was lost."""
        text = cells[0].text
        if len(text) > LABEL_MAX_CHARS:
            return False
        others = [
            (likeness(text, label), item)
            for item in self.part.items
            if item is not self.item
            for field in item.fields
            if field.distinctive
            for label in field.labels
            if same(text, label)
        ]
        if not others:
            return False
        self.item, self.block, self.entry, self.outer = max(others, key=lambda pair: pair[0])[1], "", None, None
        self._adopt_orphans(self.item)
        return self._row(line, cells)

    def _is_orphan(self, field: Field) -> bool:
        """Whether this field comes again after its item was complete: it belongs to an item whose heading was lost."""
        assert self.item is not None
        at = self.files.get(self.part.id, 0)
        return (self.part.id, self.item.number, at) in self.closed and not field.closing

    def _adopt_orphans(self, item: FormItem) -> None:
        orphans, self.orphans = self.orphans, []
        for line, field in orphans:
            own = next((f for f in item.fields if any(same(field.label, label) for label in f.labels)), None)
            if own is None:
                self.remainder.extend(line.cells)
            else:
                self._open(own, line.cells[0].text, line.cells[:1], line.page).add(list(line.cells[1:]))

    def _give_up_orphans(self) -> None:
        for line, _ in self.orphans:
            self.remainder.extend(line.cells)
        self.orphans = []

    # -- what has no label ---------------------------------------------------------------------------------

    def _continue(self, line: Line, cells: list[Cell]) -> None:
        target = self.entry
        if self.outer is not None and not cells[0].text and target is not None and target.field and target.filled:
            target = self.outer if target.field.type == "choice" else target
        if target is None:
            if self.part.id == "表紙" or (self.item is None and not self.part.free):
                self.remainder.extend(c for c in cells if c.text)
                return
            target = self._open(None, "", [], line.page)
        target.add(cells)

    # -- changes -------------------------------------------------------------------------------------------

    def _change(self, cells: list[Cell]) -> None:
        texts = [fold(c.text) for c in cells]
        if texts[0] == "変更日" or sum(t in {"項目", "変更前の記載", "変更後の記載", "提出時期"} for t in texts) >= 2:
            self.heads.extend(c for c in cells if c.text)
            return
        dated = bool(_DATE.match(texts[0]))
        if dated or (len(cells) >= 4 and not texts[0]) or self.entry is None:
            number = sum(1 for e in self.entries if e.part is self.part) + 1
            entry = self._open(None, "", [], None, block=f"変更{number}")
            entry.body.append(list(cells))
        else:
            self.entry.body[-1].extend(c for c in cells if c.text)


def _title_fits(printed: str, official: str) -> bool:
    """Whether a heading is this title, maybe with a note behind it (III リスク対策 ※(7. ②を除く。))."""
    if same(printed, official):
        return True
    long, short = bare(printed), bare(official)
    note = long.removeprefix(short)
    return len(short) >= 4 and note != long and len(note) < 25 and not re.match(r"[をにはがとでのし]", note)


def _cut_boxes(text: str) -> tuple[str, str]:
    """'… の委託 [] 委託しない' → title and the boxes behind it."""
    match = re.search(r"[\[［]\s*\S?\s*[\]］]", text)
    return (text[: match.start()], text[match.start() :]) if match else (text, "")
