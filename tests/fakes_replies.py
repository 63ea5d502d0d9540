"""Composed replies of an invented town, what composes them without reading anything, and people who sign them off."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable

from rag.accounts.who import Role, Who
from rag.privacy import mask
from rag.replies.store import Replies
from rag.reply.types import Length, Reply, Variant
from rag.stop import Stop
from rag.types import Citation, Status

AUTHOR = Who("a1", "起案の人", Role.DRAFTER)
SECOND = Who("b2", "承認の人", Role.APPROVER)
OTHER = Who("c3", "ほかの起案の人", Role.DRAFTER)
CHIEF = Who("d4", "管理の人", Role.ADMINISTRATOR)

Desk = Callable[[Who], Replies]

CONTACT = "青葉野市 教育委員会 学校給食課 電話 000-111-2222"
LETTER = (
    "{name}様\n\nお問い合わせをいただき、ありがとうございます。\n\n"
    "1. 「委託しているのですか」について\n口座振替データの作成を委託しています。[1]\n\n"
    f"お問い合わせ先\n{CONTACT}[2]"
)
CITATIONS = (
    Citation(
        1,
        "青葉野市-7",
        "青葉野市",
        "青葉野市 給食費の管理に関する事務 重点項目評価書",
        "II.4 委託事項1",
        "委託事項1",
        "令和7年4月1日",
        "口座振替データの作成",
        item="II/4/委託事項1/委託事項1#5 %",
        version=2,
    ),
    Citation(
        2,
        "青葉野市-7",
        "青葉野市",
        "青葉野市 給食費の管理に関する事務 重点項目評価書",
        "IV.2 ①",
        "①連絡先",
        "令和7年4月1日",
        CONTACT,
        item="",
        version=2,
    ),
)


def composed(inquiry: str = "給食費の口座振替は委託しているのですか。", **changes: object) -> Reply:
    """A reply whose inquiry is masked for real."""
    masked = mask(inquiry)
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

    waits  how long it takes, unless it is stopped;  seen: the inquiries that it was given
    """

    def __init__(self) -> None:
        self.waits = 0.0
        self.breaks: Exception | None = None
        self.seen: list[str] = []
        self.stopped = threading.Event()

    def reply(
        self,
        inquiry: str,
        variant: Variant = Variant.LETTER,
        length: Length = Length.NORMAL,
        *,
        stop: Stop | None = None,
    ) -> Reply:
        self.seen.append(inquiry)
        if stop is not None and self.waits:
            ended = threading.Event()
            stop.on_set(ended.set)
            if ended.wait(self.waits):
                self.stopped.set()
        if self.breaks:
            raise self.breaks
        return composed(inquiry, variant=variant, length=length)
