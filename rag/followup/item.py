"""What the last question asked about, as words that a new question can be made of."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from rag.followup.holders import Holder, text_of
from rag.followup.phrases import phrases
from rag.followup.talk import Topic
from rag.naming import Span
from rag.places import Naming, Place, places

#: Fewer characters, or none but kana, are no words for a place of the form.
WORD_CHARS = 2
_WRITTEN = re.compile(r"[一-龥ァ-ヴ]{2}")
_LATIN = re.compile(r"^[A-Za-z]{2}")
_NOUN_END = re.compile(r"[一-龥々ァ-ヴーA-Za-z0-9」』)]$")
_INTERROGATIVE = re.compile(r"どの|どこ|誰|だれ|何|いつ|なぜ|どう|どんな")
_SO = re.compile(r"^その")
#: The language that an answer was asked for in.
_REQUEST = re.compile(r"(?:\s*\(please tell me in English\)|\s日本語で教えてください)+$")
#: A question that asks who does something: どの自治体が…していますか; 甲市で…しているのはどこですか.
_WHO_DOES = re.compile(
    r"^(?:どの|どこの)(自治体|市町村|市区町村|市|町|団体|評価書)(?:が|で|は)(.+?[てで])い?(?:ます|る)(?:の(?:です)?)?か$"
)
_DOER = re.compile(
    r"^(.+?[てで]い?る)(?:の|ところ|もの|会社|業者|事業者|企業)(?:は|が|って)、?"
    r"(?:どこ|誰|だれ|何|どの|どちら|どなた)?[^はがをに]*$"
)
_NOTE = re.compile(r"[(（].*?[)）]|[※①-⑳]")
_PARTICLE = re.compile(r"[はがを]|[しさ](?:て|た|れ|な)|する")
#: What an earlier follow-up added to a question.
_ADDED = re.compile(r"(?:以前|過去|かつて|現在|変更前|昔)の|の理由$")
#: How questions end after the noun that they ask about.
_ENDINGS = (
    re.compile(
        r"(?:が|は)(?:いつ|どう|なぜ)?(?:変わ|変更|改め|見直)[っりしさ]?[れた]?(?:のは|理由は|時期は|日は)?(?:いつ|何|なぜ)?[ぁ-ん]*$"
    ),
    re.compile(
        r"(?:について|に関して|のこと)?(?:を|は)?(?:すべて|全て|全部|一覧(?:で|に)?|詳しく|具体的に)?"
        r"(?:教えて|示して|挙げて|見せて|調べて|説明して|まとめて|出して|列挙して|一覧にして|リストにして|比べて|知りたい)"
        r"(?:ください|下さい|ほしい|欲しい|くれますか|もらえますか|いただけますか|です)?$"
    ),
    re.compile(
        r"(?:は|が|って|とは)?(?:現在|いま|今)?、?(?:以前は)?(?:どこ|何|なに|誰|だれ|いつ|どれ|どちら|どう|いくつ|いくら|何件|どのようなもの|どんなもの)?"
        r"(?:に)?(?:変わりました|なっています|なりました|なっている|なの|でした|です|でしょう|あります|ありました|ある|いつ)?(?:の)?(?:です)?か?$"
    ),
)


def subject(text: str, holders: Sequence[Holder], topic: Topic, language: str) -> str:
    """What a question asks about, with whose: 川口市の子ども医療費の委託先; the contractors in 川口市.

    "" where a question over all documents asks about no noun
    text  the question, of which `topic` is the original where municipalities were exchanged in it
    """
    over_all = not topic.plan.bodies and bool(phrases().over_all.search(topic.plan.text))
    if language == "en" and over_all:
        return ""
    if language == "en":
        return " ".join(x for x in (f"the {item(topic, language)}", text_of(holders, language)) if x)
    noun = _ADDED.sub("", _noun(text))
    if noun or over_all:
        return noun
    return "の".join(x for x in (text_of(holders, "ja"), item(topic, language)) if x)


def item(topic: Topic, language: str) -> str:
    """The words that name the place of the form, else its label, else the word that says most."""
    naming = topic.naming
    if naming is None:
        terms = sorted(topic.plan.terms, key=lambda t: (t.entity, len(t.surface)))
        return topic.plan.said(terms[-1].span) if terms else ""
    start, end = _longest(naming)
    said = _PARTICLE.split(topic.plan.said((start, end)), maxsplit=1)[0]
    written = _LATIN if language == "en" else _WRITTEN
    return said if written.search(said) else label(naming.place)


def label(place: Place) -> str:
    """A place's label without notes: 委託先名."""
    return _NOTE.sub("", place.label or place.name or place.title).strip()


def sibling(topic: Topic, words: Sequence[str]) -> str:
    """The label of the field beside the one spoken of that has one of these words; "" for none."""
    place = topic.naming.place if topic.naming else None
    return field(place.section, place.block, words, place.id) if place else ""


def field(section: str, block: str, words: Sequence[str], own: str = "") -> str:
    """The label of the field of a section or block that has one of these words, other than `own`; "" for none."""
    return next((found for w in words if (found := _sibling(section, block, own, w))), "")


@functools.cache
def _sibling(section: str, block: str, own: str, word: str) -> str:
    near = [p for p in places().values() if p.section == section and p.id != own and p.block == block]
    fields = [p for p in near if (p.sub or p.name) and word in p.label]
    field = min(fields, key=lambda p: len(p.label), default=None)
    if field is None:
        return ""
    said = _SO.sub("", label(field))
    shared = sum(label(p) == label(field) for p in places().values() if p.section != section or p.block != block)
    return f"{block.removesuffix('先')}の{said}" if shared and block else said


def plain(text: str) -> str:
    """A question without the language that its answer was asked for in."""
    return _REQUEST.sub("", text).strip()


def doer(topic: Topic) -> str:
    """Who does what the last question asks about: 甲市で名簿を入力しているのはどこですか → 甲市で名簿を入力している."""
    match = _DOER.match(plain(topic.text).rstrip(" 。?!？！"))
    return match[1] if match and not _INTERROGATIVE.search(match[1]) else ""


def _noun(text: str) -> str:
    """The question without its ending, where a noun is left; else ""."""
    bare = plain(text).rstrip(" 。?!？！").strip()
    who = _WHO_DOES.match(bare)
    if who:
        return f"{who[2]}いる{who[1]}"
    for ending in _ENDINGS:
        match = ending.search(bare)
        left = bare[: match.start()].rstrip("、 ") if match else ""
        if left and left != bare and _NOUN_END.search(left) and not _INTERROGATIVE.search(left):
            return left
    return ""


def _longest(naming: Naming) -> Span:
    """The longest stretch that the words of a naming cover together."""
    merged: list[list[int]] = []
    for start, end in sorted(naming.spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    start, end = max(merged, key=lambda s: s[1] - s[0], default=[0, 0])
    return (start, end)
