"""Findings that a person dismissed, each with the reason, kept beside the catalog."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from rag import database, serial
from rag.checks.finding import Dismissal, Finding
from rag.errors import BadEntry, NotFound
from rag.guard import has_personal_number
from rag.tables import dismissals

MAX_REASON_CHARS = 1000


class Dismissals:
    """Keeps dismissals in the catalog's database; every method raises StoreError where it cannot be read or written."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def all(self) -> dict[str, Dismissal]:
        """Key of the finding → its dismissal."""
        with database.reading(self._engine) as connection:
            rows = connection.execute(sa.select(dismissals)).mappings().all()
        return {r["key"]: Dismissal(r["key"], r["reason"], serial.moment(r["dismissed_at"])) for r in rows}

    def dismiss(self, finding: Finding, reason: str) -> Dismissal:
        """Keeps why a finding needs nothing done, in the place of an earlier reason. Raises BadEntry."""
        made = Dismissal(finding.key, checked(reason), dt.datetime.now(dt.UTC))
        row = {"document": finding.document, "rule": finding.rule.id, "reason": made.reason}
        with database.writing(self._engine) as connection:
            connection.execute(sa.delete(dismissals).where(dismissals.c.key == made.key))
            connection.execute(sa.insert(dismissals).values(key=made.key, dismissed_at=made.dismissed_at, **row))
        return made

    def restore(self, key: str) -> None:
        """Takes a dismissal back. Raises NotFound where there is none."""
        with database.writing(self._engine) as connection:
            if not connection.execute(sa.delete(dismissals).where(dismissals.c.key == key)).rowcount:
                raise NotFound(f"指摘「{key}」は却下されていません。番号を一覧(hyoka check --all)で確かめてください。")


def checked(reason: str) -> str:
    """The reason as it is kept. Raises BadEntry for one that is empty, too long, or holds a personal number."""
    said = serial.storable(reason).strip()
    if not said:
        raise BadEntry("却下の理由が空です。直さなくてよい理由を書いてください。")
    if len(said) > MAX_REASON_CHARS:
        raise BadEntry(f"却下の理由が長すぎます({len(said)}文字)。{MAX_REASON_CHARS}文字以内にまとめてください。")
    if has_personal_number(said):
        raise BadEntry("却下の理由に個人番号とみられる数字があります。番号を除いて書いてください。")
    return said
