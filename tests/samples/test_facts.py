"""What the samples state: the fictional ones are complete, the abridged ones agree with the published assessments."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.assessment import Assessment, Contact, Contract, Cover, File, Incident, Recipient, Record, State, System
from ingest.labels import fold
from ingest.read import assessment_files, read_assessment

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PUBLISHED = SAMPLES.parents[1] / "shared" / "data" / "assessments"
ABRIDGED = ("さいたま市-19", "伊勢市-10", "川口市-22", "川崎市-14", "川崎市-53")
#: Columns that are facts in the published words.
FACTS: dict[type[Record], tuple[str, ...]] = {
    Cover: (
        "body",
        "title",
        "duty",
        "people",
        "published",
        "department",
        "manager",
        "linkage",
        "assessed",
        "threshold",
    ),
    System: ("name",),
    File: ("file_kind", "people", "items", "held_since", "department", "user_count", "used_since"),
    Contract: ("handlers", "contractor", "subcontract"),
    Recipient: ("recipient", "basis", "people"),
    Contact: ("desk", "address", "phones"),
    Incident: ("occurred", "counts"),
}


#: Slips of the conversion in the published text that another of its items puts right (II.2 ⑥).
MISREAD = {"住宅政策都市営住宅": "住宅政策部市営住宅"}


def sample(stem: str) -> Assessment:
    return read_assessment(next(SAMPLES.glob(f"{stem}.*")))


def rows(assessment: Assessment, kind: type[Record], columns: tuple[str, ...]) -> list[list[str]]:
    found = [r for r in assessment.records if isinstance(r, kind)]
    return [[type(r).__name__, str(r.number), *(fold(getattr(r, c).value) for c in columns)] for r in found]


def test_the_folder_loads_seven_assessments() -> None:
    documents = {read_assessment(path).document for path in assessment_files([SAMPLES])}
    assert documents == {*ABRIDGED, "青嶺市-11", "みなも町-3"}


@pytest.mark.parametrize("stem", ABRIDGED)
def test_an_abridged_sample_names_its_source(stem: str) -> None:
    assessment = sample(stem)
    assert assessment.title in assessment.abridged_from
    assert assessment.published in assessment.abridged_from
    assert assessment.remainders == ()


@pytest.mark.parametrize("stem", ["青嶺市-11", "みなも町-3"])
def test_a_fictional_sample_is_whole(stem: str) -> None:
    assessment = sample(stem)
    assert not assessment.abridged_from
    assert assessment.gaps == ()
    assert assessment.remainders == ()
    assert not [i.key for i in assessment.items if i.state is State.UNREADABLE]


def test_contradictions_are_kept() -> None:
    kawaguchi = {i.section: i.text for i in sample("川口市-22").items}
    assert kawaguchi["II.4 委託事項1 ④"] == kawaguchi["II.4 委託事項3 ④"] == "再委託する"
    assert kawaguchi["III.4 再委託先による適切な取扱いの担保"] == "再委託していない"
    kawasaki = {i.section: i.text for i in sample("川崎市-14").items}
    assert "静脈認証" in kawasaki["II.6 保管場所"]
    assert "指紋認証" in kawasaki["III.3 リスク2 具体的な管理方法"]


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published assessments are not beside the project")
@pytest.mark.parametrize("stem", ABRIDGED)
@pytest.mark.parametrize("kind", FACTS, ids=lambda k: k.__name__)
def test_facts_agree_with_the_published_assessment(stem: str, kind: type[Record]) -> None:
    ours, theirs = sample(stem), read_assessment(PUBLISHED / f"{stem}.txt")
    expected = rows(theirs, kind, FACTS[kind])
    for wrong, right in MISREAD.items():
        expected = [[value.replace(wrong, right) for value in row] for row in expected]
    assert rows(ours, kind, FACTS[kind]) == expected
