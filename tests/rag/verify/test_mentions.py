"""Names, values and quotations are marked whole, and never cut out of longer words."""

from __future__ import annotations

import pytest
from fakes_verify import contracts

from rag.verify.facts import folded
from rag.verify.marking import mark
from rag.verify.mentions import Mentions
from rag.verify.records import records_of


@pytest.fixture
def mentions() -> Mentions:
    answer = contracts()
    return Mentions(records_of(answer, {c.marker: ("",) for c in answer.citations}))


def marked(mentions: Mentions, text: str, scope_only: bool = False) -> list[str]:
    return [m.text for m in mark(mentions, folded(text), scope_only).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("みどり市の委託先は株式会社あさひ計算です", ["みどり市", "委託先", "株式会社あさひ計算"]),
        ("給食費システムの保守は10人以上50人未満です", ["給食費システムの保守", "10人以上50人未満"]),
        ("株式会社あさひ計算機", []),
        ("新株式会社あさひ計算", []),
        ("110人未満", []),
        ("再委託先は", []),
        ("みどり市立", []),
        ("「株式会社あさひ計算」です", ["株式会社あさひ計算"]),
        ("「朝日」です", ["「朝日"]),
        ("窓口(納税証明)で", ["(納税証明)"]),
    ],
)
def test_what_is_marked(mentions: Mentions, text: str, expected: list[str]) -> None:
    assert marked(mentions, text) == expected


def test_for_prose_only_what_may_say_where_it_stands(mentions: Mentions) -> None:
    assert marked(mentions, "みどり市の給食費システムの保守は10人未満です", scope_only=True) == [
        "みどり市",
        "給食費システムの保守",
    ]


def test_duties_are_known_by_shorter_names(mentions: Mentions) -> None:
    for name in ("給食費の徴収に関する事務", "給食費の徴収"):
        assert mark(mentions, name).mentions[0].titles == {"みどり市-1"}


def test_mentions_in_brackets_are_told_along(mentions: Mentions) -> None:
    made = mark(mentions, folded("委託先は株式会社あさひ計算(10人以上50人未満)です"))
    assert [m.text for m in made.mentions] == ["委託先", "株式会社あさひ計算", "10人以上50人未満"]
    assert made.asides == []


def test_a_sentence_in_brackets_stands_apart_unless_it_limits(mentions: Mentions) -> None:
    apart = mark(mentions, folded("書類を確かめる(困難なときは報告書を見る。)"))
    assert [aside.text for aside in apart.asides] == ["困難なときは報告書を見る。"]
    bound = mark(mentions, folded("書類を渡す(本人の同意があるものに限る。)"))
    assert bound.asides == []
    assert [m.text for m in bound.mentions] == ["(本人の同意があるものに限る。)"]


def test_places_lead_back_to_the_text(mentions: Mentions) -> None:
    text = folded("みどり市の委託先は株式会社あさひ計算です")
    made = mark(mentions, text)
    assert [text[at] for at in made.origin] == [text[i] for i in made.origin]
    assert made.origin[-2:] == [len(text) - 2, len(text) - 1]


def test_words_apart_in_the_text_are_not_one(mentions: Mentions) -> None:
    assert marked(mentions, "株式会社あさひ計算機") == []
    text = folded("株式会社あさひ計算") + "総務課"
    made = mark(mentions, text, breaks=frozenset({len(folded("株式会社あさひ計算"))}))
    assert [m.text for m in made.mentions] == ["株式会社あさひ計算"]
