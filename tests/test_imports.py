"""Arrows of imports (ingest ◄ rag ◄ api, prompts ◄ rag), one importer of Chroma, nothing heavy before an answer."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("ingest", "rag", "prompts", "api")
MAY_IMPORT = {
    "ingest": {"ingest"},
    "prompts": {"prompts"},
    "rag": {"rag", "ingest", "prompts"},
    "api": {"api", "rag", "ingest"},
}
CHROMA = {"chromadb", "langchain_chroma"}
#: What speaks to language models; langchain_core is more than that.
CHAT_MODELS = {
    "langchain",
    "langchain_openai",
    "langchain_ollama",
    "langchain_anthropic",
    "langchain_google_genai",
    "langchain_aws",
    "openai",
    "ollama",
    "anthropic",
}
HEAVY = {"torch", "sentence_transformers", "langsmith", *CHAT_MODELS}
#: Parts of a declared dependency's own interface: FastAPI is Starlette, Jinja2 escapes with MarkupSafe, LangChain
#: traces with LangSmith.
COME_ALONG = {"starlette", "markupsafe", "langsmith"}
NAMES_NO_MODULE_HAS = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Names of the modules imported anywhere below the node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield node.module or ""


def tops(tree: ast.AST) -> set[str]:
    """The packages imported anywhere below the node."""
    return {name.partition(".")[0] for name in imports(tree)}


def parsed(path: Path) -> ast.Module:
    """The module's syntax tree."""
    return ast.parse(path.read_text("utf-8"))


def ids(path: Path) -> str:
    """The module as pytest names it."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_arrows(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    assert tops(parsed(path)) & set(ROOMS) <= MAY_IMPORT[room]


def test_one_importer_of_chroma() -> None:
    importers = {ids(path) for path in MODULES if tops(parsed(path)) & CHROMA}
    assert importers == {"rag/vectors.py"}


def test_one_importer_of_chat_models() -> None:
    importers = {ids(path) for path in MODULES if tops(parsed(path)) & CHAT_MODELS}
    assert importers == {"rag/llm/providers.py"}


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_heavy_parts_only_inside_functions(path: Path) -> None:
    outside = ast.Module(
        [node for node in parsed(path).body if not isinstance(node, ast.FunctionDef | ast.ClassDef)], []
    )
    assert not tops(outside) & HEAVY


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    declared = {canonical(re.split(r"[\[<>=~! ;]", line)[0]) for line in lines}
    known = importlib.metadata.packages_distributions()
    used = {top for path in MODULES for top in tops(parsed(path))} - set(ROOMS) - sys.stdlib_module_names
    undeclared = {top for top in used if not {canonical(name) for name in known.get(top, [top])} & declared}
    assert undeclared - COME_ALONG == set()


def canonical(name: str) -> str:
    """A distribution's name as the registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_module_has_a_name_and_a_docstring(path: Path) -> None:
    assert path.stem not in NAMES_NO_MODULE_HAS
    assert path.stat().st_size == 0 or ast.get_docstring(parsed(path))


def test_an_answer_needs_no_torch(tmp_path: Path) -> None:
    code = """
import sys
from api.cli import run
assert run(["load", sys.argv[1]]) == 0
assert run(["ask", "青嶺市の職員の認証はどうしていますか", "--json"]) == 0
heavy = {"torch", "sentence_transformers", "transformers", "fastapi", "langchain", "openai", "ollama"}
print(sorted(sys.modules.keys() & heavy), file=sys.stderr)
"""
    sample = ROOT / "samples" / "青嶺市-11.txt"
    done = subprocess.run(
        [sys.executable, "-c", code, str(sample)],
        env={**os.environ, "HYOKA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_help_needs_no_part_of_rag_but_its_types() -> None:
    code = "import sys, api.cli; print(*(m for m in sys.modules if m.split('.')[0] in ('rag', 'sqlalchemy', 'numpy')))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) <= {"rag", "rag.errors", "rag.settings", "rag.types"}
