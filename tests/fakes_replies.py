"""Composed replies of an invented town, what composes them without reading anything, and people who sign them off."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable

from rag.accounts.who import Role, Who
from rag.privacy import Masked, mask
from rag.replies.store import Replies
from rag.reply.types import Length, Reply, Variant
from rag.stop import Stop
from rag.types import Status
from tests.fakes_api import citation

AUTHOR = Who("a1", "起案の人", Role.DRAFTER)
SECOND = Who("b2", "承認の人", Role.APPROVER)
OTHER = Who("c3", "ほかの起案の人", Role.DRAFTER)
CHIEF = Who("d4", "管理の人", Role.ADMINISTRATOR)

Desk = Callable[[Who], Replies]

CONTACT = "青葉野市 教育委員会 学校給食課 電話 00-0000-1111"
LETTER = (
    "{name}様\n\nお問い合わせをいただき、ありがとうございます。\n\n"
    "1 委託しているのですか\n口座振替データの作成を委託しています。[1]\n契約で秘密を守ることを定めています。[2]\n\n"
    f"お問い合わせ先\n{CONTACT}\n"
)
CITATIONS = (citation(1, 5, "口座振替データの作成"), citation(2, 11, "・秘密を守ること。"))


def composed(inquiry: str = "給食費の口座振替は委託しているのですか。", **changes: object) -> Reply:
    """A reply whose inquiry is masked for real."""
    return composed_of(mask(inquiry), **changes)


def composed_of(masked: Masked, **changes: object) -> Reply:
    """A reply to an inquiry that is masked already."""
    plain = Reply(
        masked=masked.text,
        found=tuple((f.kind, f.count) for f in masked.found),
        questions=("委託しているのですか",),
        letter=LETTER.format(name="〔氏名1〕" if "〔氏名1〕" in masked.text else "お問い合わせの方"),
        desk="IV.2",
        citations=CITATIONS,
        status=Status.ANSWERED,
        documents=("青葉野市-7",),
        composed_by="model",
        model="ollama:yamabiko",
        prompts=(("reply", "3b1f0c9ad2e4"),),
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


class FakeReplier:
    """Composes the same letter for every inquiry.

    waits    how long it takes, unless it is stopped
    breaks   what it raises
    seen     the masked inquiries that it was given
    stopped  set where it was stopped
    """

    def __init__(self) -> None:
        self.waits = 0.0
        self.breaks: Exception | None = None
        self.seen: list[str] = []
        self.chosen: list[tuple[Variant, Length, str]] = []
        self.stopped = threading.Event()

    def compose(self, masked: Masked, variant: Variant, length: Length, document: str, stop: Stop) -> Reply:
        self.seen.append(masked.text)
        self.chosen.append((variant, length, document))
        ended = threading.Event()
        stop.on_set(ended.set)
        if self.waits and ended.wait(self.waits):
            self.stopped.set()
        if self.breaks:
            raise self.breaks
        return composed_of(masked, variant=variant, length=length)
