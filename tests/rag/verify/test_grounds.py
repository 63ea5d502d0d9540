"""What each citation of a composed answer bears, and what of the answer is never a model's to word."""

from __future__ import annotations

from fakes_verify import answered, change, cited, contracts

from rag.tokens import Words
from rag.verify import grounds_of
from rag.verify.grounds import municipalities_in, parted


def test_lines_that_cite_nothing_stay(words: Words) -> None:
    grounds = grounds_of(contracts(), words)
    assert grounds.lead == ("みどり市「給食費の徴収に関する事務」の現在の委託事項は2件です。",)
    assert [line.count("[") for line in grounds.cited] == [2]
    assert grounds.tail == ()


def test_headings_are_no_lines() -> None:
    answer = answered("**みどり市**\n\n- 鍵を掛ける。[1]\n\n以上です。", [cited(1, "鍵を掛ける。")])
    assert parted(answer) == ([], ["- 鍵を掛ける。[1]"], ["以上です。"])


def test_a_citation_that_no_line_and_no_row_uses_backs_nothing(words: Words) -> None:
    answer = answered("鍵を掛ける。[1]", [cited(1, "鍵を掛ける。"), cited(2, "鍵を課長が持つ。")])
    assert list(grounds_of(answer, words).by_token) == [1]


def test_a_change_is_history(words: Words) -> None:
    grounds = grounds_of(change(), words)
    assert [g.history for g in grounds.by_token.values()] == [True, False]


def test_of_a_line_with_several_values_each_citation_has_its_own(words: Words) -> None:
    first, second = grounds_of(contracts(), words).by_token.values()
    assert "ゆうひ印刷" not in first.said
    assert "あさひ計算" not in second.said


def test_municipalities_that_a_text_names() -> None:
    known = frozenset({"みどり市", "あかね市"})
    assert municipalities_in("みどり市の委託先", known) == ["みどり市"]
