"""Whatever a model writes, there is a verdict; and nothing that no evidence has is shown."""

from __future__ import annotations

from functools import cache

from fakes_verify import contracts, measures
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.tokens import Words
from rag.verify import Verifier, grounds_of

_WORDS = Words()
_PARTS = [
    *(
        "委託先",
        "株式会社あさひ計算",
        "有限会社ゆうひ印刷",
        "10人未満",
        "みどり市",
        "課長",
        "鍵を掛けて保管する",
        "2社",
        "再委託",
    ),
    *(
        "は",
        "が",
        "を",
        "に",
        "の",
        "で",
        "と",
        "から",
        "も",
        "だけ",
        "、",
        "。",
        "\n",
        " ",
        "「",
        "」",
        "(",
        ")",
        "-",
        ":",
        "=",
    ),
    *(
        "です",
        "ではありません",
        "します",
        "しません",
        "とされています",
        "ことです",
        "変更されました",
        "場合は",
        "現在",
        "以前",
    ),
    *("また", "または", "しかし", "[c1]", "[c2]", "1", "Ⅱ", "㈱", "①", "😀", "A", "is", "the contractor"),
]
TEXTS = st.lists(st.sampled_from(_PARTS), max_size=14).map("".join)


@cache
def verifiers() -> list[Verifier]:
    answers = contracts(), contracts(language="en"), measures("鍵を掛けて保管する。", "課長だけが鍵を持つ。")
    return [Verifier(grounds_of(answer, _WORDS), _WORDS, ["みどり市"]) for answer in answers]


@given(TEXTS)
@settings(deadline=None, max_examples=300)
def test_there_is_a_verdict(text: str) -> None:
    for verifier in verifiers():
        found = verifier.verify(text)
        assert found.kept is (found.reason == "")


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=200)
def test_no_text_of_no_sense_is_shown(text: str) -> None:
    for verifier in verifiers():
        assert not verifier.verify(text + "[c1]").kept
