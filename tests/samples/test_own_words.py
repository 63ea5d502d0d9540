"""The abridged samples share facts with the published assessments, never their sentences.

Runs where the published texts lie beside the project. A shared run counts unless it is a label or option of the form,
a name, a legal citation, a contact or a record item: these are facts, told apart by the place they stand in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT.parent / "shared" / "data" / "assessments"
SAMPLES = sorted([*(ROOT / "samples").glob("*.txt"), *(ROOT / "samples").glob("*.xlsx")])
#: Characters of running text, white space not counted, that no sample may share with a published assessment.
LONGEST = 20

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩ "
#: Fields whose whole value is a name, a citation, a contact or a choice.
FACTS = (
    "評価書番号|抄録|事務の名称|システムの名称|法令上の根拠|部署|所属長の役職名|事務担当部署|使用部署|委託先名|全ての記録項目|請求先|連絡先"
    "|委託事項\\d+|提供先\\d+|移転先\\d+"
)
FACT = re.compile(rf"^[{CIRCLED}]*(?:{FACTS})$")
CITATION = re.compile(
    r"[^\s、。は「」<>・]{0,70}?(?:法律|条例|命令|規則|(?<!方)法|同号|別表)(?:\([^)]*\))?(?:別表)?(?:第?[\d一二三四五六七八九十]+(?:条|項|号|の項|の)?(?:の\d+)?[、,及び・]*)+"
)
LAW_NAME = re.compile(r"[^\s、。は「」<>・]{2,40}(?:法律|条例|(?<!方)法)(?:施行規則|施行令)?")
#: Names joined by marks: 子育て支援課・芝支所・新郷支所.
OFFICES = re.compile(r"[^\s、。・は]{1,24}(?:課|室|支所|センター|担当|局|部|係)(?:\d課)?(?=[・、)。]|$)")
#: Duties and files are called by their names: …に関する事務, …ファイル.
NAMED = re.compile(r"[^\s、。・は]{2,40}(?:に関する事務|ファイル)(?=[・、)。]|$)")
#: A group of boxes holds options of the form and, in parentheses, names.
BOXES = re.compile(r"[\[［]\s*[○☐]?\s*[\]］]\s*\S")
DATE = re.compile(r"^(?:令和|平成)\d+年\d+月\d+日$")


def fold(text: str) -> str:
    """NFKC without markup and white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", re.sub(r"<[^>]*>", "", text)))


def words_of_the_form(node: Any) -> Iterator[str]:
    """Every label, title, option and box of the form's data."""
    if isinstance(node, dict):
        for value in node.values():
            yield from words_of_the_form(value)
    elif isinstance(node, list):
        for value in node:
            yield from words_of_the_form(value)
    elif isinstance(node, str):
        yield fold(node)


def form_words() -> list[str]:
    forms = (ROOT / "ingest" / "forms").glob("*.yaml")
    words = {w for form in forms for w in words_of_the_form(yaml.safe_load(form.read_text(encoding="utf-8")))}
    return sorted((w for w in words if len(w) >= 4), key=len, reverse=True)


def rows(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return [[str(v) for v in row if v is not None] for sheet in book for row in sheet.iter_rows(values_only=True)]
    return [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")]


def running_text(path: Path) -> Iterator[str]:
    """The cells of a sample that are neither facts by their field nor parts of 別添1."""
    annex = False
    for cells in rows(path):
        head = fold(cells[0]) if cells else ""
        annex = head.startswith("(別添1)") or (annex and not head.startswith(("III", "Ⅲ")))
        if annex or not any(cells):
            continue
        if DATE.match(head) and len(cells) >= 5:
            yield from (cells[2], cells[3], *cells[5:])
            continue
        labelled = [c for c in cells if c]
        if len(labelled) < 2 or not FACT.match(labelled[-2]):
            yield from (cell for cell in cells if not BOXES.search(cell))


def names(path: Path) -> list[str]:
    """The values of the fields that are names, wherever they are mentioned again."""
    found = set()
    for cells in rows(path):
        labelled = [c for c in cells if c]
        if len(labelled) > 1 and FACT.match(labelled[-2]):
            found |= {fold(part) for part in re.split(r"[、・]", labelled[-1])} | {fold(labelled[-1])}
    return sorted((n for n in found if len(n) >= 4), key=len, reverse=True)


def without_facts(cell: str, known: list[str]) -> list[str]:
    """What is left of a cell, in pieces, when labels, names and citations are taken out."""
    text = fold(re.sub(r"<選択肢>.*", "", cell, flags=re.DOTALL))
    for name in known:
        text = text.replace(name, "\n")
    for pattern in (CITATION, LAW_NAME, OFFICES, NAMED):
        text = pattern.sub("\n", text)
    return text.split("\n")


def shared_runs(path: Path, published: dict[str, set[str]], labels: list[str]) -> list[str]:
    known = sorted([*labels, *names(path)], key=len, reverse=True)
    found = []
    for cell in running_text(path):
        for piece in without_facts(cell, known):
            for i in range(len(piece) - LONGEST + 1):
                run = piece[i : i + LONGEST]
                found += [f"{name}: {run}" for name, grams in published.items() if run in grams]
    return found


@pytest.fixture(scope="module")
def published() -> dict[str, set[str]]:
    texts = {p.stem: fold(p.read_text(encoding="utf-8")) for p in sorted(PUBLISHED.glob("*.txt"))}
    return {name: {t[i : i + LONGEST] for i in range(len(t) - LONGEST + 1)} for name, t in texts.items()}


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published assessments are not beside the project")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_no_sentence_is_taken_over(path: Path, published: dict[str, set[str]]) -> None:
    assert shared_runs(path, published, form_words()) == []


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published assessments are not beside the project")
def test_the_check_sees_a_copied_sentence(tmp_path: Path, published: dict[str, set[str]]) -> None:
    source = min(PUBLISHED.glob("*.txt"))
    rows = source.read_text(encoding="utf-8").split("\n")
    line = next(row for row in rows if row.startswith("リスクに対する措置の内容") and len(row) > 60)
    copy = tmp_path / "copy.txt"
    copy.write_text(line, encoding="utf-8")
    assert shared_runs(copy, published, form_words())
