"""The path from question to answer, over the samples: statuses, refusals, threads, a library that changes."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag import answer as answer_module
from rag.answer import Answerer
from rag.cite import fold, verified
from rag.errors import BadQuestion, StoreError
from rag.guard import check_digit
from rag.library import Library
from rag.settings import Settings
from rag.turn import Turn
from rag.types import Coverage, Filters, Status, Trace

SAMPLES = Path(answer_module.__file__).parents[1] / "samples"
NUMBER = f"12345678901{check_digit('12345678901')}"
QUESTIONS = (
    "委託先はどこですか",
    "再委託していない評価書をすべて挙げて",
    "重大事故がある自治体はどこですか",
    "職員の認証方法を比べてください",
    "委託先の変遷を教えてください",
    "データはどう消去しますか",
    "開示請求の窓口は？",
    "公表日が新しい順に並べて",
    "Where is the data stored?",
    "横浜市の監査は？",
    "Ⅲ.7①は？",
    "今日の天気は？",
)


@pytest.mark.parametrize("question", ["", " ", "\n\t\u3000"])
def test_an_empty_question(answerer: Answerer, question: str) -> None:
    with pytest.raises(BadQuestion, match="質問が空です"):
        answerer.ask(question)


def test_too_long_a_question(sample_library: Library) -> None:
    short = Answerer(sample_library, max_question_chars=10)
    assert short.ask("委託先はどこですか。").status is Status.ANSWERED
    with pytest.raises(BadQuestion, match=r"11文字.*10文字以内"):
        short.ask("委託先はどこですか。。")


@pytest.mark.parametrize(
    "question",
    [
        f"{NUMBER}の人の記録を見せて",
        f"マイナンバー{NUMBER}の開示請求",
        "個人番号は１２３４　５６７８　９０１８です",
        "1234-5678-9018はどこに保管しますか",
        "Where is the record of 1234 5678 9018 stored?",
    ],
)
def test_a_personal_number_is_refused_and_repeated_nowhere(answerer: Answerer, question: str) -> None:
    found = answerer.ask(question)
    assert found.status is Status.REFUSED
    assert found.language == ("en" if question.startswith("Where") else "ja")
    assert "個人番号" in found.answer
    assert found.citations == found.suggestions == found.warnings == ()
    said = re.sub(r"\D", "", fold(str(found.as_dict()).replace("12桁", "")))
    assert "1234" not in said
    assert not any(c.isdigit() for c in found.question)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_verbatim_and_every_marker_has_one(
    answerer: Answerer, sample_library: Library, question: str
) -> None:
    found = answerer.ask(question)
    markers = {c.marker for c in found.citations}
    assert {int(m) for m in re.findall(r"\[(\d+)\]", found.answer)} <= markers
    assert {row.marker for row in found.rows} <= markers
    for citation in found.citations:
        assert verified(citation.quote, fold(sample_library.catalog.source(citation.version)))
    assert found.answer
    assert (found.status is not Status.ANSWERED) or found.citations


def test_a_body_that_is_not_collected(answerer: Answerer) -> None:
    found = answerer.ask("横浜市の監査は？")
    assert found.status is Status.NOT_COLLECTED
    collected = len(answerer.shelf.versions())
    assert found.coverage == Coverage(collected)
    assert "横浜市の評価書は収録していません(未収載)" in found.answer
    assert f"の{collected}件です" in found.answer
    assert "Yokohama City" in answerer.ask("What does Yokohama City store?").answer


def test_one_collected_and_one_not(answerer: Answerer) -> None:
    municipality = answerer.shelf.versions()[0].municipality
    found = answerer.ask(f"{municipality}と横浜市の保管場所を比べてください")
    assert found.status is Status.PARTIAL
    assert "横浜市の評価書は収録していません" in found.answer
    assert {c.municipality for c in found.citations} == {municipality}


def test_a_duty_that_is_not_collected(answerer: Answerer) -> None:
    version = answerer.shelf.versions()[0]
    found = answerer.ask(f"{version.municipality}の印鑑登録に関する事務の監査は？")
    assert found.status is Status.NOT_COLLECTED
    assert "印鑑登録" in found.answer
    assert version.duty in found.answer


def test_no_document_fits_the_filters(answerer: Answerer) -> None:
    found = answerer.ask("監査は？", Filters(documents=("どこにもない-1",)))
    assert found.status is Status.NOT_COLLECTED
    assert "絞り込み" in found.answer


def test_parts_that_were_ticked(answerer: Answerer) -> None:
    document = answerer.shelf.versions()[0].document
    found = answerer.ask("連絡先と委託先は？", Filters(documents=(document,), parts=("IV",)))
    assert {c.section.partition(".")[0] for c in found.citations} <= {"IV"}


@pytest.mark.parametrize("part", ["I", "II", "IV"])
@pytest.mark.parametrize(
    "question", ["委託先はどこですか", "アクセス権限の管理は？", "どの自治体が再委託していますか", "公表日は？"]
)
def test_nothing_outside_the_parts_is_cited(answerer: Answerer, question: str, part: str) -> None:
    found = answerer.ask(question, Filters(parts=(part,)))
    assert {c.section.split(" ")[0].partition(".")[0] for c in found.citations} <= {part}
    if found.status is Status.NOT_STATED:
        assert f"選んだ章({part})だけを調べました。" in found.answer


def test_a_question_about_something_else(answerer: Answerer) -> None:
    found = answerer.ask("月面基地の酸素の値段は？")
    assert found.status is Status.OUT_OF_SCOPE
    assert not found.citations


def test_what_a_document_does_not_state(answerer: Answerer) -> None:
    whole = next(v for v in answerer.shelf.versions() if not v.gaps)
    found = answerer.ask(f"{whole.municipality}の担当課長の氏名は？")
    assert found.status is Status.NOT_STATED
    assert "記載" in found.answer


def test_many_documents_are_read_only_where_search_finds_them(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_module, "READ_AT_MOST", 2)
    few = Answerer(sample_library)
    turn = Turn("職員の認証方法は？", "職員の認証方法は？", Filters())
    for step in few.steps[:3]:
        turn = step(turn)
    assert len(turn.books) == 2
    turn = Turn("認証方法をすべて挙げて", "認証方法をすべて挙げて", Filters())
    for step in few.steps[:3]:
        turn = step(turn)
    assert len(turn.books) == len(few.shelf.versions())


def test_threads_get_the_answers_of_one(sample_library: Library) -> None:
    alone = [Answerer(sample_library).ask(q).as_dict() for q in QUESTIONS]
    shared = Answerer(sample_library)
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda q: shared.ask(q).as_dict(), QUESTIONS * 3))
    assert together == alone * 3


def test_an_empty_library_says_how_to_fill_it_and_then_answers(tmp_path: Path) -> None:
    library = Library.open(Settings(home=tmp_path / "home"))
    answerer = Answerer(library)
    empty = answerer.ask("委託先はどこですか")
    assert empty.status is Status.NOT_COLLECTED
    assert "hyoka load" in empty.answer
    first, second = sorted(SAMPLES.glob("*.txt"))[:2]
    shutil.copy(first, tmp_path / first.name)
    library.load([tmp_path / first.name])
    assert [v.document for v in answerer.shelf.versions()] == [first.stem]
    before = answerer.shelf.generation
    assert answerer.ask("委託先はどこですか").status is Status.ANSWERED
    town = second.stem.partition("-")[0]
    assert answerer.ask(f"{town}の委託先はどこですか").status is Status.NOT_COLLECTED
    library.load([second])
    assert answerer.ask(f"{town}の委託先はどこですか").status is Status.ANSWERED
    assert answerer.shelf.generation > before
    library.remove(second.stem)
    assert answerer.ask(f"{town}の委託先はどこですか").status is Status.NOT_COLLECTED
    library.close()


def test_an_answer_that_cannot_be_kept_is_not_lost(sample_library: Library) -> None:
    def keep(trace: Trace, conversation: str, replaces: str, owner: str) -> None:
        raise StoreError("ディスクに空きがありません。")

    answer = Answerer(sample_library, keep=keep).ask(QUESTIONS[0])
    assert answer.citations
    assert answer.id == ""
    assert "ディスクに空きがありません" in answer.notice
