"""Reading Excel workbooks: what a row becomes, what is refused and in which words."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ingest.errors import IngestError, NotText, UnreadableFile
from ingest.readers.grid import Merge, grid_rows
from ingest.readers.package import Limits
from ingest.readers.source import Source
from ingest.readers.xlsx import XlsxReader

MAX = 50 * 2**20


def book(tmp_path: Path, fill: Callable[[Worksheet], None], *more: Callable[[Worksheet], None]) -> Path:
    workbook = Workbook()
    fill(workbook.worksheets[0])
    for n, other in enumerate(more, 2):
        other(workbook.create_sheet(f"シート{n}"))
    path = tmp_path / "評価書.xlsx"
    workbook.save(path)
    return path


def read(path: Path, limits: Limits | None = None) -> Source:
    return XlsxReader(limits).read(path, MAX)


def texts(source: Source) -> list[list[str]]:
    return [[c.text for c in line.cells] for line in source.lines]


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The workbook with each part passed through `change`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    path.write_bytes(packed.getvalue())
    return path


def label_and_value(sheet: Worksheet) -> None:
    sheet["A1"] = "①委託内容"
    sheet["E1"] = "データの入力"
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("E1:P1")


# -- what a row becomes --------------------------------------------------------------------------------------


def test_a_merged_cell_counts_once_and_layout_columns_disappear(tmp_path: Path) -> None:
    assert texts(read(book(tmp_path, label_and_value))) == [["①委託内容", "データの入力"]]


def test_offsets_point_into_the_rendering(tmp_path: Path) -> None:
    source = read(book(tmp_path, label_and_value, label_and_value))
    assert source.text == "①委託内容\tデータの入力\n\n①委託内容\tデータの入力\n"
    for line in source.lines:
        for cell in line.cells:
            assert source.text[cell.start : cell.end] == cell.text


def test_an_empty_line_stands_between_sheets_and_where_rows_are_empty(tmp_path: Path) -> None:
    def gap(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["A5"] = "一", "二", "三"

    assert [line.blank_before for line in read(book(tmp_path, gap, gap)).lines] == [
        False,
        False,
        True,
        True,
        False,
        True,
    ]


def test_newlines_inside_a_cell_stay_in_one_cell(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "規定の内容", "・秘密の保持\r\n・再委託の禁止_x000D_\n\n・報告\t義務"

    assert texts(read(book(tmp_path, fill))) == [["規定の内容", "・秘密の保持\n・再委託の禁止\n・報告 義務"]]


def test_a_choice_drawn_over_cells_is_one_cell(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for column, text in enumerate(["②取扱者数", "[", "10人未満", "]", "<選択肢>"], 1):
            sheet.cell(1, column, text)
        sheet["B2"], sheet["D2"] = "1) 10人未満", "2) 10人以上50人未満"
        sheet.merge_cells("A1:A2")

    assert texts(read(book(tmp_path, fill))) == [
        ["②取扱者数", "[10人未満]", "<選択肢>"],
        ["", "1) 10人未満", "2) 10人以上50人未満"],
    ]


def test_a_mark_takes_its_label_and_detail(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for column, text in enumerate(
            ["③接続", "[", "○", "]", "その他", "(", "戸籍システム", ")", "[", None, "]", "税務システム"], 1
        ):
            sheet.cell(1, column, text)

    assert texts(read(book(tmp_path, fill))) == [["③接続", "[○] その他 (戸籍システム)", "[] 税務システム"]]


def test_an_inner_label_under_a_merged_one_keeps_its_place(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"] = "④使用の主体", "使用部署", "国保年金課"
        sheet["B2"], sheet["C2"] = "使用者数", "[10人未満]"
        sheet.merge_cells("A1:A2")

    assert texts(read(book(tmp_path, fill)))[1] == ["", "使用者数", "[10人未満]"]


def test_empty_cells_of_a_table_keep_the_columns_apart(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["変更日", "項目", "変更前の記載", "変更後の記載", "提出時期"])
        sheet.append(["令和7年6月30日", "I 基本情報", None, "[○] その他", "事後"])
        sheet.append([None, "II 概要", "前", "後", None])

    assert texts(read(book(tmp_path, fill)))[1:] == [
        ["令和7年6月30日", "I 基本情報", "", "[○] その他", "事後"],
        ["", "II 概要", "前", "後"],
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (dt.date(2025, 6, 30), '[$-411]ggge"年"m"月"d"日"', "令和7年6月30日"),
        (dt.datetime(2019, 5, 1), '[$-411]ggge"年"m"月"d"日"', "令和元年5月1日"),
        (dt.date(2016, 1, 1), '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', "平成28年1月1日"),
        (dt.date(2025, 6, 30), 'yyyy"年"m"月"d"日"', "2025年6月30日"),
        (dt.date(2025, 6, 30), "yyyy/mm/dd", "2025/6/30"),
        (22, "General", "22"),
        (22.0, "General", "22"),
        (404, "#,##0", "404"),
        (587884, "#,##0", "587,884"),
        (0.5, "General", "0.5"),
        (True, "General", "TRUE"),
    ],
)
def test_values_read_as_they_are_shown(tmp_path: Path, value: object, number_format: str, shown: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "公表日"
        cell = sheet["B1"]
        cell.value, cell.number_format = value, number_format

    assert texts(read(book(tmp_path, fill))) == [["公表日", shown]]


def test_east_asian_date_formats_that_have_only_a_number(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "公表日", 45838
        sheet["B1"].number_format = "0.00"

    def restyle(name: str, content: bytes) -> bytes:
        return content.replace(b'numFmtId="2"', b'numFmtId="58"') if name == "xl/styles.xml" else content

    assert texts(read(repacked(book(tmp_path, fill), restyle))) == [["公表日", "令和7年6月30日"]]


def test_formulas_count_with_their_saved_result(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"] = "件数", "=1+2", "=2+2"

    def calculate(name: str, content: bytes) -> bytes:
        return content.replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>").replace(
            b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>"
        )

    source = read(repacked(book(tmp_path, fill), calculate))
    assert texts(source) == [["件数", "3"]]
    assert "数式が 1 個" in source.notes[0]


def test_hidden_sheets_are_named_and_not_read(tmp_path: Path) -> None:
    def hidden(sheet: Worksheet) -> None:
        sheet["A1"], sheet.sheet_state = "選択肢の控え", "hidden"

    source = read(book(tmp_path, label_and_value, hidden))
    assert texts(source) == [["①委託内容", "データの入力"]]
    assert "シート2" in source.notes[0]


# -- what is refused -----------------------------------------------------------------------------------------


def refusal(path: Path, kind: type[IngestError] = UnreadableFile, limits: Limits | None = None) -> str:
    with pytest.raises(kind) as caught:
        read(path, limits)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path.name}: ")
    assert sentence.endswith("ください。")
    assert str(path.parent) not in sentence
    return sentence


def test_a_password(tmp_path: Path) -> None:
    path = tmp_path / "鍵.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"))
    assert "パスワード" in refusal(path)


def test_an_old_workbook_with_a_new_name(tmp_path: Path) -> None:
    path = tmp_path / "旧.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512 + "Workbook".encode("utf-16-le"))
    assert "古い形式" in refusal(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"plain text", "評価書番号\t評価書名".encode()])
def test_no_zip_at_all(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "壊.xlsx"
    path.write_bytes(content)
    assert "壊れている" in refusal(path)


def test_cut_off(tmp_path: Path) -> None:
    path = book(tmp_path, label_and_value)
    path.write_bytes(path.read_bytes()[:-400])
    assert "壊れている" in refusal(path)


def test_another_format_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "文書.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert "Excel のブックではありません" in refusal(path)


def test_damaged_xml(tmp_path: Path) -> None:
    path = book(tmp_path, label_and_value)
    repacked(path, lambda name, content: b"<workbook" if name == "xl/workbook.xml" else content)
    assert "Excel" in refusal(path)


@pytest.mark.parametrize("part", ["sheet1.xml", "workbook.xml.rels", "styles.xml", "[Content_Types].xml"])
def test_damaged_parts(tmp_path: Path, part: str) -> None:
    path = book(tmp_path, label_and_value)
    repacked(path, lambda name, content: content[: len(content) // 2] if name.endswith(part) else content)
    assert "Excel" in refusal(path)


def test_a_declaration_of_entities(tmp_path: Path) -> None:
    path = book(tmp_path, label_and_value)
    bomb = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    repacked(path, lambda name, content: bomb if name == "xl/theme/theme1.xml" else content)
    assert "安全に読めない" in refusal(path)


def test_parts_in_another_encoding(tmp_path: Path) -> None:
    path = book(tmp_path, label_and_value)
    repacked(path, lambda name, content: content.decode().encode("utf-16") if "sheet1" in name else content)
    assert "安全に読めない" in refusal(path)


def test_a_merge_that_hides_its_size(tmp_path: Path) -> None:
    path = book(tmp_path, label_and_value)
    repacked(path, lambda _, content: content.replace(b'ref="E1:P1"', b'ref="&#69;1:XFD1048576"'))
    assert "結合" in refusal(path)


def test_a_zip_bomb_is_never_unfolded(tmp_path: Path) -> None:
    path = book(tmp_path, label_and_value)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", b"\0" * 3 * 2**20)
    assert path.stat().st_size < 100_000
    assert "大きすぎます" in refusal(path, limits=Limits(unpacked_bytes=2**20))


def test_too_many_cells(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for _ in range(50):
            sheet.append(["値"] * 20)

    assert "大きすぎます" in refusal(book(tmp_path, fill), limits=Limits(cells=999))


def test_a_merge_over_the_whole_sheet(tmp_path: Path) -> None:
    path = book(tmp_path, label_and_value)
    repacked(path, lambda _, content: content.replace(b'ref="E1:P1"', b'ref="E1:XFD1048576"'))
    assert "大きすぎます" in refusal(path)


def test_a_value_in_the_last_corner(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "評価書番号"
        sheet.cell(1_048_576, 16_384, "x")

    assert "大きすぎます" in refusal(book(tmp_path, fill))


def test_no_text(tmp_path: Path) -> None:
    assert "文字の入ったシートがありません" in refusal(book(tmp_path, lambda sheet: None), NotText)


def test_larger_than_the_limit(tmp_path: Path) -> None:
    path = book(tmp_path, label_and_value)
    with pytest.raises(UnreadableFile, match="上限"):
        XlsxReader().read(path, 100)


# -- properties ----------------------------------------------------------------------------------------------

words = st.text(st.sampled_from("あ委託[]()○1) 「。"), min_size=1, max_size=6).map(str.strip).filter(bool)
grids = st.dictionaries(st.tuples(st.integers(1, 6), st.integers(1, 8)), words, max_size=30)


@given(
    grids,
    st.lists(st.builds(Merge, st.integers(1, 3), st.integers(1, 4), st.integers(3, 6), st.integers(4, 8)), max_size=2),
)
@settings(max_examples=200, deadline=None)
def test_no_character_of_a_sheet_is_lost(values: dict[tuple[int, int], str], merges: list[Merge]) -> None:
    printed = "".join("".join(row.cells) for row in grid_rows(values, merges))
    given_text = "".join(values[place] for place in sorted(values))
    assert printed.replace(" ", "") == given_text.replace(" ", "")
