"""What is refused before anything is read: personal numbers in a question."""

from __future__ import annotations

import re
import unicodedata

#: Twelve digits, each apart from the next by a hyphen, white space or both at most; no part of a longer number.
_DIGITS = re.compile(r"(?<!\d)(?<!\d-)\d(?:\s?-?\s?\d){11}(?!-?\d)")
_NAMES = re.compile(r"マイナンバー|個人番号|my ?number|individual number", re.IGNORECASE)
#: A name of the number counts within so many characters of the digits.
_NEAR_CHARS = 20
#: Hyphens, dashes and minus signs; the long vowel mark ー only between digits.
_HYPHENS = re.compile(r"[‐‑‒–—―−－]|(?<=\d)\s?ー(?=\s?\d)")


def has_personal_number(text: str) -> bool:
    """Whether a text holds a 個人番号: twelve digits with a right check digit, or twelve digits beside its name.

    Full-width digits, white space and hyphens count. Check digit: 番号法施行令 and 総務省令, see `check_digit`.
    """
    folded = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text))
    for match in _DIGITS.finditer(folded):
        digits = re.sub(r"\D", "", match[0])
        if check_digit(digits[:11]) == int(digits[11]):
            return True
        if _NAMES.search(folded[max(0, match.start() - _NEAR_CHARS) : match.end() + _NEAR_CHARS]):
            return True
    return False


def check_digit(digits: str) -> int:
    """The twelfth digit to eleven: 11 − (Σ Pn·Qn mod 11), 0 where the remainder is 0 or 1; 12345678901 → 8."""
    total = 0
    for n, digit in enumerate(reversed(digits), 1):
        total += int(digit) * (n + 1 if n <= 6 else n - 5)
    rest = total % 11
    return 0 if rest <= 1 else 11 - rest
