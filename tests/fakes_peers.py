"""Peers of one's own making, and a drafter over them: behind the tests of the drafting engine."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.read import read_assessment
from rag import library as library_module
from rag.checks.paper import of_assessment
from rag.draft.drafter import Drafter
from rag.draft.plain import plain_text
from rag.draft.profile import ContractFact, Profile, RecipientFact
from rag.draft.types import DraftSentence, FieldDraft, FieldKind
from rag.shelf import Book
from rag.types import Version
from tests.fakes_filled import draft_of, full, read, sentence

ROOT = Path(library_module.__file__).parents[1]
PUBLISHED = ROOT.parent / "shared" / "data" / "assessments"
TODAY = dt.date(2026, 4, 1)
PEER = Profile(
    body="霧ヶ原市長",
    city="霧ヶ原市",
    duty="子ども医療費の助成に関する事務",
    number="5",
    title="霧ヶ原市 子ども医療費の助成に関する事務 重点項目評価書",
    published="令和7年4月1日",
    department="健康未来部すこやか給付課",
    systems=("キリノキ助成システム", "霧原共通基盤システム"),
    contracts=(
        ContractFact("キリノキ助成システムの運用保守", contractor="霧原データ株式会社", subcontract="再委託しない"),
    ),
    recipients=(RecipientFact("霧ヶ原市収納推進課", transfer=True),),
    contact="霧ヶ原市総務企画部法務文書課 999-8888 霧ヶ原市朝日台3丁目4番地 09-9876-5432",
)
#: A body with every kind of fact, of another duty of the same kind.
OWN = Profile(
    body="夕凪市長",
    city="夕凪市",
    duty="ひとり親家庭等医療費の助成に関する事務",
    department="こども部給付課",
    people="1万人以上10万人未満",
    systems=("医療助成システム",),
    authentication="ユーザIDとパスワード",
    contracts=(ContractFact("医療助成システムの運用保守", subcontract="再委託する"),),
    hosting="庁内のサーバー室",
    linkage="実施する",
    contact="夕凪市総務部文書課 00-0000-0000",
)


def peer(says: Mapping[str, str | Sequence[str]] | None = None, profile: Profile = PEER) -> Book:
    """A peer that states these fields, and its own facts in those that the profile tells of."""
    told = dict(says or {})
    facts = {
        "表紙 評価書番号": profile.number,
        "表紙 評価書名": profile.title,
        "表紙 評価実施機関名": profile.body,
        "表紙 公表日": profile.published,
        "I.1 ①": profile.duty,
        "I.6 ①": profile.department,
        "II.2 ⑥": profile.department,
        "II.3 ④ 使用部署": profile.department,
        "IV.1 ①": profile.contact,
        "IV.2 ①": profile.contact,
    }
    for n, system in enumerate(profile.systems, 1):
        facts[f"I.2 システム{n} ①"] = system
    for n, contract in enumerate(profile.contracts or (), 1):
        facts[f"II.4 委託事項{n}"], facts[f"II.4 委託事項{n} ③"] = contract.title, contract.contractor

    def stated(field: FieldDraft) -> object:
        said = told.get(field.section) or facts.get(field.section)
        if field.kind is not FieldKind.TEXT:
            return said or full(field)
        lines = [said] if isinstance(said, str) else list(said or ["-"])
        return [sentence(f"{field.section}/{n}", line) for n, line in enumerate(lines)]

    text = plain_text(draft_of(stated, profile))  # type: ignore[arg-type]
    document = f"{profile.city}-{profile.number}"
    return numbered(of_assessment(read(text, f"{document}.txt"), f"{document}.txt", TODAY).book, int(profile.number))


def numbered(book: Book, id: int) -> Book:
    """The book as the catalog would number it: citations tell versions apart by their ids."""
    return replace(book, version=replace(book.version, id=id))


class Shelf:
    """Books that are on the table already."""

    def __init__(self, books: Sequence[Book]) -> None:
        self.books = list(books)

    def versions(self) -> tuple[Version, ...]:
        return tuple(b.version for b in self.books)

    def open(self, version: Version) -> Book:
        return next(b for b in self.books if b.version is version)


def drafter(*books: Book, today: dt.date = TODAY) -> Drafter:
    """A drafter over these books."""
    return Drafter(Shelf(books), today)  # type: ignore[arg-type]


@functools.cache
def books_in(folder: Path) -> tuple[Book, ...]:
    """The assessments of a folder, read once."""
    paths = sorted(p for p in folder.iterdir() if p.suffix in {".txt", ".xlsx"})
    read_ = (of_assessment(read_assessment(p), p.name, TODAY).book for p in paths)
    return tuple(numbered(book, n) for n, book in enumerate(read_, 1))


def said(field: FieldDraft) -> tuple[DraftSentence, ...]:
    """All that a field shows: what it says and what it offers."""
    return (*field.sentences, *field.offers)
