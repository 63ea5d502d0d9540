"""A library of hand-made assessments, the check that its stores agree, and processes of their own that write to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from fakes import cut_form, read_form

from rag import library as library_module
from rag import snapshots
from rag.library import Library
from rag.settings import Settings

ROOT = Path(library_module.__file__).parents[1]


def open_library(home: Path, **settings: object) -> Library:
    return Library.open(Settings(home=home, **settings), read=read_form, cut=cut_form)  # type: ignore[arg-type]


def consistent(library: Library) -> None:
    """Catalog, Chroma, matrix and lexical index hold the same chunks, and every document is whole."""
    indexes = library._indexes
    wanted = library.catalog.chunk_digests()
    assert indexes.store.digests() == wanted
    for root in (indexes.matrix_root, indexes.lexical_root):
        snapshot = snapshots.newest(root)
        held = json.loads((snapshot.folder / "chunks.json").read_text()) if snapshot else {"keys": [], "digests": []}
        assert dict(zip(held["keys"], held["digests"], strict=True)) == wanted
        assert (snapshot.generation if snapshot else 0) == library.catalog.generation()
    for version in library.catalog.versions(current_only=False):
        assert len(library.catalog.items(version.id)) == version.items
        assert len(library.catalog.chunk_keys([version.id])) == version.items
        assert len(library.catalog.records("covers", [version.id])) == 1


OPENING = """
import sys
from pathlib import Path
import chromadb
import rag.library
from fakes import CountingEncoder
from fakes_library import open_library
rag.library.open_encoder = lambda choice: CountingEncoder()
print("started", flush=True)
library = open_library(Path(sys.argv[1]))
"""


def child(code: str, home: Path, *arguments: object) -> subprocess.Popen[str]:
    """A process of its own that opens the library in `home` and then runs `code`; it has started when this returns."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    process = subprocess.Popen(
        [sys.executable, "-c", OPENING + code, str(home), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process
