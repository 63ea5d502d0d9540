"""Citations are judged by the 公表日, and corrected only where the correction is certain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rag.checks import law
from rag.checks.finding import Severity

from .conftest import ROOT, Change, Findings

LAW = ROOT.parent / "shared" / "data" / "law" / "bangoho.txt"
TABLE_ONE = ("別表の44の項 ・", "別表第一の30の項 ・")
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")}


def published(day: str) -> Change:
    return ("公表日\n\n令和7年6月30日", f"公表日\n\n{day}")


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        ("令和6年5月26日", Severity.NOTE),
        ("令和6年5月27日", Severity.FINDING),
        ("未定", Severity.QUESTION),
    ],
)
def test_right_when_published_is_a_note(of_rule: Findings, day: str, severity: Severity) -> None:
    (found,) = of_rule("stale.table-one", TABLE_ONE, published(day))
    assert found.severity is severity
    assert ("正しい記載" in found.message) == (severity is Severity.NOTE)


def test_the_entry_of_the_duty_is_proposed(of_rule: Findings) -> None:
    (found,) = of_rule("stale.table-one", TABLE_ONE)
    assert found.proposal == "番号法第9条第1項 別表の44の項"


@pytest.mark.parametrize("printed", ["別表第一の30の項", "別表第一 30の項", "別表第1 30の項", "別表第１の３０の項"])
def test_spellings(of_rule: Findings, printed: str) -> None:
    (found,) = of_rule("stale.table-one", ("別表の44の項 ・", f"{printed} ・"))
    assert found.citations


@pytest.mark.parametrize("printed", ["別表の1の項", "別表第14の項", "別表第二十四の項"])
def test_an_entry_is_no_table(of_rule: Findings, printed: str) -> None:
    changes = ("別表の44の項 ・", f"{printed} ・")
    assert of_rule("stale.table-one", changes) == of_rule("stale.table-two", changes) == ()


def test_no_entry_is_proposed_for_several(of_rule: Findings) -> None:
    (found,) = of_rule("stale.table-one", ("別表の44の項 ・", "別表第一の30、16の項 ・"))
    assert found.proposal == ""


def test_the_item_of_an_ordinance_is_not_taken_for_that_of_the_law(of_rule: Findings) -> None:
    own = ("・番号法第9条第1項 別表の44の項 ・青嶺市個人番号の利用等に関する条例第4条", "・番号法第9条第2項")
    (found,) = of_rule("stale.ordinance-eight", own)
    assert found.proposal == "番号法第19条第9号"
    assert of_rule("stale.statute-nine", own) == ()


def test_all_places_of_a_citation_are_one_finding(of_rule: Findings) -> None:
    (found,) = of_rule(
        "stale.table-two", ("番号法第19条第8号に基づく主務省令第2条の表", "番号法第19条第8号別表第二", -1)
    )
    assert {s.split(" ")[0] for s in found.sections} == {"I.5", "II.5"}


def test_past_entries_are_not_cited(of_rule: Findings) -> None:
    assert "青嶺市個人情報保護条例" in (ROOT / "samples" / "青嶺市-11.txt").read_text("utf-8")
    assert of_rule("stale.ordinance") == ()


def test_numbers_that_are_cited() -> None:
    text = "番号法第9条第1項 別表の27の項(命令第18条第1号、第2号)、及び52の項 ・市の条例第3条(別表第1の1の項)"
    assert law.entry_numbers(text) == ("27", "52")
    assert law.entry_numbers("番号法別表24の項") == ("24",)
    assert law.entry_numbers("市の条例別表の3の項") == ()


@pytest.mark.parametrize(
    ("duty", "numbers"),
    [
        ("児童手当の支給に関する事務", ["81"]),
        ("児童扶養手当の支給に関する事務", ["56"]),
        ("特別児童扶養手当の支給に関する事務", ["66"]),
        ("住民税非課税世帯等臨時特別給付金の支給に関する事務", ["135"]),
        ("個人住民税に関する事務", ["24"]),
        ("町営住宅の管理に関する事務", ["27"]),
        ("子ども医療費の支給に関する事務", []),
    ],
)
def test_entry_of_a_duty(duty: str, numbers: list[str]) -> None:
    assert [e.number for e in law.entries_for(duty)] == numbers


@pytest.mark.shared
@pytest.mark.skipif(not LAW.exists(), reason="the law is not beside the project")
def test_every_entry_stands_in_the_law() -> None:
    rows = {_arabic(m[1]): m[0] for m in map(_ROW.match, Path(LAW).read_text("utf-8").splitlines()) if m}
    assert len(rows) > 130
    for entry in law.table():
        assert re.search(re.escape(entry.law), rows[entry.number]), entry.number
        assert set(entry.also) <= set(rows)


_ROW = re.compile(r"\| ([百十一二三四五六七八九]+(?:の[一二三四五六七八九])?)[^百十一二三四五六七八九の].*")


def _arabic(kanji: str) -> str:
    """百三十五 → 135, 八十二の二 → 82の2."""
    head, _, tail = kanji.partition("の")
    total = digit = 0
    for c in head:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total, digit = total + (digit or 1) * {"十": 10, "百": 100}[c], 0
    return f"{total + digit}" + (f"の{_DIGITS[tail]}" if tail else "")
