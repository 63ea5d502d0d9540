"""Peers ranked with their reasons; staff choose among them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from rag.draft.peers import MAX_CHOSEN, WEIGHTS, choose, rank, same_duty
from rag.draft.profile import Profile
from rag.draft.types import Peer
from tests.fakes_peers import PEER, TODAY, peer

OWN = Profile(
    city="夕凪市",
    duty="ひとり親家庭等医療費の助成に関する事務",
    people="1万人以上10万人未満",
    authentication="静脈認証",
)


def of(number: int, **facts: object) -> Profile:
    return replace(PEER, number=str(number), **facts)  # type: ignore[arg-type]


def ranked(*profiles: Profile, own: Profile = OWN) -> tuple[Peer, ...]:
    return rank(own, [peer(profile=p) for p in profiles], TODAY)


def value(found: Peer, name: str) -> float:
    return next(r.value for r in found.reasons if r.name == name)


def test_the_weights_are_parts_of_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_the_same_duty_before_a_kindred_one_before_another() -> None:
    same = of(1, duty="ひとり親家庭等医療費の支給に関する事務", title="霧ヶ原市 ひとり親家庭等医療費 評価書")
    kindred = of(2)
    other = of(3, duty="市営住宅の管理に関する事務", title="霧ヶ原市 市営住宅 評価書")
    found = ranked(other, kindred, same)
    assert [p.document for p in found] == ["霧ヶ原市-1", "霧ヶ原市-2", "霧ヶ原市-3"]
    assert [value(p, "事務") for p in found] == [1.0, 0.6, 0.1]
    assert same_duty(OWN, peer(profile=same))
    assert not same_duty(OWN, peer(profile=kindred))


def test_the_newer_before_the_older() -> None:
    found = ranked(of(1, published="令和3年4月1日"), of(2, published="令和8年3月1日"))
    assert [p.document for p in found] == ["霧ヶ原市-2", "霧ヶ原市-1"]
    assert 0 < value(found[1], "新しさ") < value(found[0], "新しさ") <= 1


def test_one_of_a_far_past_is_worth_nothing_as_news() -> None:
    assert value(ranked(of(1, published="平成28年4月1日"))[0], "新しさ") == 0
    later = rank(OWN, [peer()], dt.date(2040, 1, 1))
    assert value(later[0], "新しさ") == 0


def test_the_same_number_of_people_counts_most() -> None:
    assert value(ranked(PEER)[0], "対象人数") == 1  # the peer states 1万人以上10万人未満
    assert value(ranked(PEER, own=replace(OWN, people="30万人以上"))[0], "対象人数") < 1
    assert value(ranked(PEER, own=replace(OWN, people=""))[0], "対象人数") == 0.5


def test_a_peer_with_the_same_means_is_nearer() -> None:
    with_veins = peer({"III.3 リスク2 具体的な管理方法": "・静脈により認証する。"}, of(1))
    without = peer({"III.3 リスク2 具体的な管理方法": "・暗証番号で認証する。"}, of(2))
    found = rank(OWN, [without, with_veins], TODAY)
    assert [p.document for p in found] == ["霧ヶ原市-1", "霧ヶ原市-2"]
    assert "静脈" in next(r.words for r in found[0].reasons if r.name == "システムと設置場所")


def test_no_more_are_chosen_than_can_be_read() -> None:
    found = ranked(*(of(n) for n in range(1, MAX_CHOSEN + 4)))
    assert sum(p.chosen for p in found) == MAX_CHOSEN
    assert [p.chosen for p in found] == sorted((p.chosen for p in found), reverse=True)


def test_every_reason_is_told() -> None:
    found = ranked(PEER)[0]
    assert [r.name for r in found.reasons] == ["事務", "新しさ", "様式", "対象人数", "システムと設置場所", "自己評価"]
    assert all(0 <= r.value <= 1 for r in found.reasons)
    assert found.score == pytest.approx(sum(WEIGHTS[r.name] * r.value for r in found.reasons), abs=0.01)


def test_staff_choose() -> None:
    found = choose(ranked(of(1), of(2), of(3)), ["霧ヶ原市-2"])
    assert [p.document for p in found if p.chosen] == ["霧ヶ原市-2"]
    assert len(found) == 3


def test_no_books_no_peers() -> None:
    assert rank(OWN, [], TODAY) == ()
