"""`hyoka doctor`: where everything lies, what is set, and whether each part works."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from api.check import check
from api.model_check import check_model
from api.opening import opened, read_settings
from api.terminal import pad, show, without_passwords
from rag.errors import HyokaError

if TYPE_CHECKING:
    from rag.library import Library
    from rag.settings import Settings


def doctor() -> int:
    """設定と、各部の状態を調べます。

    データの場所、目録、ベクトル、語の索引、埋め込みモデル、言語モデルを順に試し、問題があれば終了状態 1 で終わります。
    """
    from api.app import own_version

    show(f"hyoka {own_version()} / Python {sys.version.split()[0]}")
    settings = read_settings()
    show_settings(settings)
    results = [check_library(settings), check_model(settings)]
    return 0 if all(results) else 1


def check_library(settings: Settings) -> bool:
    """Opens the library and tries its parts; False where one failed."""
    try:
        with opened(settings) as library:
            results = [check(name, partial(probe, library)) for name, probe in PROBES.items()]
    except HyokaError as error:
        show(f"× {without_passwords(str(error))}")
        return False
    return all(results)


def show_settings(settings: Settings) -> None:
    """Every setting with its environment variable; a password in an address is hidden."""
    show("\n設定")
    for name in type(settings).model_fields:
        held = getattr(settings, name)
        value = f"{held:g}" if isinstance(held, float) else without_passwords(str(held))
        changed = " *" if name in settings.model_fields_set else ""
        show(f"  {pad('HYOKA_' + name.upper(), 26)}{value or '(空)'}{changed}")
    show("  (* は環境変数で変えたもの)\n\n状態")


def probe_catalog(library: Library) -> str:
    """Counts of the catalog."""
    versions = library.catalog.versions(current_only=False)
    current = [v for v in versions if v.current]
    items = sum(v.items for v in current)
    older = len(versions) - len(current)
    return f"評価書 {len(current)}件、過去の版 {older}件、項目 {items:,}、世代 {library.catalog.generation()}"


def probe_encoder(library: Library) -> str:
    """Encodes a word."""
    vector = library.encoder.encode_query("評価書")
    return f"{library.encoder.name}({len(vector)}次元)"


def probe_vectors(library: Library) -> str:
    """Searches for a word by meaning."""
    hits = library.vectors.search(library.encoder.encode_query("委託"), 1)
    return f"検索できます({len(library.catalog.chunk_keys()):,}片)" if hits else "空です"


def probe_words(library: Library) -> str:
    """Searches for a word."""
    hits = library.lexical.search("委託", 1)
    return "検索できます" if hits else "空です"


PROBES: dict[str, Callable[[Library], str]] = {
    "目録": probe_catalog,
    "埋め込みモデル": probe_encoder,
    "ベクトル": probe_vectors,
    "語の索引": probe_words,
}
