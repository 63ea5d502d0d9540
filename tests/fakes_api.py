"""Fakes behind the HTTP routes: a catalog of two invented assessments, and an answerer that says what it was told to.

What is asked is kept for real, in a SQLite file. The towns, companies and numbers are invented.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from api.services import Services
from ingest.assessment import (
    RECORD_KINDS,
    Change,
    Contract,
    Item,
    Kind,
    Mark,
    Marking,
    Record,
    Span,
    State,
    Stated,
)
from rag import database
from rag.conversations import Conversations
from rag.errors import BadQuestion, NotFound
from rag.events import Done, Event, Found, Said, Understood
from rag.stop import Stop
from rag.types import (
    Answer,
    Checked,
    Citation,
    Coverage,
    Filters,
    ModelCard,
    Past,
    Reach,
    Row,
    Status,
    Trace,
    Verdict,
    Version,
)
from tests.fakes_draft import FakeDrafter

CONTRACTOR = "汐見データ株式会社 第二営業部"
FILE = "給食費台帳ファイル"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def version(number: int, document: str, **changes: object) -> Version:
    """A version with invented facts."""
    municipality = document.partition("-")[0]
    plain = Version(
        id=number,
        document=document,
        municipality=municipality,
        prefecture="架空県",
        body=f"架空県{municipality}長",
        number=document.partition("-")[2],
        title=f"{municipality} 給食費の管理に関する事務 重点項目評価書",
        duty="給食費の管理に関する事務",
        form="様式3",
        published="令和7年4月1日",
        published_on=dt.date(2025, 4, 1),
        current=True,
        abridged_from="",
        source_name=f"{document}.txt",
        content_hash=f"hash{number}",
        loaded_at=dt.datetime(2025, 5, 1, tzinfo=dt.UTC),
        items=len(ITEMS),
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


def item(order: int, part: str, number: str, block: str, sub: str, label: str, text: str, **changes: object) -> Item:
    """One item of the invented form."""
    titles = {"I": "基本情報", "II": "特定個人情報ファイルの概要", "III": "リスク対策", "別添2": "変更箇所"}
    numbers = {"1": "取り扱う事務", "3": "特定個人情報の入手・使用", "4": "特定個人情報ファイルの取扱いの委託"}
    path = tuple(x for x in (titles.get(part, part), numbers.get(number, "")) if x)
    plain = Item(
        key=f"{part}/{number or '-'}/{block}/{sub or label}#{order} %",
        part=part,
        number=number,
        block=block,
        sub=sub,
        name="",
        label=label,
        path=path,
        text=text,
        state=State.STATED if text else State.BLANK,
        kind=Kind.PRESENT,
        spans=(Span(0, 1),),
        file=FILE if part in {"II", "III"} else "",
        file_index=1 if part in {"II", "III"} else 0,
        order=order,
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


ITEMS = (
    item(0, "表紙", "", "", "", "評価書番号", "7"),
    item(1, "表紙", "", "", "", "公表日", "令和7年4月1日"),
    item(2, "I", "1", "", "①", "①事務の名称", "給食費の管理に関する事務"),
    item(3, "I", "1", "", "③", "③対象人数", "1万人以上10万人未満", choice=True),
    item(
        4,
        "II",
        "3",
        "",
        "②",
        "②入手方法",
        "■紙 □電子メール",
        marks=(
            Mark("紙", Marking.MARKED),
            Mark("電子メール", Marking.UNMARKED),
            Mark("その他", Marking.UNREADABLE, "学校経由"),
        ),
    ),
    item(5, "II", "4", "委託事項1", "", "委託事項1", "口座振替データの作成"),
    item(6, "II", "4", "委託事項1", "①", "①委託内容", "給食費の口座振替データを作成し、\n金融機関へ送る。" + EVIL),
    item(7, "II", "4", "委託事項1", "③", "③委託先名", CONTRACTOR),
    item(8, "II", "4", "委託事項1", "④", "④再委託の有無", "再委託する", choice=True),
    item(9, "II", "4", "委託事項2", "", "委託事項2", "システムの保守"),
    item(10, "II", "4", "委託事項2", "③", "③委託先名", "", state=State.UNREADABLE),
    item(11, "III", "4", "", "", "規定の内容", "・秘密を守ること。\n・持ち出さないこと。"),
    item(12, "別添2", "", "変更1", "", "変更1", "令和6年4月1日\t委託先名\t旧社\t新社\t事後", kind=Kind.HISTORY),
)

OLDER = version(1, "青葉野市-7", published="令和5年4月1日", published_on=dt.date(2023, 4, 1), current=False)
CURRENT = version(2, "青葉野市-7", gaps=(("I.2", "番号が 1 から 3 へ飛んでいます。"),))
OTHER = version(3, "汐見町-2", abridged_from="汐見町-2", title="図書館利用に関する事務", duty="図書館利用に関する事務")


def stated(at: int) -> Stated:
    """The text of an item as the value of a cell."""
    return Stated(ITEMS[at].text, ITEMS[at].key, ITEMS[at].state)


def said(text: str) -> Stated:
    """A value that no item of its own says."""
    return Stated(text, "", State.STATED)


CONTRACTS = (
    Contract(1, FILE, 1, stated(5), stated(6), said("-"), stated(7), stated(8), said("=1+1"), said("-1")),
    Contract(2, FILE, 1, stated(9), contractor=stated(10)),
)
CHANGES = (
    Change(
        1,
        date=Stated("令和6年4月1日", ITEMS[12].key, State.STATED),
        item=said("II.4 委託事項1 ③委託先名"),
        before=said("汐見計算株式会社 第一営業部"),
        after=said(CONTRACTOR),
        timing=said("事後"),
        explanation=said("契約の更新による"),
    ),
)


class FakeCatalog:
    """The reading half of the catalog over the invented assessments."""

    engine: sa.Engine

    def __init__(self, broken: Exception | None = None, empty: bool = False) -> None:
        self.broken = broken
        self.all = [] if empty else [OLDER, CURRENT, OTHER]

    def generation(self) -> int:
        if self.broken:
            raise self.broken
        return 4

    def versions(self, document: str | None = None, current_only: bool = True) -> list[Version]:
        if self.broken:
            raise self.broken
        return [v for v in self.all if (not document or v.document == document) and (v.current or not current_only)]

    def version(self, document: str, as_of: dt.date | None = None) -> Version:
        for found in self.versions(document):
            return found
        raise NotFound(f"{document} は収録していません。")

    def version_by_id(self, version_id: int) -> Version:
        for found in self.all:
            if found.id == version_id:
                return found
        raise NotFound("その版はありません。")

    def items(self, version_id: int, part: str | None = None, number: str | None = None) -> list[Item]:
        return [i for i in ITEMS if part in {None, i.part} and number in {None, i.number}]

    def item(self, version_id: int, key: str) -> Item:
        for found in ITEMS:
            if found.key == key:
                return found
        raise NotFound("その項目はありません。")

    def source(self, version_id: int) -> str:
        return "\n".join(f"{i.label}\t{i.text}" for i in ITEMS)

    def records(self, kind: str, version_ids: Sequence[int] | None = None) -> list[tuple[Version, Record]]:
        wanted = [v for v in self.all if (v.current if version_ids is None else v.id in version_ids)]
        rows: list[Record] = [r for r in (*CONTRACTS, *CHANGES) if type(r) is RECORD_KINDS[kind]]
        return [(v, r) for v in wanted if v.document == "青葉野市-7" for r in rows]


class FakeLibrary:
    """Holds the fake catalog."""

    def __init__(self, catalog: FakeCatalog) -> None:
        self.catalog = catalog
        self.folder = tempfile.TemporaryDirectory()
        self.catalog.engine = database.open_engine("", Path(self.folder.name))
        self.conversations = Conversations(self.catalog.engine)

    def close(self) -> None:
        """Nothing to let go of."""


def citation(marker: int, at: int, quote: str) -> Citation:
    """A citation of one of the invented items."""
    cited = ITEMS[at]
    return Citation(
        marker,
        "青葉野市-7",
        "青葉野市",
        CURRENT.title,
        cited.section,
        cited.label,
        CURRENT.published,
        quote,
        item=cited.key,
        version=2,
    )


def answered(question: str) -> Answer:
    """An answer with rows, citations, a warning and a suggestion."""
    return Answer(
        question,
        Status.ANSWERED,
        "委託先は **1件** です。[1] " + EVIL,
        rows=(Row("青葉野市-7", (("委託事項", "口座振替データの作成"), ("委託先名", CONTRACTOR), ("式", "=1+1")), 1),),
        citations=(citation(1, 7, CONTRACTOR), citation(2, 8, "再委託する")),
        coverage=Coverage(2, 1, 1),
        warnings=("記載の食い違い: II.4 では「再委託する」ですが [2]、III.4 では「再委託していない」です。",),
        suggestions=("再委託の有無は？",),
    )


ALL = Filters()


MODEL = ModelCard("ollama:yamabiko", Reach.MACHINE, "127.0.0.1")
SENTENCES = (
    "青葉野市の委託先は、汐見データ株式会社 第二営業部です。[1]",
    "口座振替データの作成を委託しています。[1]",
    "再委託をします。[2]",
)


class FakeAnswerer:
    """Answers as told: by the status whose name stands in the question, otherwise with the full answer.

    says    what a model words the full answer with, one sentence after another
    gap_s   time before each of them
    breaks  the fault that comes after them
    """

    def __init__(self, max_chars: int = 2000, delay_s: float = 0) -> None:
        self.max_chars = max_chars
        self.delay_s = delay_s
        self.says: tuple[str, ...] = ()
        self.gap_s = 0.0
        self.breaks: Exception | None = None
        self.keep: Callable[[Trace, str, str, str], None] = lambda trace, conversation, replaces, owner: None
        self.asked: list[tuple[str, Filters]] = []
        self.earlier: list[tuple[Past, ...]] = []
        self.stops: list[Stop] = []

    def stream(
        self,
        question: str,
        filters: Filters = ALL,
        *,
        conversation: str = "",
        earlier: Sequence[Past] = (),
        stop: Stop | None = None,
        id: str = "",
        replaces: str = "",
        owner: str = "local",
    ) -> Iterator[Event]:
        asked_at = dt.datetime.now(dt.UTC)
        stop = stop or Stop()
        self.earlier.append(tuple(earlier))
        self.stops.append(stop)
        answer = self.ask(question, filters, conversation=conversation, earlier=earlier)
        refused = answer.status is Status.REFUSED
        standing = f"{earlier[-1].question}について、{question}" if earlier and "そこ" in question else question
        if not refused:
            yield Understood(id, standing, standing != question)
        interpreted = standing if standing != question else ""
        answer = dataclasses.replace(answer, id="" if refused else id, interpreted=interpreted)
        worded = bool(self.says) and answer.status is Status.ANSWERED
        yield Found(answer, worded)
        verdicts: tuple[Verdict, ...] = ()
        if worded:
            answer, verdicts = yield from self._worded(answer, stop)
        trace = Trace(
            id,
            asked_at,
            question,
            standing,
            filters,
            answer,
            plan={"language": "ja", "municipalities": ["青葉野市"], "terms": []},
            evidence=({"token": "c1", "place": "青葉野市 II.4 委託事項1 ③", "quote": CONTRACTOR},) if worded else (),
            prompts={"compose": "3b1f0c9ad2e4"} if worded else {},
            timings_ms={"guard": 0.1, "find": 12.3},
            verdicts=verdicts,
        )
        if not refused:
            self.keep(trace, conversation, replaces, owner)
        yield Done(answer, trace)

    def _worded(self, answer: Answer, stop: Stop) -> Generator[Event, None, tuple[Answer, tuple[Verdict, ...]]]:
        ended = threading.Event()
        stop.on_set(ended.set)
        for sentence in self.says:
            if ended.wait(self.gap_s):
                notice = "停止したので、記録と原文から組み立てた回答を示します。"
                return dataclasses.replace(answer, model=MODEL.name, notice=notice), ()
            yield Said(sentence)
        if self.breaks:
            raise self.breaks
        dropped = Verdict("手数料は500円です。", False, "根拠に「500円」がありません")
        verdicts = (*(Verdict(sentence, True) for sentence in self.says), dropped)
        checked = Checked(len(verdicts), len(self.says))
        text = "".join(self.says)
        worded = dataclasses.replace(answer, answer=text, composed_by="model", model=MODEL.name, checked=checked)
        return worded, verdicts

    def ask(
        self, question: str, filters: Filters = ALL, *, conversation: str = "", earlier: Sequence[Past] = ()
    ) -> Answer:
        time.sleep(self.delay_s)
        if not question.strip():
            raise BadQuestion("質問が空です。知りたいことを書いてください。")
        if len(question) > self.max_chars:
            raise BadQuestion(f"質問が長すぎます。{self.max_chars}文字以内にしてください。")
        if "爆発" in question:
            raise RuntimeError("boom")
        self.asked.append((question, filters))
        for status in Status:
            if status is not Status.ANSWERED and status.value in question:
                return Answer(question, status, f"{status.value} のときの説明です。", coverage=Coverage(2, 0, 1))
        return answered(question)


def fake_services(model: ModelCard | None = None, **catalog: object) -> Services:
    """Services with the invented assessments; `model` is said to word the answers."""
    library = FakeLibrary(FakeCatalog(**catalog))  # type: ignore[arg-type]
    answerer = FakeAnswerer()
    answerer.keep = library.conversations.keep
    return Services(library, answerer, model, FakeDrafter())
