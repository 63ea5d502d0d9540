"""Questions over all documents: every list with its denominator, the unreadable ones apart from the noes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer, Coverage, Status

Asking = Callable[[str], Answer]
ALL = 5


def documents(answer: Answer) -> list[str]:
    return list(dict.fromkeys(row.document for row in answer.rows))


@pytest.mark.parametrize(
    ("question", "matching", "unreadable"),
    [
        ("アイネスに委託している自治体は", ["川口市-22", "川崎市-14"], 0),
        ("再委託している自治体はどこ", ["みなも町-3", "川口市-22", "青嶺市-11"], 0),
        ("静脈認証を使っている自治体は", ["川崎市-14"], 0),
        ("令和7年以降に公表された評価書は", ["みなも町-3", "川口市-22", "青嶺市-11"], 0),
        ("令和4年に公表された評価書はどれ", ["川崎市-53"], 0),
        ("令和4年以前に公表された評価書はどれ", ["川崎市-53"], 0),
        ("業務を委託しないとしている評価書はどれですか", ["川崎市-53"], 0),
        ("外部監査を行っている自治体は", ["川崎市-14", "青嶺市-11"], 2),
    ],
)
def test_which_of_how_many(ask: Asking, question: str, matching: list[str], unreadable: int) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert sorted(documents(answer)) == sorted(matching)
    assert answer.coverage == Coverage(ALL, len(matching), unreadable)
    assert f"収録{ALL}件中{len(matching)}件" in answer.answer
    assert all(
        any(c.marker == row.marker and c.document == row.document for c in answer.citations) for row in answer.rows
    )


def test_boxes_of_two_files_are_told_apart(ask: Asking) -> None:
    rows = [dict(r.cells) for r in ask("外部監査を行っている自治体は").rows if r.document == "青嶺市-11"]
    assert [r["ファイル"] for r in rows] == ["国民健康保険資格・賦課ファイル", "国民健康保険給付ファイル"]


def test_unreadable_documents_are_named(ask: Asking) -> None:
    (warning,) = ask("外部監査を行っている自治体は").warnings
    assert warning.startswith("読取不可2件(")
    assert "川口市「子ども医療費の支給に関する事務」" in warning


def test_none_of_them(ask: Asking) -> None:
    answer = ask("虹彩認証を使っている自治体はどこですか")
    assert answer.status is Status.NOT_STATED
    assert f"「虹彩認証」の記載がある評価書は、収録{ALL}件のうちにはありません" in answer.answer
    assert answer.rows == ()


def test_what_is_collected(ask: Asking) -> None:
    answer = ask("収録している評価書は何件ありますか")
    assert "5件(4自治体)" in answer.answer
    assert len(answer.rows) == ALL


@pytest.mark.parametrize(
    ("question", "first", "count"),
    [
        ("公表日が新しい順に評価書を並べて", "川口市-22", ALL),
        ("公表日の古い順に評価書を並べて", "川崎市-53", ALL),
        ("公表日が最も新しい評価書はどれですか", "川口市-22", 1),
        ("公表日が最も古い評価書はどれですか", "川崎市-53", 1),
    ],
)
def test_in_order_of_publication(ask: Asking, question: str, first: str, count: int) -> None:
    found = documents(ask(question))
    assert found[0] == first
    assert len(found) == count


def test_the_largest_are_all_named_where_several_are(ask: Asking) -> None:
    answer = ask("対象人数が最も多い評価書はどれ")
    assert documents(answer) == ["川口市-22", "川崎市-53"]
    assert {dict(r.cells)["対象人数"] for r in answer.rows} == {"10万人以上30万人未満"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "システムの数が最も多い自治体はどこですか",
            "システムが最も多いのは川口市「子ども医療費の支給に関する事務」(8件)",
        ),
        ("委託先が最も多い自治体はどこですか", "委託事項が最も多いのは"),
        ("委託件数が最も多い自治体は", "委託事項が最も多いのは"),
    ],
)
def test_the_most_records(ask: Asking, question: str, said: str) -> None:
    answer = ask(question)
    assert said in answer.answer
    counts = [int(dict(row.cells)[next(h for h, _ in row.cells if h.endswith("の数"))]) for row in answer.rows]
    assert counts == sorted(counts, reverse=True)


def test_in_english(ask: Asking) -> None:
    answer = ask("Which municipalities use アイネス as a contractor?")
    assert f"2 of {ALL} collected assessments" in answer.answer


@pytest.mark.parametrize(
    ("question", "matching", "told"),
    [
        ("日立に委託している自治体は？", [], "委託先名に「日立」の記載がある評価書は"),
        ("架空データ計算に委託している自治体は？", [], "委託先名に「架空データ計算」の記載がある評価書は"),
        ("Which municipalities contract with Hitachi?", [], "0 of 5 collected assessments name 「Hitachi」"),
        ("アイネスに委託していない自治体は？", ["みなも町-3", "青嶺市-11"], "の記載がない評価書は"),
        (
            "アイネス以外に委託している自治体は？",
            ["みなも町-3", "川口市-22", "川崎市-14", "青嶺市-11"],
            "以外の委託先名",
        ),
        ("外部監査を実施していない自治体は？", ["みなも町-3"], "「外部監査」に印がない評価書は"),
    ],
)
def test_names_nobody_knows_and_denials(ask: Asking, question: str, matching: list[str], told: str) -> None:
    answer = ask(question)
    assert sorted(documents(answer)) == sorted(matching)
    assert answer.status is (Status.ANSWERED if matching else Status.NOT_STATED)
    assert told in answer.answer
    assert answer.coverage is not None
    assert (answer.coverage.considered, answer.coverage.matched) == (ALL, len(matching))


def test_unnamed_contractors_are_no_name(ask: Asking) -> None:
    for question in ("外部の業者に委託している自治体は", "どこに委託している自治体がありますか"):
        assert len(documents(ask(question))) == 4


def test_a_bare_name_is_answered_with_what_is_collected(ask: Asking) -> None:
    for question in ("川崎市", "川崎市について教えて", "川崎市の評価書は？"):
        answer = ask(question)
        assert answer.status is Status.ANSWERED
        assert documents(answer) == ["川崎市-14", "川崎市-53"]
        assert "川崎市の評価書で収録しているのは2件" in answer.answer


def test_contractors_of_the_past_stand_in_the_record_of_changes(ask: Asking) -> None:
    answer = ask("川口市で過去に使っていた委託先の会社を全部教えて")
    assert any("富士ソフトサービスビューロ" in c.quote for c in answer.citations)
    assert all(c.section.startswith("別添2") for c in answer.citations)
