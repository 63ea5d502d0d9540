"""Whatever is typed: nothing is raised, nobody is named whom nobody named, and questions do not grow."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.followup import rewrite
from rag.stop import Stop
from rag.types import Past
from tests.rag.followup.conversation import TOWNS, VERSIONS, listed, past, plan

WORDS = (
    *TOWNS,
    *("高槻", "横浜市", "子ども医療費", "市営住宅", "再委託", "委託先", "取扱者数", "担当部署", "監査", "天気"),
    *("そこ", "その", "それ", "同社", "その会社", "2社目", "最後の委託先", "ほかの自治体", "全自治体", "そのうち"),
    *("いつから", "以前", "なぜ", "一覧", "何件", "詳しく", "英語", "頻度", "根拠", "比べて", "令和3年4月1日時点"),
    *("の", "は", "を", "では", "に", "と", "、", "。", "？", " ", "ですか", "教えてください", "していますか", "以外"),
    *("what", "about", "there", "it", "the second one", "Takatsuki", "before", "contractors", "subcontract", "?"),
)
phrases = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=9).map("".join))
asked = st.sampled_from(["高槻市の子ども医療費の委託先は？", "どの自治体が再委託していますか", "監査は？"])
questions = st.one_of(phrases, asked)
documents = st.sampled_from(["高槻市-1", "小郡市-2", "消えた市-1"])
turns = st.one_of(st.builds(listed, questions), st.builds(past, questions, documents))


def standing(followup: str, earlier: list[Past]) -> str:
    return rewrite(followup, earlier, plan, VERSIONS, None, Stop()).question


@settings(max_examples=100, deadline=None)
@given(phrases, st.lists(turns, min_size=1, max_size=4))
def test_nothing_is_raised_and_nobody_new_is_named(followup: str, earlier: list[Past]) -> None:
    found = standing(followup, earlier)
    said = {b.name for q in (followup, *(t.question for t in earlier)) for b in plan(q).bodies}
    said |= {r.document.split("-")[0] for t in earlier for r in t.answer.rows}
    said |= {c.municipality for t in earlier for c in t.answer.citations}
    if found != followup:
        assert {b.name for b in plan(found).bodies if b.collected} <= said


@settings(max_examples=50, deadline=None)
@given(phrases)
def test_after_small_talk_only_nothing_is_added(followup: str) -> None:
    found = standing(followup, [past("ありがとう")])
    assert len(found) <= len(followup)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TOWNS), st.sampled_from(["再委託は？", "監査はどうしていますか"]), st.lists(turns, min_size=1))
def test_a_question_with_its_own_town_and_item_stays(town: str, asks: str, earlier: list[Past]) -> None:
    assert standing(f"{town}の{asks}", earlier) == f"{town}の{asks}"


AGAIN = (
    *("いつから？", "以前は？", "なぜ？", "今は？", "一覧にして", "何件？", "もっと詳しく", "英語で", "日本語で"),
    *("本当？", "頻度は？", "根拠は？", "費用は？", "令和3年4月1日時点では？", "再委託は？", "2社目の再委託は？"),
    *("ほかの自治体は？", "高槻市は？", "比べて", "その会社の取扱者数は？", "そこは？"),
    *("Who was it before?", "How many?", "And in Takatsuki?"),
)


@pytest.mark.parametrize("followup", AGAIN)
def test_asked_again_and_again_a_question_does_not_grow(followup: str) -> None:
    first = listed("高槻市の子ども医療費の委託先は？")
    earlier, lengths = [first], []
    for _ in range(6):
        question = standing(followup, earlier)
        lengths.append(len(question))
        earlier.append(Past(question, first.answer))
    assert lengths[-1] <= lengths[1]
    assert lengths[-1] <= 120
