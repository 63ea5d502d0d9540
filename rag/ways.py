"""The ways of answering, surest first: each looks at the plan and the opened documents and gives a finding or passes."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.assessment import Kind, State
from ingest.dates import parse_date
from rag import aggregate, contradictions, history
from rag.finding import Finding, Ref, Statement
from rag.lookup import (
    KEY_COLUMN,
    KIND_OF_BLOCK,
    Row,
    asked_columns,
    fact,
    gap_at,
    heading,
    items_at,
    kind_lacks,
    label_of,
    named_marks,
    narrow,
    rows_of,
    table,
)
from rag.passages import Ranked, Ranking, choose, lacks_kind, rank
from rag.places import Naming, Place, normal, places
from rag.question import Plan, Shape
from rag.shelf import Book, Passage
from rag.terms import Term, has, key
from rag.types import Status
from rag.wording import name, say, value_of

#: From this weight on a place is meant, not only hinted at.
MEANT = 3.0
#: Quoted sentences must hold this share of the question's weight, or nothing is said.
ENOUGH = 0.34
#: Sentences under one heading that are shown together.
GROUP_CHARS = 160
#: Rows that are named in the sentence above their table.
NAMED = 12
#: English words reach the documents only through a word list, so more of them must be found.
ENOUGH_ENGLISH = 0.45
_BLOCK_NUMBER = re.compile(r"(委託事項|システム|提供先|移転先)\s*(\d{1,2})(?!\d|人|件)")
_REQUEST = re.compile(r"請求|開示|訂正|利用停止|見せ|直し|直す|修正し|消して|閲覧|disclos|correct|access my|see my")
_DETAIL = re.compile(r"どの|教えて|日は|日を|何|いつ|どこ|どんな|どう|なぜ|誰|件数|原因|影響|経緯|内容|理由|how|what|when|why|which|who")
_HOW = re.compile(r"どのよう|どんな|誰|だれ|どう|頻度|何回|いつ|どこ|なぜ|how|who|when")


@dataclass(frozen=True, slots=True)
class Ask:
    """One question over some opened documents. `nearness`: similarity of meaning of a passage, or None."""

    plan: Plan
    books: tuple[Book, ...]
    namings: tuple[Naming, ...]
    narrowed: bool
    nearness: Callable[[], Callable[[Passage], float] | None]

    @property
    def residual(self) -> tuple[Term, ...]:
        """Terms that the named place does not explain."""
        return self.plan.residual(self.namings[:1])

    @property
    def top(self) -> Naming | None:
        """The place that is meant, if any."""
        return self.namings[0] if self.namings and self.namings[0].weight >= 2.0 else None


def namings_of(plan: Plan, books: Sequence[Book]) -> tuple[Naming, ...]:
    """The named places, settled: one of the two desks, and contracts where a contractor's name stands in the question."""
    found = list(plan.places)
    desks = {n.place.section for n in found if n.place.section in {"IV.1", "IV.2"}}
    if len(desks) == 2:
        loser = "IV.2" if _REQUEST.search(plan.text) else "IV.1"
        found = [n for n in found if n.place.section != loser]
    contractor = next((t for t in plan.terms if _is_contractor(t, books)), None)
    if contractor and not any(n.place.block == "委託事項" and n.weight >= 4 for n in found):
        found.append(Naming(places()["II.4 委託事項 ③"], 4.5, ()))
    if _MANNER.search(plan.text):  # a choice or a box tells whether, never how
        found = [replace(n, weight=n.weight - 2.5) if n.place.type == "choice" or n.place.type == "boxes" and n.place.part == "III" else n for n in found]
    if _AGAINST.search(plan.text):  # a measure is asked for, not the fact that it guards
        found = [replace(n, weight=n.weight + 2.5) if n.place.part == "III" else n for n in found]
    recipients = _recipients(plan, books)
    blocks = {n.place.block for n in recipients}
    found = [replace(n, weight=n.weight + 4.0) if n.place.block in blocks and n.place.sub else n for n in found]
    found.extend(recipients)
    found.extend(_groups(plan, books))
    return tuple(sorted(_most_exact(found, key(plan.text)), key=lambda n: -n.weight))


_AGAINST = re.compile(r"措置|対策|防(ぐ|止|ぎ|い)|ない(ため|よう)|リスク|measures?\b|prevent|safeguard")
_MANNER = re.compile(r"どう(する|やって|いう|対応|実施|し(て|ま))|どのように|どんな(方法|対策|措置|手順)|何をして|\bhow (do|does|is|are)\b(?! many| much)")
_GIVEN = re.compile(r"移転|提供|渡|伝わ|共有|流れ|知らせ|transfer|provid|shar")


def _recipients(plan: Plan, books: Sequence[Book]) -> list[Naming]:
    """Recipients where one of their names stands in a question about giving data away."""
    if not _GIVEN.search(plan.text):
        return []
    found = []
    for kind, block in (("transfers", "移転先"), ("provisions", "提供先")):
        names = [key(r.cell("recipient").value) for r in rows_of(books, kind)]
        terms = [t for t in plan.terms if len(key(t.surface)) >= 3 and any(key(t.surface) in n for n in names)]
        if terms:
            found.append(Naming(places()[f"II.5 {block}"], 6.0, ()))
    return found


def _groups(plan: Plan, books: Sequence[Book]) -> list[Naming]:
    """A group of 別添1 (記録項目) that the question names by its heading."""
    if not re.search(r"項目|記録|載|含ま", plan.text):
        return []
    files = {key(r.cell("name").value) for r in rows_of(books, "files")}
    if re.search(r"(すべて|全て|全部|どんな|何).{0,12}|項目を", plan.text) and re.search(r"記録(される|項目|して)|載って", plan.text) and "主な" not in plan.text:
        groups = {key(p.heading).lstrip("0123456789") for b in books for p in b.passages if p.item.part == "別添1" and p.heading}
        named = [g for g in groups if len(g) >= 4 and g in key(plan.text)]
        if named:
            return [Naming(places()["別添1"], 9.0, ())]
    blocks = {i.block for b in books for i in b.items if i.part == "別添1" and len(key(i.block)) >= 4}
    named = [x for x in blocks if key(x) in key(plan.text) and not any(f and f in key(x) for f in files)]
    return [
        Naming(Place("別添1", block=x, label=x, title="特定個人情報ファイル記録項目"), 9.0, ((at, at + len(x)),) if (at := plan.text.find(normal(x))) >= 0 else ())
        for x in named[:1]
    ]  # fmt: skip


def _most_exact(namings: Sequence[Naming], text: str) -> list[Naming]:
    """A place named as a whole (I.2) or by its number alone (II.2 ③) beside a field of it lends that field its weight."""
    kept: list[Naming] = []
    lenders: list[Naming] = []
    for n in namings:
        others = [m for m in namings if m is not n and m.place.section == n.place.section and m.weight >= 2.0]
        fields = [m for m in others if m.place.sub or m.place.name or m.place.block]
        whole = bool(n.place.number) and not (n.place.sub or n.place.name or n.place.block)
        labelled = [m for m in fields if m.place.sub == n.place.sub and m.place.name and m.place.block == n.place.block]
        by_number = bool(n.place.sub) and not n.place.name and bool(labelled) and key(n.place.label) not in text
        (lenders if whole and fields or by_number else kept).append(n)
    return [_with_loan(n, [m for m in lenders if m.place.section == n.place.section]) for n in kept]


def _with_loan(naming: Naming, lenders: Sequence[Naming]) -> Naming:
    near = [m for m in lenders if not m.place.sub or m.place.sub == naming.place.sub]
    if not near:
        return naming
    return replace(naming, weight=naming.weight + 0.5 * max(m.weight for m in near), explicit=naming.explicit or any(m.explicit for m in near))


def without_duty(plan: Plan, books: Sequence[Book]) -> Plan:
    """The plan without what only names the documents at hand: the duty in quotes, or the rest of its name (収滞納|管理)."""
    names = [key(f"{b.version.duty} {b.version.title}") for b in books]
    names += [key(r.cell("name").value) for r in rows_of(books, "files")]

    def names_document(term: Term) -> bool:
        if len(key(term.surface)) >= 5 and any(key(term.surface) in n for n in names):
            return True
        before = (d.span[0] for d in plan.duties if d.span[0] <= term.span[0])
        return not term.entity and any(key(plan.text[start : term.span[1]]) in n for start in before for n in names)

    dropped = [t.span for t in plan.terms if names_document(t)]
    terms = tuple(t for t in plan.terms if not any(a <= t.span[0] and t.span[1] <= b for a, b in dropped))
    # a duty that is not the documents' own is said of something else: the section of a recipient, a form that was lost
    strange = [d for d in plan.duties if not any(d.duty.also.search(normal(b.version.duty + b.version.title)) for b in books)]
    terms += tuple(Term(plan.text[a:b], (key(plan.text[a:b]),), 1.5, (a, b)) for d in strange for a, b in d.spans[:1])
    return replace(plan, terms=terms, quoted=tuple(q for q in plan.quoted if not any(key(q) in n for n in names)))


_COMMON = re.compile(r"株式会社|有限会社|会社|システム|センター|営業所|営業部|公共|支社|本社|事業部|情報産業|電子計算|データ|サービス|住宅|公社|委託先.*|.*変更.*")


def _is_contractor(term: Term, books: Sequence[Book]) -> bool:
    """Whether a term names a contractor of today, or of the past where it is a proper name."""
    if len(key(term.surface)) < 3 or _COMMON.fullmatch(term.surface) or re.fullmatch(r"[\d,.]+", term.surface):
        return False
    return any(key(term.surface) in text for b in books for text in _contractors(b, term.entity))


@functools.lru_cache(maxsize=1024)
def _contractors(book: Book, past: bool) -> tuple[str, ...]:
    """Names of contractors as `key`; `past`: those of the record of changes too."""
    found = [r.cell("contractor").value for r in rows_of([book], "contracts")]
    if past:
        changed = [r for r in rows_of([book], "changes") if r.cell("target").value.startswith("II.4")]
        found += [v for r in changed for v in (r.cell("before").value, r.cell("after").value)]
    return tuple(key(v) for v in found if v and len(v) < 60)


# -- the ways ---------------------------------------------------------------------------------------------------


def referred(ask: Ask) -> Finding | None:
    """An item named by its number that the source lost: nothing else may answer for it."""
    numbered = [n for n in ask.namings if n.explicit]
    if not numbered or any(i for n in numbered for b in ask.books for i in items_at(b, Place(n.place.part, n.place.number))):
        return None
    reasons = [(b, r) for n in numbered for b in ask.books if (r := gap_at(b, n.place))]
    if not reasons:
        return None
    said = [
        Statement(say(ask.plan.language, f"{name(b.version)}: {r}変換で失われた部分のため答えられません(読取不可)。原本を確認してください。", f"{name(b.version)}: {r} Lost from the source (読取不可); please check the original."))
        for b, r in reasons
    ]  # fmt: skip
    return Finding(Status.UNREADABLE, tuple(said), unreadable=len(reasons), considered=len(ask.books))


_CHANGED = re.compile(r"いつ.{0,12}(変わ|変更|改め)|変遷|推移|変更履歴|以前(は|の)|かつて|なる前|\bformer|\bprevious|\bchanged\b")


def past(ask: Ask) -> Finding | None:
    """Changes, where the question asks what was before or when it changed."""
    if ask.plan.as_of is not None:
        then = history.at_date(ask.plan, ask.books, ask.plan.residual(()), ask.namings)
        if then is not None:
            return then
    if not {Shape.CHANGE, Shape.TIMELINE} & ask.plan.shapes or aggregate.by_date(ask.plan, ask.books):
        return None
    found = history.changes(ask.plan, ask.books, ask.plan.residual(()), ask.namings)
    if found is None and _CHANGED.search(ask.plan.text):
        return history.unchanged(ask.plan, ask.books)
    return found


def future(ask: Ask) -> Finding | None:
    """A time after the newest of the documents: they say nothing of it."""
    published = [b.version.published_on for b in ask.books if b.version.published_on]
    years = [d for m in _YEAR.finditer(ask.plan.text) if (d := parse_date(m[0]))]
    ahead = bool(published and years and min(years) > max(published)) or bool(_AHEAD.search(ask.plan.text))
    if not ahead or not ask.books:
        return None
    newest = max(ask.books, key=lambda b: b.version.published_on or dt.date.min).version
    text = say(ask.plan.language, f"収録した評価書は公表日時点の記載です(最新は{newest.municipality}の{newest.published})。それより後のことは記載がありません(記載なし)。", f"The assessments speak of their dates of publication (the newest: {newest.published}); nothing later is stated (記載なし).")
    return Finding(Status.NOT_STATED, (Statement(text),), considered=len(ask.books))


_YEAR = re.compile(r"(?:平成|令和)\s*(?:元|\d+)\s*年(?:\s*\d+\s*月)?|20\d\d\s*年(?:\s*\d+\s*月)?")
_AHEAD = re.compile(r"来年度?|再来年|今後.{0,8}予定|将来|next year")


def superseded(ask: Ask) -> Finding | None:
    """A question that takes a past entry for the present one."""
    if Shape.YES_NO not in ask.plan.shapes or len(ask.books) > 3 or any(_is_contractor(t, ask.books) for t in ask.plan.terms):
        return None
    return history.outdated(ask.plan, ask.books, ask.plan.terms)


def either(ask: Ask) -> Finding | None:
    """'A or B?': where the documents say A and where they say B."""
    if ask.plan.either is None:
        return None
    statements: list[Statement] = []
    sides: set[str] = set()
    for side in ask.plan.either:
        hits = [p for b in ask.books for p in b.passages if key(side) in p.folded and p.kind is not Kind.HISTORY]
        for p in _spread(hits)[:3]:
            sides.add(side)
            statements.append(_quote(ask.plan, p, many=True))
    if not sides:
        return None
    warnings = ()
    if len(sides) == 2:
        a, b = ask.plan.either
        text = say(ask.plan.language, f"記載の食い違い: 「{a}」とする箇所と「{b}」とする箇所の両方があります。原本を確認してください。", f"Contradiction: some places say 「{a}」, others 「{b}」. Please check the original.")
        statements.insert(0, Statement(text))
        warnings = (Statement(text),)
    return Finding(Status.ANSWERED, tuple(statements), warnings=warnings, matched=len(ask.books), considered=len(ask.books), by="quotes")


def _spread(passages: Sequence[Passage]) -> list[Passage]:
    """One passage a section."""
    return list({p.item.section: p for p in reversed(passages)}.values())[::-1]


_MOST = re.compile(r"(最も|一番|もっとも|いちばん)(多|少)|(多|少な)い順|\bmost\b|\bfewest\b")
_COLLECTION = re.compile(r"(評価書|自治体|市|町|assessments?|municipalit)")


def over_all(ask: Ask) -> Finding | None:
    """Which documents, how many, in which order."""
    plan = ask.plan
    if aggregate.wants_order(plan) and (Shape.WHICH in plan.shapes or not ask.narrowed):
        found = aggregate.ordered(plan, ask.books)
        if found is not None:
            return found
    contractor = any(_is_contractor(t, ask.books) for t in plan.terms)
    wide = not plan.collected and (contractor and not ask.narrowed or Shape.WHICH in plan.shapes or (Shape.LIST in plan.shapes and not ask.narrowed) or Shape.COUNT in plan.shapes and not ask.narrowed)
    if not wide:
        return None
    top = ask.top
    kind = KIND_OF_BLOCK.get(top.place.block) if top else None
    if kind is None and contractor:
        top = next((n for n in ask.namings if n.place.block == "委託事項"), None)
        kind = "contracts" if top else None
    if kind and _MOST.search(plan.text):
        return aggregate.by_number(plan, ask.books, kind)
    if _COLLECTION.search(plan.text) and not plan.places and not plan.options and not any(len(key(t.surface)) > 2 for t in plan.terms):
        return aggregate.collected(plan, ask.books)
    names = [t for t in ask.residual if len(key(t.surface)) > 1] if kind else []
    named = kind and any(has(t, key(r.cell(KEY_COLUMN[kind]).value)) for r in rows_of(ask.books, kind) for t in names)
    if plan.options and not named and not (top and top.place.type == "boxes"):
        found = aggregate.by_option(plan, ask.books, ask.namings)
        if found is not None:
            return found
    found = aggregate.by_date(plan, ask.books) or aggregate.by_box(plan, ask.books, ask.namings)
    if found is not None:
        return found
    if kind and top:
        found = aggregate.by_record(plan, ask.books, kind, names, aggregate.column_of(top.place))
        if found is not None:
            return found
        if Shape.WHICH in plan.shapes:
            return aggregate.having(plan, ask.books, kind)
    terms = [t for t in plan.terms if not _names_place(t, top)]
    found = aggregate.by_text(plan, ask.books, terms, ask.namings)
    if found is None or found.status is not Status.ANSWERED:  # what is nowhere at the named place may stand elsewhere
        found = aggregate.by_text(plan, ask.books, terms, ()) or found
    return found


def _names_place(term: Term, top: Naming | None) -> bool:
    if top is None or term.entity:
        return False
    labels = [key(x) for x in (top.place.label, top.place.title, top.place.name) if x]
    return any(key(term.surface) in x for x in labels) or top.place.part not in {"II", "III"} and any(a <= term.span[0] and term.span[1] <= b for a, b in top.spans)


def records(ask: Ask) -> Finding | None:
    """Contracts, recipients and systems as complete rows."""
    top = ask.top
    if top is None or top.place.block not in KIND_OF_BLOCK:
        return None
    kinds = _kinds(ask, top)
    texts = [r.folded for kind in kinds for r in rows_of(ask.books, kind)]
    if texts and _better_elsewhere(ask, texts) or _counts_else(ask, kinds):
        return None
    found = [f for f in (_rows(ask, kind, len(kinds) > 1) for kind in kinds) if f is not None]
    if not found:
        return _no_rows(ask, top)
    merged = found[0]
    for more in found[1:]:
        merged = replace(merged, statements=(*merged.statements, *more.statements), rows=(*merged.rows, *more.rows), warnings=(*merged.warnings, *more.warnings), matched=max(merged.matched, more.matched))
    return None if kind_lacks(ask.plan, merged) and Shape.COUNT not in ask.plan.shapes else merged


def _better_elsewhere(ask: Ask, texts: Sequence[str], needed: float = 2.0) -> bool:
    """Whether words that these texts lack stand together in one place elsewhere: then that place is meant, not these.

    needed  how many such words, an entity counting one and a half
    """
    own = key(" ".join(f"{b.version.duty} {b.version.title} " + " ".join(r.cell("name").value for r in rows_of([b], "systems")) for b in ask.books))
    strange = [
        t for t in ask.residual
        if len(key(t.surface)) > 1 and not any(has(t, text) for text in texts) and not _is_company(ask, t) and key(t.surface) not in own
    ]  # fmt: skip
    others = [key(i.text) for b in ask.books for i in b.items if i.kind is Kind.APPENDIX]
    others += [
        p.folded for b in ask.books for p in b.passages
        if p.kind is Kind.PRESENT and (p.item.part in {"III", "別添1"} or p.item.section == "I.1 ②")
    ]  # fmt: skip
    picked = _apart([t for t in strange if any(has(t, text) for text in others)])
    best = max((sum(1.5 if t.entity else 1.0 for t in picked if has(t, text)) for text in others), default=0.0)
    return best >= needed or any(t.entity and any(has(t, text) for text in others) for t in picked)


def _counts_else(ask: Ask, kinds: Sequence[str]) -> bool:
    """Whether the number of something is asked for that is no record (何件のアクセス)."""
    match = re.search(r"何(?:件|回|社|本)の([一-龥ァ-ヴー]{2,})", ask.plan.text)
    return match is not None and not any(key(match[1]) in key(_NOUNS[k][0] + "業務委託事項件数") for k in kinds)


def _apart(terms: Sequence[Term]) -> list[Term]:
    """Terms that do not overlap, the longest first."""
    found: list[Term] = []
    for t in sorted(terms, key=lambda t: t.span[0] - t.span[1]):
        if all(t.span[1] <= f.span[0] or f.span[1] <= t.span[0] for f in found):
            found.append(t)
    return found


def _is_company(ask: Ask, term: Term) -> bool:
    return "株式会社" in term.surface or "会社" in term.surface or _is_contractor(term, ask.books)


def _kinds(ask: Ask, top: Naming) -> list[str]:
    """The kinds of record meant; giving data away means both 提供 and 移転 unless one is named outright."""
    kinds = [KIND_OF_BLOCK[top.place.block]]
    twin = {"provisions": "transfers", "transfers": "provisions"}.get(kinds[0])
    if twin:
        other = max((n.weight for n in ask.namings if KIND_OF_BLOCK.get(n.place.block) == twin), default=0.0)
        outright = re.search("提供先" if kinds[0] == "provisions" else "移転", ask.plan.text)
        if not rows_of(ask.books, kinds[0]) or (other >= top.weight - 2.0 and other > 0 and not outright):
            kinds.append(twin)
    return kinds


def _rows(ask: Ask, kind: str, twin: bool) -> Finding | None:
    plan = ask.plan
    every = rows_of(ask.books, kind)
    if not every:
        return None
    if kind == "contracts" and Shape.YES_NO not in plan.shapes:
        strangers = [t for t in ask.residual if t.entity and "会社" in t.surface and not any(has(t, r.folded) for r in every)]
        if strangers:
            return Finding(Status.NOT_STATED, tuple(_absent(ask, strangers)), considered=len(ask.books))
    numbered = [int(m[2]) for m in _BLOCK_NUMBER.finditer(plan.text) if KIND_OF_BLOCK[m[1]] == kind]
    own = key(" ".join(f"{b.version.duty} {b.version.title}" for b in ask.books))
    terms = [t for t in ask.residual if not (kind == "systems" and t.surface == "システム") and (t.entity or key(t.surface) not in own)]
    chosen = [r for r in every if r.record.number in numbered] if numbered else narrow(every, terms)
    if numbered and not chosen:
        return None
    chosen = _by_choice(plan, kind, chosen)
    absent = [t for t in terms if t.entity and not any(has(t, r.folded) for r in every)] if kind == "contracts" else []
    asked = asked_columns(kind, ask.namings)
    column = asked[0] if asked else ""
    if column and all(r.cell(column).state is not State.STATED for r in chosen):
        return _blank_column(ask, chosen, kind, column)
    several = len(ask.books) > 1
    rows = table(chosen, kind, asked, several)
    statements = [*_absent(ask, absent), Statement(_intro(plan, kind, every, chosen, several)), *_named(plan, kind, chosen, column)]
    statements += _quoted_elsewhere(ask, chosen)
    warnings = tuple(w for b in ask.books if any(r.book is b for r in chosen) for w in contradictions.found(b, plan, kind))
    lost = [b for b in ask.books if not b.records.get(kind) and aggregate._lost_block(b, kind)]
    return Finding(Status.ANSWERED, (*statements, *warnings) if _asks_both(plan, kind) else tuple(statements), tuple(rows), warnings, matched=len({r.book.version.id for r in chosen}), unreadable=len(lost), considered=len(ask.books))


def _asks_both(plan: Plan, kind: str) -> bool:
    """Whether the contradiction is what is asked about, and so belongs into the answer itself."""
    return kind == "contracts" and "再委託" in plan.text or "subcontract" in plan.text


def _by_choice(plan: Plan, kind: str, rows: list[Row]) -> list[Row]:
    """Rows with the named choice, where the list is wanted and not the question whether there is one."""
    if Shape.YES_NO in plan.shapes or kind != "contracts":
        return rows
    options = [o for p, o in plan.options if p.block == "委託事項" and p.sub == "④"]
    hits = [r for r in rows if any(key(r.cell("subcontract").value) == key(o) for o in options)]
    return hits or rows


_NOUNS = {
    "contracts": ("委託先", "contract (委託事項)", "contracts (委託事項)", "Contractors"),
    "provisions": ("提供先", "recipient of provision (提供先)", "recipients of provision (提供先)", "Recipients"),
    "transfers": ("移転先", "recipient of transfer (移転先)", "recipients of transfer (移転先)", "Recipients"),
    "systems": ("システム", "system", "systems", "Systems"),
}


def _intro(plan: Plan, kind: str, every: Sequence[Row], chosen: Sequence[Row], several: bool) -> str:
    ja, one, many, _ = _NOUNS[kind]
    who = name(chosen[0].book.version) if not several else "該当する評価書"
    whole = len(chosen) == len(every)
    n = len(chosen)
    part = "" if whole else f"(全{len(every)}件のうち)"
    unit = "委託事項" if kind == "contracts" else ""
    return say(
        plan.language,
        f"{who}の現在の{unit or ja}は{n}件です{part}。" if whole else f"{who}で該当する{unit or ja}は{n}件です{part}。",
        f"{who if not several else 'The assessments'}: {n} {one if n == 1 else many} at present" + ("." if whole else f" that match, of {len(every)} in all."),
    )


def _named(plan: Plan, kind: str, rows: Sequence[Row], column: str) -> list[Statement]:
    """The rows in words above their table: all names in one sentence, or the column that is asked for row by row."""
    keyed = KEY_COLUMN[kind]
    shown = rows[:NAMED]
    if not column or column == keyed:
        names = "".join(f"「{' '.join(r.cell(keyed).value.split())}」" for r in shown)
        more = say(plan.language, f"ほか{len(rows) - NAMED}件", f" and {len(rows) - NAMED} more") if len(rows) > NAMED else ""
        refs = tuple(ref for r in shown for ref in (r.ref(keyed),) if ref)
        ja, _, _, en = _NOUNS[kind]
        return [Statement(say(plan.language, f"{ja}: {names}{more}", f"{en}: {names}{more}"), refs)]
    found = []
    for row in shown:
        what = row.cell("title").value or row.cell("content").value if kind == "contracts" else row.cell(keyed).value
        value = value_of(row.cell(column).value, row.cell(column).state)
        text = f"{_cut(what, 0)}: {heading(row.record, column)}「{_cut(value, 0)}」"
        found.append(Statement(text, tuple(r for r in (row.ref(column), row.ref(keyed)) if r), 1))
    return found


def _blank_column(ask: Ask, rows: Sequence[Row], kind: str, column: str) -> Finding:
    label = heading(rows[0].record, column)
    unread = any(r.cell(column).state is State.UNREADABLE for r in rows)
    refs = tuple(r for row in rows[:3] for r in (row.ref("title") or row.ref("content") or row.ref("name"),) if r)
    whose = name(rows[0].book.version)
    text = say(ask.plan.language, f"{whose}の該当する{_NOUNS[kind][0]}について、{label}の欄は" + ("読み取れません(読取不可)。" if unread else "空欄です(記載なし)。") + "原本を確認してください。", f"{whose}: {label} is " + ("unreadable (読取不可)." if unread else "left blank (記載なし).") + " Please check the original.")
    return Finding(Status.UNREADABLE if unread else Status.NOT_STATED, (Statement(text, refs),), considered=len(ask.books), unreadable=int(unread))


def _absent(ask: Ask, absent: Sequence[Term]) -> list[Statement]:
    """Names in the question that are no contractor today, and where else they stand."""
    found = []
    for term in absent:
        surface = ask.plan.said(term.span)
        text = say(ask.plan.language, f"現在の委託先に「{surface}」はありません。", f"「{surface}」 is not among the present contractors.")
        found.append(Statement(text))
        hits = [p for b in ask.books for p in b.passages if has(term, p.folded)]
        for p in sorted(hits, key=lambda p: p.kind is Kind.HISTORY)[:2]:
            then = say(ask.plan.language, "過去の変更箇所に記載があります", "it stands in the record of past changes") if p.kind is Kind.HISTORY else say(ask.plan.language, f"{p.item.section}に記載があります", f"it stands in {p.item.section}")
            at = p.folded.find(term.forms[0])
            quote = p.text if p.kind is not Kind.HISTORY else next((c for c in p.item.text.split("\t") if has(term, key(c))), p.text)
            found.append(Statement(f"{then}: 「{_cut(quote, at)}」", (Ref(p.version, p.item, quote),), 1))
    return found


def _cut(text: str, at: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 140 else plain[max(0, at - 40) : at + 100] + "…"


def _quoted_elsewhere(ask: Ask, rows: Sequence[Row]) -> list[Statement]:
    """Phrases that the question quotes and that stand elsewhere in the documents: both sides are shown."""
    found = []
    for phrase in ask.plan.quoted:
        wanted = key(phrase)
        if len(wanted) < 5 or any(wanted in r.folded for r in rows) or any(wanted == key(o) for _, o in ask.plan.options):
            continue
        hit = next((p for b in ask.books for p in b.passages if p.kind is not Kind.HISTORY and wanted in p.folded), None)
        if hit is not None:
            found.append(_quote(ask.plan, hit, many=False))
    return found


def _no_rows(ask: Ask, top: Naming) -> Finding | None:
    """Why there are no rows: none by its own word, lost, or nothing said."""
    plan = ask.plan
    numbered = _BLOCK_NUMBER.search(plan.text)
    for book in ask.books:
        if numbered:
            wanted = f"{numbered[1]}{numbered[2]}"
            gap = next((r for s, r in book.version.gaps if s.endswith(f" {wanted}")), "")
            if gap:
                text = say(plan.language, f"{name(book.version)}: {gap}変換で失われた部分のため答えられません(読取不可)。原本を確認してください。", f"{name(book.version)}: {wanted} was lost from the source (読取不可). Please check the original.")
                return Finding(Status.UNREADABLE, (Statement(text),), unreadable=1, considered=len(ask.books))
    flag = {"委託事項": "II.4 委託の有無", "提供先": "II.5 提供・移転の有無", "移転先": "II.5 提供・移転の有無"}.get(top.place.block)
    place = places()[flag] if flag else Place(top.place.part, top.place.number, label=top.place.title, title=top.place.title)
    if flag is None and not any(items_at(b, top.place) for b in ask.books):
        lost = [b for b in ask.books if gap_at(b, place)]
        if not lost:
            return None
    return fact(plan, ask.books, place, ())


def compared(ask: Ask) -> Finding | None:
    """Several documents side by side: each answered by itself, in the same way."""
    if len(ask.books) < 2 or len(ask.books) > 12:
        return None
    several_bodies = len(ask.plan.collected) > 1
    if not (several_bodies or Shape.COMPARE in ask.plan.shapes and ask.narrowed):
        return None
    statements: list[Statement] = []
    rows = []
    warnings: list[Statement] = []
    found_any, by = 0, "records"
    lost = 0
    groups = [(b,) for b in ask.books]
    if several_bodies and not ask.plan.duties:
        groups = [tuple(b for b in ask.books if b.version.municipality == m) for m in ask.plan.collected]
    for group in groups:
        own = replace(ask, books=group)
        finding = next((f for way in (incident, records, facts, quotes) if (f := way(own)) is not None), None)
        if finding is None:
            continue
        statements.append(Statement(f"**{'・'.join(name(b.version) for b in group)}**"))
        statements.extend(finding.statements)
        rows.extend(replace(r, cells=(("自治体・事務", name(r.version)), *r.cells) if r.cells[0][0] != "自治体・事務" else r.cells) for r in finding.rows)
        warnings.extend(finding.warnings)
        found_any += finding.status is Status.ANSWERED
        lost += finding.unreadable
        by = finding.by
    if not found_any:
        return None
    status = Status.ANSWERED if found_any == len(groups) else Status.PARTIAL
    return Finding(status, tuple(statements), tuple(rows), tuple(warnings), matched=found_any, unreadable=lost, considered=len(ask.books), by=by)


def incident(ask: Ask) -> Finding | None:
    """What happened, when, how many: from III.7 and the appendices; history only where the present tells nothing."""
    named = any(n.place.section == "III.7" and n.place.sub == "②" for n in ask.namings)
    if not named or Shape.WHICH in ask.plan.shapes:
        return None
    if not ask.plan.residual([n for n in ask.namings if n.place.section == "III.7"]):
        return None
    terms = list(ask.plan.terms)
    if not terms or not _DETAIL.search(ask.plan.text):
        return None
    allow = lambda p: p.kind is Kind.APPENDIX or (p.item.part == "III" and p.item.number == "7" and not p.item.choice)  # noqa: E731
    section = _section_of_case(ask, terms)
    if section is not None:
        return section
    present = _quotes(ask, terms, (), allow, limit=5)
    return present if present is not None else once(ask)


_CASE_PARTS = re.compile(r"再発防止策|再発防止|原因|影響|経緯|概要")


def _section_of_case(ask: Ask, terms: Sequence[Term]) -> Finding | None:
    """The part of a case that the question names (原因, 再発防止策 …), whole."""
    word = _CASE_PARTS.search(ask.plan.text)
    if word is None:
        return None
    others = [t for t in terms if key(t.surface) not in key(word[0]) and len(key(t.surface)) > 1]
    ranking = rank(ask.plan, ask.books, others, (), lambda p: p.kind is Kind.APPENDIX)
    if not ranking.ranked or not ranking.weights or ranking.coverage(ranking.ranked[:1]) < ENOUGH:
        return None
    case = ranking.ranked[0].passage.item
    book = next(b for b in ask.books if b.version.id == ranking.ranked[0].passage.version.id)
    told = [p for p in book.passages if p.item is case and word[0][:4] in p.heading]
    if not told:
        return None
    return Finding(Status.ANSWERED, tuple(_quote(ask.plan, p, many=len(told) > 1) for p in told[:10]), matched=1, considered=len(ask.books), by="quotes")


def facts(ask: Ask) -> Finding | None:
    """What stands at the named places."""
    top = ask.top
    if top is None or top.weight < MEANT or _is_measure(ask, top.place):
        return None
    meant = [n for n in ask.namings if n.weight >= max(MEANT, min(0.62 * top.weight, 4.0)) and not _is_measure(ask, n.place) and n.place.block not in KIND_OF_BLOCK]
    meant = _distinct(meant)[:3]
    if not meant:
        return None
    stated = [key(i.text) for b in ask.books for n in meant for i in items_at(b, n.place)]
    if stated and top.weight < 7.0 and top.place.part in {"I", "II"} and _better_elsewhere(ask, stated):
        return None
    if any(n.place.id == "II.4 委託の有無" for n in meant) and rows_of(ask.books, "contracts"):
        listed = records(replace(ask, namings=(Naming(places()["II.4 委託事項 ③"], 4.0, top.spans),)))
        if listed is not None:
            return listed
    found = [fact(ask.plan, ask.books, n.place, ask.plan.residual(meant)) for n in meant if n.place.sub or n.place.name or not _covered(n, meant)]
    if not found:
        return None
    answered = [f for f in found if f.status is Status.ANSWERED]
    if not answered:
        return found[0]
    clashes = tuple(w for b in ask.books for w in contradictions.about(b, [n.place for n in meant], ask.plan))
    merged = Finding(
        Status.ANSWERED if len(answered) == len(found) or found[0].status is Status.ANSWERED else Status.PARTIAL,
        (*(s for f in found for s in f.statements), *clashes), matched=max(f.matched for f in answered),
        unreadable=max(f.unreadable for f in found), considered=len(ask.books),
        warnings=clashes,
    )  # fmt: skip
    return replace(merged, status=Status.NOT_STATED, statements=_not_there(ask, merged)) if kind_lacks(ask.plan, merged) else merged


def _not_there(ask: Ask, finding: Finding) -> tuple[Statement, ...]:
    text = say(ask.plan.language, "お尋ねの内容(金額・期間・番号など)は、この項目には記載がありません(記載なし)。関連する記載は次のとおりです。", "What you ask for is not stated at this place (記載なし). What stands there:")
    return (Statement(text), *finding.statements)


def _distinct(namings: Sequence[Naming]) -> list[Naming]:
    """Places that are named by other words than the surer ones before them."""
    found: list[Naming] = []
    for n in namings:
        fresh = [s for s in n.spans if not any(a <= s[0] and s[1] <= b for m in found for a, b in m.spans)]
        if not found or fresh:
            found.append(n)
    return found


def _covered(naming: Naming, others: Sequence[Naming]) -> bool:
    """Whether a whole item is named only beside a field of it."""
    p = naming.place
    return any(o is not naming and o.place.section == p.section and (o.place.sub or o.place.name) for o in others)


def _is_measure(ask: Ask, place: Place) -> bool:
    """Places that are prose: their sentences are found, not read out as one fact."""
    if place.type == "boxes":
        return bool(_HOW.search(ask.plan.text)) and place.part == "III"
    if place.type == "choice":
        return False
    if place.part == "III":
        return place.number != "1"
    return place.id in {"II.6 保管場所", "I.1 ②", "I.2 システム ②", "別添1", "別添2", "II.3 ⑤", "II.2 ④ その妥当性"}


def quotes(ask: Ask) -> Finding | None:
    """The sentences that answer, verbatim."""
    plan = ask.plan
    strong = [n for n in ask.namings if n.weight >= 2.0][:4]
    words = [t for t in plan.terms if not _names_place(t, ask.top)] if ask.top and ask.top.place.part in {"III"} else list(plan.terms)
    terms = words or list(plan.terms)
    everything = ask.top is not None and ask.top.weight >= 6.0 and Shape.LIST in plan.shapes
    if ask.top and ask.top.weight >= MEANT and (everything or not _tells_apart(ask, terms)) and ask.top.place.type == "text":
        whole = fact(plan, ask.books, ask.top.place, ())
        if whole.status is Status.ANSWERED or whole.status is Status.UNREADABLE:
            return whole
    return _quotes(ask, terms, strong, lambda p: p.kind is not Kind.HISTORY and p.item.part != "表紙" or p.item.name == "特記事項")


def beside(ask: Ask) -> Finding | None:
    """Another place that the question may mean, where the surest one is lost or blank: only one that answers well."""
    top = ask.top
    if top is None or top.explicit or top.weight >= 6.5 or ask.plan.quoted or {Shape.WHICH, Shape.CHANGE} & ask.plan.shapes:
        return None
    if any(named_marks(ask.plan, i) for b in ask.books for i in items_at(b, top.place)):
        return None  # the box itself is asked for
    others = tuple(n for n in ask.namings if n.place.section != top.place.section and n.weight >= max(MEANT, top.weight - 1.0))
    own = replace(ask, namings=others)
    for way in (records, facts) if others else ():
        found = way(own)
        if found is not None and found.status is Status.ANSWERED:
            return found
    strange = [t for t in ask.residual if len(key(t.surface)) > 2]
    if not strange:
        return None
    ranking = rank(ask.plan, ask.books, strange, (), lambda p: p.item.part == "別添1" or p.kind is Kind.APPENDIX)
    if not ranking.ranked or ranking.missing or not ranking.ranked[0].terms:
        return None
    best = ranking.ranked[0].passage
    if not all(has(t, best.folded + best.label) for t in strange):
        return None
    return Finding(Status.ANSWERED, (_quote(ask.plan, best, many=False),), matched=1, considered=len(ask.books), by="quotes")


_HAPPENED = re.compile(r"過去|以前|当時|[いき]?ました|でした|だった|した(事故|件|事案)|\bwas\b|\bwere\b|\bdid\b|\bhad\b|\blost\b")


def once(ask: Ask) -> Finding | None:
    """What happened and stands only in the record of changes: told as past."""
    if not _HAPPENED.search(ask.plan.text):
        return None
    terms = [t for t in ask.plan.terms if len(key(t.surface)) > 1]
    ranking = rank(ask.plan, ask.books, terms, (), lambda p: p.kind is Kind.HISTORY)
    if not ranking.ranked or len(_apart(list(ranking.ranked[0].terms))) < 2 or ranking.coverage(ranking.ranked[:1]) < 0.45:
        return None
    best = ranking.ranked[0].passage
    note = Statement(say(ask.plan.language, "現在の記載にはありません。過去の記載を示す変更箇所に次のものがあります。", "Not in the present text; the record of past changes (変更箇所) says:"))
    cells = best.item.text.split("\t")
    told = max(cells[2:] or cells, key=lambda c: sum(has(t, key(c)) for t in terms))
    text = f"{best.version.municipality} {best.item.section} {cells[0]}: 「{_around(told, terms, 320)}」"
    if lacks_kind(ask.plan, [key(told)]):
        return None
    past = Statement(say(ask.plan.language, "過去の記載です。現在の状況を示すものではありません。", "This is a past entry and does not describe the present."))
    return Finding(Status.ANSWERED, (note, Statement(text, (Ref(best.version, best.item, told),), 1)), warnings=(past,), matched=1, considered=len(ask.books), by="quotes")


def _around(text: str, terms: Sequence[Term], chars: int) -> str:
    """Up to `chars` characters of a text around the words of the question."""
    plain = " ".join(text.split())
    if len(plain) <= chars:
        return plain
    at = [plain.lower().find(f) for t in terms for f in t.forms if len(f) > 1 and f in plain.lower()]
    start = max(0, min(at, default=0) - 40)
    return ("…" if start else "") + plain[start : start + chars] + ("…" if start + chars < len(plain) else "")


def _tells_apart(ask: Ask, terms: Sequence[Term]) -> bool:
    """Whether some word of the question stands in a few sentences of the named place only: then those are meant, not all."""
    assert ask.top is not None
    section = ask.top.place.section
    inside = [p.folded for b in ask.books for p in b.passages if ask.top.place.holds(p.item, b.version.form)]
    labels = [key(x) for b in ask.books for i in b.items if f"{i.part}.{i.number}" == section for x in (i.path[-1], i.name) if x]
    strange = [t for t in terms if len(key(t.surface)) > 1 and not any(key(t.surface) in x for x in labels)]
    if ask.plan.residual(ask.namings[:1]) and any(t in strange for t in ask.plan.residual(ask.namings[:1])):
        return True
    return any(0 < sum(has(t, x) for x in inside) <= max(1, len(inside) // 2) for t in strange)


def _quotes(ask: Ask, terms: Sequence[Term], namings: Sequence[Naming], allow: Callable[[Passage], bool], limit: int = 4) -> Finding | None:
    ranking = rank(ask.plan, ask.books, terms, namings, allow, ask.nearness())
    if not ranking.ranked or ranking.ranked[0].score <= 0:
        return None
    ranking = _at_place(ranking, namings)
    chosen = choose(ranking, limit)
    meant = bool(namings) and namings[0].weight >= MEANT and namings[0].place.holds(chosen[0].passage.item, chosen[0].passage.version.form)
    explained = [s for n in namings[:1] for s in n.spans]
    strange = tuple(t for t in ranking.missing if not any(a <= t.span[0] and t.span[1] <= b for a, b in explained))
    ranking = replace(ranking, missing=strange)
    coverage = ranking.coverage(chosen)
    enough = ENOUGH if ask.plan.language == "ja" else ENOUGH_ENGLISH
    if coverage < (enough * 0.5 if meant else enough):
        return None
    unsaid = [t for t in ranking.missing if t.entity and len(key(t.surface)) > 2]
    if unsaid and not meant and not (Shape.YES_NO in ask.plan.shapes and coverage >= 0.3 and any(t.weight >= 3.0 for t in unsaid)):
        return None
    if lacks_kind(ask.plan, [r.passage.folded for r in chosen]):
        return None
    lost = [n for n in namings[:1] for b in ask.books if gap_at(b, Place(n.place.part, n.place.number, label=n.place.title))]
    notes = [
        Statement(say(ask.plan.language, f"「{ask.plan.said(t.span)}」という記載は見つかりません。関連する記載は次のとおりです。", f"「{ask.plan.said(t.span)}」 is not found as such. Related text:"))
        for t in unsaid[:1]
    ]  # fmt: skip
    told = _with_group([r.passage for r in _in_order(chosen)], [r.passage for r in ranking.ranked])
    statements = [*notes, *(_quote(ask.plan, p, many=len(told) > 1) for p in told)]
    books = {r.passage.version.id for r in chosen}
    warnings = tuple(w for b in ask.books if b.version.id in books for w in contradictions.among(b, [r.passage for r in chosen], ask.plan))
    return Finding(Status.ANSWERED, (*statements, *warnings), warnings=warnings, matched=len(books), unreadable=len(lost), considered=len(ask.books), by="quotes")


def _at_place(ranking: Ranking, namings: Sequence[Naming]) -> Ranking:
    """Where the best sentence stands at a place that the question names outright, sentences of other places are left out."""
    sure = [n for n in namings if n.weight >= 4.0][:2]
    outright = [n for n in namings if n.weight >= 6.0][:1]
    if outright and any(r.terms and outright[0].place.holds(r.passage.item, r.passage.version.form) for r in ranking.ranked[:25]):
        kept = tuple(r for r in ranking.ranked if outright[0].place.holds(r.passage.item, r.passage.version.form))
        return replace(ranking, ranked=kept)
    best = ranking.ranked[0].passage
    if best.item.marks or not any(n.place.holds(best.item, best.version.form) for n in sure):
        return ranking
    sections = {n.place.section for n in sure}
    kept = tuple(r for r in ranking.ranked if r.passage.item.section.split(" ")[0] in sections)
    return replace(ranking, ranked=kept)


def _with_group(chosen: Sequence[Passage], every: Sequence[Passage]) -> list[Passage]:
    """The best sentence with the others under its heading, where together they are no longer than one sentence."""
    best = chosen[0]
    group = sorted((p for p in every if p.item is best.item and p.heading == best.heading), key=lambda p: p.start)
    short = best.item.kind is Kind.PRESENT and len(best.item.text) <= GROUP_CHARS and not best.item.choice and not best.item.marks
    if short or best.heading and sum(len(p.text) for p in group) <= GROUP_CHARS:
        return [*group, *(p for p in chosen if p not in group)]
    return list(chosen)


def _in_order(chosen: Sequence[Ranked]) -> list[Ranked]:
    """Best item first, its sentences in order of the document."""
    rank_of: dict[tuple[int, str], int] = {}
    for r in chosen:
        rank_of.setdefault((r.passage.version.id, r.passage.item.key), len(rank_of))
    return sorted(chosen, key=lambda r: (rank_of[(r.passage.version.id, r.passage.item.key)], r.passage.start))


def _quote(plan: Plan, passage: Passage, many: bool) -> Statement:
    item = passage.item
    shown = " ".join(passage.text.split())
    if item.marks:
        from ingest.look import marked

        shown = marked(item.marks) or shown
    under = f"({passage.heading})" if passage.heading else ""
    text = f"{passage.version.municipality} {label_of(item)}{under}: 「{shown}」"
    return Statement(text, (Ref(passage.version, item, passage.text),), 1 if many else 0)
