"""Whether a peer's measure can be true of the body that drafts, as far as its profile tells."""

from __future__ import annotations

import re

from rag.draft.facts import connects, subcontracts
from rag.draft.measures import Unit
from rag.draft.profile import Profile
from rag.draft.words import plain, words


def fits(unit: Unit, profile: Profile, section: str) -> bool:
    """Whether a peer's measure can be true of the body, as far as the profile tells."""
    text = unit.text
    if "再委託先" in text and (subcontracts(profile) is False or profile.contracts == ()):
        return False
    if re.search(r"委託(先|業者|事業者|契約)", text) and profile.contracts == () and not section.startswith("III.4"):
        return False
    work = words().contracted.search(text)
    if work and profile.contracts is not None and not _contracts_for(work["work"], profile):
        return False
    keeps = bool(words().own_machines.search(profile.hosting)) and not words().cloud.search(profile.hosting)
    if words().machines.search(text) and not keeps:
        return False
    if words().cloud.search(text) and not words().cloud.search(profile.hosting):
        return False
    return not (re.search(r"情報提供ネットワークシステム|中間サーバー", text) and connects(profile) is False)


def _contracts_for(work: str, profile: Profile) -> bool:
    """Whether a contract of the body's is about that kind of work."""
    return any(work in plain(f"{c.title}{c.content}") for c in profile.contracts or ())
