"""What differs between two versions of a draft, place by place, with the changed words marked."""

from __future__ import annotations

from dataclasses import dataclass

from api.web.difference import Run, difference
from rag.draft.changes import Change, changes
from rag.draft.kept import DraftVersion, KeptDraft
from rag.draft.store import Drafts
from rag.errors import NotFound


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change; `before` and `after` with the words that differ marked."""

    change: Change
    before: tuple[Run, ...]
    after: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version beside another: `old` and `new` are their numbers."""

    version: DraftVersion
    old: int
    new: int
    changes: tuple[ChangeView, ...]


def version_view(drafts: Drafts, kept: KeptDraft, number: int) -> VersionView:
    """An older version beside the newest; the newest beside the one before it. Raises NotFound."""
    version = next((v for v in drafts.versions(kept.id) if v.number == number), None)
    if version is None:
        raise NotFound(f"この起案に版 {number} はありません。版の一覧から選んでください。")
    old, new = (number, kept.version) if number < kept.version else (max(1, number - 1), number)
    done = changes(drafts.version(kept.id, old), drafts.version(kept.id, new))
    return VersionView(version, old, new, tuple(change_view(c) for c in done))


def change_view(change: Change) -> ChangeView:
    """A change with its words compared."""
    before, after = difference(change.before, change.after)
    return ChangeView(change, tuple(before), tuple(after))
