"""Sentences of an inquiry → what is asked, requested and complained of, each once, in the letter's order.

A sentence is cut where its topics change: どこに保管していて、誰が見るのか are two questions, though one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.reply.inquiry import TOKEN, plain
from rag.reply.topics import details, expression, topics
from rag.reply.types import Ask, Kind

#: Where a sentence may be cut.
_CUTS = re.compile(r"(?<=[、,，;；])|(?<=のか)(?=[とも])|(?<=\s)(?=[①-⑳])")
_LEADING = re.compile(r"^(?:[、,，\s　]|では|で、|え(?:え|っ)と|あの|ですから|だから|それで)+")
_TRAILING = re.compile(r"[、,，\s　]+$")
#: Topics that are only part of others: not asked for themselves where these are.
_PARTS = {
    "contracts": {"supervision", "handlers", "subcontract", "former"},
    "leak_prevention": {"incident", "incident_plan", "supervision", "access", "retention", "storage"},
    "contact": {"unstated"},
    "access": {"users"},
}
WISHES = ("disclosure", "correction", "suspension")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A piece of a sentence: as written, as patterns read it, its topics in order."""

    text: str
    read: str
    topics: tuple[str, ...]


def asks_of(sentences: Sequence[str]) -> list[Ask]:
    """The asks of an inquiry; complaints, however many, are one and come last."""
    found: list[Ask] = []
    complained = ""
    rows = ""
    for sentence in sentences:
        read = plain(sentence)
        if expression("greeting").search(read) and not _wish(read) and not _topics(read):
            continue
        for ask in _asks(sentence, rows):
            found.append(ask)
            rows = topics()[ask.topic].rows if ask.topic else rows
        if expression("complaint").search(read):
            complained = complained or sentence
    kept = _distinct(_with_details([ask for ask in found if not _is_heading(ask) or len(found) == 1]))
    if complained:
        kept.append(Ask(_trimmed(complained), Kind.COMPLAINT, sentence=complained))
    return kept


def _asks(sentence: str, rows: str) -> Iterator[Ask]:
    """The asks of one sentence. `rows`: the kind of rows spoken of before, for その会社."""
    read = plain(sentence)
    wish = _wish(read)
    pieces = _pieces(_clauses(_pointed(sentence, rows)))
    asking = bool(expression("asks").search(read) or expression("note").search(read))
    promise, legal = (bool(expression(name).search(read)) for name in ("promise", "legal"))
    if wish:
        yield Ask(_trimmed(sentence), Kind.REQUEST, wish=wish, sentence=sentence)
        pieces = [p for p in pieces if p.topics and not _wish(p.read) and expression("asks").search(p.read)]
    for piece in pieces:
        for topic in piece.topics or ("",):
            if not (asking or _is_note(sentence, topic)):
                continue
            ask = Ask(_trimmed(piece.text), topic=topic, sentence=sentence, own=_is_own(piece.read, read))
            ask = replace(ask, promise=promise, legal=legal)
            yield ask


def _is_heading(ask: Ask) -> bool:
    """Whether it only says what the letter is about: 給付金の件."""
    return not ask.topic and not ask.wish and bool(expression("heading").search(plain(ask.text)))


def _with_details(asks: Sequence[Ask]) -> list[Ask]:
    """Questions on how a request is made (fees, papers) belong to the request, where there is one."""
    request = next((ask for ask in asks if ask.wish), None)
    if request is None:
        return list(asks)
    detailing = [a for a in asks if a.topic in {"", "unstated", "contact"} and not a.wish and _details(a)]
    sentence = "\n".join([request.sentence, *(a.sentence for a in detailing)])
    left = [ask for ask in asks if ask not in detailing]
    return [replace(ask, sentence=sentence) if ask is request else ask for ask in left]


def _details(ask: Ask) -> bool:
    return any(detail.asked.search(plain(ask.text)) for detail in details())


def _is_note(sentence: str, topic: str) -> bool:
    """Whether a line without any asking word asks all the same: a telephone note names what it is about."""
    read = plain(sentence)
    return bool(topic) and not re.search(r"(です|ます|ました|た|い|る)[。、]?$", read)


def _is_own(piece: str, sentence: str) -> bool:
    """Whether it is asked what happened to one person's own data."""
    asked = expression("happened").search(piece) and expression("already").search(piece)
    return bool(asked and expression("own").search(sentence))


def _wish(read: str) -> str:
    """Which request a sentence makes, "" for none."""
    if expression("not_request").search(read):
        return ""
    return next((wish for wish in WISHES if expression(wish).search(read)), "")


def _pointed(sentence: str, rows: str) -> str:
    """その会社 → 委託先, where contractors were spoken of; 提供先 where recipients were."""
    if not rows:
        return sentence
    meant = "提供先" if rows == "recipients" else "委託先"
    return expression("points").sub(meant, sentence)


def _clauses(sentence: str) -> list[_Clause]:
    found = []
    for text in _CUTS.split(sentence):
        if text and text.strip():
            read = plain(text)
            found.append(_Clause(text, read, _topics(read)))
    return found


def _topics(read: str) -> tuple[str, ...]:
    """The topics of a stretch of text; what a surer one matched is not looked at again."""
    left = read
    found: list[tuple[int, str]] = []
    for topic in topics().values():
        match = topic.said.search(read if topic.echo else left)
        if match:
            found.append((match.start(), topic.name))
        if match and not topic.echo:
            left = left[: match.start()] + " " * (match.end() - match.start()) + left[match.end() :]
    names = [name for _, name in sorted(found)]
    return tuple(n for n in names if not _PARTS.get(n, set()) & set(names))


def _pieces(clauses: Sequence[_Clause]) -> list[_Clause]:
    """Clauses that belong together: one without a topic of its own goes with its neighbour, narration with the next."""
    pieces: list[_Clause] = []
    held = ""
    for clause in clauses:
        if clause is not clauses[-1] and _leads_up(clause.read.rstrip("、,。 ")):
            held += clause.text
            continue
        if pieces and not held and (not clause.topics or clause.topics == pieces[-1].topics):
            pieces[-1] = replace(pieces[-1], text=pieces[-1].text + clause.text, read=pieces[-1].read + clause.read)
        elif pieces and not pieces[-1].topics:
            last = pieces.pop()
            pieces.append(_Clause(last.text + clause.text, last.read + clause.read, clause.topics))
        else:
            pieces.append(clause)
        held = ""
    if any(p.topics for p in pieces):
        return [p for p in pieces if p.topics]
    if pieces and held == "" and clauses:
        return pieces
    whole = "".join(c.text for c in clauses)
    return [_Clause(whole, plain(whole), _topics(plain(whole)))] if clauses else []


def _leads_up(read: str) -> bool:
    """Whether a clause only leads up to the next: 医療証を申請しましたが、税金のことで聞きたいのですが."""
    if not expression("narrates").search(read):
        return False
    return not expression("asks").search(read) or bool(expression("heading").search(read))


def _trimmed(text: str) -> str:
    """What is asked, without what joins it to the sentence before."""
    text = TOKEN.sub("", text)
    for _ in range(3):
        text = _LEADING.sub("", text)
        text = re.sub(rf"^(?:{expression('join').pattern})[、,，]?", "", text)
    return _TRAILING.sub("", text).rstrip("。．").strip()


def _distinct(asks: Sequence[Ask]) -> list[Ask]:
    """Each topic and each request once; an ask without a topic is left out where it says nothing of its own."""
    found: dict[tuple[str, str, str], Ask] = {}
    for ask in asks:
        own = "" if ask.topic or ask.wish else ask.text
        key = (ask.topic, ask.wish, own)
        before = found.get(key)
        if before is None:
            found[key] = ask
        else:
            found[key] = replace(
                before,
                sentence=f"{before.sentence}\n{ask.sentence}",
                own=before.own or ask.own,
                promise=before.promise or ask.promise,
                legal=before.legal or ask.legal,
            )
    return list(found.values())
