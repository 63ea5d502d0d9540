"""The text reader: lines, cells and their places in the source."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.text import TextReader, parse_lines, tidy


def cells(text: str) -> list[list[str]]:
    return [[c.text for c in line.cells] for line in parse_lines(text)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\tb\n\nc", [["a", "b"], ["c"]]),
        ("\t\t値", [["", "", "値"]]),
        ("値\t\t\t", [["値"]]),
        ("## **II 概要**", [["II 概要"]]),
        ("| 名称 | 値 |\n|:--|--:|\n| a | b\\|c |", [["名称", "値"], ["a", "b|c"]]),
        ("| **太字** | <b>値</b> |", [["太字", "値"]]),
        ("-----\n値", [["値"]]),
        (
            "方法\t<table><tr><td>紙</td><td>電話</td></tr>\n<tr><td>他</td></tr></table>\n次",
            [["方法", "紙 電話\n他"], ["次"]],
        ),
        (
            "<table>\n<tr><td>名称</td><td>値</td></tr>\n<tr><th>a</th><td>b</td></tr>\n</table>",
            [["名称", "値"], ["a", "b"]],
        ),
        ("<table><tr><td>名称</td><td>終わりのない表\n次の行", [["名称", "終わりのない表"], ["次の行"]]),
        ("方法\t<p>一\n二</p>\n次", [["方法", "一\n二"], ["次"]]),
        ("方法\t<p>一\n\n次", [["方法", "一"], ["次"]]),
        ("方法\t<ul><li>一</li><li>二</li></ul>", [["方法", "一\n二"]]),
        ("方法\t一<br>二<br/>三", [["方法", "一\n二\n三"]]),
        ('印\t[ <input type="radio"/> ] 紙', [["印", "[ ◯ ] 紙"]]),
        ("印\t<input type=checkbox checked> 紙", [["印", "[○] 紙"]]),
        ("印\t<input type=checkbox> 紙", [["印", "[☐] 紙"]]),
        ("値　　と \xa0 空白", [["値 と 空白"]]),
        ("</td></tr></table></p>値", [["値"]]),
    ],
)
def test_rows_and_cells(source: str, expected: list[list[str]]) -> None:
    assert cells(source) == expected


def test_form_feeds_are_pages() -> None:
    assert [line.page for line in parse_lines("一\n\f二\n三\n\f\n四")] == [1, 2, 2, 3]
    assert [line.page for line in parse_lines("一\n二")] == [None, None]


def test_a_page_that_begins_within_a_line_is_not_that_lines_page() -> None:
    assert [line.page for line in parse_lines("前半\f後半\n次")] == [1, 2]


def test_blank_lines_are_remembered() -> None:
    assert [line.blank_before for line in parse_lines("一\n\n二\n三")] == [False, True, False]


def test_a_cells_place_takes_in_its_markup() -> None:
    source = "名称\t **値** "
    cell = parse_lines(source)[0].cells[1]
    assert source[cell.start : cell.end] == "**値**"


def test_a_piped_cell_knows_its_own_place() -> None:
    source = "| 名称 | 値 |"
    assert [source[c.start : c.end] for c in parse_lines(source)[0].cells] == ["名称", "値"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("cp932", b""),
        ("euc_jis_2004", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_encodings_and_newlines(tmp_path: Path, encoding: str, bom: bytes, newline: str) -> None:
    text = "評価書番号\t22\n①委託先名\t株式会社あおみね\n別添2 変更箇所\n" * 20
    path = tmp_path / "文書.txt"
    path.write_bytes(bom + text.replace("\n", newline).encode(encoding))
    source = TextReader().read(path, 10**6)
    assert source.text == text
    assert source.notes == ()


SOUP = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "<table>", "</table>", "<tr>", "<td>", "</td>", "<p>", "</p>", "<ul><li>", "<div hidden>", "</div>",
                "<script>", "</script>", "<!--", "-->", "<input type=radio>", "[", "]", "\t", "\n", "\n\n", "\f", "|",
                "| a | b |", "**", "# ", "- ", "\\", "&lt;", "&#x3042;", "&nope;", "<", "<br/>", "<選択肢>", "\u3000",
            ]
        ),
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(SOUP)
def test_any_text_has_lines_whose_cells_lie_in_it_in_order(text: str) -> None:
    places = [(c.start, c.end) for line in parse_lines(text) for c in line.cells]
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))


@given(SOUP.filter(lambda t: not any(c in t for c in "<&\\*#-|[\f")))
def test_without_markup_a_cell_is_its_source_tidied(text: str) -> None:
    for line in parse_lines(text):
        for cell in line.cells:
            assert tidy(text[cell.start : cell.end]) == cell.text


@given(st.text())
def test_tidy_is_done_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
