"""Replies to 71 inquiries over the real assessments, judged by the rubric of docs/rubric-replies.md.

Half are as officials would write them, half as people speak; all were read by hand as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer import Answerer
from rag.library import Library
from rag.privacy import mask
from rag.reply.replier import Replier
from rag.reply.types import Length, Variant
from rag.settings import Settings
from tests.evals.conftest import DOCUMENTS
from tests.evals.reply_rubric import Case, Judge

CASES = [
    Case.model_validate_json(line) for line in Path(__file__).with_name("replies.jsonl").read_text("utf-8").splitlines()
]
OTHERS = [(v, n) for v in Variant for n in Length if (v, n) != (Variant.LETTER, Length.NORMAL)]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the real assessments are not here"),
]


@pytest.fixture(scope="module")
def library(shared_home: Path) -> Iterator[Library]:
    opened = Library.open(Settings(home=shared_home))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def replier(library: Library) -> Replier:
    return Replier(Answerer(library), mask)


def test_enough_inquiries_of_each_kind() -> None:
    assert len(CASES) >= 70
    assert sum(case.desk == "IV.1" for case in CASES) >= 6
    assert {case.document for case in CASES if case.document} >= {
        path.stem for path in DOCUMENTS.iterdir() if path.suffix == ".txt"
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_letter(library: Library, replier: Replier, case: Case) -> None:
    assert Judge(library).faults(case, replier.reply(case.text)) == []


@pytest.mark.parametrize(("variant", "length"), OTHERS, ids=lambda value: value.value)
def test_the_other_variants(library: Library, replier: Replier, variant: Variant, length: Length) -> None:
    plain = {"sections": [], "status": None, "says": [], "never": []}
    judge = Judge(library)
    faults = {
        case.id: found
        for case in CASES
        if (
            found := judge.faults(
                case.model_copy(update=plain), replier.reply(case.text, variant=variant, length=length)
            )
        )
    }
    assert faults == {}


@pytest.mark.parametrize(
    ("spoil", "point"),
    [
        (lambda letter: letter + "情報は必ず守ります。\n", "約束の言葉"),
        (lambda letter: letter.replace("048-258-1641", "048-258-0000"), "連絡先"),
        (lambda letter: letter.replace("令和8年2月3日", ""), "公表日"),
        (
            lambda letter: letter.replace("\n出典\n", "\n委託先は富士ソフトサービスビューロ株式会社です。\n\n出典\n"),
            "過去の委託先",
        ),
        (lambda letter: letter.replace("\n出典\n", "\nこれで終わりだ。\n\n出典\n"), "です・ます"),
        (lambda letter: letter.replace("お問い合わせ", "〔氏名9〕", 1), "知らない印"),
        (lambda letter: letter.replace("委託している業務は", "\n委託している業務は"), "答えがない"),
        (lambda letter: letter + "123456789018\n", "12桁"),
    ],
)
def test_the_rubric_can_tell(library: Library, replier: Replier, spoil: Callable[[str], str], point: str) -> None:
    case = CASES[0]
    reply = replier.reply(case.text)
    faults = Judge(library).faults(case, replace(reply, letter=spoil(reply.letter)))
    assert any(point in fault for fault in faults), faults
