"""Whatever is asked: every marker has a citation, every citation is marked, every quote stands in its document."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from rag.answer import Answerer
from rag.cite import fold, verified
from rag.evals.cases import shipped_cases
from rag.types import Answer, Status

Asking = Callable[[str], Answer]
QUESTIONS = [case.question for case in shipped_cases()]
MORE = [
    "川口市の子ども医療費で再委託はしていますか",
    "外部監査を行っている自治体は",
    "川崎市の市営住宅の認証は静脈認証ですか、指紋認証ですか",
    "川口市の電算データ入力委託の委託先はいつ変わりましたか",
    "令和元年6月1日時点の川口市の電算データ入力委託の委託先は",
    "川口市と川崎市の委託先を比べて",
    "青嶺市の国保の全ての記録項目を挙げて",
    "青嶺市の国保の3. 特定個人情報の使用のリスク対策を全部見せて",
]


def markers(text: str) -> set[int]:
    return {int(m) for m in re.findall(r"\[(\d+)\]", text)}


@pytest.mark.parametrize("question", [*QUESTIONS, *MORE])
def test_markers_citations_and_quotes_agree(answerer: Answerer, question: str) -> None:
    answer = answerer.ask(question)
    marked = markers(answer.answer) | {row.marker for row in answer.rows} | markers(" ".join(answer.warnings))
    assert marked == {c.marker for c in answer.citations}
    for citation in answer.citations:
        source = answerer.library.catalog.source(citation.version)
        assert verified(citation.quote, fold(source))
    if answer.status is Status.ANSWERED:
        assert answer.citations
