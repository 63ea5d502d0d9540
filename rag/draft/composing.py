"""One field of the draft: the profile's facts, the peers' measures, national model text, and what is still asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.draft.adapting import Adapter
from rag.draft.arranging import DOT, chosen, headed, in_order, preferred
from rag.draft.facts import Fact, applies, connects, fact_of, subcontracts
from rag.draft.fields import Source, Way, way_of
from rag.draft.fitting import fits
from rag.draft.marking import Marker
from rag.draft.material import Said, said_in
from rag.draft.measures import ALIKE, Measure, alike, grouped, units
from rag.draft.national import SAME, model_texts
from rag.draft.peers import same_duty
from rag.draft.profile import Profile
from rag.draft.sentence import Sentences
from rag.draft.skeleton import bare
from rag.draft.types import DraftSentence, FieldDraft, FieldKind
from rag.draft.words import plain, words
from rag.shelf import Book

MAX_OFFERS = 12
#: Fields that the profile settles: what peers say besides would be another city's case.
_SETTLED = frozenset({"表紙 宣言", "III.4 具体的な方法", "II.2 ③", "II.3 ③", "II.4 委託事項 ⑤"})


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes fields for one profile from chosen peers' books, the best peer first."""

    profile: Profile
    books: tuple[Book, ...]
    adapter: Adapter
    sentences: Sentences

    def compose(self, empty: FieldDraft) -> FieldDraft:
        """The field with its sentences and offers."""
        if not applies(empty, self.profile):
            return empty
        fact = fact_of(empty, self.profile)
        if empty.kind is FieldKind.CHOICE:
            return Marker(self.books, self.sentences).choice(empty, fact)
        if empty.kind is FieldKind.BOXES:
            return Marker(self.books, self.sentences).boxes(empty, fact)
        return self._written(empty, fact)

    def _written(self, empty: FieldDraft, fact: Fact | None) -> FieldDraft:
        section = bare(empty.section)
        way = way_of(section)
        own = tuple(self.sentences.own(text, fact.note) for text in fact.texts) if fact else ()
        if fact is not None and (not fact.texts or way.source is Source.FACT):
            return replace(empty, sentences=own)
        said = () if way.source is Source.FACT else said_in(self._books(way), section)
        measures = self._measures(said, way, section)
        settled = bool(own) and section in _SETTLED
        known = [m for m in measures if any(alike(m.best.text, s.text) >= ALIKE for s in own)]
        drafted, left = ([], measures) if settled else chosen([m for m in measures if m not in known], way)
        left = [*left, *known] if not settled else left
        peers = [s for m in drafted for s in self._sentences(m, way.clauses)]
        if way.clauses:
            peers = [*self._opening(said, peers), *in_order(peers)]
        national = [] if settled else self._national(said)
        asked = self._asks(way, (*own, *peers), section)
        if not own and not peers and not national and not asked and way.source is Source.FACT and not way.asks:
            asked = [self.sentences.asked(_plain_label(empty))]
        body = headed([*own, *peers, *asked], national, self.profile.city)
        offers = tuple(s for m in left for s in self._sentences(m, way.clauses))[:MAX_OFFERS]
        return replace(empty, sentences=tuple(body), offers=offers)

    def _books(self, way: Way) -> tuple[Book, ...]:
        if way.source is Source.DUTY:
            return tuple(b for b in self.books if same_duty(self.profile, b))
        return self.books

    def _measures(self, said: Sequence[Said], way: Way, section: str) -> list[Measure]:
        rank = [b.version.document for b in self.books]
        model = [plain(s.text) for s in said if s.national]
        fit = [
            u
            for u in units(said, self.adapter, way.topics)
            if fits(u, self.profile, section) and not any(alike(u.text, text) >= SAME for text in model)
        ]
        return [preferred(m, way) for m in grouped(fit, rank)]

    def _national(self, said: Sequence[Said]) -> list[DraftSentence]:
        allowed = set()
        if connects(self.profile) is not False:
            allowed.add("linkage")
        if words().cloud.search(self.profile.hosting):
            allowed.add("cloud")
        made = []
        for block in model_texts(said, self.adapter, frozenset(allowed)):
            made += [self.sentences.model(sentence, block.heading) for sentence in block.sentences]
        return made

    def _asks(self, way: Way, drafted: Sequence[DraftSentence], section: str) -> list[DraftSentence]:
        text = "\n".join(s.text for s in drafted)
        if section == "III.4 具体的な方法" and subcontracts(self.profile) is False:
            return []
        asks = [a.ask for a in way.asks if not a.unless.search(text)]
        if section == "II.6 保管場所" and not self.profile.hosting:
            asks.append("システムの設置場所(ガバメントクラウドか、庁内のサーバーか)")
        if section == "III.6 リスク1 措置の内容" and connects(self.profile) is None:
            asks.append("情報提供ネットワークシステムによる情報連携を行うか")
        duty = self.profile.duty or "この事務"
        return [self.sentences.asked(ask.replace("{duty}", duty)) for ask in asks]

    def _opening(self, said: Sequence[Said], clauses: Sequence[DraftSentence]) -> list[DraftSentence]:
        """The sentence that opens a list of clauses, of the best peer that has one."""
        if not clauses:
            return []
        openings = (s for s in said if words().opening.search(plain(s.text)))
        for one in sorted(openings, key=lambda s: len(s.text)):
            adapted = self.adapter.adapt(one)
            if not adapted.refused and not adapted.asked:
                return [self.sentences.peer((one,), adapted, shared=1, bullet="")]
        return []

    def _sentences(self, measure: Measure, clauses: bool) -> Iterator[DraftSentence]:
        for n, (said, adapted) in enumerate(zip(measure.best.said, measure.best.adapted, strict=True)):
            if adapted.refused:
                continue
            same = tuple(u.said[0] for u in measure.backing) if n == 0 else ()
            shared = 1 + len(measure.backing)
            made = self.sentences.peer((said, *same), adapted, shared, bullet=DOT if n == 0 else "")
            if made.citations:
                yield made


def _plain_label(empty: FieldDraft) -> str:
    label = re.sub(r"^[\d①-⑳. ]+", "", empty.label)
    if not empty.block:
        return label
    if empty.block == label:
        return f"{label}の名称"
    kind = re.sub(r"\d+$", "", empty.block)
    short = re.sub(rf"^{kind}(の|における)", "", label)
    return f"{empty.block}{'に' if re.match('(提供|移転)する', short) else 'の'}{short}"
