"""What the samples and the published assessments are read as; `python -m tests.ingest.golden` writes it anew.

Of the samples everything is kept, a line an item and a record; of the published ones only counts and hashes.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from ingest.assessment import Assessment, Item, Record, Stated
from ingest.read import read_assessment
from tests.ingest.printed import PUBLISHED, SAMPLES

FOLDER = Path(__file__).parent / "golden"
PUBLISHED_FACTS = FOLDER / "published.json"


def golden_of(path: Path) -> Path:
    return FOLDER / f"{path.stem}{path.suffix}.jsonl"


def samples() -> list[Path]:
    return sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.xlsx")])


def published() -> list[Path]:
    return sorted(PUBLISHED.glob("*.txt")) if PUBLISHED.is_dir() else []


def lines_of(a: Assessment) -> list[str]:
    """The whole assessment, a line of JSON each for its identity, items, records, gaps and remainders."""
    identity = [a.document, a.municipality, a.prefecture, a.number, a.title, a.duty, a.form, str(a.published_on)]
    rows: list[Any] = [["identity", *identity], *map(_item, a.items), *map(_record, a.records)]
    rows += [["gap", g.section, g.reason] for g in a.gaps]
    rows += [["remainder", r.text] for r in a.remainders]
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def _item(item: Item) -> list[Any]:
    marks = [" ".join(x for x in (m.marking.value, m.label, m.detail) if x) for m in item.marks]
    more = {"marks": marks, "choice": item.choice, "page": item.page, "kind": item.kind.value}
    return [
        "item",
        item.key,
        item.section,
        item.label,
        item.state.value,
        item.text,
        {k: v for k, v in more.items() if v},
    ]


def _record(record: Record) -> list[Any]:
    cells = {f.name: getattr(record, f.name) for f in dataclasses.fields(record)}
    said = {k: v.value for k, v in cells.items() if isinstance(v, Stated) and v.value}
    return ["record", type(record).__name__, record.number, record.file, said]


def facts_of(a: Assessment) -> dict[str, Any]:
    """Counts and hashes, no text."""
    inside = bytearray(len(a.source))
    for item in a.items:
        for span in item.spans:
            inside[span.start : span.end] = b"\1" * (span.end - span.start)
    visible = [i for i, c in enumerate(a.source) if not c.isspace()]
    return {
        "items": len(a.items),
        "states": dict(sorted(Counter(i.state.value for i in a.items).items())),
        "records": dict(sorted(Counter(type(r).__name__ for r in a.records).items())),
        "gaps": [g.section for g in a.gaps],
        "remainder_chars": sum(len(r.text) for r in a.remainders),
        "coverage": round(sum(inside[i] for i in visible) / len(visible), 4),
        "sha256": hashlib.sha256("\n".join(lines_of(a)).encode()).hexdigest(),
    }


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.jsonl"):
        old.unlink()
    for path in samples():
        golden_of(path).write_text("\n".join(lines_of(read_assessment(path))) + "\n", encoding="utf-8")
    if published():
        facts = {p.stem: facts_of(read_assessment(p)) for p in published()}
        PUBLISHED_FACTS.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
