"""A library with one sample, loaded once, and the command line over it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from api import cli

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "青嶺市-11.txt"
DOCUMENT = "青嶺市-11"


@dataclass(frozen=True)
class Outcome:
    """What a command wrote, and how it ended."""

    status: int
    out: str
    err: str


Hyoka = Callable[..., Outcome]


def run(*arguments: str) -> Outcome:
    """Runs a command line inside this process."""
    with io.StringIO() as err:
        out_bytes = io.BytesIO()
        out = io.TextIOWrapper(out_bytes, "utf-8", write_through=True)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = cli.run(arguments)
        return Outcome(status, out_bytes.getvalue().decode("utf-8"), err.getvalue())


@pytest.fixture(scope="session")
def shelf_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A HYOKA_HOME with one sample; only for reading."""
    home = tmp_path_factory.mktemp("shelf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HYOKA_HOME", str(home))
        assert run("load", str(SAMPLE)).status == 0
    return home


@pytest.fixture
def hyoka(shelf_home: Path, monkeypatch: pytest.MonkeyPatch) -> Hyoka:
    """The command over the sample."""
    monkeypatch.setenv("HYOKA_HOME", str(shelf_home))
    monkeypatch.setenv("COLUMNS", "120")
    return run


@pytest.fixture
def empty_hyoka(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hyoka:
    """The command over a new, empty home."""
    monkeypatch.setenv("HYOKA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")
    return run
