"""The files kept from npm are what npm installs, with their licences."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.web.vendor import FILES, ROOT, VENDOR, copy

MODULES = ROOT / "node_modules"


def test_kept_files_are_complete() -> None:
    assert {p.name for p in VENDOR.iterdir()} == set(FILES.values())


@pytest.mark.skipif(not MODULES.exists(), reason="node_modules がありません(npm ci を実行してください)")
def test_kept_files_are_those_of_npm(tmp_path: Path) -> None:
    for path in copy(MODULES, tmp_path):
        assert path.read_bytes() == (VENDOR / path.name).read_bytes()


def test_lock_names_no_address() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text("utf-8")
