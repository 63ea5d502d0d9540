"""One field of the draft: the profile's facts, the peers' measures, national model text, and what is still asked."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.assessment import Mark, Marking
from rag.cite import Citations
from rag.draft.adapting import Adapted, Adapter
from rag.draft.facts import Fact, applies, connects, fact_of, subcontracts
from rag.draft.fields import Source, Way, way_of
from rag.draft.material import Said, said_in, stated
from rag.draft.measures import ALIKE, Measure, Unit, alike, grouped, units
from rag.draft.national import SAME, ModelSentence, model_texts
from rag.draft.peers import same_duty
from rag.draft.profile import Profile
from rag.draft.skeleton import bare
from rag.draft.types import Basis, Changed, DraftSentence, FieldDraft, FieldKind
from rag.draft.words import concepts, plain, words
from rag.shelf import Book

_DOT = "・"
#: A list of clauses is worded alike: so many of them end so already.
_MATTER, _MATTER_SHARE = "に関する事項", 0.25
MAX_OFFERS = 12
#: A clause that speaks of those before it comes last.
_BACK = re.compile(r"(前記|前各号|以上|上記)")
#: What a sentence ends with that has lost its stop.
_SAID = re.compile(r"(する|いる|ない|った|れる|行う|ある|努める|定める|講じる|。[)）])$")
_DETAIL = re.compile(r"^(.*?)[(（](.*)[)）]$")


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes fields for one profile from chosen peers' books, the best peer first."""

    profile: Profile
    books: tuple[Book, ...]
    adapter: Adapter
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1), compare=False)

    def compose(self, empty: FieldDraft) -> FieldDraft:
        """The field with its sentences and offers."""
        if not applies(empty, self.profile):
            return empty
        fact = fact_of(empty, self.profile)
        if empty.kind is FieldKind.CHOICE:
            return self._chosen(empty, fact)
        if empty.kind is FieldKind.BOXES:
            return self._boxed(empty, fact)
        return self._written(empty, fact)

    def _chosen(self, empty: FieldDraft, fact: Fact | None) -> FieldDraft:
        taken = next((o for t in (fact.texts if fact else ()) for o in empty.options if _even(o) == _even(t)), "")
        if fact is not None and (taken or not fact.texts):
            said = (self._own(taken, fact.note),) if taken else ()
            return replace(empty, sentences=said, count=fact.count)
        note = self._chosen_by_peers(empty)
        if fact is not None:
            note = f"自市の情報の「{'、'.join(fact.texts)}」は様式の選択肢にありません。{note}"
        return replace(empty, sentences=(self._asked(f"次から選ぶ({'／'.join(empty.options)})", note),))

    def _chosen_by_peers(self, empty: FieldDraft) -> str:
        """How the peers chose, for staff to know; what is true of the body only staff can say."""
        counts: dict[str, int] = {}
        for book in self.books:
            taken = {i.text for i in stated(book, bare(empty.section)) if i.choice and i.text in empty.options}
            for option in taken:
                counts[option] = counts.get(option, 0) + 1
        told = "、".join(f"{option} {n}団体" for option, n in sorted(counts.items(), key=lambda x: -x[1]))
        return f"手本の選択: {told}" if told else ""

    def _boxed(self, empty: FieldDraft, fact: Fact | None) -> FieldDraft:
        if fact is None:
            if empty.section == empty.item:  # 委託しない and the like: left unmarked unless it is known
                return empty
            return replace(
                empty, sentences=(self._asked(f"該当するものに○({'、'.join(b.label for b in empty.boxes)})"),)
            )
        labels = [b.label for b in empty.boxes]
        marked = dict(_split(text, labels) for text in fact.texts)
        boxes = tuple(_marked(box, marked) for box in empty.boxes)
        known = {_even(label) for label in labels}
        strange = [label for label in marked if _even(label) not in known]
        note = f"様式にない選択肢です: {'、'.join(strange)}" if strange else fact.note
        said = (self._own("、".join(fact.texts), note),) if fact.texts else ()
        return replace(empty, boxes=boxes, sentences=said)

    def _written(self, empty: FieldDraft, fact: Fact | None) -> FieldDraft:
        section = bare(empty.section)
        way = way_of(section)
        own = tuple(self._own(text, fact.note) for text in fact.texts) if fact else ()
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
            clauses = sorted(matters(peers), key=lambda s: bool(_BACK.match(s.text)))
            peers = [*self._opening(said, peers), *clauses]
        national = [] if settled else self._national(said)
        asked = self._asks(way, (*own, *peers), section)
        if not own and not peers and not national and not asked and way.source is Source.FACT and not way.asks:
            asked = [self._asked(_plain_label(empty))]
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
            made += [self._model(sentence, block.heading) for sentence in block.sentences]
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
        return [self._asked(ask.replace("{duty}", duty)) for ask in asks]

    def _opening(self, said: Sequence[Said], clauses: Sequence[DraftSentence]) -> list[DraftSentence]:
        """The sentence that opens a list of clauses, of the best peer that has one."""
        if not clauses:
            return []
        openings = (s for s in said if words().opening.search(plain(s.text)))
        for one in sorted(openings, key=lambda s: len(s.text)):
            adapted = self.adapter.adapt(one)
            if not adapted.refused and not adapted.asked:
                return [self._peer((one,), adapted, shared=1, bullet="")]
        return []

    def _sentences(self, measure: Measure, clauses: bool) -> Iterator[DraftSentence]:
        for n, (said, adapted) in enumerate(zip(measure.best.said, measure.best.adapted, strict=True)):
            if adapted.refused:
                continue
            others = [u.said[0] for u in measure.units[1:] if u.document != said.document] if n == 0 else []
            made = self._peer((said, *others), adapted, shared=len(measure.documents), bullet=_DOT if n == 0 else "")
            if made.citations:
                yield made

    def _peer(self, said: Sequence[Said], adapted: Adapted, shared: int, bullet: str) -> DraftSentence:
        changed = adapted.changed
        text = finished(adapted.text)
        note = " ".join(self._cautions(text, shared if bullet else 0))
        return DraftSentence(self._id(), text, Basis.PEER, cited(said), changed, "", bullet, shared, note)

    def _cautions(self, text: str, shared: int) -> Iterator[str]:
        """What staff should confirm of a peer's sentence before it stands."""
        if "再委託先" in text and subcontracts(self.profile) is None:
            yield "再委託する場合の文です。再委託しないときは外してください。"
        elif re.search(r"委託(先|業者|事業者)", text) and self.profile.contracts is None:
            yield "委託する場合の文です。委託しないときは外してください。"
        if shared == 1:
            yield "手本1団体だけの措置です。自市でも行っているか確かめてください。"

    def _model(self, sentence: ModelSentence, heading: str) -> DraftSentence:
        documents = {sentence.said.document, *(o.document for o in sentence.others)}
        return DraftSentence(
            self._id(),
            sentence.adapted.text,
            Basis.MODEL_TEXT,
            cited((sentence.said, *sentence.others)),
            sentence.adapted.changed,
            heading,
            sentence.said.bullet,
            len(documents),
            " ".join(self._notes(sentence)),
        )

    def _notes(self, sentence: ModelSentence) -> Iterator[str]:
        """What staff should know of a sentence of model text."""
        if sentence.said.national and sentence.said.national.needs == "linkage" and connects(self.profile) is None:
            yield "情報連携を行う場合の文です。行わないときは外してください。"
        drifts: dict[tuple[str, str], list[str]] = {}
        for here, there, document in sentence.drifts:
            drifts.setdefault((here, there), []).append(document)
        told = [f"「{here}」は{'、'.join(where)}では「{there}」" for (here, there), where in drifts.items()]
        if told:
            yield f"団体により表記が違います: {'。'.join(told)}。"

    def _own(self, text: str, note: str = "") -> DraftSentence:
        return DraftSentence(self._id(), text, Basis.PROFILE, note=note)

    def _asked(self, what: str, note: str = "") -> DraftSentence:
        return DraftSentence(self._id(), f"【要確認: {what}】", Basis.PLACEHOLDER, note=note)

    def _id(self) -> str:
        return f"s{next(self._ids)}"


#: Fields that the profile settles: what peers say besides would be another city's case.
_SETTLED = frozenset({"表紙 宣言", "III.4 具体的な方法", "II.2 ③", "II.3 ③", "II.4 委託事項 ⑤"})


def fits(unit: Unit, profile: Profile, section: str) -> bool:
    """Whether a peer's measure can be true of the body, as far as the profile tells."""
    text = unit.text
    if "再委託先" in text and (subcontracts(profile) is False or profile.contracts == ()):
        return False
    if re.search(r"委託(先|業者|事業者|契約)", text) and profile.contracts == () and not section.startswith("III.4"):
        return False
    work = words().contracted.search(text)
    if work and profile.contracts is not None and not _contracts_for(work["work"], profile):
        return False
    keeps = bool(words().own_machines.search(profile.hosting)) and not words().cloud.search(profile.hosting)
    if words().machines.search(text) and not keeps:
        return False
    if words().cloud.search(text) and not words().cloud.search(profile.hosting):
        return False
    return not (re.search(r"情報提供ネットワークシステム|中間サーバー", text) and connects(profile) is False)


def _contracts_for(work: str, profile: Profile) -> bool:
    """Whether a contract of the body's is about that kind of work."""
    return any(work in plain(f"{c.title}{c.content}") for c in profile.contracts or ())


def chosen(measures: Sequence[Measure], way: Way) -> tuple[list[Measure], list[Measure]]:
    """The measures that are drafted and those that are offered; in a list of clauses all are worded alike."""
    fit = list(measures)
    if way.clauses:
        clauses = sum(any(u.clause for u in m.units) for m in fit)
        nominal = clauses * 2 >= len(fit) or clauses >= 5
        fit = unrepeated(w for m in fit if (w := worded(m, nominal)) is not None)
    else:
        fit = [m for m in fit if not m.best.clause]
    taken = fit[: way.most]
    documents = {id(u) for m in taken for u in m.units}
    return taken, [m for m in measures if not any(id(u) in documents for u in m.units)]


def unrepeated(measures: Iterable[Measure]) -> list[Measure]:
    """The clauses of a list without those that ask, or say only a part of what one before them says."""
    kept: list[Measure] = []
    for measure in measures:
        said = concepts(measure.best.text)
        if measure.best.adapted[0].asked:
            continue
        if not said or not any(said <= concepts(m.best.text) for m in kept):
            kept.append(measure)
    return kept


def worded(measure: Measure, clause: bool) -> Measure | None:
    """The measure with a unit of that style first; None where it has none."""
    styled = [u for u in measure.units if u.clause == clause]
    rest = [u for u in measure.units if u.clause != clause]
    return Measure((*styled, *rest)) if styled else None


def preferred(measure: Measure, way: Way) -> Measure:
    """The measure with the wording first that the field is best served by."""
    return Measure(tuple(sorted(measure.units, key=lambda u: not way.prefer.search(u.text))))


def matters(sentences: Sequence[DraftSentence]) -> list[DraftSentence]:
    """Clauses of a list ended alike (…に関する事項), where some of them already are."""
    clauses = [s for s in sentences if not re.search(r"[。る]$", s.text)]
    if not clauses or sum(s.text.endswith(_MATTER) for s in clauses) < _MATTER_SHARE * len(clauses):
        return list(sentences)
    return [s if s not in clauses or s.text.endswith(_MATTER) else _as_matter(s) for s in sentences]


def _as_matter(sentence: DraftSentence) -> DraftSentence:
    bare_text = re.sub(r"(に関すること|事項)$", "", sentence.text)
    last = re.split(r"[のを、等]", bare_text)[-1] or bare_text
    text = bare_text + _MATTER
    changed = Changed(last, last + _MATTER, "書きぶりの統一")
    return replace(sentence, text=text, changed=(*sentence.changed, changed))


def headed(own: Sequence[DraftSentence], national: Sequence[DraftSentence], city: str) -> list[DraftSentence]:
    """A body's own measures under a heading of their own where national text follows, as the form's examples do."""
    heading = f"{plain(city)}における措置" if city and national else ""
    listed = sum(s.bullet == _DOT or s.basis is not Basis.PEER for s in own) > 1
    return [*(replace(s, heading=heading, bullet=_bulleted(s, listed)) for s in own), *national]


def _bulleted(sentence: DraftSentence, listed: bool) -> str:
    """One thing alone needs no bullet; of several each that begins a new one has it."""
    if not listed:
        return ""
    begins = sentence.bullet == _DOT or sentence.basis is not Basis.PEER
    return _DOT if begins else ""


def cited(said: Sequence[Said]) -> tuple:  # type: ignore[type-arg]
    """Verbatim quotes of the sentences, the one that was taken first; none where its quote cannot be found."""
    citations = Citations()
    for one in said:
        if not citations.add(one.book.version, one.item, one.text, one.book.source) and one is said[0]:
            return ()
    return citations.all()


def finished(text: str) -> str:
    """A sentence ends with its stop; a clause does not."""
    return f"{text}。" if _SAID.search(text) else text


def _split(text: str, labels: Sequence[str]) -> tuple[str, str]:
    """A marked box and what stands in parentheses behind it; labels that hold parentheses themselves stay whole."""
    match = _DETAIL.match(text)
    whole = not match or text in labels
    return (text, "") if whole or match is None else (match[1], match[2])


def _marked(box: Mark, marked: dict[str, str]) -> Mark:
    for label, detail in marked.items():
        for name, inside in ((label, detail), (f"{label}({detail})", "")):
            if _even(name) == _even(box.label):
                return Mark(box.label, Marking.MARKED, inside)
    return box


def _even(text: str) -> str:
    return re.sub(r"[\s,，、]", "", plain(text))


def _plain_label(empty: FieldDraft) -> str:
    label = re.sub(r"^[\d①-⑳. ]+", "", empty.label)
    if empty.block == label:
        return f"{label}の名称"
    return f"{empty.block}の{label}" if empty.block else label
