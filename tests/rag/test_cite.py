"""Quotes: whatever is cited stands in the source, and what cannot be found is not cited."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rag.answer import KINDS
from rag.cite import MAX_QUOTE_CHARS, Citations, fold, quote_from, verified
from rag.library import Library
from rag.shelf import Shelf

japanese = st.text(st.sampled_from("あいう委託先を監督する。、株式会社①②・[○] \t\n　<b>&*_12Ａ"), max_size=80)


@given(japanese, japanese, japanese)
def test_every_quote_is_verified(before: str, text: str, after: str) -> None:
    source = fold(before + text + after)
    quote = quote_from(text, source)
    assert not quote or verified(quote, source)


@given(japanese, japanese)
def test_a_quote_is_never_invented(text: str, other: str) -> None:
    quote = quote_from(text, fold(other))
    assert not quote or fold(quote) in fold(other)


def test_white_space_width_and_markup_do_not_matter() -> None:
    source = fold("③委託先名<br>\n <td>株式 会社\u3000ＡＢＣ</td>\t(再委託)")
    assert quote_from("株式会社ABC （再委託）", source) == "株式会社ABC （再委託）"
    assert verified("株 式\n会 社", source)
    assert not verified("", source)
    assert not verified(" \u3000<br>", source)


def test_a_bare_angle_is_no_markup() -> None:
    source = fold("人数<1,000人 のとき委託する。<br>本人の数>1万人のとき委託しない。<!-- 1頁 -->以上")
    assert quote_from("のとき委託する。\n本人の数", source) == "のとき委託する。\n本人の数"
    assert verified("委託しない。以上", source)


def test_of_a_text_with_entities_the_longest_piece_that_stands_is_quoted() -> None:
    source = fold("A社及びB社&amp;C社に委託する。再委託はしない。")
    assert quote_from("A社及びB社&C社に委託する。再委託はしない。", source) == "再委託はしない。"
    assert quote_from("別の文である", source) == ""


def test_a_single_character_or_punctuation_is_no_quote() -> None:
    source = fold("電子記録媒体(フラッシュメモリを除く。)<td>2</td>人")
    assert (
        quote_from("[○] 電子記録媒体(フラッシュメモリを除く。) [☐] 紙", source)
        == "電子記録媒体(フラッシュメモリを除く。)"
    )
    assert quote_from("。)", source) == ""
    assert quote_from("2", source) == ""


def test_around_a_single_character_its_line_or_label_is_quoted(sample_library: Library) -> None:
    shelf = Shelf(sample_library, KINDS)
    book = shelf.open(shelf.versions()[0])
    for text, label, source, quote in (
        ("2", "人数", "①人数 2 ②方法", "人数 2"),
        ("無", "有無", "有無 [有・無] 無", "無"),
        ("2件", "件数", "合計2件", "2件"),
    ):
        citations = Citations()
        item = replace(book.items[0], label=label, text=text)
        assert citations.add(book.version, item, text, fold(source)) == 1
        assert citations.all()[0].quote == quote
    item = replace(book.items[0], label="方法", text="委託先は2社\nほか")
    citations = Citations()
    citations.add(book.version, item, "2", fold("方法 委託先は2社 ほか"))
    assert [c.quote for c in citations.all()] == ["委託先は2社"]
    assert Citations().add(book.version, item, ")", fold("方法)")) == 0


def test_a_long_text_is_cut_at_the_end_of_a_sentence() -> None:
    text = "保管する。" * 300
    quote = quote_from(text, fold(text))
    assert len(quote) <= MAX_QUOTE_CHARS
    assert quote.endswith("保管する。")
    unbroken = "あ" * 2 * MAX_QUOTE_CHARS
    assert len(quote_from(unbroken, fold(unbroken))) == MAX_QUOTE_CHARS


def test_passages_of_all_samples_can_be_quoted(sample_library: Library) -> None:
    shelf = Shelf(sample_library, KINDS)
    for version in shelf.versions():
        book = shelf.open(version)
        assert book.passages
        for passage in book.passages:
            assert verified(quote_from(passage.text, book.source), book.source), (version.document, passage.text)


def test_the_same_quote_of_the_same_place_has_one_number(sample_library: Library) -> None:
    shelf = Shelf(sample_library, KINDS)
    book = shelf.open(shelf.versions()[0])
    first, second = book.passages[0], book.passages[1]
    citations = Citations()
    markers = [citations.add(book.version, p.item, p.text, book.source) for p in (first, second, first)]
    assert markers == [1, 2, 1]
    assert citations.add(book.version, first.item, "どこにもない文", book.source) == 0
    assert [c.marker for c in citations.all()] == [1, 2]
    assert citations.all()[0].item == first.item.key


def test_a_text_torn_apart_in_its_source_is_quoted_by_its_beginning() -> None:
    source = fold("委託先名\t株式会社こだま電算\u202eまぼろし")
    assert quote_from("株式会社こだま電算まぼろし", source) == "株式会社こだま電算"
    assert quote_from("株式かいしゃ", source) == ""
