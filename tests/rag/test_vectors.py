"""Chroma in a folder and on a server, and what it says when it cannot."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import CountingEncoder, cut_form, read_form, write_form

from ingest.assessment import Chunk
from rag.embeddings import EncoderEmbeddings
from rag.errors import SettingsError, StoreError
from rag.serial import chunk_digest, searchable
from rag.vectors import FOLDER, ChromaVectors

ENCODER = CountingEncoder()


@pytest.fixture
def chunks(tmp_path: Path) -> tuple[Chunk, ...]:
    return cut_form(read_form(write_form(tmp_path / "form.txt")))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder), "--host", "127.0.0.1"]
    with (folder / "log").open("wb") as log:
        environment = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
        process = subprocess.Popen([*command, "--port", str(port)], stdout=log, stderr=log, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1)
            return
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, "chroma run ended"
            time.sleep(0.1)
    raise AssertionError("chroma run does not answer")


@pytest.fixture(params=["folder", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ChromaVectors]:
    url = request.getfixturevalue("server") if request.param == "server" else ""
    made = ChromaVectors(tmp_path, url, os.urandom(8).hex(), ENCODER.name)
    yield made
    made.close()


def fill(store: ChromaVectors, chunks: tuple[Chunk, ...]) -> None:
    store.put(chunks, ENCODER.encode_documents([searchable(chunk) for chunk in chunks]))


def test_what_is_put_is_held(store: ChromaVectors, chunks: tuple[Chunk, ...]) -> None:
    assert (store.count(), store.digests(), store.vectors(["unknown"])) == (0, {}, {})
    fill(store, chunks)
    fill(store, chunks)
    assert store.digests() == {chunk.key: chunk_digest(chunk) for chunk in chunks}
    held = store.vectors([chunks[2].key, "unknown"])
    assert list(held) == [chunks[2].key]
    assert held[chunks[2].key] == pytest.approx(ENCODER.encode_query(searchable(chunks[2])), abs=1e-6)
    store.delete([chunks[2].key, "unknown"])
    assert store.count() == len(chunks) - 1


def test_the_nearest_comes_first(store: ChromaVectors, chunks: tuple[Chunk, ...]) -> None:
    fill(store, chunks)
    hits = store.nearest(ENCODER.encode_query("静脈認証で本人を確かめる"), 3)
    assert hits[0].chunk == chunks[2].key
    assert 1 >= hits[0].score >= hits[1].score >= hits[2].score


def test_opened_again(store: ChromaVectors, chunks: tuple[Chunk, ...]) -> None:
    fill(store, chunks)
    store.close()
    assert store.count() == len(chunks)


def test_two_encoders_and_two_libraries_do_not_mix(
    store: ChromaVectors, chunks: tuple[Chunk, ...], tmp_path: Path
) -> None:
    fill(store, chunks)
    other = ChromaVectors(tmp_path, store._url, store._library, "other")
    stranger = ChromaVectors(tmp_path, store._url, "f" * 16, ENCODER.name)
    fill(stranger, chunks[:1])
    assert other.count() == 0
    wide = CountingEncoder("other", 32)
    other.put(chunks, wide.encode_documents([chunk.text for chunk in chunks]))
    other.drop_others()
    store.close()
    assert store.count() == 0
    assert other.count() == len(chunks)
    stranger.close()
    assert stranger.count() == 1


def test_as_a_langchain_store(store: ChromaVectors, chunks: tuple[Chunk, ...]) -> None:
    fill(store, chunks)
    (found,) = store.as_langchain(EncoderEmbeddings(ENCODER)).similarity_search("静脈認証で本人を確かめる", k=1)
    assert found.page_content == searchable(chunks[2])
    assert found.metadata["section"] == chunks[2].section


def test_cleared(store: ChromaVectors, chunks: tuple[Chunk, ...]) -> None:
    fill(store, chunks)
    store.clear()
    assert store.count() == 0
    fill(store, chunks)
    assert store.count() == len(chunks)


def test_a_damaged_folder_is_said(tmp_path: Path, chunks: tuple[Chunk, ...]) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "chroma.sqlite3").write_bytes(b"nothing of a database" * 300)
    with pytest.raises(StoreError, match=r"ベクトル.*hyoka reindex|書き込めません"):
        ChromaVectors(tmp_path, "", "library", "encoder").count()
    store = ChromaVectors(tmp_path, "", "library", ENCODER.name)
    store.clear()
    fill(store, chunks)
    assert store.count() == len(chunks)


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("x")
    with pytest.raises(StoreError, match="書き込めません"):
        ChromaVectors(tmp_path, "", "library", "encoder").count()


def test_an_unreachable_server_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(StoreError, match=r"Chroma サーバー.*HYOKA_CHROMA_URL"):
            ChromaVectors(tmp_path, url, "library", "encoder").count()


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host", "http://"])
def test_an_unusable_url_is_said(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HYOKA_CHROMA_URL"):
        ChromaVectors(tmp_path, url, "library", "encoder").count()


def test_a_vanished_folder_is_made_again(tmp_path: Path, chunks: tuple[Chunk, ...]) -> None:
    store = ChromaVectors(tmp_path, "", "library", ENCODER.name)
    fill(store, chunks)
    store.close()
    shutil.rmtree(tmp_path / FOLDER)
    assert store.count() == 0


def test_vectors_of_the_wrong_length_are_refused(store: ChromaVectors, chunks: tuple[Chunk, ...]) -> None:
    fill(store, chunks)
    with pytest.raises(StoreError):
        store.put(chunks, np.ones((len(chunks), 3), np.float32))
