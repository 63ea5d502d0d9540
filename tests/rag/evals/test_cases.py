"""Reading question sets: defaults, conversations, faulty lines, types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.errors import BadQuestion
from rag.evals.cases import Case, expected_documents, of_types, parse_cases, read_cases, shipped_cases


def lines(*values: object) -> bytes:
    return "\n".join(json.dumps(value, ensure_ascii=False) for value in values).encode()


def test_a_whole_line() -> None:
    line = {
        "id": "a", "type": "list", "question": "委託先は？", "must": [["甲", "乙"], ["丙"]], "must_not": ["丁"],
        "documents": ["甲市-1"], "section": "II.4", "abstain": False, "note": "覚え", "on": "samples",
    }  # fmt: skip
    assert parse_cases("x", lines(line)) == [
        Case("a", "list", "委託先は？", (), (("甲", "乙"), ("丙",)), ("丁",), ("甲市-1",), "II.4", False)
    ]


def test_only_the_question_is_needed() -> None:
    (case,) = parse_cases("x", b'\n{"question": "q"}\r\n\n')
    assert case == Case("2行目", "", "q")
    assert not case.settled
    assert [c.settled for c in parse_cases("x", lines({"question": "q", "abstain": True}))] == [True]
    assert [c.settled for c in parse_cases("x", lines({"question": "q", "must": [["x"]]}))] == [True]


def test_the_last_turn_is_judged() -> None:
    (case,) = parse_cases("x", lines({"turns": ["一つ目", "二つ目", "三つ目"]}))
    assert (case.earlier, case.question) == (("一つ目", "二つ目"), "三つ目")


def test_a_line_separator_in_a_text_ends_no_line() -> None:
    assert len(parse_cases("x", lines({"question": "一\u2028二"}, {"question": "三"}))) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{}", "question か turns"),
        ('{"question": " "}', "question の値"),
        ('{"question": "a", "turns": ["b"]}', "question か turns"),
        ('{"turns": ["a", ""]}', "turns の値"),
        ('{"question": "a", "must": ["b"]}', "must の値"),
        ('{"question": "a", "abstain": "no"}', "abstain の値"),
        ("[1]", "question か turns"),
        ("質問", "JSON ではない"),
        ("[" * 100_000, "JSON ではない"),
    ],
)
def test_faulty_lines_are_named(line: str, told: str) -> None:
    with pytest.raises(BadQuestion, match=r"集\.jsonl に読めない行があります: 2行目") as caught:
        parse_cases("集.jsonl", f'{{"question": "q"}}\n{line}'.encode())
    assert told in str(caught.value)


def test_only_the_first_faults_are_shown() -> None:
    with pytest.raises(BadQuestion, match=r"5行目.*、ほか2行"):
        parse_cases("x", b"x\n" * 7)


@pytest.mark.parametrize(("raw", "told"), [(b"", "空です"), (b"\n \n", "空です"), (b"\xff\xfe", "UTF-8")])
def test_files_that_are_no_set(raw: bytes, told: str) -> None:
    with pytest.raises(BadQuestion, match=told):
        parse_cases("x", raw)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match="開けません"):
        read_cases(tmp_path / "無い.jsonl")


def test_types() -> None:
    cases = parse_cases("x", lines({"question": "a", "type": "list"}, {"question": "b", "type": "fact"}))
    assert [c.question for c in of_types(cases, ["fact"])] == ["b"]
    assert of_types(cases, []) == cases
    with pytest.raises(BadQuestion, match=r"種類「time」.*list、fact"):
        of_types(cases, ["time"])


def test_the_set_that_ships() -> None:
    cases = shipped_cases()
    assert all(case.settled for case in cases)
    assert len({case.id for case in cases}) == len(cases)
    assert any(case.abstain for case in cases)
    assert "青嶺市-11" in list(expected_documents(cases))
