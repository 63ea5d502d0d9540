"""What masking gives back: the text with tokens, what was found, and where it stood. None of it holds a value."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Never put back into a text.
PERSONAL_NUMBER = "個人番号"
NAME = "氏名"
ADDRESS = "住所"
TELEPHONE = "電話番号"
MAIL = "メールアドレス"
BIRTH = "生年月日"
ACCOUNT = "口座番号"


@dataclass(frozen=True, slots=True)
class Found:
    """How many different values of a kind were found; of 個人番号, how many places."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class MaskedSpan:
    """`token` stands for [start, end) of the original, counted in code points. The same value has the same token."""

    start: int
    end: int
    kind: str
    token: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked text. `spans` in the original's order, for whoever still holds the original and may put values back."""

    text: str
    found: tuple[Found, ...] = ()
    spans: tuple[MaskedSpan, ...] = field(default=(), repr=False)
