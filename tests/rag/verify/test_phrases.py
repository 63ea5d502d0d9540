"""A text is read as phrases: content words, particles in a normal form, what a predicate's ending says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.tokens import Words
from rag.verify.phrases import FIRST_MARK, Phrase, is_quantity
from rag.verify.phrasing import phrases

Read = Callable[[str], list[Phrase]]


def shapes(found: list[Phrase]) -> list[str]:
    return [p.head + ("-" + p.case if p.case else "") + ("*" if p.topic else "") for p in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("課長は委託先から報告書を受け取る。", ["課長*", "委託先-から", "報告書-を", "受け取る"]),
        ("窓口においては本人に確かめる", ["窓口-で*", "本人-に", "確かめる"]),
        ("ICカードによる認証を行う", ["icカード-による", "認証-を", "行う"]),
        ("職員へ渡し", ["職員-に", "渡す"]),
        ("課長と係長だけが持つ", ["課長-and", "係長-だけが", "持つ"]),
        ("課長のみが持つ", ["課長-だけが", "持つ"]),
        ("課長または係長が持つ", ["課長-or", "係長-が", "持つ"]),
        ("ID・パスワードを渡す", ["id-and", "パスワード-を", "渡す"]),
        ("NIST800-88に従って消す", ["nist800-88-に従う", "消す"]),
    ],
)
def test_words_and_particles(read: Read, text: str, expected: list[str]) -> None:
    assert shapes(read(text)) == expected


def test_a_word_that_joins_predicates_is_not_lost(read: Read) -> None:
    assert [p.kind for p in read("記録し、又は消す。")] == ["deed", "joint", "verb"]


def test_signs_are_not_lost(read: Read) -> None:
    assert [p.head for p in read("A=B")] == ["a", "=", "b"]


def test_a_mention_is_one_phrase(words: Words) -> None:
    found = phrases(f"{FIRST_MARK}は{chr(ord(FIRST_MARK) + 1)}に委託している。", ["A、B", "C社"], words)
    assert [(p.mention, p.head, p.case, p.topic) for p in found] == [
        (0, "A、B", "", True),
        (1, "C社", "に", False),
        (-1, "委託", "", False),
    ]


def test_a_note_in_brackets_belongs_to_its_noun(words: Words) -> None:
    found = phrases(f"窓口{FIRST_MARK}では確かめる", ["(納税証明)"], words)
    assert [p.head for p in found] == ["窓口(納税証明)", "確かめる"]


@pytest.mark.parametrize(
    ("text", "expected"), [("毎月10日", True), ("四半期ごと", True), ("7年間", True), ("職員", False)]
)
def test_quantities(read: Read, text: str, expected: bool) -> None:
    assert is_quantity(read(text)[0]) is expected
