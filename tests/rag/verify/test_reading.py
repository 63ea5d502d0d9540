"""Evidence and retelling are read alike: clauses, runs of nouns, denials, words that change what is claimed."""

from __future__ import annotations

import pytest

from rag.tokens import Words
from rag.verify.reading import cases, clauses, latin_words


@pytest.mark.parametrize(
    ("text", "denies"),
    [
        ("再委託する", False),
        ("再委託しない", True),
        ("再委託しません", True),
        ("再委託せずに", True),
        ("再委託なし", True),
        ("確認しなければならない", False),
        ("確認しないことはない", False),
        ("is not subcontracted", True),
    ],
)
def test_denials(words: Words, text: str, denies: bool) -> None:
    assert [clause.denies for clause in clauses(text, words)] == [denies]


def test_a_condition_holds_for_the_rest_of_its_sentence(words: Words) -> None:
    first, second, third = clauses("困難な場合は、報告書を見る。記録を残す。", words)
    assert "condition" in first.critical & second.critical
    assert "condition" not in third.critical


def test_runs_of_nouns_and_names(words: Words) -> None:
    (clause,) = clauses("株式会社あさひ計算の取扱者数", words)
    assert [(run.text, run.name) for run in clause.runs] == [("株式会社あさひ計算", True), ("取扱者数", False)]


def test_a_prefix_belongs_to_its_word(words: Words) -> None:
    (clause,) = clauses("再委託先", words)
    assert clause.runs[0].words[0][0].startswith("再委託")


def test_nouns_with_their_particles(words: Words) -> None:
    assert cases("課長が書類を書庫に入れる", words) == [("課長", "が"), ("書類", "を"), ("書庫", "に")]


def test_latin_words() -> None:
    assert latin_words("The ICカード of NIST 800-88.") == ["the", "ic", "of", "nist"]
