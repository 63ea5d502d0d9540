"""Folders of derived files, swapped whole: `NAME/g12-…` is written aside, then `NAME/current.json` points to it.

A reader sees the old folder or the new one, never a mixture; a kill in between leaves the old one in place.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

POINTER = "current.json"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A finished folder, and the catalog's generation it was made at."""

    folder: Path
    generation: int


def newest(root: Path) -> Snapshot | None:
    """The snapshot that `root` points to; None where there is none that can be used."""
    try:
        pointer = json.loads((root / POINTER).read_text("utf-8"))
        snapshot = Snapshot(root / str(pointer["folder"]), int(pointer["generation"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # absent or damaged: it is derived, so it is made again
    return snapshot if snapshot.folder.is_dir() else None


def publish(root: Path, generation: int, fill: Callable[[Path], None]) -> Snapshot:
    """Lets `fill` write a new folder, then makes it the newest and removes all but the one before.

    Raises OSError where it cannot be written; the old snapshot then stays.
    """
    root.mkdir(parents=True, exist_ok=True)
    before = newest(root)
    folder = root / f"g{generation}-{uuid.uuid4().hex[:8]}"
    folder.mkdir()
    try:
        fill(folder)
        replace_file(root / POINTER, json.dumps({"folder": folder.name, "generation": generation}))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _sweep(root, {folder.name} | ({before.folder.name} if before else set()))
    return Snapshot(folder, generation)


def replace_file(path: Path, text: str) -> None:
    """Writes a small file so that a reader sees the old text or the new one."""
    aside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
    aside.write_text(text, "utf-8")
    os.replace(aside, path)


def _sweep(root: Path, kept: set[str]) -> None:
    # The one before is kept: a reader may be about to open its files.
    for path in root.iterdir():
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f"{POINTER}."):
            path.unlink(missing_ok=True)
