"""Files and folders the user names → the files to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

_NO_ASSESSMENTS = {"readme.md", "readme.txt", "thumbs.db", "desktop.ini"}


def assessment_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The named files, and all visible files below the named folders, sorted; each real file once.

    Never raises: what cannot be opened is yielded as well, so that reading it tells why.
    """
    seen: set[Path] = set()
    for path in paths:
        for file in _below(path, set()) if path.is_dir() else [path]:
            real = file.resolve() if file.exists() else file.absolute()
            if real not in seen:
                seen.add(real)
                yield file


def _below(folder: Path, visited: set[Path]) -> Iterator[Path]:
    real = folder.resolve()
    if real in visited:  # a link back to a folder above, or to one already read
        return
    visited.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name.lower() in _NO_ASSESSMENTS:
            continue
        if entry.is_dir():
            yield from _below(entry, visited)
        elif entry.suffix.lower() != ".py":
            yield entry
