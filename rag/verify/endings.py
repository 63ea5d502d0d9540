"""What stands behind the stem of a predicate: denial, past, passive …, and how it goes on. Politeness says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.tokens import Word

_POLITE = frozenset({"ます", "です", "だ"})
_NOT = frozenset({"ない", "無い", "ぬ", "ず", "まい"})
_SAYS = {
    "た": "過去", "れる": "受身", "られる": "受身", "せる": "使役", "させる": "使役", "しめる": "使役", "たい": "願望",
}  # fmt: skip
#: Auxiliary verbs of what goes on: 行う and 行っている tell the same measure.
_MERE = frozenset({"いる", "おる", "ある"})
#: Conjunctive particles → the form that they make.
_FORMS = {"ば": "if", "が": "but", "けれど": "but", "けれども": "but", "けど": "but", "し": "and"}
_CASES = frozenset(
    {"か", "と", "まで", "など", "だけ", "のみ", "より", "の", "を", "に", "が", "は", "も", "から", "へ", "で"}
)
_FINITE = frozenset({"た", "だ", "ん", "う", "です", "ます", "でしょう", "だろう", "ましょう"})
_ASKING = frozenset({"か", "ね", "よ", "な", "かな"})


@dataclass(frozen=True, slots=True)
class Ending:
    """The ending of a predicate, up to the word number `end`."""

    form: str
    says: frozenset[str]
    case: str
    topic: bool
    end: int


def ending(words: Sequence[Word], at: int) -> Ending:
    """The ending of the predicate whose stem stands before the word number `at`."""
    says: set[str] = set()
    denials, form, first = 0, "", at
    while at < len(words):
        word = words[at]
        kind, name = word.pos[0], word.dictionary
        if kind == "助動詞" and name in _POLITE:
            if word.surface == "だろう" or word.surface == "でしょう":
                says.add("推量")
        elif name in _NOT and (kind in {"助動詞", "形容詞"}):
            denials += 1
            says.update({"推量"} if name == "まい" else ())
        elif kind == "助動詞":
            says.add(_SAYS.get(name, name))
        elif kind == "助詞" and word.pos[1] == "接続助詞":
            at += 1
            if word.surface not in {"て", "で"}:
                form = _FORMS.get(word.surface, word.surface)
                break
            auxiliary = at < len(words) and words[at].pos[1] == "非自立可能" and words[at].pos[0] in {"動詞", "形容詞"}
            if not auxiliary:
                form = "and"
                break
            if words[at].dictionary in _NOT:
                says.add("継続")
                continue
            says.add("継続" if words[at].dictionary in _MERE else "て" + words[at].dictionary)
        elif kind == "動詞" and word.pos[1] == "非自立可能":
            says.update(
                () if name in {"ある", "する", "ございます", "ござる"} else {"可能" if name == "できる" else name}
            )
        elif (word.surface in {"で", "は", "も"} and at == first) or (
            word.surface in {"は", "も"} and _denied(words, at)
        ):
            pass
        else:
            break
        at += 1
    if denials > 1:
        says.add("二重否定")
    elif denials:
        says.add("否定")
    if form == "if" and denials and _must(words, at):
        return Ending("final", frozenset(says | {"義務"}), "", False, _past_must(words, at))
    if not form:
        form = "final" if _finite(words[at - 1]) else "and"
    case, topic, at = _case(words, at) if form == "final" else ("", False, at)
    return _whole(words, at, form, frozenset(says), case, topic)


def _whole(words: Sequence[Word], at: int, form: str, says: frozenset[str], case: str, topic: bool) -> Ending:
    ahead = words[at] if at < len(words) else None
    if form == "final" and case and (ahead is None or ahead.surface in "。？?") and case in _ASKING:
        return Ending("final", says | {"問"}, "", False, at)
    if form == "final" and case:
        return Ending("adnominal" if case.endswith("の") else "quoted", says, case, topic, at)
    if form == "final" and ahead is not None and _begins_noun(ahead):
        return Ending("adnominal", says, "", False, at)
    return Ending(form, says, case, topic, at)


def _case(words: Sequence[Word], at: int) -> tuple[str, bool, int]:
    """Particles behind a finite predicate: か, と, まで …, and よう."""
    case, topic = "", False
    while at < len(words):
        word = words[at]
        if word.pos[1] == "助動詞語幹" or (word.surface == "よう" and word.pos[0] in {"名詞", "形状詞"}):
            case = "よう"
        elif word.pos[0] == "助詞" and (word.surface in _CASES or word.pos[1] == "終助詞"):
            if word.surface in {"は", "も"}:
                topic = True
            elif not (case == "よう" and word.surface == "に"):
                case += word.surface
        else:
            break
        at += 1
    return case, topic, at


def _denied(words: Sequence[Word], at: int) -> bool:
    ahead = words[at + 1] if at + 1 < len(words) else None
    return ahead is not None and (ahead.dictionary in _NOT or ahead.dictionary in {"ある", "する", "いる", "おる"})


def _finite(word: Word) -> bool:
    if word.dictionary in {"ず", "ぬ"} and word.surface == "ず":
        return False
    return word.surface == word.dictionary or word.surface in _FINITE


def _must(words: Sequence[Word], at: int) -> bool:
    """Whether なければ and the like go on with ならない."""
    following = words[at : at + 4]
    return (
        bool(following)
        and following[0].dictionary in {"なる", "いける"}
        and any(w.dictionary in _NOT for w in following)
    )


def _past_must(words: Sequence[Word], at: int) -> int:
    at += 1
    while at < len(words) and words[at].pos[0] == "助動詞":
        at += 1
    return at


def _begins_noun(word: Word) -> bool:
    if "\ue000" <= word.surface[0] <= "\uf8ff":
        return True
    return word.pos[0] in {"名詞", "接頭辞", "代名詞", "形状詞"} or (word.surface.isascii() and word.surface.isalnum())
