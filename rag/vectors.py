"""Chunks in Chroma: a folder under HYOKA_HOME, or a server by URL. The only module that imports chromadb.

`nearest` searches what is kept here. chromadb is used directly and not through `langchain_chroma`, whose import costs
another 0.4 s of processor time and which cannot take vectors that are there already; `as_langchain` offers the same
collection as a LangChain vector store to whoever builds on one.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from ingest.assessment import Chunk
from rag.errors import SettingsError, StoreError
from rag.ports import Vectors
from rag.serial import chunk_digest, searchable
from rag.types import Hit

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

FOLDER = "chroma"
PREFIX = "hyoka"
#: Ids in one call; Chroma's own limit is some 5,000.
BATCH = 2_000


class ChromaVectors:
    """The vectors of one catalog and one encoder: a collection of its own, so that two encoders cannot mix.

    Every method raises StoreError where Chroma cannot be reached, read or written.
    """

    def __init__(self, home: Path, url: str, library: str, encoder: str) -> None:
        self._folder = home / FOLDER
        self._url = url
        self._library = library
        self._family = f"{PREFIX}-{library[:12]}"
        self._name = f"{self._family}-{hashlib.sha256(encoder.encode()).hexdigest()[:12]}"
        self._client: Any = None
        self._collection: Any = None

    @property
    def where(self) -> str:
        """The folder or the server, for messages."""
        return self._url or str(self._folder)

    def put(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Adds or overwrites the chunks; `vectors` has shape (len(chunks), dimensions)."""
        with self._telling():
            for start in range(0, len(chunks), BATCH):
                piece = chunks[start : start + BATCH]
                self._opened().upsert(
                    ids=[chunk.key for chunk in piece],
                    embeddings=np.asarray(vectors[start : start + BATCH], dtype=np.float32),
                    documents=[searchable(chunk) for chunk in piece],
                    metadatas=[_metadata(chunk) for chunk in piece],
                )

    def delete(self, keys: Sequence[str]) -> None:
        """Removes the chunks with these keys; unknown keys do no harm."""
        with self._telling():
            for start in range(0, len(keys), BATCH):
                self._opened().delete(ids=list(keys[start : start + BATCH]))

    def digests(self) -> dict[str, str]:
        """Key and digest of every chunk held."""
        held: dict[str, str] = {}
        with self._telling():
            collection = self._opened()
            for start in range(0, collection.count(), BATCH):
                page = collection.get(include=["metadatas"], limit=BATCH, offset=start)
                for key, metadata in zip(page["ids"], page["metadatas"], strict=True):
                    held[key] = str((metadata or {}).get("digest", ""))
        return held

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of these chunks; unknown keys are left out."""
        found: dict[str, Vectors] = {}
        with self._telling():
            for start in range(0, len(keys), BATCH):
                page = self._opened().get(ids=list(keys[start : start + BATCH]), include=["embeddings"])
                found.update(zip(page["ids"], np.asarray(page["embeddings"], dtype=np.float32), strict=True))
        return found

    def nearest(self, vector: Vectors, limit: int) -> list[Hit]:
        """The `limit` chunks of any version nearest to `vector`, by cosine similarity, best first (approximate)."""
        with self._telling():
            result = self._opened().query(query_embeddings=[vector], n_results=limit, include=["distances"])
        return [Hit(key, 1.0 - float(d)) for key, d in zip(result["ids"][0], result["distances"][0], strict=True)]

    def count(self) -> int:
        """How many chunks are held."""
        with self._telling():
            return int(self._opened().count())

    def drop_others(self) -> None:
        """Deletes this catalog's collections of other encoders."""
        with self._telling():
            self._opened()
            for collection in self._client.list_collections():
                if collection.name.startswith(f"{self._family}-") and collection.name != self._name:
                    self._client.delete_collection(collection.name)

    def clear(self) -> None:
        """Deletes all chunks of this encoder; a folder too damaged for that is deleted as a whole."""
        try:
            with self._telling():
                self._opened()
                self._client.delete_collection(self._name)
                self._collection = None
        except StoreError:
            if self._url:
                raise
            self.delete_folder()

    def delete_folder(self) -> None:
        """Deletes a damaged folder, so that the next call starts with a new one."""
        if self._url:
            raise StoreError(self._sentence(RuntimeError()))
        self.close()
        _forget_clients()
        shutil.rmtree(self._folder, ignore_errors=True)

    def as_langchain(self, embeddings: Embeddings) -> Chroma:
        """The same collection as a LangChain vector store."""
        from langchain_chroma import Chroma

        with self._telling():
            self._opened()
            return Chroma(collection_name=self._name, client=self._client, embedding_function=embeddings)

    def close(self) -> None:
        """Lets go of the client; the next call opens it again and sees what other processes wrote."""
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            with self._telling():
                client.close()

    def _opened(self) -> Any:
        if self._collection is None:
            self._client = self._client or (_server(self._url) if self._url else _folder(self._folder))
            self._collection = self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        return self._collection

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Turns any fault of Chroma into a StoreError; its Rust part even raises panics outside of Exception."""
        try:
            yield
        except (StoreError, SettingsError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
            raise
        except BaseException as error:
            raise StoreError(self._sentence(error)) from error

    def _sentence(self, error: BaseException) -> str:
        if self._url:
            return (
                f"Chroma サーバー({self._url})につながらないか、応答が正しくありません。"
                "動いているか、HYOKA_CHROMA_URL が正しいかを確かめてください。"
            )
        fault = str(error).lower()
        if isinstance(error, OSError) or any(sign in fault for sign in ("disk", "space", "readonly", "permission")):
            return f"ベクトル({self._folder})に書き込めません。ディスクの空きとフォルダの権限を確かめてください。"
        return (
            f"ベクトル({self._folder})を読み書きできません({type(error).__name__})。"
            "ディスクの空きを確かめ、それでも続くときは hyoka reindex で作り直してください。"
        )


def _metadata(chunk: Chunk) -> Mapping[str, str]:
    """What a LangChain user of the collection sees of a chunk, and the digest that `digests` compares."""
    return {
        "digest": chunk_digest(chunk),
        "document": chunk.document,
        "municipality": chunk.municipality,
        "section": chunk.section,
        "part": chunk.part,
        "kind": chunk.kind.value,
        "published": chunk.published,
    }


def _quiet() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False, chroma_otel_collection_endpoint="")


def _folder(path: Path) -> Any:
    import chromadb

    path.mkdir(parents=True, exist_ok=True)
    try:
        return chromadb.PersistentClient(path=str(path), settings=_quiet())
    except BaseException:
        _forget_clients()
        raise


def _forget_clients() -> None:
    """chromadb keeps one client a path, even one that failed to open or whose folder is gone."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def _server(url: str) -> Any:
    import chromadb

    address = urlsplit(url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise SettingsError(f"HYOKA_CHROMA_URL「{url}」が使えません。例: http://localhost:8000")
    secure = address.scheme == "https"
    port = address.port or (443 if secure else 8000)
    return chromadb.HttpClient(host=address.hostname, port=port, ssl=secure, settings=_quiet())
