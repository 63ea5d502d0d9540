"""What the parts of a reply are headed by: the resident's words where they are short, calm and promise nothing."""

from __future__ import annotations

import re

from rag.reply.topics import topics
from rag.reply.types import Ask, Kind
from rag.reply.voice import Voice

#: A question that is longer is headed by its topic.
HEAD_CHARS = 48
#: A clause that goes on is no heading; nor is について a part of one.
_UNFINISHED = re.compile(r"(?:て|で|し|り|され|られ|が|けど|けれど|ので|から|、)$")
#: What is said in anger is not said again.
_CROSS = re.compile(r"[!！]|(?:ろ|せ|よ|ぞ|だ|んな)[。]?$")
_ABOUT = re.compile(r"(?:について|に関して|の件)(?:[。.]|です|。)*$")


def head_of(voice: Voice, ask: Ask, twin: bool, former: bool) -> str:
    """The heading of the part that answers an ask.

    twin    whether another part answers the same words
    former  whether the words name a former contractor
    """
    if ask.kind is Kind.COMPLAINT:
        return voice.say("head_complaint")
    if ask.wish:
        return voice.say("head_request", text=voice.say(f"wish_{ask.wish}"))
    topic = topics().get(ask.topic)
    text = "」「".join(_ABOUT.sub("", t.replace("「", "『").replace("」", "』")) for t in ask.wordings)
    fit = len(text) <= HEAD_CHARS and not _UNFINISHED.search(text) and not _CROSS.search(text)
    own_words = voice.name == "ja" and fit and not (ask.promise or ask.legal or former)
    if topic is None and (ask.promise or former):
        topic = topics()["leak_prevention" if ask.promise else "contracts"]
    if topic is not None and (twin or not own_words):
        return voice.say("head_topic", text=topic.names[voice.name])
    return voice.say("head_question", text=text)
