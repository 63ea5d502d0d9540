"""Sentences of an inquiry → what is asked, requested and complained of, each once, in the letter's order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.duties import duties_of
from rag.reply.clauses import clauses_of, pieces_of, topics_in
from rag.reply.inquiry import NAME, TOKEN, plain
from rag.reply.topics import details, duty_words, expression, topics, words
from rag.reply.types import Ask, Kind

#: Of whom a question is asked: the same question of two municipalities is two.
_CITY = re.compile(r"[一-龥々ヶケ]{1,6}[市町村](?=の|では|は|も|で)")
#: A shorter ask without a topic asks nothing.
HEADING_CHARS = 4
_LEADING = re.compile(
    r"^(?:[一二三四五1-5](?:点|つ)目(?:の質問)?(?:は|に|として|ですが)?|質問で(?=、)|[、,，\s　①-⑳]|では|で、"
    r"|え(?:え|っ)と|あの|つきましては|ですから|だから|それで|and )+"
)
_WISHED = re.compile(r"(?<=か)、?を(?:確認|知|教え|伺|お?聞).*$")
_TRAILING = re.compile(r"[、,，\s　]+$")
WISHES = ("disclosure", "correction", "suspension")


def asks_of(sentences: Sequence[str]) -> list[Ask]:
    """The asks of an inquiry; complaints, however many, are one and come last."""
    found: list[Ask] = []
    complained = before = rows = ""
    headed = len(sentences) > 1 and expression("heading").search(plain(sentences[0]))
    for sentence in sentences[1:] if headed and _asks_more(sentences[1:]) else sentences:
        read = plain(sentence)
        if expression("greeting").search(read) and not _wish(read) and not topics_in(read):
            continue
        found += [_in_context(ask, before, rows) for ask in _asks(sentence, rows)]
        named = topics_in(read)
        before = named[0] if named else before
        rows = next((topics()[n].rows for n in named if topics()[n].rows), rows)
        if expression("complaint").search(read):
            complained = complained or sentence
    found = [ask for ask in found if not _is_heading(ask)] or found[:1]
    found = [ask for ask in found if ask.topic or ask.wish or not _only_worries(ask)] or found[:1]
    kept = _distinct(_with_details(found))
    if complained:
        kept.append(Ask(_trimmed(complained), Kind.COMPLAINT, sentence=complained))
    return kept


def _in_context(ask: Ask, topic: str, rows: str) -> Ask:
    """An ask that leans on what was said before it: どちらが正しいのですか."""
    read = plain(ask.text)
    if not ask.topic and not ask.wish and expression("context").search(read):
        return replace(ask, topic=topic)
    if ask.topic == "users" and rows == "contracts" and "何人" in read and not re.search("職員|市役所|課", read):
        return replace(ask, topic="handlers")
    return ask


def _asks_more(sentences: Sequence[str]) -> bool:
    """Whether sentences ask or request by themselves, without the heading above them."""
    reads = [plain(sentence) for sentence in sentences]
    return any(_wish(r) or topics_in(r) or expression("asks").search(r) for r in reads)


def _asks(sentence: str, rows: str) -> Iterator[Ask]:
    """The asks of one sentence. `rows`: the kind of rows spoken of before, for その会社."""
    read = plain(sentence)
    wish = _wish(read)
    rows = rows or next((topics()[n].rows for n in topics_in(read) if topics()[n].rows), "")
    pieces = pieces_of(clauses_of(_pointed(sentence, rows)))
    asking = bool(expression("asks").search(read) or expression("note").search(read))
    promise, legal = (bool(expression(name).search(read)) for name in ("promise", "legal"))
    if wish:
        for each in _wishes(read, wish):
            yield Ask(_trimmed(sentence), Kind.REQUEST, wish=each, sentence=sentence)
        pieces = [p for p in pieces if p.topics and not _wish(p.read) and expression("asks").search(p.read)]
    for piece in pieces:
        for topic in piece.topics or ("",):
            if not (asking or _is_note(sentence, topic)):
                continue
            ask = Ask(_trimmed(piece.text), topic=topic, sentence=sentence, own=_is_own(piece.read, sentence))
            ask = replace(ask, promise=promise, legal=legal)
            yield ask


def _only_worries(ask: Ask) -> bool:
    """Whether it says no more than that somebody worries."""
    return not _is_direct(ask) and bool(expression("worry").search(plain(ask.text)))


def _is_heading(ask: Ask) -> bool:
    """Whether it only says what the letter is about: 給付金の件."""
    if ask.topic or ask.wish:
        return False
    read = plain(ask.text)
    says_nothing = expression("heading").search(read) or expression("empty").search(read)
    return len(_LEADING.sub("", ask.text)) <= HEADING_CHARS or bool(says_nothing)


def _with_details(asks: Sequence[Ask]) -> list[Ask]:
    """Questions on how a request is made (fees, papers) belong to the request, where there is one."""
    request = next((ask for ask in asks if ask.wish), None)
    if request is None:
        return list(asks)
    detailing = [a for a in asks if not a.wish and (_details(a) or _belongs(a, request))]
    sentence = "\n".join([request.sentence, *(a.sentence for a in detailing)])
    left = [ask for ask in asks if ask not in detailing]
    return [replace(ask, sentence=sentence) if ask is request else ask for ask in left]


def _details(ask: Ask) -> bool:
    asked = any(detail.asked.search(plain(ask.text)) for detail in details())
    return asked and ask.topic in {"", "unstated", "contact"}


def _belongs(ask: Ask, request: Ask) -> bool:
    """Whether an ask says no more than its request: where to go, what is mistaken."""
    read = plain(ask.text)
    if ask.topic in {"", "unstated"} and expression("manner").search(read):
        return True
    if ask.topic == "contact":
        return not re.search("苦情|相談|電話|問い?合わ?せ|連絡", read)
    return not ask.topic and request.wish == "correction" and bool(expression("mistaken").search(read))


def _is_note(sentence: str, topic: str) -> bool:
    """Whether a line without any asking word asks all the same: a telephone note names what it is about."""
    read = plain(sentence)
    return bool(topic) and not re.search(r"(です|ます|ました|た|い|る|ん|だ|で|が|けど|ど)[。、!]*$", read)


def _is_own(piece: str, sentence: str) -> bool:
    """Whether it is asked what happened to one person's own data."""
    asked = expression("happened").search(piece) and expression("already").search(piece)
    return bool(asked and (expression("own").search(plain(sentence)) or NAME.search(sentence)))


def _wish(read: str) -> str:
    """Which request a sentence makes, "" for none."""
    if expression("not_request").search(read):
        return ""
    return next((wish for wish in WISHES if expression(wish).search(read)), "")


def _wishes(read: str, first: str) -> list[str]:
    """All requests of a sentence that makes one: the others where their formal word stands in it."""
    formal = words().formal
    return [wish for wish in WISHES if wish == first or re.search(formal[wish], read)]


def _pointed(sentence: str, rows: str) -> str:
    """その会社 → 委託先, where contractors were spoken of; 提供先 where recipients were."""
    if not rows:
        return sentence
    meant = "提供先" if rows == "recipients" else "委託先"
    return expression("points").sub(meant, sentence)


def _trimmed(text: str) -> str:
    """What is asked, without what joins it to the sentence before; never nothing."""
    whole = text.strip()
    text = TOKEN.sub(lambda token: token[0] if NAME.match(token[0]) else "", text)
    for _ in range(3):
        text = _LEADING.sub("", text)
        text = re.sub(rf"^(?:{expression('join').pattern})[、,，]?", "", text)
    return _WISHED.sub("", _TRAILING.sub("", text)).rstrip("。．").strip() or whole


def _also(before: Ask, ask: Ask) -> tuple[str, ...]:
    """The wordings beside the first direct question; a worry that a question follows is none."""
    if not _is_direct(before) and _is_direct(ask):
        return before.also
    return before.also if ask.text in before.wordings else (*before.also, ask.text)


def _is_direct(ask: Ask) -> bool:
    """Whether it is a question in so many words, not a worry that asks."""
    return bool(re.search(r"(か|\?)$|のか[^。?]{0,8}(教え|知り|聞か|伺)", plain(ask.text)))


def _duties(ask: Ask) -> tuple[str, ...]:
    """The duties of whose data a question speaks: the same question of two duties is two."""
    if not ask.topic:
        return ()
    read = plain(ask.text)
    return tuple(sorted(duties_of(read) | {name for name, said in duty_words().items() if said.search(read)}))


def _distinct(asks: Sequence[Ask]) -> list[Ask]:
    """Each topic and each request once; an ask without a topic is left out where it says nothing of its own."""
    found: dict[tuple[str, ...], Ask] = {}
    shared = Counter(ask.text for ask in asks)
    meant = next((duties for ask in asks if (duties := _duties(ask))), ())
    for ask in asks:
        own = "" if ask.topic or ask.wish else ask.text
        key = (ask.topic, ask.wish, own, *_CITY.findall(ask.text if ask.topic else ""), *(_duties(ask) or meant))
        before = found.get(key)
        if before is None:
            found[key] = ask
        else:
            found[key] = replace(
                before,
                text=before.text if _is_direct(before) or not _is_direct(ask) else ask.text,
                also=before.also if shared[ask.text] > 1 else _also(before, ask),
                sentence=f"{before.sentence}\n{ask.sentence}",
                own=before.own or ask.own,
                promise=before.promise or ask.promise,
                legal=before.legal or ask.legal,
            )
    return list(found.values())
