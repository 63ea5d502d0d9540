"""Addresses of the drafting pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from api.web.links import anchor


@dataclass(frozen=True, slots=True)
class Place:
    """What the workspace shows: an item, the sentence or field whose peers stand at the right, what is being typed.

    view   "" the item's fields, else questions, findings, versions, changes, revision
    tab    of the peers: "" side by side, changed, table
    edit, answer  the sentence that is being written or whose 【要確認】 is being answered
    """

    draft: str
    item: str = ""
    sentence: str = ""
    section: str = ""
    tab: str = ""
    edit: str = ""
    answer: str = ""
    view: str = ""

    def to(self, hash: str = "", **changes: str) -> str:
        """The address of this place, or of one that differs in `changes`."""
        place = replace(self, **changes) if changes else self
        names = ("item", "sentence", "section", "tab", "edit", "answer", "view")
        query = {n: v for n in names if (v := getattr(place, n))}
        address = f"/drafts/{self.draft}" + (f"?{urlencode(query)}" if query else "")
        return address + (f"#{hash}" if hash else "")

    def shown(self, **changes: str) -> str:
        """The same without what is being typed, at the peers."""
        return self.to("beside", edit="", answer="", **changes)


def sentence_anchor(id: str) -> str:
    """Where a sentence stands on the page."""
    return anchor("s", id)


def field_anchor(section: str) -> str:
    """Where a field stands on the page."""
    return anchor("f", section)
