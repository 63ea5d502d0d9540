"""A sentence is cut into units of one predicate each; what holds for the later ones is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.tokens import Words
from rag.verify.facts import folded
from rag.verify.phrasing import phrases
from rag.verify.units import Unit, units

Make = Callable[[str], Unit]


def heads(words: Words, text: str) -> list[list[str]]:
    return [[p.head for p in u.phrases] for sentence in units(phrases(folded(text), [], words)) for u in sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("鍵を掛け、記録を残す。", [["鍵", "掛ける"], ["記録", "残す"]]),
        ("職員が立ち会って消す。", [["職員", "立ち会う", "消す"]]),
        ("市が消すが、課長が残す。", [["市", "消す"], ["課長", "残す"]]),
        ("移行する予定で、使っていない。", [["移行", "予定"], ["使う"]]),
        ("鍵を掛ける。記録を残す。", [["鍵", "掛ける"], ["記録", "残す"]]),
    ],
)
def test_where_units_end(words: Words, text: str, expected: list[list[str]]) -> None:
    assert heads(words, text) == expected


@pytest.mark.parametrize(
    "text", ["内容の確認を行う", "内容の確認をする", "内容の確認を実施する", "内容の確認は行う", "内容の確認が行われる"]
)
def test_what_is_done_is_the_predicate(unit: Make, text: str) -> None:
    found = unit(text)
    assert [p.head for p in found.phrases] == ["内容", "確認"]
    assert found.governor(0) == "確認"
    assert found.last.kind == "deed"


def test_what_is_done_too_is_not_made_one(unit: Make) -> None:
    assert [p.head for p in unit("確認も行う").phrases] == ["確認", "行う"]


def test_a_condition_with_a_noun_is_one_with_a_particle(unit: Make) -> None:
    noun, particle = unit("操作が無い場合は閉じる"), unit("操作が無ければ閉じる")
    assert [(p.head, p.form) for p in noun.phrases] == [(p.head, p.form) for p in particle.phrases]
    assert [p.head for p in unit("操作が無い場合も閉じる").phrases] == ["操作", "有る", "場合", "閉じる"]


def test_what_depends_on_what(unit: Make) -> None:
    found = unit("課長が委託先からの報告書を確かめる。")
    assert [found.governor(i) for i in range(4)] == ["確かめる", "報告書", "確かめる", ""]


def test_who_is_spoken_of(unit: Make) -> None:
    assert [p.head for p in unit("職員が出した書類を確かめる。").subjects] == []
    assert [p.head for p in unit("課長が書類を確かめる。").subjects] == ["課長"]
    assert [p.head for p in unit("書類は課長へ渡す。").subjects] == ["書類"]


def test_what_holds_for_later_units(unit: Make) -> None:
    assert [p.head for p in unit("窓口では本人を確かめ、").holders] == ["窓口"]
    assert [p.form for p in unit("操作が無ければ閉じ、").holders] == ["if"]
    assert unit("課長が書類を確かめ、").holders == ()
