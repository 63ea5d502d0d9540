"""Loading is killed at random moments; the next start is consistent and nothing that was committed is lost."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from fakes import ITEMS, CountingEncoder, write_form
from fakes_library import child, consistent, open_library

from rag import library as library_module

KILLS = 28
#: Forks of a process that has imported everything: a second less for each kill.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["bm25s", "chromadb", "sudachipy", "fakes_library"])
DOCUMENTS = 15


def load_and_tell(home: Path, folder: Path, told: Connection) -> None:
    """What the process that gets killed does."""
    library_module.open_encoder = lambda choice: CountingEncoder()  # type: ignore[assignment]
    told.send("started")
    library = open_library(home)
    library.load([folder], lambda number, total, file: told.send("taken"))
    told.send("loaded")


def heard(told: Connection) -> Iterator[str]:
    """What the process said before it died."""
    try:
        while told.poll():
            yield told.recv()
    except (EOFError, OSError):
        return


def write_all(folder: Path, edition: int) -> None:
    """Fifteen documents; each edition has other texts, every third one another 公表日 as well."""
    for number in range(DOCUMENTS):
        published = f"2024-04-{1 + edition % 28:02d}" if number % 3 == 0 else "2024-04-01"
        items = [*ITEMS[: 2 + (number + edition) % 4], f"III.9|教育|第{edition}版の研修を{number}回行う。"]
        write_form(folder / f"{number}.txt", f"甲市-{number}", published, items)


@pytest.mark.usefixtures("encoder")
def test_killed_at_random_moments(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "in"
    random.seed(20)
    mended = killed = 0
    for edition in range(KILLS):
        write_all(folder, edition)
        ours, theirs = FORKS.Pipe()
        process = FORKS.Process(target=load_and_tell, args=(home, folder, theirs))
        process.start()
        theirs.close()
        assert ours.recv() == "started"
        # Somewhere between the first file and the words' index at the end, however fast the machine is.
        said: list[str] = []
        wanted = random.randrange(DOCUMENTS + 1)
        while said.count("taken") < wanted:
            said.append(ours.recv())
        time.sleep(random.uniform(0, 0.02))
        process.kill()
        process.join()
        said += heard(ours)
        killed += "loaded" not in said
        library = open_library(home)
        try:
            consistent(library)
            mended += bool(library.repairs)
            # What the child had reported as taken in is there.
            done = sum(word == "taken" for word in said)
            texts = {chunk.text for chunk in library.catalog.current_chunks() if chunk.label == "教育"}
            assert sum(text.startswith(f"第{edition}版") for text in texts) >= done
        finally:
            library.close()
    assert killed >= 20
    assert mended >= 4
    library = open_library(home)
    assert not library.load([folder]).failed
    assert len(library.catalog.versions()) == DOCUMENTS
    consistent(library)
    library.close()


CHOKED = """
import resource, signal
from rag.errors import StoreError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    library.load([Path(sys.argv[2])])
except StoreError as error:
    print(error)
"""


@pytest.mark.usefixtures("encoder")
@pytest.mark.parametrize("limit", [150_000, 300_000, 500_000])
def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path, limit: int) -> None:
    """A limit on the size of files stands in for a full disk: writes beyond it fail in the same places."""
    home, small, large = tmp_path / "home", tmp_path / "small", tmp_path / "large"
    write_form(small / "a.txt")
    library = open_library(home)
    library.load([small])
    before = library.catalog.current_chunks()
    library.close()
    for number in range(40):
        write_form(
            large / f"{number}.txt", f"丙市-{number}", items=[*ITEMS, f"III.9|教育|{number}" + "研修を行う。" * 400]
        )
    said, faults = child(CHOKED, home, large, limit).communicate(timeout=60)
    assert "ディスクの空き" in said, (said, faults)
    library = open_library(home)
    consistent(library)
    assert [chunk for chunk in library.catalog.current_chunks() if chunk.document == "甲市-1"] == before
    assert not library.load([large]).failed
    consistent(library)
    library.close()
