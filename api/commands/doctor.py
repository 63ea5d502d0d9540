"""`hyoka doctor`: where everything lies, what is set, and whether each part works."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from api.opening import opened, read_settings
from api.terminal import pad, show, without_passwords
from rag.errors import HyokaError

if TYPE_CHECKING:
    from rag.library import Library
    from rag.settings import Settings


def doctor() -> int:
    """設定と、各部の状態を調べます。

    データの場所、目録、ベクトル、語の索引、埋め込みモデルを順に試し、問題があれば終了状態 1 で終わります。
    """
    from api.app import own_version

    show(f"hyoka {own_version()} / Python {sys.version.split()[0]}")
    settings = read_settings()
    show_settings(settings)
    try:
        with opened(settings) as library:
            results = [check(name, probe, library) for name, probe in PROBES.items()]
    except HyokaError as error:
        show(f"× {without_passwords(str(error))}")
        return 1
    return 0 if all(results) else 1


def show_settings(settings: Settings) -> None:
    """Every setting with its environment variable; a password in an address is hidden."""
    show("\n設定")
    for name in type(settings).model_fields:
        value = without_passwords(str(getattr(settings, name)))
        changed = " *" if name in settings.model_fields_set else ""
        show(f"  {pad('HYOKA_' + name.upper(), 26)}{value or '(空)'}{changed}")
    show("  (* は環境変数で変えたもの)\n\n状態")


def check(name: str, probe: Callable[[Library], str], library: Library) -> bool:
    """Runs one probe and prints its line; False where it failed."""
    try:
        found, sign = probe(library), "○"
    except HyokaError as error:
        found, sign = without_passwords(str(error)), "×"
    show(f"{sign} {pad(name, 18)}{found}")
    return sign == "○"


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
