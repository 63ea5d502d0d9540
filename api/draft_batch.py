"""Reads a file of drafting tasks, `{"profile": {…}, "item": "III.4"}` a line, all of it before the first is drafted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from api.batch import refused, text_of, value_in
from rag.draft.profile import Profile
from rag.draft.profile_file import ContractIn, ProfileFile, RecipientIn
from rag.draft.profile_reading import profile_of
from rag.errors import BadEntry, BadQuestion, HyokaError

#: The lists of a profile, and what each of their entries may say.
_ENTRIES: dict[str, type[BaseModel]] = {"contracts": ContractIn, "recipients": RecipientIn}


@dataclass(frozen=True, slots=True)
class Task:
    """One line. `ignored`: keys of its profile that mean nothing here, to be told."""

    line: int
    id: str
    item: str
    profile: Profile
    ignored: tuple[str, ...]


def read_tasks(path: Path | None) -> list[Task]:
    """The tasks of a file, in order; None reads stdin. Raises BadQuestion, which names the lines."""
    tasks, faults = [], []
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            tasks.append(_task(number, line))
        except (ValueError, HyokaError) as error:
            faults.append(f"{number}行目: {error}")
    if faults:
        raise refused("起案", faults)
    if not tasks:
        raise BadQuestion('起案のファイルが空です。一行に一つ {"profile": {…}, "item": "III.4"} と書いてください。')
    return tasks


def _task(number: int, line: str) -> Task:
    """Raises ValueError or BadEntry with what is wrong in Japanese."""
    value = value_in(line)
    if not isinstance(value, dict) or not isinstance(value.get("profile"), dict):
        raise ValueError('{"profile": {…}, "item": "III.4"} の形ではありません')
    item = value.get("item")
    if not isinstance(item, str) or not item.strip():
        raise BadEntry("item がありません。「III.4」のように項目を書いてください。")
    facts, ignored = known_facts(value["profile"])
    return Task(number, str(value.get("id", "")), item.strip(), profile_of(facts), ignored)


def known_facts(facts: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The facts that a profile has, and the keys that are none: a batch may know more than a draft needs."""
    known = {k: v for k, v in facts.items() if k in ProfileFile.model_fields}
    ignored = [k for k in facts if k not in ProfileFile.model_fields]
    for name, model in _ENTRIES.items():
        entries = known.get(name)
        if isinstance(entries, list):
            entries = [_named(e, name) for e in entries]
            ignored += [f"{name}.{k}" for e in entries if isinstance(e, dict) for k in e if k not in model.model_fields]
            known[name] = [_entry(e, model) for e in entries]
    return known, tuple(dict.fromkeys(ignored))


def _named(entry: Any, name: str) -> Any:
    """An entry with the keys that a profile has: a bare name, and who receives by `name` and `kind`, are understood."""
    if isinstance(entry, str):
        return {"title" if name == "contracts" else "recipient": entry}
    if name != "recipients" or not isinstance(entry, dict):
        return entry
    known = {("recipient" if k == "name" else k): v for k, v in entry.items() if k != "kind"}
    return {"transfer": "移転" in entry["kind"], **known} if isinstance(entry.get("kind"), str) else known


def _entry(entry: Any, model: type[BaseModel]) -> Any:
    return {k: v for k, v in entry.items() if k in model.model_fields} if isinstance(entry, dict) else entry
