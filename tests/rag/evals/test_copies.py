"""A library copied for another encoder: the same contents, other vectors, and the original as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import CountingEncoder, write_form
from fakes_library import consistent, open_library

from rag.evals.copies import reencoded
from rag.settings import Settings


def test_a_copy_with_other_vectors(encoder: CountingEncoder, tmp_path: Path) -> None:
    home = tmp_path / "home"
    write_form(tmp_path / "in" / "a.txt", "甲市-1", published="2023-04-01")
    write_form(tmp_path / "in" / "b.txt", "甲市-1", published="2024-04-01")
    library = open_library(home)
    library.load([tmp_path / "in"])
    versions, chunks = library.catalog.versions(current_only=False), library.catalog.current_chunks()
    source = library.catalog.source(versions[0].id)
    library.close()

    with reencoded(Settings(home=home, encoder="other")) as copy:
        assert (copy.encoder.name, copy.catalog.encoder()) == ("other", "other")
        assert copy.catalog.versions(current_only=False) == versions
        assert copy.catalog.current_chunks() == chunks
        assert copy.catalog.source(versions[0].id) == source
        consistent(copy)
        assert copy.vectors.search(copy.encoder.encode_query("静脈認証で本人を確かめ"), 1)
        aside = Path(copy._lock.lock_file).parent
        assert aside != home
    assert not aside.exists()

    library = open_library(home)
    assert library.catalog.encoder() == encoder.name == "counting"
    assert library.repairs == []
    consistent(library)
    library.close()


def test_an_encoder_that_cannot_be_loaded_leaves_nothing_behind(
    encoder: CountingEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "aside"))
    (tmp_path / "aside").mkdir()
    write_form(tmp_path / "in" / "a.txt")
    library = open_library(tmp_path / "home")
    library.load([tmp_path / "in"])
    library.close()

    def fail(texts: object) -> None:
        raise RuntimeError("no weights")

    monkeypatch.setattr(CountingEncoder, "encode_documents", lambda self, texts: fail(texts))
    with pytest.raises(RuntimeError), reencoded(Settings(home=tmp_path / "home", encoder="other")):
        pass
    assert list((tmp_path / "aside").iterdir()) == []
