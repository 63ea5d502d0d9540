"""The list of conversations as the pages show it, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from rag.conversations import Conversation, Conversations

#: Beside the question, and on the page of all conversations.
BESIDE = 8
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """Some conversations. `pinned`: the current one, where it stands on another page of the list."""

    shown: tuple[Conversation, ...]
    current: str
    pinned: Conversation | None
    search: str
    page: int
    more: bool

    @property
    def beginning(self) -> bool:
        """Whether a new conversation is the current one."""
        return not self.current and not self.search and self.page == 1

    @property
    def searchable(self) -> bool:
        """Whether there is more than can be seen at once."""
        return self.more or self.page > 1 or bool(self.search)


def listing(
    conversations: Conversations, search: str = "", page: int = 1, current: str = "", per_page: int = BESIDE
) -> Listing:
    """The conversations of a page of the list, newest first. Raises NotFound where there is no `current` one."""
    found = conversations.list(search, limit=per_page + 1, offset=(page - 1) * per_page)
    shown = tuple(found[:per_page])
    pinned = conversations.get(current) if current and all(c.id != current for c in shown) else None
    return Listing(shown, current, pinned, search, page, len(found) > per_page)
