"""The words of narration.yaml as the modules ask for them."""

from __future__ import annotations

import pytest

from rag.verify import vocabulary


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("課長だけが持つ", {"only"}),
        ("困難な場合は", {"condition"}),
        ("原則として", {"principle"}),
        ("紙を除く", {"exception"}),
        ("移行する予定", {"planned"}),
        ("防止に努める", {"prevented", "endeavour"}),
        ("書類を確かめる", set()),
    ],
)
def test_words_that_change_what_is_claimed(text: str, groups: set[str]) -> None:
    assert vocabulary.critical(text) == groups


def test_headings_have_one_name() -> None:
    assert vocabulary.heading_of("委託先") == vocabulary.heading_of("委託先名") == "委託先名"
    assert vocabulary.heading_of("提供先における用途") == "用途"
    assert vocabulary.heading_of("しらない見出し") == "しらない見出し"
    assert "業者" in vocabulary.headings("委託先名")


def test_no_name_stands_for_two_headings() -> None:
    names = [name for heading in vocabulary._groups() for name in vocabulary.headings(heading)]
    assert len(names) == len(set(names))


def test_relations_use_headings_that_there_are() -> None:
    for relation in vocabulary.relations().values():
        assert set(relation.needs) <= set(relation.cases)
        assert all(vocabulary.heading_of(heading) == heading for heading in relation.cases)


@pytest.mark.parametrize(
    ("text", "acts"), [("委託先", True), ("職員等", True), ("国保年金課", True), ("申請書", False), ("画面", False)]
)
def test_who_acts(text: str, acts: bool) -> None:
    assert vocabulary.is_actor(text) is acts


def test_what_neither_claims_nor_denies() -> None:
    assert not {"株式会社", "再委託", "消去"} & vocabulary.neutral()
    assert vocabulary.canonical_word("確かめる") == vocabulary.canonical_word("確認")
    assert vocabulary.canonical_word("消去") != vocabulary.canonical_word("保管")
    assert vocabulary.same_as("知らない語") == {"知らない語"}


def test_past_and_present() -> None:
    assert vocabulary.speaks_of_present("現在の委託先")
    assert vocabulary.speaks_of_past("変更されました")
    assert not vocabulary.speaks_of_present("委託先は")
