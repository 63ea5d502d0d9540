"""What a figure was measured at: the commit of the source tree, or the installed version where there is no git."""

from __future__ import annotations

import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def source_tree() -> Path | None:
    """The git work tree that this program runs from; None where it was installed without one."""
    return ROOT if (ROOT / ".git").exists() else None


def revision() -> str:
    """The short commit, with + where the tree differs from it; else the version."""
    if source_tree():
        try:
            name = subprocess.check_output(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, text=True).strip()
            changed = subprocess.run(["git", "diff", "--quiet", "HEAD"], cwd=ROOT, check=False).returncode
        except (OSError, subprocess.CalledProcessError):
            return installed_version()
        return name + ("+" if changed else "")
    return installed_version()


def installed_version() -> str:
    """The installed version, or 0 in a tree that is not installed."""
    try:
        return version("hyoka")
    except PackageNotFoundError:
        return "0"
