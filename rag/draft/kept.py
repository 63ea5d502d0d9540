"""The value types of kept drafts, and the fault of two people at one sentence. No I/O."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rag.draft.changes import Change
from rag.draft.types import Draft
from rag.errors import Conflict


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it stands. `saves` tells two states apart; `version` is shown; `author` saved it last.

    owner, shared   whose it is (the id of a person), and whether everybody who drafts may work on it
    """

    id: str
    title: str
    draft: Draft
    version: int
    saves: int
    author: str
    created_at: dt.datetime
    updated_at: dt.datetime
    owner: str = "local"
    shared: bool = False


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """The same without the texts, for a list."""

    id: str
    title: str
    version: int
    saves: int
    author: str
    created_at: dt.datetime
    updated_at: dt.datetime
    owner: str = "local"
    shared: bool = False


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One version. `origin`: why it began (作成, 版 3 に戻す), or "" for a sitting of edits; `changes`: how many."""

    number: int
    author: str
    begun_at: dt.datetime
    saved_at: dt.datetime
    origin: str
    changes: int


@dataclass(frozen=True, slots=True)
class KeptChange:
    """A change with who made it, when, in which version."""

    version: int
    author: str
    changed_at: dt.datetime
    change: Change


class DraftConflict(Conflict):
    """Somebody changed the same sentence since the person read it; `sections` names the fields.

    kept   the draft as it stands
    mine   what the person's edit made of it, so that both can be shown; None where its place is gone
    """

    def __init__(self, kept: KeptDraft, mine: Draft | None, sections: tuple[str, ...]) -> None:
        where = "、".join(s for s in sections if s) or "同じ箇所"
        who = f"{kept.author}さん" if kept.author else "ほかの人"
        super().__init__(
            f"開いている間に{who}が{where}を変更したため、保存していません。"
            "今の内容と見比べて、どちらにするかを選んでください。"
        )
        self.kept = kept
        self.mine = mine
        self.sections = sections
