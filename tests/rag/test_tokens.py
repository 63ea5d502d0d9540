"""Words of Japanese and English text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from rag.tokens import MAX_CHARS, Words


def test_particles_and_signs_are_left_out_and_forms_are_normal() -> None:
    assert Words()("委託先は、サーバーへ渡している。") == ["委託先", "委託", "先", "サーバー", "渡す", "居る"]


def test_a_compound_is_followed_by_its_parts() -> None:
    assert Words()("個人情報保護") == ["個人情報保護", "個人", "情報", "保護"]


def test_width_and_case_are_folded_and_english_is_kept() -> None:
    assert Words()("Kawaguchi ＣＩＴＹ ２２") == ["kawaguchi", "city", "22"]


def test_spellings_of_one_word_meet() -> None:
    assert Words()("サーバ") == Words()("サーバー")


def test_text_longer_than_the_tokenizer_takes() -> None:
    assert len(Words()("委託先" * MAX_CHARS)) >= MAX_CHARS


def test_nothing_gives_nothing() -> None:
    assert Words()("") == Words()(" 、。 ") == []


def test_threads_share_one_dictionary() -> None:
    words = Words()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(words, ["特定個人情報の取扱いの委託"] * 40))
    assert all(one == found[0] for one in found)
