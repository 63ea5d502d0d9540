"""Which sentences answer: synonyms, rarity, place, neighbours, kinds of thing asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from rag.answer import KINDS
from rag.bodies import Gazetteer
from rag.evidence import lacks_kind
from rag.keywords import find_terms
from rag.library import Library
from rag.passages import Ranking, choose, rank
from rag.question import Plan, make_plan
from rag.settings import Settings
from rag.shelf import Book, Passage, Shelf
from rag.terms import SYNONYM, Term, has, key, rarities, strength
from rag.tokens import Words

WORDS = Words()


def plan(question: str) -> Plan:
    return make_plan(question, Gazetteer([], WORDS), WORDS, lambda name: True)


def ranking(question: str, books: Sequence[Book], near: Callable[[Passage], float] | None = None) -> Ranking:
    asked = plan(question)
    return rank(asked, books, asked.terms, asked.places, lambda p: True, near)


def texts(found: Ranking, count: int = 1) -> list[str]:
    return [r.passage.text for r in found.ranked[:count]]


@pytest.fixture(scope="module")
def books(sample_library: Library) -> list[Book]:
    shelf = Shelf(sample_library, KINDS)
    return [shelf.open(v) for v in shelf.versions()]


def test_terms_of_a_question() -> None:
    found = {
        t.surface: t
        for t in find_terms("職員のusbメモリの紛失は「持出管理簿」で?", WORDS, [], [("持出管理簿", (16, 21))])
    }
    assert found["持出管理簿"].entity
    assert "職員" in found
    assert key("所在不明") in found["紛失"].forms


def test_words_of_municipality_and_of_asking_are_no_terms() -> None:
    assert [t.surface for t in find_terms("札幌市の職員を教えてください", WORDS, [(0, 3)], [])] == ["職員"]


def test_english_words_are_looked_for_in_japanese() -> None:
    [fingerprint] = find_terms("who uses a fingerprint", WORDS, [], [])[:1]
    assert fingerprint.forms == ("指紋",)


def test_a_synonym_counts_less_than_the_word() -> None:
    term = Term("紛失", ("紛失", "盗難"), 1.0, (0, 2))
    assert strength(term, "書類の紛失") == 1.0
    assert strength(term, "書類の盗難") == SYNONYM
    assert strength(term, "書類の廃棄") == 0.0
    assert not has(term, "書類の廃棄")


def test_a_rare_word_weighs_more() -> None:
    common, rare, absent = (Term(x, (x,), 1.0, (0, 1)) for x in "甲乙丙")
    weights = rarities([common, rare, absent], ["甲", "甲", "甲乙", "甲"])
    assert weights[rare] > weights[common] > weights[absent] == 0


def test_the_words_and_the_place_decide(books: list[Book]) -> None:
    first = ranking("事故発生時手順はどう決めていますか", books).ranked[0].passage
    assert first.item.part == "III"
    assert first.item.number == "7"


def test_what_no_text_has_is_missing(books: list[Book]) -> None:
    found = ranking("月面基地の職員は?", books)
    assert any("月面" in t.surface for t in found.missing)
    assert found.coverage(found.ranked[:1]) < 0.5
    assert ranking("職員は?", books).coverage(ranking("職員は?", books).ranked[:1]) == pytest.approx(1)


def test_meaning_breaks_a_tie(books: list[Book]) -> None:
    chosen = books[0].passages[7]
    found = ranking("これ", books[:1], lambda p: 1.0 if p is chosen else 0.0)
    assert found.ranked[0].passage.item is chosen.item


def test_the_sentence_beside_a_good_one_is_better_than_others(books: list[Book]) -> None:
    passages = [p for p in books[0].passages if sum(q.item is p.item for q in books[0].passages) >= 4]
    good = passages[0]
    found = ranking("これ", books[:1], lambda p: 1.0 if p is good else 0.0)
    assert found.ranked[0].passage is good
    assert found.ranked[1].passage.item is good.item


def test_few_are_chosen_and_none_twice(books: list[Book]) -> None:
    chosen = choose(ranking("職員の研修はどうしていますか", books), limit=3)
    assert 1 <= len(chosen) <= 3
    assert len({r.passage.folded for r in chosen}) == len(chosen)
    assert choose(ranking("研修", []), limit=3) == []


@pytest.mark.parametrize(
    ("question", "without", "with_it"),
    [
        ("委託費用はいくらですか", "株式会社に委託する", "委託費用は500円"),
        ("電話番号は?", "窓口は総務課", "総務課 048-258-1110"),
        ("fax番号を教えて", "電話 048-258-1110", "ファクス 048-258-1111"),
        ("メールアドレスは?", "窓口は総務課", "soumu@example.jp"),
        ("何という会社ですか", "民間事業者", "青葉株式会社"),
        ("契約期間は?", "契約を結ぶ", "契約期間は1年間"),
        ("研修は年に何回ですか", "研修を行う", "年2回行う"),
        ("端末は何台ですか", "端末を置く", "端末30台"),
        ("受付は何時からですか", "窓口で受け付ける", "9時から17時"),
    ],
)
def test_a_kind_of_thing_must_be_held(question: str, without: str, with_it: str) -> None:
    asked = plan(question)
    assert lacks_kind(asked, [key(without)])
    assert not lacks_kind(asked, [key(without), key(with_it)])


def test_names_of_persons_are_never_stated() -> None:
    assert lacks_kind(plan("担当課長の氏名は?"), ["課長 山田"])


def test_what_the_question_itself_names_is_no_answer() -> None:
    asked = plan("「青葉株式会社」の会社名は?")
    assert lacks_kind(asked, [key("青葉株式会社に委託する")])


def test_an_empty_shelf(tmp_path: Path) -> None:
    library = Library.open(Settings(home=tmp_path))
    assert Shelf(library, KINDS).versions() == ()
    library.close()
