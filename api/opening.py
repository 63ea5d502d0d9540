"""Opens what the commands work on: settings, library, answerer. The terminal's half of the composition root."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from api.terminal import tell
from rag.errors import SettingsError
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.answer import Answerer, Keep
    from rag.library import Library


def read_settings(**changes: Any) -> Settings:
    """The settings of the environment, with `changes` where they are not None. Raises SettingsError."""
    from pydantic import ValidationError

    try:
        return Settings(**{name: value for name, value in changes.items() if value is not None})
    except ValidationError as error:
        wrong = "、".join(f"HYOKA_{str(e['loc'][0]).upper()}={e['input']}" for e in error.errors())
        raise SettingsError(
            f"設定の値が使えません: {wrong}。値を直すか、その環境変数を消してください(README の設定の表)。"
        ) from error


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Library]:
    """The open library; says on stderr what was mended at its opening, and closes it at the end."""
    from rag.library import Library

    library = Library.open(settings or read_settings())
    try:
        tell_repairs(library)
        yield library
    finally:
        library.close()


def tell_repairs(library: Library, start: int = 0) -> None:
    """Says what the library mended, from the sentence number `start` on."""
    for sentence in library.repairs[start:]:
        tell(f"修復: {sentence}")


def answerer_of(library: Library, settings: Settings, keep: Keep | None = None) -> Answerer:
    """What answers questions from `library`; `keep` takes the trace of each answer, where it is given.

    The language model, where one is set, is closed when the command ends. Raises SettingsError.
    """
    from rag.answer import Answerer
    from rag.llm import open_model

    model = open_model(settings)
    if model is not None:
        atexit.register(model.close)
    return Answerer(library, max_question_chars=settings.max_question_chars, model=model, keep=keep)
