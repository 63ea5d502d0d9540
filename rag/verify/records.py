"""A composed answer → records: what belongs together (a row, a cited value), as facts of a heading and a value.

Where a retelling joins names, numbers and dates, one record must hold them all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.labels import CIRCLED
from rag.types import Answer, Citation, Row
from rag.verify.facts import folded
from rag.verify.vocabulary import heading_of, headings

_HISTORY = re.compile(r"別添[23](?:\s|$)")
_FILE = re.compile(r"\(ファイル: ([^()]*)\)")
_QUOTED = re.compile(r"「([^「」]+)」")
_BULLETS = re.compile(rf"(?:^|(?<=\s))[・\-]\s*|[{CIRCLED}]\s*")
_ENUMERATED = re.compile(rf"(?:^|\s)[・]|[{CIRCLED}]")
_NOTE = re.compile(r"\s*※.*$", re.DOTALL)
_MARKED = re.compile(r"^\[[○Oo]\]\s*")
_LIST = re.compile(r"[、・](?![^(]*\))")
_PHONE = re.compile(r"\d{2,5}-\d{1,4}-\d{3,4}")
_POSTCODE = re.compile(r"〒\s?\d{3}-\d{4}")
_LABELLED = re.compile(r"(住所|所在地|電話番号|電話|TEL|Tel|FAX|ファクス)\s*[:：]?\s*")
_ADDRESS = re.compile(r"\d+-\d+|丁目|番地?\d|\d番|号$")
_PARTICLE = re.compile(r"[はがをにでとへも](?=[^。])|する|した|して|。")
_COMPANY = re.compile(r"会社|法人|機構|協会|公社|組合|連合会")
#: A value that is a list has entries no longer than this.
_ENTRY_CHARS = 30

PHONE, ADDRESS = "電話番号", "住所"


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a record.

    part, parts  its place in a list, which is told whole; parts 0: it is no part
    entry        it is one of an enumeration, each of which may be told alone
    desk         facts of different desks of one record are not joined (-1: of none)
    """

    record: int
    heading: str
    text: str
    part: int = 0
    parts: int = 0
    entry: bool = False
    desk: int = -1


@dataclass(frozen=True)
class Record:
    """What belongs together.

    tokens   the citations that bear it
    section  its place in the form; of a change the place that changed
    """

    number: int
    tokens: frozenset[int]
    document: str
    body: str
    title: str
    history: bool
    file: str = ""
    row: bool = False
    section: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    facts: tuple[Fact, ...] = field(default=())


def records_of(answer: Answer, lines: dict[int, tuple[str, ...]]) -> list[Record]:
    """The records of an answer.

    lines  for each citation that counts the lines of the composed answer that cite it
    """
    cited = [c for c in answer.citations if c.marker in lines]
    blocks: dict[tuple[object, str], set[int]] = defaultdict(set)
    for c in cited:
        blocks[_block(c)].add(c.marker)
    found: list[Record] = []
    rows = {row.marker: row for row in answer.rows}
    for c in cited:
        if (row := rows.get(c.marker)) is not None:
            found.append(_of_row(len(found), row, c, frozenset(blocks[_block(c)])))
        elif not _HISTORY.match(c.section):
            found.append(_of_citation(len(found), c, lines[c.marker]))
        if row is not None and not _HISTORY.match(c.section):
            found.append(_of_citation(len(found), c, lines[c.marker]))
    return found


def _block(citation: Citation) -> tuple[object, str]:
    """What the citations of one row share: the contract, the recipient, the system that they are taken from."""
    parts = citation.item.split("/")
    return (citation.version or citation.document, "/".join(parts[:2]) if len(parts) > 1 else f"#{citation.marker}")


def _of_row(number: int, row: Row, citation: Citation, tokens: frozenset[int]) -> Record:
    cells = tuple((heading_of(folded(h)), v) for h, v in row.cells if v)
    texts = dict(cells)
    record = Record(
        number, tokens, citation.document, folded(citation.municipality), folded(citation.title),
        _HISTORY.match(citation.section) is not None, folded(texts.get("ファイル", "")), True,
        texts.get("項目", citation.section), cells,
    )  # fmt: skip
    return _with_facts(record, (*cells, *(_items(texts) if record.history else ())))


def _items(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What people call the item of a change: the words behind its number; 委託先 where two companies are told."""
    item = cells.get("項目", "")
    if name := re.sub(rf"^\S+\s|[{CIRCLED}]\s?|^(?:委託事項|提供先|移転先|システム)\d+\s?", "", item).strip():
        yield "項目", name
    if "委託事項" in item and all(_COMPANY.search(cells.get(side, "")) for side in ("変更前", "変更後")):
        yield from (("項目", name) for name in headings("委託先名"))


def _of_citation(number: int, citation: Citation, lines: Sequence[str]) -> Record:
    quoted = [q for line in lines for q in _QUOTED.findall(line) if folded(q) not in folded(citation.title)]
    label = heading_of(clean(citation.label))
    names = {label, heading_of(clean(citation.section.rpartition(" ")[2])), folded(citation.section)}
    own = folded(citation.quote)
    longer = [q for q in quoted if folded(q).startswith(own) and len(folded(q)) > len(own)]
    values = dict.fromkeys(longer or [citation.quote])
    cells = tuple((name, value) for name in sorted(names) if name for value in values)
    file = next((m[1] for line in lines if (m := _FILE.search(line))), "")
    record = Record(
        number, frozenset({citation.marker}), citation.document, folded(citation.municipality),
        folded(citation.title), False, folded(file), False, citation.section, cells,
    )  # fmt: skip
    return _with_facts(record, cells)


def clean(label: str) -> str:
    """A label of the form without numbers and notes, folded."""
    text = re.sub(rf"[{CIRCLED}※]|\(\s*\)", "", label)
    return re.sub(r"^\d+\.|(?<=先)\d+$", "", folded(text))


def _with_facts(record: Record, cells: Iterable[tuple[str, str]]) -> Record:
    facts = [fact for heading, value in cells for fact in _facts(record.number, heading, value)]
    return Record(
        record.number, record.tokens, record.document, record.body, record.title, record.history, record.file,
        record.row, record.section, record.cells, tuple(dict.fromkeys(facts)),
    )  # fmt: skip


def _facts(record: int, heading: str, value: str) -> Iterator[Fact]:
    whole = _MARKED.sub("", value.strip())
    for text in dict.fromkeys(map(_said, (whole, _BULLETS.sub("", whole, count=1), _NOTE.sub("", whole)))):
        if len(text) > 1 or text == _said(whole):
            yield Fact(record, heading, text)
    if heading in {"変更前", "変更後"}:
        return
    entries = [e.strip() for e in _BULLETS.split(value) if e and any(c.isalnum() for c in e)]
    if len(entries) > 1 and _ENUMERATED.search(value):
        for number, entry in enumerate(entries):
            if _PHONE.search(entry):
                yield from _desk(record, heading, entry, number)
            else:
                yield Fact(record, heading, _said(entry), entry=True)
    elif _PHONE.search(value):
        yield from _desk(record, heading, value, -1)
    else:
        parts = _LIST.split(whole)
        if len(parts) > 1 and all(_is_entry(p) for p in parts):
            yield from (Fact(record, heading, folded(p), n, len(parts)) for n, p in enumerate(parts))


def _said(text: str) -> str:
    return folded(text).rstrip("。")


def _is_entry(text: str) -> bool:
    bare = re.sub(r"\([^()]*\)", "", text).strip()
    return 0 < len(bare) <= _ENTRY_CHARS and not _PARTICLE.search(bare)


def _desk(record: int, heading: str, value: str, desk: int) -> Iterator[Fact]:
    """Name, address and telephone number of one desk, each with its own heading too."""
    for phone in _PHONE.findall(value):
        yield Fact(record, PHONE, folded(phone), desk=desk)
    rest = _LABELLED.sub(" ", _PHONE.sub(" ", value))
    name: list[str] = []
    address: list[str] = []
    for word in rest.split():
        (address if _POSTCODE.search(word) or _ADDRESS.search(word) else name).append(word)
    if address:
        yield from (Fact(record, ADDRESS, folded(a), desk=desk) for a in {*address, "".join(address)})
    if name:
        yield Fact(record, heading, folded("".join(name)), desk=desk)
