"""Where the documents lie that the question sets ask about, and libraries of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared"
DOCUMENTS = SHARED / "data" / "assessments"


def hyoka(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as a person would."""
    env = {**os.environ, "HYOKA_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "api.cli", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=True)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A HYOKA_HOME with all samples."""
    home = tmp_path_factory.mktemp("samples")
    hyoka(home, "load", str(SAMPLES))
    return home


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A HYOKA_HOME with the real assessments."""
    home = tmp_path_factory.mktemp("shared")
    hyoka(home, "load", str(DOCUMENTS))
    return home
