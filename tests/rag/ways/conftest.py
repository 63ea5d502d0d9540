"""Five of the samples in a library of their own, asked through all steps, with the bundled encoder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.answer import Answerer
from rag.library import Library
from rag.settings import Settings
from rag.types import Answer

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
NAMES = ("川口市-22.txt", "川崎市-14.txt", "川崎市-53.txt", "青嶺市-11.txt", "みなも町-3.xlsx")

Asking = Callable[[str], Answer]


@pytest.fixture(scope="session")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    library = Library.open(Settings(home=tmp_path_factory.mktemp("ways")))
    assert not library.load([SAMPLES / name for name in NAMES]).failed
    yield Answerer(library)
    library.close()


@pytest.fixture(scope="session")
def ask(answerer: Answerer) -> Asking:
    return answerer.ask


@pytest.fixture
def ask_edited(tmp_path: Path) -> Iterator[Callable[[str, dict[str, str]], Asking]]:
    """Asks one sample after words of its text were replaced."""
    opened: list[Library] = []

    def edit(name: str, words: dict[str, str]) -> Asking:
        text = (SAMPLES / name).read_text("utf-8")
        for old, new in words.items():
            assert old in text
            text = text.replace(old, new)
        (tmp_path / name).write_text(text, "utf-8")
        library = Library.open(Settings(home=tmp_path / "home"))
        opened.append(library)
        assert not library.load([tmp_path / name]).failed
        return Answerer(library).ask

    yield edit
    for library in opened:
        library.close()
    shutil.rmtree(tmp_path / "home", ignore_errors=True)
