"""Finds the sentences that answer: words weighed by rarity, the place of the form that the question names, meaning last.

Everything is scored in the documents that the plan allows; where those are many, the hybrid search picks them first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ingest.assessment import Kind
from rag.places import Naming
from rag.question import Plan
from rag.shelf import Book, Passage
from rag.terms import Term, has, key, rarities, strength

#: Weight of a term that stands only in the item's label, of a place named by the question, of meaning, of boilerplate.
IN_LABEL = 0.3
PLACE = 0.55
MEANING = 2.0
BOILERPLATE = 0.75
#: A sentence below this share of the best one's score is no part of the answer.
NEARLY_AS_GOOD = 0.62
#: A sentence of another document must be nearly as good as the best one to stand beside it.
OTHER_DOCUMENT = 0.85
_NATIONAL = re.compile(r"中間サーバ|ガバメントクラウド|クラウド|government cloud")

_ASKED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"いくら|費用|金額|料金|予算|価格|how much (money|cash|does it cost)|\bcost"), re.compile(r"円")),
    (re.compile(r"いつ|何年|何月|何日|日付|時期|when\b|what date"), re.compile(r"\d{1,2}月|\d年|年度|都度|随時|毎|速やか|直ち|月次|使用後")),
    (re.compile(r"何件|何人|何名|何世帯|人数|件数|how many"), re.compile(r"\d[\d,. ]*(万|億)?[\d,]*(件|人|名|世帯|項目|ファイル)")),
    (re.compile(r"電話|phone"), re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}")),
)
_NEEDED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    _ASKED[0],
    (re.compile(r"(何年|何月|いつ)から.{0,8}(何年|何月|いつ)まで|契約期間|委託期間|保存期間|保存年限"), re.compile(r"期間|年.{0,12}[~～〜から].{0,14}年|年間|年保存|\d年")),
    (re.compile(r"電話番号|phone number"), re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}")),
    (re.compile(r"ファ(ッ)?クス|\bfax\b|fax番号"), re.compile(r"ファ(ッ)?クス|fax")),
    # the form names offices, never persons
    (re.compile(r"(課長|係長|部長|担当者|職員|責任者|所属長|市長|町長|社長|代表者?|長)(の|さんの)?(氏名|お?名前|フルネーム)|name of the (head|chief|director|person|official)"), re.compile(r"(?!)")),
    (re.compile(r"(会社|業者|委託先|企業|ベンダー?)の?(会社名|社名|名前|名称)|会社名|何という会社|which .{0,24}(vendor|company|provider)"), re.compile(r"株式会社|有限会社|合同会社|公社|財団|機構|組合|法人|ltd|inc")),
    (re.compile(r"メールアドレス|e-?mail address"), re.compile(r"@")),
    (re.compile(r"url|ホームページのアドレス"), re.compile(r"https?:")),
    (re.compile(r"何時(から|まで|に)|営業時間|開庁時間"), re.compile(r"\d時")),
    (re.compile(r"何件"), re.compile(r"\d[\d, ]*\s*件|件数")),
    (re.compile(r"何世帯"), re.compile(r"\d\s*世帯")),
    (re.compile(r"何回"), re.compile(r"\d\s*回|一回|都度|毎")),
    (re.compile(r"何台"), re.compile(r"\d\s*台")),
    (re.compile(r"何枚"), re.compile(r"\d\s*枚")),
    (re.compile(r"何歳|年齢は"), re.compile(r"歳")),
    (re.compile(r"何(パーセント|%|割)"), re.compile(r"%|パーセント|割")),
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score (higher is better) and the terms it has."""

    passage: Passage
    score: float
    terms: frozenset[Term]


@dataclass(frozen=True, slots=True)
class Ranking:
    """All candidates best first; `weights` of the terms among them; `missing`: weight of terms that stand nowhere."""

    ranked: tuple[Ranked, ...]
    weights: Mapping[Term, float]
    missing: tuple[Term, ...]
    asked: tuple[re.Pattern[str], ...] = ()

    def coverage(self, chosen: Sequence[Ranked]) -> float:
        """Share of the question's weight that the chosen passages have, 0 to 1; a term found nowhere weighs as a rare one."""
        top = max(self.weights.values(), default=1.0)
        total = sum(self.weights.values()) + sum(min(1.0, t.weight) * top * 0.6 for t in self.missing)
        got = {t for r in chosen for t in r.terms}
        return sum(self.weights[t] for t in got) / total if total else 0.0


def rank(
    plan: Plan,
    books: Sequence[Book],
    terms: Sequence[Term],
    namings: Sequence[Naming],
    allow: Callable[[Passage], bool],
    nearness: Callable[[Passage], float] | None = None,
) -> Ranking:
    """Scores all allowed passages of the books.

    terms     what the answer must be about
    namings   places that the question names: their passages score more
    nearness  similarity of meaning of a passage to the question, 0 to 1
    """
    passages = [p for b in books for p in b.passages if allow(p)]
    weights = rarities(terms, [f"{p.folded} {p.label}" for p in passages])
    asked = [evidence for question, evidence in _ASKED if question.search(plan.text)]
    top = max(weights.values(), default=1.0)
    national = bool(_NATIONAL.search(plan.text))
    ranked = [_ranked(p, terms, weights, namings, asked, top, national, nearness) for p in passages]
    ranked = _with_neighbours(ranked)
    ranked.sort(key=lambda r: (-r.score, r.passage.version.document, r.passage.item.order, r.passage.start))
    found = {t: w for t, w in weights.items() if w > 0}
    # a compound that no text has is not lacking where its parts are found
    missing = (t for t, w in weights.items() if w <= 0 and not _made_up(t, list(found)))
    return Ranking(tuple(ranked), found, tuple(missing), tuple(asked))


def _made_up(term: Term, found: Sequence[Term]) -> bool:
    """Whether the found parts make up at least half of a compound."""
    inside = [f for f in found if term.span[0] <= f.span[0] and f.span[1] <= term.span[1] and f.span[1] - f.span[0] > 1]
    return 2 * sum(f.span[1] - f.span[0] for f in inside) >= term.span[1] - term.span[0]


def _ranked(
    passage: Passage, terms: Sequence[Term], weights: Mapping[Term, float], namings: Sequence[Naming],
    asked: Sequence[re.Pattern[str]], top: float, national: bool, nearness: Callable[[Passage], float] | None,
) -> Ranked:  # fmt: skip
    inside = [t for t in terms if has(t, passage.folded)]
    labelled = [t for t in terms if t not in inside and has(t, passage.label)]
    score = sum(weights[t] * strength(t, passage.folded) for t in inside) + IN_LABEL * sum(weights[t] for t in labelled)
    place = max((n.weight for n in namings if n.place.holds(passage.item, passage.version.form)), default=0.0)
    score += PLACE * place * max(1.0, top / 3)
    if asked and any(p.search(passage.folded) for p in asked):
        score += 0.6
    if passage.kind is Kind.BOILERPLATE and not national:
        score *= BOILERPLATE
    if nearness is not None:
        score += MEANING * nearness(passage)
    return Ranked(passage, score, frozenset([*inside, *labelled]))


def _with_neighbours(ranked: list[Ranked]) -> list[Ranked]:
    """A sentence next to a good one is a little better for it: the answer may stand beside the words of the question."""
    found = []
    for i, r in enumerate(ranked):
        near = [x for x in ranked[max(0, i - 1) : i + 2] if x is not r and x.passage.item is r.passage.item]
        found.append(Ranked(r.passage, r.score + 0.15 * max((x.score for x in near), default=0.0), r.terms))
    return found


def choose(ranking: Ranking, limit: int = 3) -> list[Ranked]:
    """The fewest sentences that answer: the best, those nearly as good, those that add a term still lacking."""
    if not ranking.ranked:
        return []
    best = ranking.ranked[0]
    chosen = [best]
    seen = {best.passage.folded}
    got = set(best.terms)
    top = max(ranking.weights.values(), default=0.0)
    for r in ranking.ranked[1:60]:
        if len(chosen) >= limit:
            break
        elsewhere = r.passage.version.id != best.passage.version.id
        if r.passage.folded in seen or (elsewhere and r.score < OTHER_DOCUMENT * best.score):
            continue
        new = [t for t in r.terms - got if ranking.weights.get(t, 0) >= 0.25 * top]
        same_item = r.passage.item.key == best.passage.item.key and r.passage.version.id == best.passage.version.id
        if r.score >= NEARLY_AS_GOOD * best.score or (new and same_item and r.score >= 0.22 * best.score):
            chosen.append(r)
            seen.add(r.passage.folded)
            got |= r.terms
    return chosen + _of_asked_kind(ranking, chosen)


def _of_asked_kind(ranking: Ranking, chosen: Sequence[Ranked]) -> list[Ranked]:
    """Where a date or a number is asked for and the chosen sentences of a case have none: those of the case that do."""
    best = chosen[0].passage
    case = best.kind is Kind.APPENDIX or best.item.part == "III" and best.item.number == "7"
    if not case or not ranking.asked or any(p.search(r.passage.folded) for p in ranking.asked for r in chosen):
        return []
    near = (
        r for r in ranking.ranked
        if r.passage.version.id == best.version.id and any(p.search(r.passage.folded) for p in ranking.asked)
        and (r.passage.item is best.item or best.kind is not Kind.APPENDIX and r.passage.kind is Kind.APPENDIX)
    )  # fmt: skip
    return list(itertools.islice(near, 3))


def lacks_kind(plan: Plan, texts: Sequence[str]) -> bool:
    """Whether the question asks for a kind of thing (an amount, a telephone number) that none of the texts holds."""
    joined = " ".join(texts)
    for term in plan.terms:  # what the question itself names is no answer to it
        if term.entity:
            joined = joined.replace(key(term.surface), "")
    return any(question.search(plan.text) and not evidence.search(joined) for question, evidence in _NEEDED)
