"""The focus of a Japanese question, sentence by sentence: the noun before は？, を教えて, はいくらですか, or all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.focus.focus import Focus, is_general
from rag.keywords import NOUN, VERB
from rag.question import Plan, Shape
from rag.synonyms import forms_of, stop_words
from rag.terms import Term

Span = tuple[int, int]

_SENTENCE = re.compile(r"[^。?!\n]+")
_WH = re.compile(r"いくら|いくつ|いつ|どこ|どちら|どの|どれ|どんな|どう|なぜ|何|なに|誰|だれ|どなた")
_YES_NO = re.compile(r"(?:か|の|かな|かしら|よね|よな|でしょう|だろう)\s*$")
_TELLS = re.compile(r"(?:ます|です|ました|でした|ません|だ|た)\s*$")
#: What asks at the end of a sentence that has no word of asking: を教えてください.
_ASKING = re.compile(
    r"(?:を|が|は|も|って|とは|について|に関して|のこと)*(?:すべて|全て|全部|一覧|詳しく|簡単に|に|で|、|\s)*"
    r"(?:教え|知り|知ら|示し|見せ|挙げ|列挙|リスト|一覧|説明し|説明を|調べ|確認し|比べ|比較|まとめ|並べ|お願い|抜き出|書き出).*$"
)
#: A noun that is done (報告し, 導入され): people call what is done in many ways.
_DONE = re.compile(r"(?:し(?=[てたまなよ])|さ[れせ]|する|すれ|せず|でき)")
#: Verbs that say no more than です: どうなっていますか, 何日かかりますか.
_LIGHT = re.compile(r"かか|なっ|なり|なる|ある|あり|あっ|でき|掛か|要し|要り|もらえ|もらう|貰え")
_AND = re.compile(r"\s*(?:と|、|,|や|・|及び|および|並びに|ならびに|とか)+\s*(?:その|それぞれの|あと|それと)?\s*")
_OF = re.compile(r"の(?:その|各)?")
_LATIN = re.compile(r"(?<![a-z0-9])[a-z][a-z0-9+#]+(?![a-z0-9])")


def focus_of(plan: Plan) -> Focus:
    """The heads and claims of a question, of those of its sentences that ask."""
    nouns = _nouns(plan)
    verbs = [t for t in plan.terms if t.weight == VERB]
    over_all = Shape.WHICH in plan.shapes and not plan.collected
    parts = [_of_sentence(plan.text, span, nouns, verbs, over_all) for span in _asking(plan.text)]
    return Focus(
        tuple(h for p in parts for h in p.heads),
        tuple(c for p in parts for c in p.claims),
        tuple(t for p in parts for t in p.of),
        all(p.affirms for p in parts),
    )


def _nouns(plan: Plan) -> list[Term]:
    """The longest nouns of a question in order; in Japanese, a word in Latin letters is one."""
    nouns = [t for t in plan.terms if (t.weight >= NOUN or t.entity) and not _WH.search(t.surface)]
    nouns = [t for t in nouns if not any(_inside(t.span, o.span) for o in nouns)]
    held = [t.span for t in nouns] + [b.span for b in plan.bodies] + [s for d in plan.duties for s in d.spans]
    for match in _LATIN.finditer(plan.text):
        start, end = match.span()
        if not any(a < end and start < b for a, b in held) and match[0] not in stop_words():
            nouns.append(Term(match[0], forms_of(match[0]), NOUN, match.span()))
    return sorted(nouns, key=lambda t: t.span)


def _inside(span: Span, other: Span) -> bool:
    return other != span and other[0] <= span[0] and span[1] <= other[1]


def _asking(text: str) -> list[Span]:
    """The sentences that ask; all where none does by its form."""
    every = [m.span() for m in _SENTENCE.finditer(text) if m[0].strip()]
    asking = [(a, b) for a, b in every if _WH.search(text[a:b]) or not _TELLS.search(text[a:b])]
    return asking or every


def _of_sentence(text: str, span: Span, nouns: Sequence[Term], verbs: Sequence[Term], over_all: bool) -> Focus:
    """The focus of one sentence; `over_all`: it asks which documents, so all that it says of them is claimed."""
    start, end = span
    inside = [t for t in nouns if start <= t.span[0] and t.span[1] <= end]
    telling = [t for t in inside if not is_general(t)]
    wh = _WH.search(text, start, end)
    if wh is not None:
        later = [t for t in verbs if wh.end() <= t.span[0] and t.span[1] <= end and not _LIGHT.match(t.surface)]
        return _of_wh(text, wh.span(), inside, later, over_all)
    if _YES_NO.search(text, start, end):
        return Focus((), tuple(telling), tuple(t for t in inside[-1:] if t in telling), affirms=True)
    tail = _ASKING.search(text[:end], start)
    return Focus(tuple(_last(text, [t for t in inside if tail is None or t.span[1] <= tail.start()])))


def _of_wh(text: str, wh: Span, inside: Sequence[Term], later: Sequence[Term], over_all: bool) -> Focus:
    """A wh-word that is the whole predicate asks for the noun before it; another only has its sentence claimed.

    later   verbs after the wh-word
    """
    telling = [t for t in inside if not is_general(t)]
    before = _without_adverbs(text, [t for t in inside if t.span[1] <= wh[0]], wh[0])
    after = [t for t in telling if t.span[0] >= wh[1]]
    heads = _last(text, before)
    of = tuple(heads or [t for t in before if t in telling][-1:])
    claims = tuple(t for t in (telling if over_all else [*heads, *after]) if not _DONE.match(text, t.span[1]))
    if after or later:
        return Focus((), claims, of)
    return Focus(tuple(heads), claims if over_all else (), of)


def _without_adverbs(text: str, before: Sequence[Term], wh: int) -> list[Term]:
    """Nouns before a wh-word without those that only qualify it: 年間どのくらい, 全部で何件."""
    kept = list(before)
    while kept and is_general(kept[-1]) and text[kept[-1].span[1] : wh] in {"", "で", "、"}:
        wh = kept.pop().span[0]
    return kept


def _last(text: str, nouns: Sequence[Term]) -> list[Term]:
    """The last noun and those joined to it by 'and'; for one that names nothing of its own, what it is said of."""
    found: list[Term] = []
    later: Term | None = None
    for term in reversed(nouns):
        if later is not None:
            tie = text[term.span[1] : later.span[0]]
            if not (_AND.fullmatch(tie) or (is_general(later) and _OF.fullmatch(tie))):
                break
        if not is_general(term):
            found.append(term)
        later = term
    return found[::-1]
