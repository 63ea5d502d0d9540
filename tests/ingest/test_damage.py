"""Damaged and drifting documents: the same sample, changed as conversions change it, is still read item by item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from ingest.assessment import Assessment
from ingest.labels import fold, roman
from tests.ingest.printed import NUMERALS, read, sample

PART = re.compile(r"^(III|II|IV|I|V) (\S.*)$")
NO_ITEM_HEADING = re.compile(r"^\d{1,2}\. [^\t]*$")
TEXT = sample()


def each_line(change: Callable[[str], str | None]) -> Callable[[str], str]:
    def changed(text: str) -> str:
        return "\n".join(line for old in text.split("\n") if (line := change(old)) is not None)

    return changed


def each_part(change: Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    return each_line(lambda line: change(m) if (m := PART.match(line)) else line)


def one_label_a_line(text: str) -> str:
    """The cover's labels stand side by side above their values: apart, each has its own line."""
    return re.sub(r"^評価書番号\t評価書名\n(\d+)\t(.*)$", r"評価書番号\t\1\n評価書名\t\2", text, flags=re.MULTILINE)


def every_25_lines(*between: str) -> Callable[[str], str]:
    def changed(text: str) -> str:
        lines: list[str] = []
        for n, line in enumerate(text.split("\n")):
            lines.append(line)
            if n % 25 == 24 and n > 40:
                lines += [b.format(n // 25) for b in between]
        return "\n".join(lines)

    return changed


def contents_with_pages(text: str) -> str:
    head, rest = text.split("項目一覧", 1)
    listed, rest = rest.split("(別添2) 変更箇所", 1)
    numbered = [f"{line} ……… {n}" if line.strip() else line for n, line in enumerate(listed.split("\n"))]
    return f"{head}項目一覧" + "\n".join(numbered) + "(別添2) 変更箇所 ……… 24" + rest


def without_part_headings(text: str) -> str:
    """All but those of the table of contents."""
    head, rest = text.split("(別添2) 変更箇所", 1)
    return head + "(別添2) 変更箇所" + each_line(lambda line: None if PART.match(line) else line)(rest)


def as_html_table(text: str) -> str:
    def table(match: re.Match[str]) -> str:
        rows = (line.replace("\t", "</td><td>") for line in match[0].rstrip("\n").split("\n"))
        return "<table>\n" + "".join(f"<tr><td>{row}</td></tr>\n" for row in rows) + "</table>\n"

    return re.sub(r"(?:^.*\t.*\n)+", table, text, flags=re.MULTILINE)


def wide_digits(text: str) -> str:
    return text.translate({ord("0") + n: chr(ord("０") + n) for n in range(10)})


def options_first(text: str) -> str:
    return re.sub(r"(\[[^\[\]\n]*\])\s*(<選択肢>[^\t\n]*)", r"\2 \1", text)


HARMLESS: dict[str, Callable[[str], str]] = {
    "newlines of Windows": lambda t: t.replace("\n", "\r\n").replace("\r\n", "\n"),
    "part numerals as one character": each_part(lambda m: f"{NUMERALS[m[1]]} {m[2]}"),
    "part numerals as l": each_part(lambda m: m[0].replace(m[1], m[1].replace("I", "l"), 1)),
    "part numerals with a dot": each_part(lambda m: f"{m[1]}．{m[2]}"),
    "parts as Markdown headings": each_part(lambda m: f"## **{m[0]}**"),
    "full-width digits": wide_digits,
    "page numbers between": every_25_lines("", "- {} -", ""),
    "page heads between": every_25_lines("", "{}/12ページ", "特定個人情報保護評価書(重点項目評価書)", ""),
    "options before the choice": options_first,
    "page numbers in the table of contents": contents_with_pages,
    "table of contents without its heading": lambda t: t.replace("項目一覧\n", "", 1),
    "part headings lost": without_part_headings,
    "empty lines everywhere": lambda t: t.replace("\n", "\n\n"),
    "no empty lines": lambda t: re.sub(r"\n+", "\n", t),
    "Markdown tables": each_line(lambda line: f"| {line.replace(chr(9), ' | ')} |" if "\t" in line else line),
    "HTML tables": as_html_table,
    "empty cells behind": each_line(lambda line: line + "\t\t\t"),
    "labels with colons": lambda t: re.sub(
        r"^((?!令和|平成|\d)[^\t\n]{2,40})\t([^\t\n]+)$", r"\1：\2", one_label_a_line(t), flags=re.MULTILINE
    ),
    "values below their labels": lambda t: re.sub(
        r"^((?!令和|平成|\d)[^\t\n]{2,40})\t([^\t\n]+)$", r"\1\n\2", one_label_a_line(t), flags=re.MULTILINE
    ),
    "heading of the changes lost": lambda t: re.sub(r"\n\(別添2\) 変更箇所(?=\n+変更日)", "\n", t),
    "OCR takes へ for ヘ": lambda t: t.replace("リスクへの対策", "リスクヘの対策"),
}


def said(assessment: Assessment) -> Counter[tuple[str, int, str]]:
    """What each place says; a dash says as little as nothing."""
    items = (i for i in assessment.items if i.part != "表紙" or i.name in {"評価書番号", "評価書名", "公表日"})
    return Counter((i.section, i.file_index, fold(i.text).strip("-")) for i in items)


@pytest.mark.parametrize("damage", HARMLESS)
def test_nothing_is_lost(damage: str) -> None:
    changed = HARMLESS[damage](TEXT)
    assert said(read(TEXT)) - said(read(changed)) == Counter()


def test_cells_joined_by_blanks() -> None:
    """Only the columns of 変更箇所 cannot be told apart any more."""
    joined = re.sub(r"\t(?=\S)", "  ", one_label_a_line(TEXT))
    lost = said(read(TEXT)) - said(read(joined))
    assert {section.split(" ")[0] for section, _, _ in lost} <= {"別添2"}


@pytest.mark.parametrize("number", range(len([x for x in TEXT.split("\n") if NO_ITEM_HEADING.match(x)])))
def test_one_lost_item_heading_costs_at_most_its_own_text(number: int) -> None:
    lines = TEXT.split("\n")
    headings = [n for n, line in enumerate(lines) if NO_ITEM_HEADING.match(line)]
    assessment = read("\n".join(line for n, line in enumerate(lines) if n != headings[number]))
    assert sum((said(read(TEXT)) - said(assessment)).values()) <= 9


def test_all_item_headings_lost() -> None:
    changed = each_line(lambda line: None if NO_ITEM_HEADING.match(line) else line)(TEXT)
    whole = said(read(TEXT))
    assert sum((whole - said(read(changed))).values()) < 0.1 * sum(whole.values())


def test_forty_systems() -> None:
    systems = "".join(f"システム{n}\n①システムの名称\t第{n}システム\n" for n in range(5, 41))
    changed = TEXT.replace("3. 特定個人情報ファイル名", systems + "3. 特定個人情報ファイル名", 1)
    names = [r.name.value for r in read(changed).records if type(r).__name__ == "System"]
    assert len(names) == 40
    assert names[-1] == "第40システム"


def test_parts_are_repeated_for_three_files() -> None:
    parts = re.split(r"^(?=(?:II|III) |\(別添1\))", TEXT, flags=re.MULTILINE)
    last = [part for part in parts if part.startswith("II ") and "ファイルの種類" in part][-1]
    changed = TEXT.replace(last, last + last.replace("国民健康保険給付ファイル", "第三のファイル"))
    files = [r.name.value for r in read(changed).records if type(r).__name__ == "File"]
    assert len(files) == 3
    assert files[2].endswith("第三のファイル")


def test_a_lost_system_is_a_gap() -> None:
    changed = re.sub(r"システム2\n[\s\S]*?(?=システム3\n)", "", TEXT, count=1)
    assert "I.2 システム2" in {g.section for g in read(changed).gaps}


@pytest.mark.parametrize(("printed", "part"), [("lV", "IV"), ("II", "II"), ("ll", "II"), ("VI", "VI")])
def test_numerals(printed: str, part: str) -> None:
    assert roman(printed) == part
