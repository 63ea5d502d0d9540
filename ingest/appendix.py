"""Free parts of an assessment: 別紙, 別添 without a number of the form, and the headings inside free text."""

from __future__ import annotations

import re

from ingest.forms import Part
from ingest.labels import fold
from ingest.readers.source import Line

PARTS = ("別紙", "別添")
_ANNEX = re.compile(r"^[(（【]?(別紙|別添|参考資料|参考)\d*[)）】]?")
_ABOUT = re.compile(r"^.{3,40}について$")
_CASE = re.compile(r"^[【(（]?(?:事案|ケース|案件)\s*\d+[】)）]?")
_GROUP = re.compile(r"^[【<＜〔].{1,30}[】>＞〕]$|^\(\d+\)[^。]{1,30}$|^■.{1,30}$")


def begins(line: Line, form_is_over: bool, inside: bool, part: str) -> Part | None:
    """The appendix that this line is the heading of.

    form_is_over  the last item of the part has been read, so that unlabelled text after a blank line is no part of it
    inside        we are in an appendix already
    """
    if len(line.cells) != 1:
        return None
    text = line.cells[0].text
    folded = fold(text)
    if len(folded) > 60 or folded.endswith(("。", "参照", "参照。")):
        return None
    match = _ANNEX.match(folded)
    if match and (form_is_over or inside or line.blank_before):
        return Part("別添" if match[1] == "別添" else "別紙", "別紙・別添")
    if not (form_is_over or inside) or not line.blank_before:
        return None
    if _CASE.match(folded):
        return Part(part if inside else "別紙", "別紙・別添")
    if _ABOUT.match(folded) or (form_is_over and part in {"V", "VI"} and len(folded) <= 40):
        return Part("別紙", "別紙・別添") if not inside or part == "別紙" else Part(part, "別紙・別添")
    return None


def heading(text: str, part: str) -> str:
    """The title where a line of free text is the heading of a group (記録項目) or of a case, else ""."""
    folded = fold(text)
    if part in PARTS:
        return " ".join(text.split()) if _CASE.match(folded) and len(folded) < 60 else ""
    return re.sub(r"^[【<＜〔■]|[】>＞〕]$", "", folded) if _GROUP.match(folded) else ""
