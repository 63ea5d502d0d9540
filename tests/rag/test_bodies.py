"""The gazetteer with towns of any kind: spelling, romanisation, what only looks like a town."""

from __future__ import annotations

import pytest

from rag.bodies import Body, Gazetteer, listed
from rag.tokens import Words

WORDS = Words()


def found(question: str, *towns: str) -> list[tuple[str, bool]]:
    return [(b.name, b.collected) for b in Gazetteer(towns, WORDS).find(question)]


@pytest.mark.parametrize(
    "town", ["札幌市", "府中市", "大野町", "東村", "世田谷区", "長野県", "福井県後期高齢者医療広域連合"]
)
def test_a_town_is_found_by_its_name(town: str) -> None:
    assert found(f"{town}の委託先は？", town) == [(town, True)]


@pytest.mark.parametrize("question", ["sapporo city's data", "in sapporo-shi", "does sapporo outsource"])
def test_a_town_is_found_in_english(question: str) -> None:
    assert found(question, "札幌市") == [("札幌市", True)]


@pytest.mark.parametrize(
    ("town", "spelling"), [("大阪市", "osaka"), ("甲府市", "koufu"), ("甲府市", "kofu"), ("新発田市", "shibata")]
)
def test_long_vowels_may_be_written_or_not(town: str, spelling: str) -> None:
    assert found(f"what does {spelling} city store", town) == [(town, True)]


def test_the_longest_name_wins() -> None:
    assert found("東村山市の監査は？", "東村", "東村山市") == [("東村山市", True)]


@pytest.mark.parametrize("question", ["札幌駅の窓口", "札幌営業所に委託", "札幌大学の学生", "札幌銀行から入手"])
def test_what_only_begins_like_a_town(question: str) -> None:
    assert not [b for b in found(question, "札幌市") if b == ("札幌市", True)]


@pytest.mark.parametrize(
    "question", ["市民の情報は？", "町内の事務は？", "区分は？", "都度廃棄しますか", "本市の監査は？", "当町の監査は？"]
)
def test_what_is_no_town(question: str) -> None:
    assert found(question, "札幌市") == []


def test_towns_in_the_order_of_the_question_with_their_ranges() -> None:
    bodies = Gazetteer(["札幌市", "府中市"], WORDS).find("府中市と札幌市と横浜市")
    assert bodies == [Body("府中市", (0, 3)), Body("札幌市", (4, 7)), Body("横浜市", (8, 11), collected=False)]


def test_a_place_that_the_documents_speak_of_is_no_town_that_lacks() -> None:
    gazetteer = Gazetteer(["札幌市"], WORDS)
    assert gazetteer.find("横浜市の監査は？", lambda name: name == "横浜市") == []


def test_an_empty_library_has_no_town() -> None:
    assert found("監査は？") == []


def test_names_are_listed_once() -> None:
    assert listed(["甲市", "乙町", "甲市"]) == "甲市、乙町"
