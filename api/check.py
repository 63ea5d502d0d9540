"""One line of `hyoka doctor`: a part that works, or a sentence on why it does not."""

from __future__ import annotations

from collections.abc import Callable

from api.terminal import pad, show, without_passwords
from rag.errors import HyokaError


def check(name: str, probe: Callable[[], str]) -> bool:
    """Runs one probe and prints its line; False where it failed."""
    try:
        found, sign = probe(), "○"
    except HyokaError as error:
        found, sign = without_passwords(str(error)), "×"
    show(f"{sign} {pad(name, 18)}{found}")
    return sign == "○"
