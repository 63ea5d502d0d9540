"""The vocabulary of replies: every sentence in every voice, every place one of the form."""

from __future__ import annotations

from string import Formatter

import pytest

from rag.duties import duties
from rag.places import places
from rag.reply.plain_words import explained, with_readings
from rag.reply.topics import details, duty_words, topics, words
from rag.reply.voice import Voice, easy
from rag.vocabulary import load

VOICES = {"ja", "easy", "en"}
SENTENCES = load("reply_voice", dict[str, dict[str, str]])
LABELS = load("reply_labels", dict[str, dict[str, str]])


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_is_said_in_every_voice(name: str) -> None:
    assert set(SENTENCES[name]) == VOICES
    fields = {voice: {f for _, f, _, _ in Formatter().parse(text) if f} for voice, text in SENTENCES[name].items()}
    assert fields["easy"] | fields["en"] <= fields["ja"] | {"city"}


def test_labels_name_places_of_the_form() -> None:
    assert set(LABELS) <= set(places())
    assert all(set(label) == VOICES for label in LABELS.values())


@pytest.mark.parametrize("topic", topics().values(), ids=lambda topic: topic.name)
def test_a_topic_stands_on_the_form(topic) -> None:  # type: ignore[no-untyped-def]
    assert set(topic.places) <= set(LABELS)
    assert topic.places or topic.rows or topic.answerer or topic.unstated
    assert set(topic.names) == VOICES


def test_patterns_are_compiled() -> None:
    assert words().asks
    assert all(set(detail.names) == VOICES for detail in details())


def test_residents_words_name_known_duties() -> None:
    assert set(duty_words()) <= {duty.name for duty in duties()}


def test_readings_stand_behind_words_but_not_in_quotes() -> None:
    assert with_readings("委託します。「委託する」") == "委託(いたく)します。「委託する」"
    assert with_readings("再委託(さいいたく)") == "再委託(さいいたく)"
    assert explained("再委託の有無")[0].startswith("再委託(さいいたく): ")
    assert set(easy().terms) >= {"個人番号", "委託", "開示"}


def test_no_sentence_of_ours_promises() -> None:
    said = "".join(text for voices in SENTENCES.values() for text in voices.values())
    assert not [word for word in ("必ず", "絶対", "保証", "ご安心", "約束") if word in said]
    assert Voice("ja").say("not_stated").endswith("。")
