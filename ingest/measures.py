"""Part III: what is done against which risk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.assessment import Item, Measure, State, Stated
from ingest.forms import Form
from ingest.look import of


def make_measures(form: Form, items: Sequence[Item]) -> Iterator[Measure]:
    """One for each stated field of a risk item: what is done against which risk, and how it is rated."""
    risks = {(p.id, i.number): i.risks for p in form.parts for i in p.items}
    ratings = {(i.part, i.number, i.block, i.file_index): of(i) for i in items if "対策は十分か" in i.label}
    parts = {"III"} if form.form == "様式3" else {"III", "IV"}
    for item in items:
        if item.part not in parts or item.choice or item.name == "リスク" or item.state is not State.STATED:
            continue
        if item.number == "1" and item.part == "III":  # the file's name
            continue
        known = risks.get((item.part, item.number), ())
        n = int(re.sub(r"\D", "", item.block) or 1)
        risk = known[n - 1] if n <= len(known) else item.path[1] if len(item.path) > 1 else item.label
        yield Measure(
            int(item.number or 0),
            item.file,
            item.file_index,
            risk=Stated(risk, item.key, State.STATED),
            field_name=Stated(item.name or item.label, item.key, State.STATED),
            text=of(item),
            rating=ratings.get((item.part, item.number, item.block, item.file_index), Stated()),
        )
