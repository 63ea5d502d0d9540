"""Findings as a whole: none in a sound assessment, quoted, keyed, merged over files, ordered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.read import read_assessment
from rag.checks import run
from rag.checks.finding import Family, Severity
from rag.checks.paper import of_assessment
from rag.cite import fold, verified

from .conftest import ROOT, TODAY, Findings, MakePaper

SUBCONTRACT = ("の担保\t[十分に行っている]", "の担保\t[再委託していない]")


@pytest.mark.parametrize("name", ["青嶺市-11.txt", "みなも町-3.xlsx"])
def test_a_sound_assessment_has_none(name: str) -> None:
    path = ROOT / "samples" / name
    assert run.check(of_assessment(read_assessment(path), path.name, TODAY)) == ()


def test_every_sample_is_quoted_verbatim() -> None:
    told = 0
    for path in sorted((ROOT / "samples").glob("*.txt")):
        paper = of_assessment(read_assessment(path), path.name, TODAY)
        for finding in run.check(paper):
            assert finding.message
            assert finding.sections
            assert finding.citations or finding.rule.family is Family.MISSING
            assert all(verified(c.quote, fold(paper.source)) for c in finding.citations)
            told += 1
    assert told > 20


def test_key_stays_while_the_words_do_and_moves_with_them(findings: Findings) -> None:
    one, again = findings(SUBCONTRACT), findings(SUBCONTRACT, ("公表日\n\n令和7年6月30日", "公表日\n\n令和7年7月30日"))
    assert [f.key for f in one] == [f.key for f in again]
    other = findings(("の担保\t[十分に行っている]", "の担保\t[再委託していない] "), ("[再委託しない]", "[再委託する]"))
    assert not {f.key for f in one} & {f.key for f in other}
    assert re.fullmatch(r"[0-9a-f]{10}", one[0].key)


def test_the_same_of_two_files_is_told_once(findings: Findings) -> None:
    both = findings(("その必要性\t資格と税額を", "その必要性\t\n資格と税額を", 0), ("[システム用ファイル]", "[]", -1))
    found = [f for f in both if f.rule.id == "blank.choice"]
    assert [f.sections for f in found] == [("II.2 ①",)]
    assert "対象:" not in found[0].message


def test_one_of_two_files_is_named(findings: Findings) -> None:
    (found,) = [f for f in findings(("[システム用ファイル]", "[]")) if f.rule.id == "blank.choice"]
    assert "(対象: 国民健康保険資格・賦課ファイル)" in found.message


def test_gravest_first(findings: Findings) -> None:
    order = [
        f.severity
        for f in findings(
            SUBCONTRACT, ("5情報(氏名、氏名の振り仮名、", "4情報(氏名、"), ("令和7年6月30日", "令和6年6月30日")
        )
    ]
    assert order == sorted(order, key=list(Severity).index)
    assert len(set(order)) > 1


def test_two_findings_of_the_same_words_have_two_keys(findings: Findings) -> None:
    found = findings(("[システム用ファイル]", "[]", -1), ("[10人以上50人未満]", "[]", -1))
    assert len({f.key for f in found}) == len(found)


def test_other_forms_raise_nothing_of_places_they_do_not_have(paper: MakePaper) -> None:
    text = ("特定個人情報保護評価書(重点項目評価書)", "特定個人情報保護評価書(全項目評価書)")
    made = paper(text, ("[令和7年5月 様式3]", "[令和7年5月 様式4]"))
    assert made.version.form == "様式4"
    assert not {f.rule.family for f in run.check(made)} & {Family.CONTRADICTION, Family.BLANK}


def test_json_form(findings: Findings) -> None:
    (found,) = findings(SUBCONTRACT)
    data = found.as_dict()
    assert data["family"] == "contradiction"
    assert data["severity"] == "finding"
    assert data["sections"][0] == "II.4 委託事項1 ④"
    assert data["citations"][0] == {"section": "II.4 委託事項1 ④", "label": "④再委託の有無 ※", "quote": "再委託する"}
    assert data["dismissed"] is None


def test_every_rule_has_a_source_and_a_name() -> None:
    rules = {
        rule.id: rule
        for path in sorted((ROOT / "rag" / "checks").rglob("*.py"))
        for rule in vars(__import__(_module(path), fromlist=["_"])).values()
        if type(rule).__name__ == "Rule"
    }
    assert {rule.family for rule in rules.values()} == set(Family)
    assert all(rule.title and rule.source for rule in rules.values())
    assert all(family.ja for family in Family)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
