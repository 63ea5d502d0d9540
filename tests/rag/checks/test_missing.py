"""What was lost is told with its place, and with the line of the cover that promised it."""

from __future__ import annotations

from .conftest import SAMPLE, Findings

CHANGES = SAMPLE.read_text("utf-8").split("\n(別添2) 変更箇所\n")[-1]
PEOPLE = "6. 評価実施機関における担当部署\n①部署\t市民生活部国保年金課\n②所属長の役職名\t国保年金課長\n"


def test_a_part_that_the_cover_lists(of_rule: Findings) -> None:
    (found,) = of_rule("missing.part", ("\n(別添2) 変更箇所\n" + CHANGES, "\n"))
    assert found.sections == ("別添2",)
    assert [c.quote for c in found.citations] == ["(別添2) 変更箇所"]


def test_a_field_is_cited_as_places_are(of_rule: Findings) -> None:
    (found,) = of_rule(
        "missing.part",
        ("その必要性\t資格と税額を世帯を単位に決めるため、世帯主と世帯員の情報をそろえて持たなければならない。\n", ""),
    )
    assert found.sections == ("II.2 ③ その必要性",)


def test_what_an_abridged_document_leaves_out_was_not_lost(of_rule: Findings) -> None:
    abridged = ("公表日\n\n令和7年6月30日", "抄録\n\n青嶺市-11\n\n公表日\n\n令和7年6月30日")
    assert len(of_rule("missing.part", (PEOPLE, ""))) == 1
    assert of_rule("missing.part", (PEOPLE, ""), abridged) == ()
