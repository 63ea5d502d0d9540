"""What the ending of a predicate says; politeness says nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.verify.phrases import Phrase

Read = Callable[[str], list[Phrase]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("記録する", set()),
        ("記録します", set()),
        ("記録しています", {"継続"}),
        ("記録しております", {"継続"}),
        ("記録しない", {"否定"}),
        ("記録しません", {"否定"}),
        ("記録していません", {"否定", "継続"}),
        ("記録せず", {"否定"}),
        ("記録しておらず", {"否定", "継続"}),
        ("記録した", {"過去"}),
        ("記録しました", {"過去"}),
        ("記録しませんでした", {"否定", "過去"}),
        ("記録される", {"受身"}),
        ("記録させる", {"使役"}),
        ("記録できる", {"可能"}),
        ("記録できません", {"可能", "否定"}),
        ("記録しなければならない", {"否定", "義務"}),
        ("記録しなければなりません", {"否定", "義務"}),
        ("記録したい", {"願望"}),
        ("記録するでしょう", {"推量"}),
        ("記録しますか", {"問"}),
        ("記録しますか？", {"問"}),
        ("記録しておく", {"ておく"}),
    ],
)
def test_what_an_ending_says(read: Read, text: str, says: set[str]) -> None:
    found = read(text + "。")
    assert (found[0].head, found[0].says) == ("記録", says)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("記録し、消す", "and"),
        ("記録して消す", "and"),
        ("記録せず、消す", "and"),
        ("記録すれば消す", "if"),
        ("記録するが、消す", "but"),
        ("記録する職員", "adnominal"),
        ("記録するまでの作業", "adnominal"),
        ("記録しているか確かめる", "quoted"),
        ("記録されるよう、確かめる", "quoted"),
        ("記録する。", "final"),
        ("記録するから安全だ", "から"),
        ("記録しながら消す", "ながら"),
    ],
)
def test_how_it_goes_on(read: Read, text: str, form: str) -> None:
    assert read(text)[0].form == form


def test_what_is_not_there_is_denied(read: Read) -> None:
    there, not_there, none = (read(t)[-1] for t in ("記載がある。", "記載はありません。", "記載は無い。"))
    assert there.head == not_there.head == none.head
    assert there.says == set()
    assert not_there.says == none.says == {"否定"}


def test_two_denials_are_no_plain_sentence(read: Read) -> None:
    assert any("否定" in p.says or "二重否定" in p.says for p in read("記録しないことはない。"))
    assert len([p for p in read("記録しないことはない。") if "否定" in p.says]) == 2
