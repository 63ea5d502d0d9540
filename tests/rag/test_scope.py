"""Which documents may answer, and what is said to be collected where none may."""

from __future__ import annotations

import datetime as dt

import pytest

from rag.answer import KINDS
from rag.bodies import Gazetteer
from rag.duties import duties_of, likeness
from rag.library import Library
from rag.question import make_plan
from rag.scope import Scope, find_scope
from rag.shelf import Shelf
from rag.tokens import Words
from rag.types import Filters, Version

WORDS = Words()


@pytest.fixture(scope="module")
def shelf(sample_library: Library) -> Shelf:
    return Shelf(sample_library, KINDS)


@pytest.fixture(scope="module")
def several(shelf: Shelf) -> list[Version]:
    """The documents of a municipality that has more than one."""
    versions = shelf.versions()
    return next(own for v in versions if len(own := [w for w in versions if w.municipality == v.municipality]) > 1)


def scope(shelf: Shelf, question: str, filters: Filters | None = None) -> Scope:
    gazetteer = Gazetteer([v.municipality for v in shelf.versions()], WORDS)
    return find_scope(make_plan(question, gazetteer, WORDS, lambda name: False), shelf, filters or Filters())


def test_without_a_name_all_documents(shelf: Shelf) -> None:
    found = scope(shelf, "監査を実施している自治体はどこですか")
    assert found.versions == shelf.versions()
    assert not found.narrowed


def test_a_name_narrows(shelf: Shelf) -> None:
    version = shelf.versions()[0]
    found = scope(shelf, f"{version.municipality}の監査は？")
    assert {v.municipality for v in found.versions} == {version.municipality}
    assert found.narrowed


def test_a_body_that_is_not_collected(shelf: Shelf) -> None:
    found = scope(shelf, "横浜市の監査は？")
    assert (found.versions, found.lacking, found.near) == ((), "body", ())


def test_the_same_duty_elsewhere_is_near_to_a_body_that_lacks(shelf: Shelf) -> None:
    version = next(v for v in shelf.versions() if duties_of(v.duty))
    duty = sorted(duties_of(version.duty))[0]
    found = scope(shelf, f"横浜市の{duty}の監査は？")
    assert found.lacking == "body"
    assert version in found.near


def test_a_collected_body_beside_one_that_is_not(shelf: Shelf) -> None:
    version = shelf.versions()[0]
    found = scope(shelf, f"横浜市と{version.municipality}の監査を比べて")
    assert found.lacking == ""
    assert {v.municipality for v in found.versions} == {version.municipality}


def test_a_duty_that_a_collected_body_lacks(shelf: Shelf) -> None:
    version = shelf.versions()[0]
    found = scope(shelf, f"{version.municipality}の印鑑登録に関する事務の監査は？")
    assert (found.versions, found.lacking, found.wanted_duty) == ((), "duty", "印鑑登録")
    assert {v.municipality for v in found.near} == {version.municipality}


def test_a_duty_named_in_passing_excludes_nothing(shelf: Shelf) -> None:
    found = scope(shelf, "印鑑登録の情報を集めていますか")
    assert found.versions == shelf.versions()


def test_a_duty_chooses_among_the_documents_of_one_body(shelf: Shelf, several: list[Version]) -> None:
    wanted = several[0]
    [duty] = duties_of(wanted.duty)
    assert scope(shelf, f"{wanted.municipality}の{duty}に関する事務の監査は？").versions == (wanted,)


def test_its_own_wording_chooses_among_the_documents_of_one_body(shelf: Shelf, several: list[Version]) -> None:
    scores = {v.id: likeness(v.duty, v, ()) for v in several}
    assert all(score >= 3 for score in scores.values())
    assert likeness("監査は？", several[0], ()) == 0


def test_filters(shelf: Shelf) -> None:
    version = shelf.versions()[-1]
    for filters in (Filters(documents=(version.document,)), Filters(municipalities=(version.municipality,))):
        found = scope(shelf, "監査は？", filters)
        assert version in found.versions
        assert {v.municipality for v in found.versions} == {version.municipality}
        assert found.narrowed
    assert scope(shelf, "監査は？", Filters(documents=("どこにもない-1",))) == Scope((), narrowed=True)


def test_before_a_document_was_published_the_current_one_answers(shelf: Shelf) -> None:
    version = shelf.versions()[0]
    assert version.published_on is not None
    before = version.published_on - dt.timedelta(days=400)
    found = scope(shelf, f"{version.municipality}の{before.year}年{before.month}月1日時点の委託先は？")
    assert version in found.versions


@pytest.mark.parametrize(
    ("question", "excluded", "collected"),
    [
        ("甲野市以外で再委託している自治体は", ("甲野市",), ()),
        ("甲野市と乙川町以外で、委託している自治体をすべて挙げて", ("甲野市", "乙川町"), ()),
        ("甲野市を除いて外部監査をしている自治体は", ("甲野市",), ()),
        ("甲野市では、市役所以外の会社が扱いますか", (), ("甲野市",)),
        ("甲野市と乙川町の違いは", (), ("甲野市", "乙川町")),
    ],
)
def test_left_out_by_words(question: str, excluded: tuple[str, ...], collected: tuple[str, ...]) -> None:
    plan = make_plan(question, Gazetteer(["甲野市", "乙川町"], WORDS), WORDS, lambda name: False)
    assert plan.excluded == excluded
    assert plan.collected == collected


def test_left_out_municipalities_are_not_opened(shelf: Shelf) -> None:
    one = shelf.versions()[0].municipality
    found = scope(shelf, f"{one}以外で再委託している自治体は")
    assert found.versions == tuple(v for v in shelf.versions() if v.municipality != one)
