"""The same is the same in other words of politeness, order and voice; everything else is another statement."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.verify.likeness import dependents, heads_of, same
from rag.verify.units import Unit

Make = Callable[[str], Unit]


def alike(unit: Make, told: str, source: str) -> bool:
    mine, its = dependents(unit(told)), dependents(unit(source))
    return heads_of(mine) == heads_of(its) and same(mine, its)


@pytest.mark.parametrize(
    ("told", "source"),
    [
        ("書類を確認します。", "書類を確認する。"),
        ("書類を確認しています。", "書類を確認する。"),
        ("書類の確認を行います。", "書類を確認する。"),
        ("書類を利用します。", "書類を使用する。"),
        ("書庫に書類を入れます。", "書類を書庫に入れる。"),
        ("書類は書庫に入れます。", "書類を書庫に入れる。"),
        ("書類を書庫に入れます。", "書類は書庫に入れる。"),
        ("書類は課長が確認します。", "書類を課長が確認する。"),
        ("課長は書類を確認します。", "課長が書類を確認する。"),
        ("書類が確認されます。", "書類を確認する。"),
        ("書類は課長によって確認されます。", "課長が書類を確認する。"),
        ("課長が書類を確認します。", "書類が課長により確認される。"),
        ("毎月10日、書類を確認します。", "毎月10日に書類を確認する。"),
    ],
)
def test_the_same(unit: Make, told: str, source: str) -> None:
    assert alike(unit, told, source)


@pytest.mark.parametrize(
    ("told", "source"),
    [
        ("書類を確認しない。", "書類を確認する。"),
        ("書類を確認した。", "書類を確認する。"),
        ("書類を確認できる。", "書類を確認する。"),
        ("書類を確認させる。", "書類を確認する。"),
        ("書類を確認する。", "書類を確認しない。"),
        ("課長を書類が確認する。", "課長が書類を確認する。"),
        ("委託先は監督する。", "委託先を監督する。"),
        ("委託先を監督する。", "委託先は監督する。"),
        ("委託先が監督される。", "委託先が監督する。"),
        ("課長に渡す。", "課長から渡す。"),
        ("課長だけが持つ。", "課長が持つ。"),
        ("課長が持つ。", "課長だけが持つ。"),
        ("課長又は係長が持つ。", "課長と係長が持つ。"),
        ("課長の係長が持つ。", "課長と係長が持つ。"),
        ("紙の書類の控えを入れる。", "書類の紙の控えを入れる。"),
        ("書類も確認する。", "書類を確認する。"),
        ("職員に年1回、新任者に年2回行う。", "新任者に年1回、職員に年2回行う。"),
        ("出す職員が書類を確認する。", "職員が出す書類を確認する。"),
        ("指紋が登録をする。", "指紋の登録をする。"),
        ("書類を確認を", "書類を確認する。"),
    ],
)
def test_another_statement(unit: Make, told: str, source: str) -> None:
    assert not alike(unit, told, source)
