"""Earlier replies alike: by rare shared words and shared documents, of those that may be seen."""

from __future__ import annotations

import dataclasses

from fakes_replies import AUTHOR, OTHER, SECOND, Desk, composed

from rag.replies.similar import alike, words_of
from rag.replies.since import Since, since
from rag.replies.types import Deed, KeptReply
from rag.types import Citation, Version
from tests.fakes_api import CURRENT, FakeCatalog, citation


def begun(desk: Desk, question: str, *documents: str) -> KeptReply:
    return desk(AUTHOR).start(composed(questions=(question,), documents=documents))


def test_the_like_are_offered_best_first(desk: Desk) -> None:
    same = begun(desk, "子ども医療費のデータはどの会社に委託していますか", "川向市-3")
    near = begun(desk, "子ども医療費のデータは誰が見ますか", "川向市-3")
    begun(desk, "市営住宅の申込書はいつまで保管しますか", "川向市-9")
    now = begun(desk, "子ども医療費のデータを委託している会社はどこですか", "川向市-3")
    found = desk(AUTHOR).alike(now)
    assert [kept.id for _, kept in found] == [same.id, near.id]
    assert found[0][0].score > found[1][0].score
    assert found[0][0].documents == ("川向市-3",)


def test_later_ones_are_not_earlier(desk: Desk) -> None:
    first = begun(desk, "委託先はどこですか", "川向市-3")
    begun(desk, "委託先はどこですか", "川向市-3")
    assert desk(AUTHOR).alike(first) == []


def test_only_what_may_be_seen_is_offered(desk: Desk) -> None:
    draft = begun(desk, "委託先はどこですか", "川向市-3")
    theirs = desk(OTHER).start(composed(questions=("委託先はどこですか",), documents=("川向市-3",)))
    assert desk(OTHER).alike(theirs) == []
    desk(OTHER).do(theirs.id, Deed.PROPOSE, 1)
    desk(AUTHOR).do(draft.id, Deed.PROPOSE, 1)
    assert [kept.id for _, kept in desk(SECOND).alike(desk(SECOND).get(theirs.id))] == [draft.id]
    assert desk(OTHER).alike(theirs) == []


def test_a_shared_document_alone_is_not_alike() -> None:
    assert alike(words_of(["委託先はどこ"]), ["甲市-1"], [("x", words_of(["保管期間"]), ["甲市-1"])], 3) == []


def test_tokens_of_masking_are_no_words() -> None:
    assert words_of(["〔氏名1〕の口座はどこですか"]) == words_of(["〔住所2〕の口座はどこですか"])


class TwoVersions(FakeCatalog):
    """A newer version that says another contractor, or none at all."""

    def __init__(self, text: str, newest: Version | None) -> None:
        super().__init__()
        self.text = text
        self.all = [dataclasses.replace(CURRENT, current=False), newest] if newest else []

    def source(self, version_id: int) -> str:
        return super().source(version_id) if version_id == CURRENT.id else self.text


NEWER = dataclasses.replace(CURRENT, id=9, published="令和8年4月1日")
CITED: tuple[Citation, ...] = (citation(1, 5, "口座振替データの作成"), citation(2, 8, "再委託する"))


def test_nothing_changed() -> None:
    assert since(FakeCatalog(), CITED) == ()


def test_a_newer_version_names_what_it_no_longer_says() -> None:
    found = since(TwoVersions("口座振替データの作成\n再委託しない", NEWER), CITED)
    assert found == (Since("青葉野市-7", 2, 9, "令和7年4月1日", "令和8年4月1日", (2,)),)


def test_an_assessment_that_is_gone() -> None:
    assert since(TwoVersions("", None), CITED) == (Since("青葉野市-7", 2, 0, "令和7年4月1日", "", (1, 2)),)
