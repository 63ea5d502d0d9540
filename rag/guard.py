"""What is refused before anything is read or kept: personal numbers. The rules stand in `rag.privacy`."""

from __future__ import annotations

from rag.privacy.personal_number import check_digit, personal_numbers

__all__ = ["check_digit", "has_personal_number"]


def has_personal_number(text: str) -> bool:
    """Whether a text holds a 個人番号: twelve digits with a right check digit, or twelve digits beside its name.

    However they are written: see `rag.privacy.personal_number`. The check digit: see `check_digit`.
    """
    return bool(personal_numbers(text))
