"""docs/clients.md keeps its word: its examples are taken out of it and run against a real server over the samples."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters

from api.app import create_app
from api.commands.mcp import mcp
from api.mcp.tools import TOOLS
from api.services import Services
from rag.answer import Answerer
from rag.library import Library
from rag.settings import Settings
from tests.serving import serving

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "clients.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:8300"


def examples(language: str) -> list[str]:
    """The examples of a language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


PYTHON = examples("python")
CURL = [line for block in examples("sh") for line in block.splitlines() if line.startswith("curl ")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clients")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    library = Library.open(Settings(home=home))
    assert not library.load(sorted((ROOT / "samples").glob("川*.txt"))).failed
    with serving(create_app(Settings(home=home), Services(library, Answerer(library)))) as address:
        yield address
    library.close()


def test_there_are_examples() -> None:
    assert len(PYTHON) == 5
    assert len(CURL) == 2
    assert len(examples("json")) == 2


@pytest.mark.parametrize("code", PYTHON, ids=[re.findall(r"from (\w+)", code)[0] for code in PYTHON])
def test_python(server: str, code: str) -> None:
    for package in re.findall(r"^from (\w+) import", code, re.MULTILINE):
        pytest.importorskip(package)
    done = subprocess.run(
        [sys.executable, "-c", code.replace(ADDRESS, server)],
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "川口市" in done.stdout


@pytest.mark.parametrize("line", CURL)
def test_curl(server: str, line: str) -> None:
    shell = shutil.which("sh")
    if shell is None or shutil.which("curl") is None:
        pytest.skip("curl がありません")
    done = subprocess.run([shell, "-c", line.replace(ADDRESS, server)], capture_output=True, check=True)
    assert json.loads(done.stdout)["object"] in {"list", "chat.completion"}


def test_configurations(server: str, home: Path) -> None:
    by_command, by_address = (json.loads(block)["mcpServers"]["hyoka"] for block in examples("json"))
    assert by_command["command"].endswith("/.venv/bin/hyoka")
    assert by_command["env"] == {"HYOKA_HOME": "/path/to/data"}
    starts = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from api.cli import main; main()", *by_command["args"]],
        env={"HYOKA_HOME": str(home), "PYTHONPATH": str(ROOT)},
    )
    assert tools_at(starts) == tools_at(by_address["url"].replace(ADDRESS, server)) == list(TOOLS)


def tools_at(way: Any) -> list[str]:
    """The tools that a client finds."""

    async def names() -> list[str]:
        async with Client(way) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    with ThreadPoolExecutor(1) as thread:  # a browser that was tested before leaves its loop in this one
        return thread.submit(asyncio.run, names()).result()


def test_every_tool_is_described() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE.partition("## MCP")[2], re.MULTILINE) == list(TOOLS)
    assert mcp.__doc__ is not None
    assert all(name in mcp.__doc__ for name in TOOLS)


def test_a_chat_program_with_all_that_it_sends_along(server: str) -> None:
    """As Open WebUI asks: the list with its key, then a stream with the conversation so far and settings of its own."""
    bearer = {"authorization": "Bearer hyoka"}
    listed = httpx.get(f"{server}/v1/models", headers=bearer).json()
    body = {
        "model": listed["data"][0]["id"],
        "stream": True,
        "messages": [
            {"role": "system", "content": "親切に答えてください。"},
            {"role": "user", "content": "川口市の子ども医療費の委託先は？"},
            {"role": "assistant", "content": "光ビジネスフォーム株式会社などです。"},
            {"role": "user", "content": [{"type": "text", "text": "どの自治体がアイネスに委託していますか？"}]},
        ],
        "stream_options": {"include_usage": True},
        "temperature": 0.8,
        "metadata": {"chat_id": "1"},
    }
    text = httpx.post(f"{server}/v1/chat/completions", json=body, headers=bearer).text
    pieces = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]
    sources = [a["url_citation"] for p in pieces for c in p["choices"] for a in c["delta"].get("annotations") or []]
    assert {source["url"].startswith(f"{server}/assessments/") for source in sources} == {True}
    assert [source["title"].partition(" ")[0] for source in sources] == ["川口市-22", "川崎市-14"]
