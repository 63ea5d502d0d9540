"""Boxes in three values, and the selected option of a choice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assessment import Marking
from ingest.marks import boxes, choice, judge, lossy_glyphs

OFFICIAL = ("紙", "電子メール", "専用線", "その他")
SIZES = ("10人未満", "10人以上50人未満", "50人以上100人未満")
M, U, R = Marking.MARKED, Marking.UNMARKED, Marking.UNREADABLE


def marks(text: str, lossy: frozenset[str] = frozenset(), none_allowed: bool = False) -> dict[str, Marking]:
    return {m.label: m.marking for m in judge(boxes(text, OFFICIAL), lossy, none_allowed)}


@pytest.mark.parametrize("glyph", ["○", "O", "o", "〇", "0", "✓", "✔", "☑", "レ", "●", "■", "Ｏ"])
def test_every_mark_is_one(glyph: str) -> None:
    assert marks(f"[ {glyph} ] 紙 [ ] 専用線") == {"紙": M, "専用線": U}


def test_bare_boxes_beside_a_mark_are_empty() -> None:
    assert marks("[○] 紙 [ ] 電子メール [] 専用線 ［　］ その他") == {
        "紙": M,
        "電子メール": U,
        "専用線": U,
        "その他": U,
    }


def test_bare_boxes_alone_are_unreadable() -> None:
    assert set(marks("[ ] 紙 [ ] 電子メール [] 専用線").values()) == {R}


def test_bare_boxes_alone_are_empty_where_the_form_lets_all_be_empty() -> None:
    assert set(marks("[ ] 紙 [ ] 専用線", none_allowed=True).values()) == {U}


def test_a_glyph_that_hides_marks_elsewhere_proves_nothing() -> None:
    groups = [boxes("[ ] その他 ( 戸籍システム ) [ ] 紙", OFFICIAL)]
    assert lossy_glyphs(groups) == frozenset({""})
    assert marks("[○] 紙 [ ] 専用線", lossy_glyphs(groups)) == {"紙": M, "専用線": R}
    assert marks("[ ] 紙 [ ] 専用線", lossy_glyphs(groups), none_allowed=True) == {"紙": R, "専用線": R}


def test_a_detail_proves_its_mark() -> None:
    found = judge(boxes("[ ] その他 ( 戸籍システム ) [ ] 紙", OFFICIAL), frozenset())
    assert [(m.label, m.marking, m.detail) for m in found] == [("その他", M, "戸籍システム"), ("紙", U, "")]


def test_an_empty_radio_button_beside_other_boxes_is_the_printed_circle() -> None:
    assert marks("[◯] 紙 [☐] 専用線") == {"紙": M, "専用線": U}
    assert marks("[◯] 紙 [ ] 専用線") == {"紙": M, "専用線": U}
    assert marks("[◯] 紙 [◯] 専用線") == {"紙": R, "専用線": R}


def test_a_lost_bracket_behind_a_glyph() -> None:
    assert marks("[○ 紙 [☐ 専用線") == {"紙": M, "専用線": U}


def test_the_longest_official_label_wins() -> None:
    official = ("電子記録媒体", "電子記録媒体(フラッシュメモリを除く。)")
    (box,) = boxes("[○] 電子記録媒体（フラッシュメモリを除く。）", official)
    assert (box.label, box.detail) == (official[1], "")


def test_a_count_is_a_detail() -> None:
    (box,) = boxes("[○] 提供を行っている ( 28 ) 件", ("提供を行っている",))
    assert box.detail == "28"


def test_a_group_printed_twice_counts_once() -> None:
    assert marks("[ ] 紙 [○] 専用線 [○] 紙 [ ] 専用線") == {"紙": M, "専用線": M}


def test_a_label_unknown_to_the_form_is_kept() -> None:
    assert marks("[○] 庁内便 [ ] 紙") == {"庁内便": M, "紙": U}


@pytest.mark.parametrize(
    ("text", "selected"),
    [
        ("[ 10人以上50人未満 ] <選択肢> 1) 10人未満 2) 10人以上50人未満", "10人以上50人未満"),
        ("<選択肢> 1) 10人未満 2) 10人以上50人未満 [10人未満]", "10人未満"),
        ("［　10人未満　］＜選択肢＞　1) 10人未満", "10人未満"),
        ("10人未満 <選択肢> 1) 10人未満 2) 10人以上50人未満", "10人未満"),
        ("[ ] <選択肢> 1) 10人未満 2) 10人以上50人未満", ""),
        ("<選択肢> 1) 10人未満 2) 10人以上50人未満", ""),
        ("1) 10人未満 2) 10人以上50人未満", ""),
        ("10人未満 10人以上50人未満 50人以上100人未満", ""),
        ("[ 10人未満 ( 3 ) 件 ]", "10人未満"),
        ("[特に入力している]", "特に入力している"),
        ("", ""),
    ],
)
def test_the_selected_option(text: str, selected: str) -> None:
    assert choice(text, SIZES) == selected


SCRIBBLE = st.text(st.sampled_from("[]［］()（）○◯☐0レ紙その他専用線1)<>選択肢 \n\t・"), max_size=60)


@given(st.one_of(st.text(), SCRIBBLE))
def test_no_text_is_too_strange(text: str) -> None:
    group = boxes(text, OFFICIAL)
    found = judge(group, lossy_glyphs([group]))
    assert len({m.label for m in found}) == len(found)
    choice(text, SIZES)


@given(SCRIBBLE)
def test_an_unreadable_box_has_no_detail(text: str) -> None:
    for mark in judge(boxes(text, OFFICIAL), frozenset({""})):
        assert mark.marking is not R or not mark.detail
