"""What `hyoka eval` compares: settings by name, each with an answerer over a library that fits its encoder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from api.opening import read_settings
from api.terminal import tell, without_passwords
from rag.errors import BadQuestion, NotFound
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.answer import Answerer
    from rag.evals.meter import Meter
    from rag.library import Library

#: The setting without a language model.
NO_MODEL = "なし"
SECRET = frozenset(name for name, field in Settings.model_fields.items() if field.annotation is SecretStr)
#: A comma before the name of a setting; others belong to the value.
NEXT = re.compile(rf",(?=(?:{'|'.join(Settings.model_fields)})=)")
#: Settings that an open library depends on.
OF_LIBRARY = ("home", "database_url", "chroma_url", "encoder", "reranker")


@dataclass(frozen=True, slots=True)
class Setup:
    """One setting to be measured; `changes` differ from the environment."""

    name: str
    settings: Settings
    changes: tuple[tuple[str, str], ...] = ()

    def shown_changes(self) -> dict[str, str]:
        """The changes as they may be told."""
        return {field: "***" if field in SECRET else without_passwords(value) for field, value in self.changes}


def read_setups(written: Sequence[str]) -> list[Setup]:
    """The settings of `--with NAME=FIELD=VALUE,…`; without any, those of the environment, beside no model.

    Raises BadQuestion where one cannot be understood, SettingsError where a value cannot be used.
    """
    if not written:
        here = read_settings()
        ours = [Setup(here.llm, here)] if here.llm else []
        return [_setup(NO_MODEL), *ours]
    setups = [_setup(text) for text in written]
    names = [setup.name for setup in setups]
    if len(set(names)) < len(names):
        raise BadQuestion("--with の名前が重なっています。別の名前を付けてください。")
    return setups


def _setup(text: str) -> Setup:
    name, _, rest = (part.strip() for part in text.partition("="))
    changes: dict[str, str] = {"llm": ""} if name == NO_MODEL else {}
    for part in NEXT.split(rest) if rest else []:
        field, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or field not in Settings.model_fields:
            known = "、".join(Settings.model_fields)
            raise BadQuestion(f"--with の「{part}」が分かりません。設定=値 と書いてください。使える設定: {known}")
        changes[field] = value
    if not name:
        raise BadQuestion("--with には 名前=設定=値 と書いてください。例: --with 'A=llm=ollama:qwen3:8b'")
    values: dict[str, Any] = dict(changes)
    return Setup(name, read_settings(**values), tuple(changes.items()))


class Libraries:
    """Opens a library once for all settings that can share it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._opened: dict[tuple[Any, ...], Library] = {}

    def of(self, settings: Settings) -> Library:
        """The library, re-encoded aside where its vectors are of another encoder. Raises NotFound where it is empty."""
        key = tuple(getattr(settings, name) for name in OF_LIBRARY)
        if key not in self._opened:
            self._opened[key] = self._stack.enter_context(_fitting(settings))
        return self._opened[key]


@contextmanager
def _fitting(settings: Settings) -> Iterator[Library]:
    from rag.evals.copies import reencoded
    from rag.library import Library

    library = Library.open(settings)
    try:
        if not library.catalog.versions():
            raise NotFound("評価書がまだありません。hyoka load フォルダ で読み込んでから、もう一度実行してください。")
        if library.catalog.encoder() == library.encoder.name:
            yield library
            return
    finally:
        library.close()
    tell(f"埋め込みモデル {library.encoder.name} で索引の写しを作っています(元の索引は変わりません)。")
    with reencoded(settings) as copy:
        yield copy


@contextmanager
def answering(setup: Setup, library: Library) -> Iterator[tuple[Answerer, Meter | None]]:
    """What answers with a setting, and the meter of its model where it has one; nothing is kept of the answers."""
    from rag.answer import Answerer
    from rag.evals.meter import Meter
    from rag.llm import open_model

    model = open_model(setup.settings)
    meter = Meter(model) if model else None
    try:
        yield Answerer(library, max_question_chars=setup.settings.max_question_chars, model=meter), meter
    finally:
        if meter:
            meter.close()
