"""The form of a city's facts: what it asks in which order, and what a person sent of it → a profile.

Every fact may stay empty: unknown is no fault (`rag.draft.profile`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rag.draft.profile import Profile
from rag.draft.profile_file import ContractIn, ProfileFile, RecipientIn
from rag.draft.profile_reading import profile_of
from rag.draft.skeleton import skeleton

#: So many empty rows of 委託 and 提供・移転 besides those that are filled in.
SPARE_ROWS = 2
UNKNOWN, NONE, SOME = "unknown", "none", "some"

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("自治体と事務", ("city", "body", "duty", "summary", "department", "manager")),
    ("規模", ("people", "persons", "handlers")),
    ("システム", ("systems", "hosting", "authentication")),
    ("根拠と連携", ("basis_use", "linkage", "basis_linkage")),
    ("窓口", ("contact", "disclosure_contact")),
    ("ファイル", ("file_name", "scope", "purpose", "users", "held_since", "sources", "means", "record_items")),
    ("評価書", ("number", "title", "declaration", "published", "incident", "audits", "assessed")),
)
#: Shown at once; the rest is folded, for it can be filled in later.
OPEN_GROUPS = 3
_LONG = frozenset({"summary", "declaration", "record_items", "scope", "purpose", "basis_use", "basis_linkage"})
_LISTS = frozenset({"systems", "sources", "means", "audits"})
#: Fields of the form that a fact is chosen from.
_CHOICES = {
    "people": "I.1 ③",
    "persons": "II.2 ②",
    "handlers": "II.3 ④ 使用者数",
    "linkage": "I.5 ①",
    "incident": "III.7 ②",
}
_BOXES = {"sources": "II.3 ①", "means": "II.3 ②", "audits": "III.8 実施の有無"}
_DETAILED = re.compile(r"^(.*?)[(（](.*)[)）]$")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form. `kind`: text, long, lines, choice, boxes; of boxes `value` are the marked ones."""

    name: str
    label: str
    kind: str
    value: str = ""
    options: tuple[str, ...] = ()
    marked: tuple[tuple[str, bool, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FormView:
    """The form, filled in. `contracts`, `recipients`: rows of questions; `known…`: unknown, none or some."""

    groups: tuple[tuple[str, tuple[Asked, ...]], ...]
    contracts: tuple[tuple[Asked, ...], ...]
    known_contracts: str
    recipients: tuple[tuple[Asked, ...], ...]
    known_recipients: str


def form_view(profile: Profile) -> FormView:
    """The form for a profile."""
    return _view(ProfileFile.of(profile).model_dump())


def typed_view(sent: Sequence[tuple[str, str]]) -> FormView:
    """The form as it was sent, also what cannot be taken: nobody types it twice."""
    return _view(_facts(sent))


def profile_from(sent: Sequence[tuple[str, str]]) -> Profile:
    """The profile of what was sent. Raises BadEntry."""
    return profile_of(_facts(sent))


def _view(facts: Mapping[str, Any]) -> FormView:
    return FormView(
        tuple((title, tuple(_asked(n, facts[n]) for n in names)) for title, names in GROUPS),
        _rows("contracts", facts["contracts"], ContractIn),
        _known(facts["contracts"]),
        _rows("recipients", facts["recipients"], RecipientIn),
        _known(facts["recipients"]),
    )


def _facts(sent: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What was sent, fact by fact."""
    values: dict[str, list[str]] = {}
    for name, value in sent:
        values.setdefault(name, []).append(value)
    first = {name: all_[0] for name, all_ in values.items()}
    facts: dict[str, Any] = {n: _fact(n, values, first) for _, names in GROUPS for n in names}
    facts["contracts"] = _sent_rows("contracts", first, ContractIn)
    facts["recipients"] = _sent_rows("recipients", first, RecipientIn)
    return facts


def _fact(name: str, values: Mapping[str, list[str]], first: Mapping[str, str]) -> object:
    if name in _BOXES:
        marked = values.get(name, [])
        details = (first.get(f"{name}.{n}", "").strip() for n in range(len(_options(_BOXES[name]))))
        pairs = zip(_options(_BOXES[name]), details, strict=True)
        known = [f"{label}({detail})" if detail else label for label, detail in pairs if label in marked or detail]
        return [*known, *(label for label in marked if label not in _options(_BOXES[name]))]
    if name in _LISTS:
        return [line for line in first.get(name, "").splitlines() if line.strip()]
    return first.get(name, "")


def _sent_rows(name: str, first: Mapping[str, str], model: type[ContractIn | RecipientIn]) -> object:
    if first.get(f"{name}.known", UNKNOWN) == NONE:
        return []
    numbers = sorted({int(m[1]) for key in first if (m := re.fullmatch(rf"{name}\.(\d{{1,3}})\.\w+", key))})
    rows = []
    for n in numbers:
        row: dict[str, object] = {f: first.get(f"{name}.{n}.{f}", "").strip() for f in model.model_fields}
        if "transfer" in row:
            row["transfer"] = row["transfer"] == "移転"
        if "means" in row:
            row["means"] = str(row["means"]).splitlines()
        if any(row.values()):
            rows.append(row)
    return rows or None


def _known(rows: object) -> str:
    return UNKNOWN if rows is None else SOME if rows else NONE


def _rows(
    name: str, rows: list[dict[str, object]] | None, model: type[ContractIn | RecipientIn]
) -> tuple[tuple[Asked, ...], ...]:
    filled = [*(rows or []), *([{}] * SPARE_ROWS)]
    return tuple(
        tuple(_cell(name, n, f, row.get(f), model) for f in model.model_fields) for n, row in enumerate(filled)
    )


def _cell(name: str, n: int, field: str, value: object, model: type[ContractIn | RecipientIn]) -> Asked:
    label = (model.model_fields[field].description or field).split("(")[0]
    options = {
        "handlers": _options("II.4 委託事項1 ②"),
        "subcontract": ("再委託する", "再委託しない"),
        "transfer": ("提供", "移転"),
        "people": _options("II.2 ②"),
    }.get(field, ())
    if field == "transfer":
        label, value = "提供か移転か", "移転" if value else "提供"
    if field == "subcontract":
        label = "再委託"
    if isinstance(value, list):
        return Asked(f"{name}.{n}.{field}", label, "lines", "\n".join(value))
    kind = "choice" if options else "long" if field in ("content", "information") else "text"
    return Asked(f"{name}.{n}.{field}", label, kind, str(value or ""), options)


def _asked(name: str, value: object) -> Asked:
    label = (ProfileFile.model_fields[name].description or name).replace("(様式の選択肢)", "")
    if name in _BOXES:
        assert isinstance(value, list)
        return Asked(name, label, "boxes", marked=_marked(_options(_BOXES[name]), value))
    if name in _LISTS:
        assert isinstance(value, list)
        return Asked(name, f"{label}(1行に一つ)", "lines", "\n".join(value))
    if name in _CHOICES:
        return Asked(name, label, "choice", str(value), _options(_CHOICES[name]))
    return Asked(name, label, "long" if name in _LONG else "text", str(value))


def _marked(options: Sequence[str], values: Sequence[str]) -> tuple[tuple[str, bool, str], ...]:
    said: dict[str, str] = {}
    for value in values:
        match = _DETAILED.match(value) if value not in options else None
        said[match[1] if match else value] = match[2] if match else ""
    known = tuple((label, label in said, said.get(label, "")) for label in options)
    # What the form does not know stays, for the person to see.
    return (*known, *((v, True, "") for v in values if not _is_known(v, options)))


def _is_known(value: str, options: Sequence[str]) -> bool:
    match = _DETAILED.match(value)
    return value in options or (match is not None and match[1] in options)


@functools.cache
def _options(section: str) -> tuple[str, ...]:
    """The options or boxes of a field of the form."""
    field = next(f for f in skeleton(Profile()) if f.section == section)
    return field.options or tuple(b.label for b in field.boxes)
