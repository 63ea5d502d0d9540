"""Measures a workbook's package (a zip of XML) before anything parses it: no bomb, no lock, no other format.

Merged ranges are read here: openpyxl's own way draws their borders, which costs more than all the rest of the file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from ingest.errors import UnreadableFile
from ingest.readers.grid import Merge

_LINKS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s([^<>]*?))?(/?)>")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_MERGES = re.compile(rb"<(?:\w+:)?mergeCell\s")
_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?["']"""
)
_UNCALCULATED = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may unfold to. The longest published forms hold some 30,000 cells in 5 MB of XML."""

    parts: int = 2_000
    unpacked_bytes: int = 128 * 2**20
    tags: int = 3_000_000  # of all XML: each is an object to whoever parses it, empty or not
    cells: int = 400_000
    area: int = 4_000_000  # rows × columns of one sheet that has to be walked through


@dataclass(frozen=True, slots=True)
class Package:
    """What was measured.

    max_row, max_column  the last ones with a value, in any sheet
    merges               merged ranges by title of the sheet
    uncalculated         formulas saved without a result
    drawn_text           whether text stands in drawings, which no reader sees
    """

    max_row: int
    max_column: int
    merges: dict[str, tuple[Merge, ...]]
    uncalculated: int
    drawn_text: bool


def measure(data: bytes, name: str, limits: Limits) -> Package:
    """Raises UnreadableFile where the package is locked, damaged, another format or larger than the limits."""
    if data.startswith(_OLE2):
        raise UnreadableFile(_ole2_sentence(data, name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _measure(archive, name, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OverflowError) as error:
        raise UnreadableFile(
            f"{name}: ファイルが壊れているか途中で切れています。"
            "元のファイルを開けるか確かめ、.xlsx 形式で保存し直してください。"
        ) from error


def _ole2_sentence(data: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            f"{name}: パスワードで保護されているため読めません。Excel で開き、パスワードを外して保存し直してください。"
        )
    return f"{name}: 古い形式(.xls など)のファイルです。Excel で開き、.xlsx 形式で保存し直してください。"


def _measure(archive: zipfile.ZipFile, name: str, limits: Limits) -> Package:
    entries = archive.infolist()
    if not any(e.filename == "xl/workbook.xml" or re.match(r"xl/.*\.xml$", e.filename) for e in entries):
        raise UnreadableFile(
            f"{name}: Excel のブックではありません(中身の形式が違います)。.xlsx 形式で保存し直してください。"
        )
    if len(entries) > limits.parts:
        raise UnreadableFile(_too_large(name, f"部品 {len(entries):,} 個"))
    left, tags, cells, merged = limits.unpacked_bytes, 0, 0, 0
    merges: dict[str, tuple[Merge, ...]] = {}
    links: dict[str, bytes] = {}
    max_row = max_column = uncalculated = 0
    drawn = False
    for entry in entries:
        content = _unpack(archive, entry, left, name)
        left -= len(content)
        if entry.filename.endswith((".xml", ".rels")):
            _refuse_unsafe(content, name)
        tags += content.count(b"<")
        if tags > limits.tags:
            raise UnreadableFile(_too_large(name, "XML の要素の数"))
        if entry.filename in _LINKS:
            links[entry.filename] = content
        if entry.filename.startswith("xl/drawings/") and b"<a:t>" in content:
            drawn = True
        if not entry.filename.startswith("xl/worksheets/"):
            continue
        bottom = right = 0
        for attributes, empty in _CELL.findall(content):
            cells += 1
            place = None if empty else _PLACE.search(attributes)
            if place:
                bottom, right = max(bottom, int(place[2])), max(right, _column(place[1]))
        merges[entry.filename] = _merges(content, name)
        merged += sum((m.bottom - m.top + 1) * (m.right - m.left + 1) for m in merges[entry.filename])
        if cells + merged > limits.cells or bottom * right > limits.area:
            raise UnreadableFile(_too_large(name, f"セル {max(cells + merged, bottom * right):,} 個"))
        max_row, max_column = max(max_row, bottom), max(max_column, right)
        uncalculated += len(_UNCALCULATED.findall(content))
    titled = {title: merges.get(part, ()) for title, part in _sheet_parts(links, name).items()}
    return Package(max(max_row, 1), max(max_column, 1), titled, uncalculated, drawn)


def _refuse_unsafe(content: bytes, name: str) -> None:
    """Excel writes plain UTF-8 without declarations; anything else could hide what is counted here."""
    if b"<!DOCTYPE" in content or b"\0" in content[:64]:
        raise UnreadableFile(f"{name}: 安全に読めない宣言や文字コードを含みます。Excel で開いて保存し直してください。")


def _merges(content: bytes, name: str) -> tuple[Merge, ...]:
    found = _MERGE.findall(content)
    if len(found) != len(_MERGES.findall(content)):
        raise UnreadableFile(f"{name}: セルの結合の範囲が壊れています。Excel で開いて保存し直してください。")
    return tuple(
        Merge(int(top), _column(left), int(bottom), _column(right)) for left, top, right, bottom in found if right
    )


def _sheet_parts(links: dict[str, bytes], name: str) -> dict[str, str]:
    """Title of a sheet → name of its part in the package."""
    try:
        book, relations = (ElementTree.fromstring(links[part]) for part in _LINKS)
    except (KeyError, ElementTree.ParseError) as error:
        raise UnreadableFile(
            f"{name}: Excel のブックとして読めません(目次の部分が壊れています)。Excel で開いて保存し直してください。"
        ) from error
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    parts = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            target = targets.get(link) or ""
            parts[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, name: str) -> bytes:
    """The entry's bytes, never more than `left` of them whatever its header promises."""
    with archive.open(entry) as stream:
        content = stream.read(left + 1)
    if len(content) > left:
        raise UnreadableFile(_too_large(name, "展開した大きさ"))
    return content


def _too_large(name: str, what: str) -> str:
    return (
        f"{name}: 評価書としては大きすぎます({what}が上限超え)。"
        "使っていない行や列、シートを消して保存し直してください。"
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
