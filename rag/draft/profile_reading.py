"""A profile from a YAML or JSON file or from the plain values of a batch, and a profile as a file.

Every fault is a BadEntry that names the key and says what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml
from pydantic import BaseModel, ValidationError

from ingest.errors import IngestError
from ingest.readers.decode import decode
from rag.draft.profile import Profile
from rag.draft.profile_file import MAX_ENTRIES, ContractIn, ProfileFile, RecipientIn
from rag.draft.profile_yaml import load
from rag.errors import BadEntry

#: A profile with all its record items takes some 10 KB.
MAX_FILE_BYTES = 256 * 1024


def read_profile(data: bytes, name: str) -> Profile:
    """The profile of a YAML or JSON file in UTF-8, UTF-16, CP932 or EUC-JP; `name` is told in faults."""
    if len(data) > MAX_FILE_BYTES:
        raise BadEntry(
            f"{name}: 大きすぎます({len(data) / 1024:,.0f} KB)。"
            f"自市の情報だけを {MAX_FILE_BYTES // 1024} KB 以内にまとめてください。"
        )
    text = _decoded(data, name)
    facts = load(text, name)
    if not isinstance(facts, Mapping):
        raise BadEntry(
            f"{name}: 「項目: 内容」の形ではありません。「city: みなと市」のように一行に一つずつ書いてください。"
        )
    return profile_of(facts, name)


def profile_of(facts: Mapping[str, object], name: str = "自市の情報") -> Profile:
    """The profile of plain values, as in a line of the batch."""
    try:
        return ProfileFile.model_validate(facts).profile()
    except ValidationError as error:
        raise BadEntry(f"{name}: {_sentence(error)}") from error
    except BadEntry as error:
        raise BadEntry(f"{name}: {error}") from error


def as_yaml(profile: Profile) -> str:
    """The profile as a file: what is known, key by key."""
    known = {k: v for k, v in ProfileFile.of(profile).model_dump().items() if v or (v == [] and k in _LISTS_OR_UNKNOWN)}
    return yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=10_000)


_LISTS_OR_UNKNOWN = frozenset({"contracts", "recipients"})


def _decoded(data: bytes, name: str) -> str:
    if data.isascii() and b"\0" not in data:
        return data.decode("ascii")
    try:
        text, remarks = decode(data, name)
    except IngestError as error:
        raise BadEntry(str(error)) from error
    if remarks:
        raise BadEntry(remarks[0])
    return text


def _sentence(error: ValidationError) -> str:
    """What is wrong with the first key that is."""
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(x + 1) if isinstance(x, int) else x for x in first["loc"])
    if first["type"] == "extra_forbidden":
        known = "、".join(_known(first["loc"][:-1]))
        return f"「{place[:80]}」という項目はありません。使える項目は {known} です。"
    if first["type"] in ("string_too_long", "too_long"):
        most = first["ctx"]["max_length"]
        how = f"多すぎます。{most}件" if most == MAX_ENTRIES else f"長すぎます。{most:,}文字"
        return f"項目「{place}」が{how}以内にしてください。"
    return f"項目「{place}」は{_WANTED.get(first['type'], '文字で')}書いてください。"


_WANTED = {
    "list_type": "一覧(行頭に「- 」)で",
    "model_type": "「項目: 内容」の形で",
    "model_attributes_type": "「項目: 内容」の形で",
    "bool_type": "true か false で",
    "bool_parsing": "true か false で",
}


def _known(place: Sequence[int | str]) -> Iterator[str]:
    model: type[BaseModel] = ProfileFile
    if place and place[0] in _LISTS_OR_UNKNOWN:
        model = ContractIn if place[0] == "contracts" else RecipientIn
    return iter(model.model_fields)
