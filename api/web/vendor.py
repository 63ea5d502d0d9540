"""`python -m api.web.vendor`: copies htmx, its streaming extension and the design tokens, with their licences.

They come out of node_modules. The copies are kept in git, so that a clone without npm runs; this script renews them
after `npm ci`.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = Path(__file__).parent / "static" / "vendor"

FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/dist/ext/hx-sse.min.js": "hx-sse.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "@digital-go-jp/design-tokens/dist/tokens.css": "tokens.css",
    "@digital-go-jp/design-tokens/LICENSE": "tokens.LICENSE.txt",
}


def copy(modules: Path, vendor: Path = VENDOR) -> list[Path]:
    """Copies the files out of the folder `modules`; raises FileNotFoundError where npm has not run."""
    vendor.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(modules / source, vendor / name)) for source, name in FILES.items()]


if __name__ == "__main__":
    try:
        for path in copy(ROOT / "node_modules"):
            print(path.relative_to(ROOT))
    except FileNotFoundError as missing:
        sys.exit(f"{missing.filename} がありません。先に npm ci を実行してください。")
