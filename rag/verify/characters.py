"""Characters that a sentence may not hold: those that nobody sees, and those that look like others."""

from __future__ import annotations

import re
import unicodedata

from ingest.labels import CIRCLED
from rag.verify.faults import Fault

#: Control, format, private, unassigned characters, surrogates, marks that enclose, numbers that are neither 1 nor 一.
_NEVER = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Me", "No"})
_PLAIN = frozenset("\n\t\r")
#: Fillers and variation selectors: letters and marks without a shape.
_BESIDE = re.compile(r"[\d,.、]+\s+\d+")
_SHAPELESS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u2800")


def hidden(sentence: str, evidence: str) -> str:
    """The fault where a sentence holds such a character; circled numbers, and numbers that stand side by side, only as
    the evidence prints them.
    """
    for char in sentence:
        if char in CIRCLED or char in _PLAIN:
            continue
        if unicodedata.category(char) in _NEVER or char in _SHAPELESS or "\ufe00" <= char <= "\ufe0f":
            return f"{Fault.MARKUP}: U+{ord(char):04X}"
    spaced = " ".join(evidence.split())
    for match in _BESIDE.finditer(sentence):
        if " ".join(match[0].split()) not in spaced:
            return f"{Fault.NUMBER}: {match[0]}"
    bare, printed = "".join(sentence.split()), "".join(evidence.split())
    for at, char in enumerate(bare):
        if char in CIRCLED and bare[at : at + 3] not in printed and (at < 2 or bare[at - 2 : at + 1] not in printed):
            return f"{Fault.NUMBER}: {char}"
    return ""
