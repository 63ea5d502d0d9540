"""Small hand-made assessments and a scripted language model.

Ten lines of text stand in for the official form, with their own reader and cutter:

文書: 甲市-1
公表日: 令和6年4月1日 2024-04-01
抄録: 甲市-1            (only in an abridged one)
II.4 委託事項1 ③|委託先名|株式会社エイ
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ValidationError

from ingest.assessment import (
    Assessment,
    Chunk,
    Contract,
    Cover,
    Gap,
    Item,
    Kind,
    Mark,
    Marking,
    Record,
    Remainder,
    Span,
    State,
    Stated,
)
from ingest.errors import NotAssessment
from prompts import Message
from rag.errors import ModelError
from rag.ports import Structure, Vectors
from rag.stop import Stop
from rag.types import ModelCard, Reach

ITEMS = (
    "I.1 ①|事務の名称|児童手当の支給に関する事務",
    "II.4 委託事項1 ③|委託先名|株式会社エイ",
    "III.3 リスク2|ユーザ認証の管理|職員証と静脈認証で本人を確かめ、権限のない者の利用を防ぐ。",
    "III.7 ①|事故発生時手順|責任者に直ちに知らせ、記録を残す。",
    "IV.2 ①|連絡先|総務課 電話 00-0000-0000",
)


def form_text(
    document: str = "甲市-1", published: str = "2024-04-01", items: Sequence[str] = ITEMS, abridged_from: str = ""
) -> str:
    """The text of a hand-made assessment."""
    printed = f"{published}公表" if published else "不明"
    head = [f"文書: {document}", f"公表日: {printed} {published}"]
    return "\n".join([*head, *([f"抄録: {abridged_from}"] if abridged_from else []), *items, ""])


def write_form(path: Path, *args: object, **kwargs: object) -> Path:
    """Writes `form_text(…)` to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(form_text(*args, **kwargs), "utf-8")  # type: ignore[arg-type]
    return path


def read_form(path: Path) -> Assessment:
    """The hand-made assessment in a file; raises NotAssessment."""
    source = path.read_text("utf-8")
    lines = source.split("\n")
    if not lines[0].startswith("文書: "):
        raise NotAssessment(f"{path.name} は評価書ではありません。")
    head = dict(line.split(": ", 1) for line in lines if ": " in line and "|" not in line)
    printed, _, iso = head["公表日"].partition(" ")
    items = tuple(_item(line, order, source) for order, line in enumerate(x for x in lines if "|" in x))
    municipality, _, number = head["文書"].partition("-")
    return Assessment(
        document=head["文書"],
        municipality=municipality,
        prefecture="乙県",
        body=f"{municipality}長",
        number=number,
        title=f"{municipality}の評価書",
        duty="児童手当の支給に関する事務",
        form="様式3",
        published=printed,
        published_on=dt.date.fromisoformat(iso) if iso else None,
        source=source,
        items=items,
        records=_records(items),
        gaps=(Gap("I.2", "番号が続いていません。"),),
        remainders=(Remainder(Span(0, 2), source[:2]),),
        abridged_from=head.get("抄録", ""),
    )


def _item(line: str, order: int, source: str) -> Item:
    section, label, text = line.split("|")
    place, *rest = section.split(" ")
    part, _, number = place.partition(".")
    start = source.index(line)
    return Item(
        key=section.replace(" ", "/"),
        part=part,
        number=number,
        block=next((x for x in rest if x[0] not in "①②③"), ""),
        sub=next((x for x in rest if x[0] in "①②③"), ""),
        name="",
        label=label,
        path=("特定個人情報ファイル", label),
        text=text,
        state=State.STATED if text else State.BLANK,
        kind=Kind.PRESENT,
        spans=(Span(start, start + len(line)),),
        file="児童手当ファイル" if part in ("II", "III") else "",
        file_index=1 if part in ("II", "III") else 0,
        page=None,
        marks=(Mark("紙", Marking.MARKED, "写し"), Mark("フラッシュメモリ", Marking.UNREADABLE)) if part == "I" else (),
        choice=part == "IV",
        order=order,
    )


def _records(items: Sequence[Item]) -> tuple[Record, ...]:
    contractors = [item for item in items if item.label == "委託先名"]
    contracts = [
        Contract(number=n, file=item.file, file_index=1, contractor=Stated(item.text, item.key, item.state))
        for n, item in enumerate(contractors, 1)
    ]
    return (Cover(duty=Stated(items[0].text, items[0].key, State.STATED)), *contracts)


def cut_form(assessment: Assessment) -> tuple[Chunk, ...]:
    """One chunk for each item that says something."""
    digest = hashlib.sha256(assessment.source.encode()).hexdigest()[:12]
    return tuple(
        Chunk(
            key=f"{assessment.document}@{digest}:{item.key}",
            item=item.key,
            text=item.text,
            start=0,
            end=len(item.text),
            heading=f"{assessment.municipality} {item.label}",
            document=assessment.document,
            municipality=assessment.municipality,
            duty=assessment.duty,
            part=item.part,
            number=item.number,
            block=item.block,
            sub=item.sub,
            name=item.name,
            label=item.label,
            file=item.file,
            published=assessment.published,
            kind=item.kind,
            section=item.section,
            order=item.order,
        )
        for item in assessment.items
        if item.text
    )


class CountingEncoder:
    """Character pairs hashed into 64 dimensions: alike texts get alike vectors, and calls are counted."""

    def __init__(self, name: str = "counting", dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions
        self.encoded = 0

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimensions), each of length 1."""
        self.encoded += len(texts)
        return np.stack([self.encode_query(text) for text in texts]) if texts else np.zeros((0, self.dimensions), "f4")

    def encode_query(self, text: str) -> Vectors:
        """One vector of shape (dimensions,), of length 1."""
        vector = np.full(self.dimensions, 1e-6, dtype=np.float32)
        for pair in pairwise(text):
            vector[int.from_bytes(hashlib.blake2b("".join(pair).encode(), digest_size=4).digest()) % len(vector)] += 1
        return vector / np.linalg.norm(vector)


#: A text, an exception raised at this place, many texts, or what makes them (also without end).
Piece = str | Exception | Iterable[str] | Callable[[], Iterable[str]]


class ScriptedModel:
    """A ChatModel that says what was enqueued, one entry a call, streams and objects in queues of their own.

    `calls` are the messages of each call. A call for which nothing is left fails the test (it is no ModelError).
    """

    def __init__(self, context_tokens: int = 8192) -> None:
        self.card = ModelCard("scripted:model", Reach.MACHINE)
        self.context_tokens = context_tokens
        self.calls: list[list[Message]] = []
        self.closed = False
        self._streams: deque[tuple[tuple[Piece, ...], float]] = deque()
        self._objects: deque[BaseModel | dict[str, object] | str | Exception] = deque()

    def enqueue(self, *pieces: Piece, error: Exception | None = None, pause_s: float = 0) -> None:
        """One stream. `error` is raised after the pieces, `pause_s` passes before each of them."""
        self._streams.append(((*pieces, error) if error else pieces, pause_s))

    def enqueue_structured(self, answer: BaseModel | dict[str, object] | str | Exception) -> None:
        """One object; a dict or JSON text is validated as the real model's would be, an exception is raised."""
        self._objects.append(answer)

    def stream(self, messages: Sequence[Message], stop: Stop) -> Iterator[str]:
        """The next stream; ends as soon as `stop` is set, raises ModelError where it says nothing."""
        if stop.is_set():
            return
        self.calls.append(list(messages))
        assert self._streams, "the model was asked for a text, and none was enqueued"
        pieces, pause_s = self._streams.popleft()
        said = False
        for text in _texts(pieces):
            if pause_s and _stopped_within(pause_s, stop):
                return
            if stop.is_set():
                return
            said = said or bool(text.strip())
            yield text
        if not said and not stop.is_set():
            raise ModelError("言語モデルが何も答えませんでした。", retryable=True)

    def structured(self, messages: Sequence[Message], shape: type[Structure], stop: Stop) -> Structure:
        """The next object. Raises ModelError where it has another shape, and when stopped."""
        if stop.is_set():
            raise ModelError("言語モデルへの要求を止めました。", retryable=True)
        self.calls.append(list(messages))
        assert self._objects, "the model was asked for an object, and none was enqueued"
        answer = self._objects.popleft()
        if isinstance(answer, Exception):
            raise answer
        try:
            return shape.model_validate_json(answer) if isinstance(answer, str) else shape.model_validate(answer)
        except ValidationError as error:
            raise ModelError("言語モデルの答えの形が正しくありません。") from error

    def close(self) -> None:
        """Notes that it was closed."""
        self.closed = True


def _texts(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Exception):
            raise piece
        if isinstance(piece, str):
            yield piece
        else:
            yield from piece() if callable(piece) else piece


def _stopped_within(seconds: float, stop: Stop) -> bool:
    heard = threading.Event()
    forget = stop.on_set(heard.set)
    try:
        return heard.wait(seconds)
    finally:
        forget()
