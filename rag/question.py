"""Question → Plan: who, which duty, which place of the form, when, and in which shape the answer is wanted.

Deterministic: vocabulary of the form, names of the collected municipalities, morphemes. Nothing is looked up here.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources

import yaml

from ingest.dates import parse_date
from rag.bodies import Body, Gazetteer
from rag.duties import DutyNamed, named_duties
from rag.keywords import find_terms
from rag.naming import named_places
from rag.places import Naming, Place, normal, places
from rag.terms import Term, key
from rag.tokens import Words


class Shape(StrEnum):
    """What the person wants to see. A question may have several."""

    FACT = "fact"
    LIST = "list"
    COUNT = "count"
    ORDER = "order"
    WHICH = "which"  # which municipalities or assessments: over all documents
    COMPARE = "compare"
    CHANGE = "change"
    TIMELINE = "timeline"
    YES_NO = "yes_no"
    EITHER = "either"


_SHAPES: dict[Shape, re.Pattern[str]] = {
    Shape.COMPARE: re.compile(r"比べ|比較|違い|違う|違って|異な|差は|それぞれ(の|で|に)?(?!のリスク)|並べて|\bcompare|\bdiffer|\bversus|\bvs\b"),
    Shape.COUNT: re.compile(r"何件|いくつ|何本|何社|何個|何か所|件数は|数は\?*$|how many (assessments|documents|contracts|contractors|systems|cities|municipalities|compan|recipients)"),
    Shape.ORDER: re.compile(r"順に|順番|順で|最も|一番|もっとも|いちばん|\bnewest|\boldest|\blatest|in order"),
    Shape.TIMELINE: re.compile(r"変遷|推移|履歴|経緯|これまで|移り変わり|\bhistory\b"),
    Shape.CHANGE: re.compile(
        r"以前|かつて|変わ(っ|り|る)|変更(が|し|さ|は|に|の?日|点)|改め|書き換え|書き替え|(に|と)なったのは|なる前|(前|昔)は(どこ|何|どの|誰)|その前|元々|もともと|追記|追加され|見直し(た|され)|修正され|直した|変えた|"
        r"いつ.{0,24}(広が|広げ|拡大|拡が|増え|減っ|延び|伸び|始ま|廃止|加わ|加え|なくなり)|いつから.{0,14}(よう|記載)|(広が|広げ|拡大|増え|減っ|始ま|廃止|加わ|加え|追加|削除|載る|載っ|記載され)[^。]{0,8}のは、?いつ|前の(委託先|会社|業者|課)|旧|\bformer|\bprevious|used to|\bchanged?\b|\bbefore\b"
    ),
    Shape.WHICH: re.compile(
        r"(どの|どこの|どちらの)(自治体|市町村|市|町|団体|評価書|事務|都市|市区町村)|(自治体|市町村|評価書|団体|市|事務)(は|が)?(、)?(どこ|どれ|ある|あり|何件|いくつ|いる)|(自治体|評価書|事務|市町村|市)(と事務)?を?(を|すべて|全て|全部)?(すべて|全て|全部)?(挙げ|教え|列挙|リスト|一覧|並べ)|"
        r"which (cit|municipalit|assessment|town|bod|document)|(評価書|自治体)を.{0,12}(順|並べ)|どこですか|どこの市|(項目|欄|箇所)は、?(どこ|どれ)|(評価書|自治体|市町村|団体|市|事務)は\??$|(ている|ない|ある|した|する|った)(自治体|市町村|市|町|団体|評価書)(を教えて(ください)?)?[。?]?$|どこがありますか"
    ),
    Shape.LIST: re.compile(r"すべて|全て|全部|一覧|挙げ|列挙|リスト|並べ|どんな.{0,6}が(ある|あり)|\ball\b|\blist\b|\bevery\b|\bwhich\b"),
    Shape.YES_NO: re.compile(r"(ますか|ですか|のですか|でしょうか|ているか|るのか|んですか|ません?か|んですよね|ですよね)\??$|^(does|do|is|are|has|have|did|can)\b"),
    Shape.EITHER: re.compile(r"(.{2,14}?)(ですか|なのか|か)[、,]\s*(それとも)?(.{2,14}?)(ですか|なのか|か|でしょうか)"),
}
_ASKS = re.compile(r"何|どこ|誰|だれ|どれ|どの|どんな|どう|いつ|なぜ|いくつ|いくら|どちら|which|what|who|where|when|how|why")
_AS_OF = re.compile(r"(.{0,4}(?:平成|令和|19|20).{1,12}?(?:日|月|年))(?:時点|の時点|当時|現在)")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks.

    text        the question normalised (NFKC, lower case); spans of everything below index it
    language    ja or en
    bodies      municipalities named, collected or not
    places      places of the form named, surest first
    terms       content words beside municipality and duty; `residual` are those that no place explains
    options     (place, option) where a choice of the form is named
    as_of       the date that the question asks about, where it names one
    """

    question: str
    text: str
    language: str
    bodies: tuple[Body, ...]
    duties: tuple[DutyNamed, ...]
    places: tuple[Naming, ...]
    terms: tuple[Term, ...]
    options: tuple[tuple[Place, str], ...]
    shapes: frozenset[Shape]
    as_of: dt.date | None = None
    either: tuple[str, str] | None = None
    quoted: tuple[str, ...] = field(default=())

    def said(self, span: tuple[int, int]) -> str:
        """The words of the question at a span, in their own case."""
        cased = unicodedata.normalize("NFKC", self.question).strip()
        return (cased if len(cased) == len(self.text) else self.text)[span[0] : span[1]]

    @property
    def collected(self) -> tuple[str, ...]:
        """Names of the municipalities that are collected."""
        return tuple(dict.fromkeys(b.name for b in self.bodies if b.collected))

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the municipalities that are not."""
        return tuple(dict.fromkeys(b.name for b in self.bodies if not b.collected))

    def residual(self, namings: Sequence[Naming]) -> tuple[Term, ...]:
        """The terms that these places do not explain."""
        spans = [s for n in namings for s in n.spans]
        labels = [key(x) for n in namings for x in (n.place.label, n.place.title, n.place.name) if x]
        return tuple(
            t for t in self.terms
            if t.entity and not any(key(t.surface) in x for x in labels) or not (any(a <= t.span[0] and t.span[1] <= b for a, b in spans) or any(key(t.surface) in x for x in labels))
        )  # fmt: skip


def make_plan(question: str, gazetteer: Gazetteer, words: Words, known: Callable[[str], bool]) -> Plan:
    """The plan of a question.

    gazetteer   the collected municipalities
    known       whether a place name stands in the documents: then it is no uncollected municipality
    """
    text = normal(question).strip()
    bodies = tuple(gazetteer.find(text, known))
    duties = tuple(named_duties(text, [b.span[1] for b in bodies]))
    quoted = [(m[1], m.span(1)) for m in re.finditer(r"[「『\"“]([^「」『』\"”]{2,60})[」』\"”]", text)]
    consumed = [b.span for b in bodies] + [s for d in duties for s in d.spans]
    terms = find_terms(text, words, consumed, quoted)
    shapes = frozenset(s for s, p in _SHAPES.items() if p.search(text))
    if Shape.YES_NO in shapes and _ASKS.search(text):
        shapes -= {Shape.YES_NO}
    as_of = _AS_OF.search(text)
    return Plan(
        question=question, text=text, language=_language(text), bodies=bodies, duties=duties,
        places=tuple(named_places(_unquoted(text, quoted))), terms=tuple(terms), options=tuple(_options(text)), shapes=shapes,
        as_of=parse_date(as_of[1]) if as_of else None, either=_either(text), quoted=tuple(q for q, _ in quoted),
    )  # fmt: skip


def _unquoted(text: str, quoted: Sequence[tuple[str, tuple[int, int]]]) -> str:
    """The text with quoted phrases blanked, but for labels of the form: words quoted from a document name no place."""
    for phrase, (start, end) in quoted:
        if not any(key(phrase) in key(p.label) or p.label and key(p.label) in key(phrase) for p in places().values() if len(p.label) > 2):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _language(text: str) -> str:
    """en where English words carry the sentence, though names and terms in it may be Japanese; else ja."""
    english = len(re.findall(r"\b[a-z]{2,}\b", text)) >= 3
    return "en" if english and not re.search(r"[ぁ-ん]{2,}[。?]?$", text) else "ja"


def _either(text: str) -> tuple[str, str] | None:
    """'静脈認証ですか、指紋認証ですか' → ('静脈認証', '指紋認証')."""
    match = re.search(r"([一-龥ァ-ヴーa-z0-9]{2,20})(?:ですか|なの(?:です)?か|か)[、,]\s*(?:それとも)?([一-龥ァ-ヴーa-z0-9]{2,20})(?:ですか|なの(?:です)?か|か|でしょうか)", text)
    return (match[1], match[2]) if match else None


@functools.cache
def _option_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files("rag").joinpath("vocabulary/options.yaml").read_text(encoding="utf-8")
    data: dict[str, list[str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple((name, re.compile("|".join(patterns))) for name, patterns in data.items())


def _options(text: str) -> list[tuple[Place, str]]:
    """Choices of the form that a question names: in their own words or in those of the vocabulary."""
    folded = key(text)
    found: list[tuple[Place, str]] = []
    said = {name for name, pattern in _option_words() if pattern.search(text)}
    for place in places().values():
        if place.type != "choice":
            continue
        hits = [o for o in place.options if _stands(key(o), folded) or o in said]
        longest = [o for o in hits if not any(o != p and key(o) in key(p) for p in hits)]
        found.extend((place, o) for o in longest)
    return found


def _stands(option: str, text: str) -> bool:
    """Whether an option stands in the text, and not as the part of a longer number."""
    if len(option) < 3:
        return False
    return re.search(rf"(?<![\d,万]){re.escape(option)}", text) is not None
