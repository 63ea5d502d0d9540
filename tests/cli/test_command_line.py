"""The command as a process: wrong command lines, faults, pipes, encodings, serving."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import DOCUMENT, Hyoka

COMMAND = [sys.executable, "-m", "api.cli"]
ROOT = Path(__file__).resolve().parents[2]


def environment(home: Path, **changes: str) -> dict[str, str]:
    """Our environment with another home."""
    return {**os.environ, "HYOKA_HOME": str(home), "PYTHONPATH": str(ROOT), **changes}


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["unknown"], "unknown"),
        (["show"], "評価書"),
        (["show", "--nope"], "--nope"),
        (["serve", "--port", "abc"], "--port"),
        (["ask", "--batch"], ""),
        (["list", "extra"], ""),
    ],
)
def test_wrong_command_lines(hyoka: Hyoka, arguments: list[str], word: str) -> None:
    done = hyoka(*arguments)
    assert done.status == 2
    assert word in done.err
    assert "--help" in done.err
    assert len(done.err.splitlines()) == 1


def test_help_is_japanese(hyoka: Hyoka) -> None:
    for arguments in ([], ["--help"], ["ask", "--help"]):
        done = hyoka(*arguments)
        assert done.status == 0
        assert "オプション" in done.out
        assert "Show this message" not in done.out


def test_settings_that_cannot_be_used(hyoka: Hyoka, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYOKA_PORT", "ninety")
    done = hyoka("list")
    assert done.status == 1
    assert "HYOKA_PORT" in done.err


def test_faults_are_one_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    done = subprocess.run(
        [*COMMAND, "list"], env=environment(in_the_way / "home"), capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_quiet(shelf_home: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "show", DOCUMENT, "--json"],
        env=environment(shelf_home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait(30) == 141


def test_pipes_carry_utf8_in_any_locale(shelf_home: Path) -> None:
    for locale in ({"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONIOENCODING": "cp932"}):
        done = subprocess.run(
            [*COMMAND, "show", DOCUMENT, "表紙"], env=environment(shelf_home, **locale), capture_output=True, check=True
        )
        assert DOCUMENT in done.stdout.decode("utf-8")


def test_serve_prints_its_address_and_answers(shelf_home: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        env=environment(shelf_home, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        address = next(word for word in process.stdout.readline().split() if word.startswith("http://127.0.0.1:"))
        with urllib.request.urlopen(address + "healthz", timeout=30) as response:
            assert json.load(response)["documents"] == 1
        port = address.rsplit(":", 1)[1].rstrip("/")
        second = subprocess.run(
            [*COMMAND, "serve", "--port", port],
            env=environment(shelf_home),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
        assert second.returncode == 1
        assert port in second.stderr
        assert "Traceback" not in second.stderr
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "認証" not in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("command", [["serve"], ["mcp", "--http"]])
def test_nobody_elsewhere_is_served_without_accounts(shelf_home: Path, command: list[str]) -> None:
    done = subprocess.run(
        [*COMMAND, *command, "--host", "0.0.0.0", "--port", "0"],
        env=environment(shelf_home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 1
    assert "0.0.0.0 では待ち受けません" in done.stderr
    assert "HYOKA_AUTH=accounts" in done.stderr


def test_the_first_start_with_accounts_prints_a_link(shelf_home: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        env=environment(shelf_home, PYTHONUNBUFFERED="1", HYOKA_AUTH="accounts"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    told, link = process.stdout.readline(), process.stdout.readline()
    process.terminate()
    process.communicate(timeout=30)
    assert "最初の管理者" in told
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/links/[\w-]{43}\n", link)
