"""A file or text that someone hands over to be checked: it lies where only this process reads it, and goes at once."""

from __future__ import annotations

import shutil
import tempfile
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from api.routes.exports import NOT_IN_NAMES
from rag.checks.checker import Checked, Checker

#: With its suffix a name must stay below what file systems take (255 bytes).
MAX_STEM_CHARS = 60
NAMELESS = "貼り付けた本文.txt"


def check_text(checker: Checker, text: str, name: str = "") -> Checked:
    """The findings in a text. Raises IngestError where it is no assessment."""
    return check_file(checker, BytesIO(text.encode("utf-8", "replace")), name or NAMELESS)


def check_file(checker: Checker, file: BinaryIO, name: str) -> Checked:
    """The findings in a file; its kind is told by the end of its name. Raises IngestError where it cannot be read."""
    with tempfile.TemporaryDirectory(prefix="hyoka-") as folder:
        path = Path(folder) / plain_name(name)
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        (checked,) = checker.check([path])
    return checked


def plain_name(name: str) -> str:
    """The name without folders and without what no file name takes, short enough, with its suffix."""
    last = PurePosixPath(NOT_IN_NAMES.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip())
    return f"{last.stem[:MAX_STEM_CHARS].lstrip('.') or '評価書'}{last.suffix[:10]}"
