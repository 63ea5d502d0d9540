"""Particles are told in one form each; compound ones are one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.verify.phrases import Phrase

Read = Callable[[str], list[Phrase]]


@pytest.mark.parametrize(
    ("text", "case", "adnominal"),
    [
        ("操作によって消す", "による", False),
        ("操作により消す", "による", False),
        ("操作による消去", "による", True),
        ("市における措置", "で", True),
        ("市にて行う", "で", False),
        ("職員に対して行う", "に対する", False),
        ("職員に対する研修", "に対する", True),
        ("情報に関する事故", "について", True),
        ("条例に基づく処理", "に基づく", True),
        ("回線を通じて送る", "を通じる", False),
        ("課長からの通知", "から", True),
        ("市への移転", "に", True),
        ("安全な場所", "な", True),
        ("確実に消す", "に", False),
    ],
)
def test_case(read: Read, text: str, case: str, adnominal: bool) -> None:
    first = read(text)[0]
    assert (first.case, first.adnominal) == (case, adnominal)


@pytest.mark.parametrize(("text", "says"), [("市も行う", {"も"}), ("市は行う", set()), ("市でも行う", {"も"})])
def test_also_is_told(read: Read, text: str, says: set[str]) -> None:
    first = read(text)[0]
    assert first.topic
    assert first.says == says


@pytest.mark.parametrize("text", ["市です。", "市である。", "市でした。", "市ではありません。", "市でない。", "市だ。"])
def test_the_copula_makes_a_predicate(read: Read, text: str) -> None:
    (only,) = read(text)
    assert only.verb
    assert "断定" in only.says
    assert ("否定" in only.says) is ("ない" in text or "ありません" in text)
    assert ("過去" in only.says) is ("でした" in text)
