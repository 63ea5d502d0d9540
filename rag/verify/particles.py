"""What stands behind a noun: particles, compound ones (において, によって …) and the copula, in a normal form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.tokens import Word

#: Words between nouns that list them, and those that let one choose.
AND = frozenset({"及び", "並びに", "および", "ならびに", "且つ", "かつ"})
OR = frozenset({"又は", "または", "若しくは", "もしくは", "或いは", "あるいは"})
#: Compound particles → their normal form; those that end in the second group stand before a noun.
_COMPOUND = (
    (re.compile(r"に(?:(?:よって|より)|(よる))(?![らり])"), "による"),
    (re.compile(r"に(?:おいて|て|(おける))"), "で"),
    (re.compile(r"に(?:対して|対し|(対する))"), "に対する"),
    (re.compile(r"に(?:関して|関し|ついて|つき|(関する|係る|かかる))"), "について"),
    (re.compile(r"に(?:基づいて|基づき|もとづき|(基づく|もとづく))"), "に基づく"),
    (re.compile(r"に(?:従って|従い|したがって|したがい|(従う|したがう))"), "に従う"),
    (re.compile(r"として()(?![いおるまあ])"), "として"),
    (re.compile(r"と(いう)(?=もの|物|こと|旨)"), "という"),
    (re.compile(r"を(?:通じて|通して|(通じた))"), "を通じる"),
)
#: Cases of nouns that stand before a noun.
ADNOMINAL = frozenset({"の", "な", "and", "or", "や", "か", "という"})
#: Particles whatever the dictionary takes them for behind a mark.
_PLAIN = frozenset("はがをにのとやもへ")
_SAME = {"へ": "に", "にて": "で", "など": "等", "とか": "や", "のみ": "だけ"}


@dataclass(frozen=True, slots=True)
class Particles:
    """What follows a noun, up to the word number `end`.

    topic   は or も stands among it; `also`: も
    copula  the noun is a predicate, its ending comes next
    """

    case: str
    topic: bool
    also: bool
    adnominal: bool
    copula: bool
    end: int


def particles(text: str, words: Sequence[Word], at: int) -> Particles:
    """What stands behind the noun before the word number `at`."""
    if _copula(words, at):
        return Particles("", False, False, False, True, at)
    case, adnominal, topic, also = "", False, False, False
    while at < len(words):
        word = words[at]
        if (found := _compound(text, words, at)) is not None:
            name, before_noun, spoken, at = found
            case, adnominal, topic = case + name, before_noun, topic or spoken
            continue
        if (
            word.pos[0] == "助詞"
            or word.surface in _PLAIN
            or (word.pos[0] == "助動詞" and word.surface in {"な", "なら", "に", "で"})
        ):
            surface = _SAME.get(word.surface, word.surface)
            at += 1
            if surface in {"は", "も"}:
                topic = True
                also = also or surface == "も"
            elif surface == "の" and (case or topic):
                adnominal = True
            else:
                case += surface
            adnominal = adnominal or surface in ADNOMINAL
            continue
        break
    if case in {"と", "や", "か"}:
        adnominal = adnominal or _nominal_next(words, at)
        case = "and" if case == "と" and adnominal else case
    return Particles(case, topic, also, adnominal and _something_next(words, at), False, at)


def _compound(text: str, words: Sequence[Word], at: int) -> tuple[str, bool, bool, int] | None:
    """A compound particle: its name, whether it stands before a noun, whether は ends it, the word behind it."""
    start = words[at].start
    if text[start] not in "にをと":
        return None
    for expression, name in _COMPOUND:
        match = expression.match(text, start)
        if match is None:
            continue
        end = at
        while end < len(words) and words[end].end <= match.end():
            end += 1
        if end > at and words[end - 1].end == match.end():
            return name, bool(match[1]), False, end
        if end < len(words) and words[end].surface == "ては" and words[end].start == match.end() - 1:
            return name, False, True, end + 1
    return None


def _copula(words: Sequence[Word], at: int) -> bool:
    """Whether です, である, でした, ではない … begin here."""
    if at >= len(words):
        return False
    word = words[at]
    if word.pos[0] == "助動詞" and word.dictionary in {"です", "だ"} and word.surface not in {"で", "な", "に"}:
        return True
    if word.surface != "で":
        return False
    ahead = at + 1
    while ahead < len(words) and words[ahead].surface in {"は", "も"}:
        ahead += 1
    return ahead < len(words) and words[ahead].dictionary in {"ある", "ない", "無い", "ございます", "ござる"}


def _nominal_next(words: Sequence[Word], at: int) -> bool:
    if at >= len(words):
        return False
    pos = words[at].pos
    return pos[0] in {"名詞", "接頭辞", "代名詞", "形状詞", "補助記号"} and words[at].surface not in "、，,。"


def _something_next(words: Sequence[Word], at: int) -> bool:
    return at < len(words)
