"""A line of the composed answer is taken as it stands, and nothing that differs from it in a word or a token."""

from __future__ import annotations

import pytest

from rag.answer import Answerer
from rag.tokens import Words
from rag.types import Answer, Citation, Status
from rag.verify import Verifier, grounds_of
from rag.verify.verbatim import Verbatim

QUESTION = "青嶺市の国民健康保険の委託先はいつ変わりましたか。"


@pytest.fixture(scope="module")
def verbatim(answerer: Answerer) -> Verbatim:
    return Verbatim(grounds_of(answerer.ask(QUESTION), answerer.words))


CHANGE = "「株式会社ゆうなぎ印刷」→「有限会社そらいろ帳票印刷」(理由: 入札の結果による)"
LINE = f"令和6年6月28日 II.4 委託事項2 ③: {CHANGE}[c2]"


def test_a_line_as_it_stands(verbatim: Verbatim) -> None:
    assert verbatim.bears(LINE)
    assert verbatim.bears("- " + LINE.replace("「", "").replace("」", ""))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[c2]", "[c1]"),
        ("[c2]", "[c1][c2]"),
        ("[c2]", ""),
        ("28日", "29日"),
        ("ゆうなぎ", "そらいろ"),
        ("入札の結果", "入札の結果でない"),
        ("委託事項2", "委託事項1"),
    ],
)
def test_a_line_that_differs(verbatim: Verbatim, old: str, new: str) -> None:
    assert not verbatim.bears(LINE.replace(old, new))


def test_before_and_after_may_not_change_places(verbatim: Verbatim) -> None:
    turned = LINE.replace("株式会社ゆうなぎ印刷", "X").replace("有限会社そらいろ帳票印刷", "株式会社ゆうなぎ印刷")
    assert not verbatim.bears(turned.replace("X", "有限会社そらいろ帳票印刷"))


def test_every_line_of_an_answer_is_verified(answerer: Answerer) -> None:
    for question in (QUESTION, "青嶺市の国民健康保険の委託先は？", "みなも町の職員の認証方法は？"):
        grounds = grounds_of(answerer.ask(question), answerer.words)
        verifier = Verifier(grounds, answerer.words, answerer.gazetteer().names)
        for line in grounds.lines:
            assert verifier.verify(line.replace("[", "[c")).kept


def test_of_a_line_of_two_sentences_only_the_last_cites() -> None:
    answer = Answer("?", Status.ANSWERED, "甲は乙とする。原本を確認してください。[1][2]", citations=(cite(1), cite(2)))
    verbatim = Verbatim(grounds_of(answer, Words()))
    assert verbatim.bears("甲は乙とする。")
    assert verbatim.bears("原本を確認してください。[c1][c2]")
    assert not verbatim.bears("甲は乙とする。[c1]")
    assert not verbatim.bears("原本を確認してください。")


def cite(marker: int) -> Citation:
    return Citation(marker, "青嶺市-11", "青嶺市", "…", "III.4", "…", "令和7年6月30日", "甲は乙とする")
