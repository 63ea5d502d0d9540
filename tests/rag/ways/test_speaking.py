"""Whether a text speaks of a word of the question: spellings, parts of compounds, short words in Latin letters."""

from __future__ import annotations

import pytest

from rag.bodies import Gazetteer
from rag.keywords import NOUN
from rag.question import make_plan
from rag.terms import Term, key
from rag.tokens import Words
from rag.ways.speaking import speaks

WORDS = Words()


def told(word: str, text: str) -> bool:
    plan = make_plan(f"{word}は？", Gazetteer([], WORDS), WORDS, lambda name: True)
    longest = max(plan.terms, key=lambda t: t.span[1] - t.span[0], default=None)
    return speaks(plan, longest or Term(word, (key(word),), NOUN, (0, len(word))), key(text))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("資本金", "資本金の額"),
        ("申込書", "申し込み書を出す"),
        ("申し込み書", "申込書を出す"),
        ("管理代行業務", "業務の代行を管理する"),
        ("所在地", "住所を書く"),
        ("os", "サーバのOSを更新する"),
    ],
)
def test_it_speaks_of_it(word: str, text: str) -> None:
    assert told(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("議決", "会議を決める"),
        ("契約金額", "契約で定める"),
        ("資本金", "資本の金額"),
        ("停止時間", "運用の停止"),
        ("ai", "e-mailで送る"),
        ("os", "cosmosを使う"),
    ],
)
def test_it_does_not(word: str, text: str) -> None:
    assert not told(word, text)
