"""Small models made on the spot (random weights, a handful of words), and a library of the samples."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import CountingEncoder

from rag import library as library_module
from rag.answer import Answerer
from rag.library import Library
from rag.settings import Settings

ROOT = Path(library_module.__file__).parents[1]
LETTERS = string.ascii_lowercase
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *(f"##{letter}" for letter in LETTERS)]


@pytest.fixture
def tiny_bert(tmp_path: Path) -> Callable[..., Path]:
    """Saves a BERT of 16 dimensions with its tokenizer; `labels` makes it a classifier (a cross-encoder)."""
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")

    def make(labels: int = 0) -> Path:
        folder = tmp_path / f"bert{labels}"
        folder.mkdir()
        (folder / "vocab.txt").write_text("\n".join(VOCABULARY))
        transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
        torch.manual_seed(7)
        sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
        config = transformers.BertConfig(
            vocab_size=len(VOCABULARY), **sizes, **({"num_labels": labels} if labels else {})
        )
        kind = transformers.BertForSequenceClassification if labels else transformers.BertModel
        kind(config).save_pretrained(folder)
        return folder

    return make


@pytest.fixture
def tiny_model(tiny_bert: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """Saves a sentence-transformers model around the tiny BERT, with prompts if given."""
    library = pytest.importorskip("sentence_transformers")

    def make(prompts: dict[str, str] | None = None) -> Path:
        from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

        words, pooling = Transformer(str(tiny_bert())), Pooling(16)
        folder = tmp_path / "model"
        library.SentenceTransformer(modules=[words, pooling], prompts=prompts, device="cpu").save(str(folder))
        return folder

    return make


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> CountingEncoder:
    made = CountingEncoder()
    monkeypatch.setattr(
        library_module, "open_encoder", lambda choice: made if choice == "bundled" else CountingEncoder(choice)
    )
    return made


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The samples in a library of their own, read, cut and encoded by the real parts."""
    library = Library.open(Settings(home=tmp_path_factory.mktemp("samples")))
    report = library.load(sorted((ROOT / "samples").glob("*.txt")))
    assert not report.failed
    yield library
    library.close()


@pytest.fixture(scope="session")
def answerer(sample_library: Library) -> Answerer:
    return Answerer(sample_library)
