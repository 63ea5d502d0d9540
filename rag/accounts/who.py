"""Whoever stands behind a request: a value that routes, stores and templates share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.errors import BadEntry


class Role(StrEnum):
    """What a person may do; each role holds those before it."""

    VIEWER = "viewer"
    DRAFTER = "drafter"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"

    @property
    def ja(self) -> str:
        """As people call it."""
        return _NAMES[self]

    def holds(self, least: Role) -> bool:
        """Whether this role may do what `least` may."""
        order = list(Role)
        return order.index(self) >= order.index(least)


_NAMES = {Role.VIEWER: "閲覧", Role.DRAFTER: "起案", Role.APPROVER: "承認", Role.ADMINISTRATOR: "管理"}


@dataclass(frozen=True, slots=True)
class Who:
    """A person who is signed in. `name` is shown to others; `must_change`: nothing else before a new password."""

    id: str
    name: str
    role: Role
    must_change: bool = False

    def may(self, least: Role) -> bool:
        """Whether this person has at least that role."""
        return self.role.holds(least)


#: The one person of a machine that nobody else reaches.
LOCAL = Who("local", "このパソコンの利用者", Role.ADMINISTRATOR)
#: Nobody who is signed in.
NOBODY = Who("nobody", "", Role.VIEWER)
#: Whoever sits at the terminal of the machine and so holds its data.
TERMINAL = Who("terminal", "端末", Role.ADMINISTRATOR)


def role_named(text: str) -> Role:
    """The role of a Japanese or English name. Raises BadEntry."""
    for role in Role:
        if text.strip() in (role.value, role.ja):
            return role
    raise BadEntry(f"役割「{text}」はありません。{'、'.join(r.ja for r in Role)} から選んでください。")
