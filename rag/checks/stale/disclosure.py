"""個人情報保護条例 as the ground of disclosure and of penalties, since 2023 that of the law."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from rag.checks import law
from rag.checks.finding import Raised, Rule, Severity
from rag.checks.paper import Paper
from rag.checks.stale.judging import raised, texts

ORDINANCE = Rule(
    "stale.ordinance",
    Severity.FINDING,
    "開示請求や罰則の根拠が個人情報保護条例となっている",
    "個人情報の保護に関する法律第76条第1項、第90条第1項、第98条第1項",
    dt.date(2023, 4, 1),
)
DISCLOSURE = "個人情報の保護に関する法律第76条第1項、第90条第1項及び第98条第1項"
_ORDINANCE = re.compile(r"[^\s、。・(（]{0,12}個人情報の?保護(?:に関する)?条例(?!施行)")


def check(paper: Paper) -> Iterator[Raised]:
    requests = paper.stated("IV.1 ②")
    cited = [(i, c) for i in requests for c in law.citations(i.text, _ORDINANCE)]
    yield from raised(paper, ORDINANCE, cited, DISCLOSURE, "", DISCLOSURE)
    penal = [
        (i, c) for i in texts(paper) if i.part == "III" for c in law.citations(i.text, _ORDINANCE) if "罰則" in c.piece
    ]
    yield from raised(paper, ORDINANCE, penal, "個人情報の保護に関する法律(罰則)", "", "個人情報の保護に関する法律")
