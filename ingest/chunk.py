"""Assessment → chunks: pieces of items for search, cut at sentences and never across items or headings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from ingest.assessment import Assessment, Chunk, Item, Kind, State
from ingest.sentences import Sentence, sentences

#: Texts that follow the national model and stand in nearly every assessment.
BOILERPLATE = re.compile(r"中間サーバー?・?|ガバメントクラウド|自治体中間サーバ")
MAX_CHARS = 320


def content_hash(source: str) -> str:
    """Identifies one text of an assessment: SHA-256 in hexadecimal."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()


def chunks(assessment: Assessment) -> tuple[Chunk, ...]:
    """All chunks in order of the document. Blank items have none; a choice or a group of boxes is one chunk."""
    digest = content_hash(assessment.source)[:12]
    found: list[Chunk] = []
    for item in assessment.items:
        if item.state is State.BLANK or not item.text or item.name == "項目一覧":
            continue
        for n, (start, end, heading) in enumerate(_pieces(item)):
            key = f"{assessment.document}@{digest}:{item.key}:{n}"
            found.append(_chunk(assessment, item, key, start, end, heading, len(found)))
    return tuple(found)


def _pieces(item: Item) -> Iterator[tuple[int, int, str]]:
    if item.choice or item.marks or item.kind is Kind.HISTORY:
        yield 0, len(item.text), ""
        return
    held: list[Sentence] = []
    for sentence in sentences(item.text):
        full = held and sentence.end - held[0].start > MAX_CHARS
        if held and (full or sentence.heading != held[0].heading):
            yield held[0].start, held[-1].end, held[0].heading
            held = []
        held.append(sentence)
    if held:
        yield held[0].start, held[-1].end, held[0].heading


def _chunk(a: Assessment, item: Item, key: str, start: int, end: int, heading: str, order: int) -> Chunk:
    kind = Kind.BOILERPLATE if item.kind is Kind.PRESENT and BOILERPLATE.search(heading) else item.kind
    place = " ".join(dict.fromkeys((*item.path, item.block, heading)))
    return Chunk(
        key=key,
        item=item.key,
        text=item.text[start:end],
        start=start,
        end=end,
        heading=f"{a.municipality} {a.duty} {place}".strip(),
        document=a.document,
        municipality=a.municipality,
        duty=a.duty,
        part=item.part,
        number=item.number,
        block=item.block,
        sub=item.sub,
        name=item.name,
        label=item.label,
        file=item.file,
        published=a.published,
        kind=kind,
        section=item.section,
        order=order,
    )
