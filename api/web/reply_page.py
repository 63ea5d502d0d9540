"""What the pages of replies show: the letter in parts, its pieces, what may be done now, the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.accounts.who import Who
from rag.replies.moves import may, may_delete
from rag.replies.since import Since, since
from rag.replies.store import Replies
from rag.replies.types import Deed, Event, KeptReply, Shelf, State, TextVersion
from rag.reply.inquiry import TOKEN
from rag.reply.types import Length, Variant
from rag.staleness import Versions
from rag.types import Citation

VARIANTS = {
    Variant.LETTER: "手紙",
    Variant.MAIL: "メール",
    Variant.PHONE: "電話での説明",
    Variant.EASY: "やさしい日本語",
    Variant.ENGLISH: "English",
}
LENGTHS = {Length.NORMAL: "ふつう", Length.SHORT: "短く"}
SHELVES = {
    Shelf.MINE: "自分の下書き",
    Shelf.PROPOSED: "承認待ち",
    Shelf.RETURNED: "差戻し",
    Shelf.DONE: "済み",
}
DESKS = {"IV.1": "Ⅳ.1 開示・訂正・利用停止の請求先", "IV.2": "Ⅳ.2 問合せ先"}
#: A state's tone, a class of the style sheet.
TONES = {
    State.DRAFT: "plain",
    State.PROPOSED: "care",
    State.RETURNED: "stop",
    State.APPROVED: "good",
    State.SENT: "good",
}
_PARTS = re.compile(r"\n[ \t\u3000]*\n+")
_PIECES = re.compile(rf"({TOKEN.pattern})|\[(\d{{1,4}})\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: plain, a token, or the number of a source."""

    text: str
    token: bool = False
    marker: int = 0


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A paragraph of the letter; `number` from 1."""

    number: int
    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier reply that is offered, with what changed in its assessments."""

    kept: KeptReply
    documents: tuple[str, ...]
    since: tuple[Since, ...]


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply as its page shows it.

    text    the version that is shown; `past` where a newer one stands
    editing number of the part whose text is being changed, 0 for none
    """

    kept: KeptReply
    text: TextVersion
    past: bool
    parts: tuple[LetterPart, ...]
    inquiry: tuple[Piece, ...]
    editing: int
    may: frozenset[str]
    returned: Event | None
    since: tuple[Since, ...]
    alike: tuple[Alike, ...]


def reply_view(kept: KeptReply, replies: Replies, catalog: Versions, who: Who, number: int, editing: int) -> ReplyView:
    """The view of one of its texts, that which stands for `number` 0 or one that is not there."""
    text = next((v for v in kept.versions if v.number == number), kept.text)
    past = text.number != kept.text.number
    allowed = {deed.value for deed in Deed if deed is not Deed.START and may(who, kept.entry, deed)}
    if may_delete(who, kept.entry, kept.last(Deed.APPROVE) is not None):
        allowed.add("delete")
    offered = tuple(
        Alike(earlier, likeness.documents, since(catalog, earlier.text.citations))
        for likeness, earlier in replies.alike(kept)
    )
    return ReplyView(
        kept,
        text,
        past,
        letter_parts(text.letter, text.citations),
        tuple(pieces(kept.inquiry)),
        0 if past or "edit" not in allowed else editing,
        frozenset(allowed),
        returned_now(kept),
        since(catalog, text.citations),
        offered,
    )


def returned_now(kept: KeptReply) -> Event | None:
    """Why it was returned, until it is proposed again."""
    back, again = kept.last(Deed.RETURN), kept.last(Deed.PROPOSE)
    return back if back and again and back.at >= again.at else None


def letter_parts(letter: str, citations: Sequence[Citation] = ()) -> tuple[LetterPart, ...]:
    """The paragraphs of a letter."""
    known = {c.marker for c in citations}
    found = [part.strip("\n") for part in _PARTS.split(letter) if part.strip()]
    return tuple(LetterPart(n, part, tuple(pieces(part, known))) for n, part in enumerate(found, 1))


def with_part(letter: str, number: int, text: str) -> str:
    """The letter with another text in the place of a part; an empty one takes the part out. 0: at the end."""
    parts = [part.text for part in letter_parts(letter)]
    if 1 <= number <= len(parts):
        parts[number - 1] = text.strip("\n")
    else:
        parts.append(text.strip("\n"))
    return "\n\n".join(part for part in parts if part.strip())


def pieces(text: str, markers: set[int] | None = None) -> Iterator[Piece]:
    """A text as pieces; only known markers are told apart."""
    at = 0
    for match in _PIECES.finditer(text):
        marker = int(match[2] or 0)
        if marker and marker not in (markers or ()):
            continue
        if match.start() > at:
            yield Piece(text[at : match.start()])
        yield Piece(match[0], bool(match[1]), marker)
        at = match.end()
    if at < len(text):
        yield Piece(text[at:])
