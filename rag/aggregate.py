"""Questions over all documents: which municipalities, how many, in which order — complete, with a denominator."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from ingest.assessment import Item, Kind, Marking, State
from ingest.dates import parse_date
from rag.finding import Finding, Ref, Statement, TableRow
from rag.lookup import KEY_COLUMN, KIND_OF_BLOCK, SUB_COLUMN, Row, gap_at, items_at, named_marks, rows_of, table
from rag.passages import Ranked, rank
from rag.places import Naming, Place
from rag.question import Plan, Shape
from rag.shelf import Book, Passage
from rag.terms import Term, has, key
from rag.types import Status
from rag.wording import name, say

#: A document belongs to the list when its best passage has this share of the best passage of all.
MEMBER_SHARE = 0.3


_EVERY = re.compile(r"(すべて|全て|全部|いずれ|どれ)(の|も)?(委託事項|委託先|委託|システム|ファイル|移転先|提供先|業者)?(で|が|も|について|を)")


def _all_at(book: Book, place: Place) -> list[Item]:
    """All items at a place, equal ones too."""
    return [i for i in book.items if place.holds(i, book.version.form) and (i.state is State.STATED)]


def by_option(plan: Plan, books: Sequence[Book], namings: Sequence[Naming]) -> Finding | None:
    """Documents in which a choice of the form has the value the question names."""
    chosen = _option(plan, namings)
    if chosen is None:
        return _anywhere(plan, books)
    place, option = chosen
    rows: list[TableRow] = []
    unreadable: list[Book] = []
    matched: list[Book] = []
    for book in books:
        items = _all_at(book, place) if place.block else items_at(book, place)
        hits = [i for i in items if i.state is State.STATED and key(i.text).startswith(key(option))]
        whole = bool(_EVERY.search(plan.text)) and bool(place.block)
        if hits and not (whole and len(hits) < sum(i.state is State.STATED for i in _all_at(book, place))):
            matched.append(book)
            rows.extend(_option_rows(book, place, hits))
        elif any(i.state is State.UNREADABLE for i in items) or (not items and gap_at(book, place)):
            unreadable.append(book)
    where = f"{place.id} {place.label}" if not place.name else place.id
    text = _total(plan, f"{where}が「{option}」", f"have 「{option}」 at {where}", matched, books, unreadable)
    return Finding(_status(matched), tuple(text), tuple(rows), _lost(plan, unreadable), len(matched), len(unreadable), len(books))


def _anywhere(plan: Plan, books: Sequence[Book]) -> Finding | None:
    """Every choice of the form that has the option, where the question names the option but no place."""
    options = {key(o) for _, o in plan.options}
    if not options:
        return None
    rows = [
        TableRow(b.version, (("自治体", b.version.municipality), ("事務", b.version.duty), ("箇所", i.section), ("選択", i.text)), Ref(b.version, i, i.text))
        for b in books for i in b.items if i.choice and i.state is State.STATED and key(i.text) in options
    ]  # fmt: skip
    matched = [b for b in books if any(r.version.id == b.version.id for r in rows)]
    words = "・".join(dict.fromkeys(o for _, o in plan.options))
    text = _total(plan, f"「{words}」を選んでいる項目がある", f"choose 「{words}」 somewhere", matched, books, ())
    return Finding(_status(matched), tuple(text), tuple(rows), matched=len(matched), considered=len(books))


def collected(plan: Plan, books: Sequence[Book]) -> Finding:
    """What is collected: every document with its date of publication."""
    rows = []
    for book in books:
        covers = [Row(book, r) for r in book.records.get("covers", ())]
        ref = covers[0].ref("published") if covers else None
        if ref is not None:
            cells = (("自治体", book.version.municipality), ("事務", book.version.duty), ("公表日", book.version.published), ("様式", book.version.form))
            rows.append(TableRow(book.version, cells, ref))
    cities = len({b.version.municipality for b in books})
    text = say(plan.language, f"収録している評価書は{len(books)}件({cities}自治体)です。", f"{len(books)} assessments of {cities} municipalities are collected.")
    return Finding(Status.ANSWERED, (Statement(text),), tuple(rows), matched=len(books), considered=len(books))


_COUNTED = {"contracts": "委託事項", "provisions": "提供先", "transfers": "移転先", "systems": "システム"}


def by_number(plan: Plan, books: Sequence[Book], kind: str) -> Finding | None:
    """Documents in order of how many records of a kind they have, the most first (the fewest where that is asked)."""
    counted = [(b, rows_of([b], kind)) for b in books]
    lost = [b for b, rows in counted if not rows and _lost_block(b, kind)]
    counted = [(b, rows) for b, rows in counted if b not in lost]
    few = bool(re.search(r"少な|fewest|least", plan.text))
    counted.sort(key=lambda pair: len(pair[1]), reverse=not few)
    shown = [
        TableRow(b.version, (("自治体", b.version.municipality), ("事務", b.version.duty), (f"{_COUNTED[kind]}の数", str(len(rows)))), ref)
        for b, rows in counted for ref in (rows[0].ref(KEY_COLUMN[kind]) if rows else None,) if ref is not None
    ]  # fmt: skip
    if not shown:
        return None
    best = [b for b, rows in counted if len(rows) == len(counted[0][1])]
    names = "、".join(name(b.version) for b in best)
    text = say(plan.language, f"{_COUNTED[kind]}が最も{'少ない' if few else '多い'}のは{names}({len(counted[0][1])}件)です。収録{len(books)}件を数えました。", f"The {'fewest' if few else 'most'} {_COUNTED[kind]}: {names} ({len(counted[0][1])}), of {len(books)} assessments.")
    found = [Statement(text)]
    return Finding(Status.ANSWERED, tuple(found), tuple(shown), _lost(plan, lost), len(shown), len(lost), len(books))


def having(plan: Plan, books: Sequence[Book], kind: str) -> Finding:
    """Documents that have records of a kind at all, with how many."""
    counted = [(b, rows_of([b], kind)) for b in books]
    rows = []
    for book, own in counted:
        for row in own[:1]:
            ref = row.ref(KEY_COLUMN[kind])
            if ref is not None:
                who = "、".join(dict.fromkeys(" ".join(r.cell(KEY_COLUMN[kind]).value.split()) for r in own))
                cells = (("自治体", book.version.municipality), ("事務", book.version.duty), ("件数", f"{len(own)}件"), (_head(kind), who))
                rows.append(TableRow(book.version, cells, ref))
    matched = [b for b, own in counted if own]
    lost = [b for b, own in counted if not own and _lost_block(b, kind)]
    text = _total(plan, f"{_COUNTED[kind]}の記載がある", f"name any {_COUNTED[kind]}", matched, books, lost)
    return Finding(_status(matched), tuple(text), tuple(rows), _lost(plan, lost), len(matched), len(lost), len(books))


def _lost(plan: Plan, lost: Sequence[Book]) -> tuple[Statement, ...]:
    """Documents that cannot be counted either way, by name."""
    if not lost:
        return ()
    who = "、".join(name(b.version) for b in lost)
    return (Statement(say(plan.language, f"読取不可{len(lost)}件({who})は、該当箇所が失われているため原本を確認してください。", f"Unreadable: {len(lost)} ({who}); please check the originals.")),)


def _option(plan: Plan, namings: Sequence[Naming]) -> tuple[Place, str] | None:
    """The place and option meant: at a place the question names if it names one with that option."""
    ranked = {n.place.id: n.weight for n in namings}
    sections = {n.place.section: n.weight for n in reversed(namings)}
    blocks = {f"{n.place.section} {n.place.block}": n.weight for n in reversed(namings) if n.place.block}

    def weight(place: Place) -> float:
        near = 0.5 * sections.get(place.section, 0.0) + 0.2 * blocks.get(f"{place.section} {place.block}", 0.0)
        return ranked.get(place.id, 0.0) + near

    found = sorted(plan.options, key=lambda po: (-weight(po[0]), -len(po[1])))
    if not found or (weight(found[0][0]) < 1.5 and len({p.id for p, _ in found}) > 2):
        return None
    return found[0]


def _option_rows(book: Book, place: Place, hits: Sequence[Item]) -> list[TableRow]:
    found = []
    for item in hits:
        cells = [("自治体", book.version.municipality), ("事務", book.version.duty), *_file(item)]
        if item.block:
            cells.extend(_block_cells(book, item))
        cells.append((place.label, item.text))
        found.append(TableRow(book.version, tuple(cells), Ref(book.version, item, item.text)))
    return found


def _file(item: Item) -> list[tuple[str, str]]:
    return [("ファイル", item.file)] if item.file and item.part == "II" else []


def _block_cells(book: Book, item: Item) -> list[tuple[str, str]]:
    kind = next((k for b, k in KIND_OF_BLOCK.items() if item.block.startswith(b)), "")
    for record in book.records.get(kind, ()):
        if str(record.number) == re.sub(r"\D", "", item.block) and record.file_index == item.file_index:
            row = Row(book, record)
            title = row.cell("title").value if kind == "contracts" else ""
            content = row.cell("content").value if kind == "contracts" else ""
            return [(re.sub(r"\d", "", item.block), title or content or item.block), (_head(kind), row.cell(KEY_COLUMN[kind]).value)]
    return [(re.sub(r"\d", "", item.block), item.block)]


def _head(kind: str) -> str:
    return {"contracts": "委託先名", "provisions": "提供先", "transfers": "移転先", "systems": "システム"}[kind]


def by_box(plan: Plan, books: Sequence[Book], namings: Sequence[Naming]) -> Finding | None:
    """Documents in which a box that the question names is marked (内部監査を行っている自治体)."""
    for naming in [n for n in namings if n.place.type == "boxes" and n.weight >= 3.0][:2]:
        rows: list[TableRow] = []
        matched, lost = [], []
        named: dict[str, None] = {}
        for book in books:
            items = _all_at(book, naming.place) or items_at(book, naming.place)
            marks = [(i, m) for i in items for m in named_marks(plan, i)]
            named.update((m.label, None) for _, m in marks)
            hits = [(i, m) for i, m in marks if m.marking is Marking.MARKED]
            if hits:
                matched.append(book)
                rows += [
                    TableRow(book.version, (("自治体", book.version.municipality), ("事務", book.version.duty), ("箇所", i.section), ("印", m.label)), Ref(book.version, i, m.label))
                    for i, m in hits[:2]
                ]  # fmt: skip
            elif any(m.marking is Marking.UNREADABLE for _, m in marks) or (not items and gap_at(book, naming.place)):
                lost.append(book)
        if named:
            where = f"{naming.place.id} {naming.place.label}" if not naming.place.name else naming.place.id
            text = _total(plan, f"{where}で「{'・'.join(named)}」に印がある", f"have 「{'・'.join(named)}」 marked at {where}", matched, books, lost)
            return Finding(_status(matched), tuple(text), tuple(rows), _lost(plan, lost), len(matched), len(lost), len(books))
    return None


_SINCE = re.compile(r"((?:平成|令和|昭和)\s*(?:元|\d+)\s*年(?:\s*\d+\s*月)?(?:\s*\d+\s*日)?|(?:19|20)\d\d\s*年?(?:\s*\d+\s*月)?)\s*(?:度)?\s*(以降|以後|より後|から後|以前|より前|まで|中|に公表)")


def by_date(plan: Plan, books: Sequence[Book]) -> Finding | None:
    """Documents published since, before or in the year that the question names."""
    match = _SINCE.search(plan.text)
    date = parse_date(match[1]) if match else None
    if match is None or date is None or "公表" not in plan.text:
        return None
    late, early = match[2] in {"以降", "以後", "より後", "から後"}, match[2] in {"以前", "より前", "まで"}
    end = dt.date(date.year, 12, 31) if "月" not in match[1] else date + dt.timedelta(days=31 if "日" not in match[1] else 0)

    def fits(book: Book) -> bool:
        published = book.version.published_on
        if published is None:
            return False
        return published >= date if late else published <= end if early else date <= published <= end

    hits = [b for b in books if fits(b)]
    listed = collected(plan, hits)
    text = _total(plan, f"{plan.said(match.span())}公表の".replace("に公表公表", "に公表"), "were published in that time", hits, books, ())
    return Finding(_status(hits), tuple(text), listed.rows, matched=len(hits), considered=len(books))


def by_record(plan: Plan, books: Sequence[Book], kind: str, terms: Sequence[Term], column: str = "") -> Finding | None:
    """Records that have the words of the question in their cells; None where the words tell no record apart."""
    rows = rows_of(books, kind)
    useful = [t for t in terms if any(has(t, r.folded) for r in rows)]
    essential = [t for t in useful if t.entity] or useful
    absent = [t for t in terms if t.entity and t not in useful]
    if not essential and not absent:
        return None
    top = max((sum(t.weight for t in essential if has(t, r.folded)) for r in rows), default=0.0)
    hits = [r for r in rows if top and sum(t.weight for t in essential if has(t, r.folded)) >= 0.7 * top] if not absent else []
    matched = [b for b in books if any(r.book is b for r in hits)]
    lost = [b for b in books if b not in matched and not b.records.get(kind) and _lost_block(b, kind)]
    words = "・".join(dict.fromkeys(plan.said(t.span) for t in (absent or essential[:2])))
    text = _total(plan, f"「{words}」に当たる{_head(kind)}の記載がある", f"mention 「{words}」 in their {_head(kind)} records", matched, books, lost)
    asked = [c for c in [column] if c]
    shown = table(hits, kind, asked, several=False)
    full = [TableRow(r.version, (("自治体", r.version.municipality), ("事務", r.version.duty), *r.cells), r.ref) for r in shown]
    return Finding(_status(matched), tuple(text), tuple(full), _lost(plan, lost), len(matched), len(lost), len(books))


def _lost_block(book: Book, kind: str) -> bool:
    section = {"contracts": "II.4", "provisions": "II.5", "transfers": "II.5", "systems": "I.2"}[kind]
    return any(s.startswith(section) for s, _ in book.version.gaps)


def by_text(plan: Plan, books: Sequence[Book], terms: Sequence[Term], namings: Sequence[Naming]) -> Finding | None:
    """Documents whose present text says what the question names, at the place it names if it names one."""
    strong = [n for n in namings if n.weight >= 3.0]
    sections = {n.place.section for n in strong[:1]}
    allow: Callable[[Passage], bool] = lambda p: p.kind is not Kind.HISTORY and (  # noqa: E731
        not sections or any(n.place.section in sections and n.place.holds(p.item, p.version.form) for n in _wider(strong[:1]))
    )
    ranking = rank(plan, books, terms, (), allow)
    if not ranking.weights:
        return None
    # the rarest word tells the documents apart, whatever else is said
    whole = [t for t in ranking.weights if not any(o is not t and o.span[0] <= t.span[0] and t.span[1] <= o.span[1] for o in ranking.weights)]
    essential = max(whole, key=lambda t: (t.entity, t.weight >= 1.0, ranking.weights[t] / t.weight, len(t.surface)))
    if any(t.entity for t in ranking.missing):
        return None
    hits = [r for r in ranking.ranked if has(essential, r.passage.folded)]
    best = max((r.score for r in hits), default=0.0)
    rows: list[TableRow] = []
    matched: list[Book] = []
    for book in books:
        own = _once([r for r in hits if r.passage.version.id == book.version.id and r.score >= MEMBER_SHARE * best])
        if own:
            matched.append(book)
            rows.extend(_text_row(book, r) for r in own[:4])
    lost = [b for b in books if b not in matched and strong and gap_at(b, strong[0].place)]
    said = plan.said(essential.span)
    text = _total(plan, f"「{said}」の記載がある", f"mention 「{said}」", matched, books, lost)
    return Finding(_status(matched), tuple(text), tuple(rows), _lost(plan, lost), len(matched), len(lost), len(books), "quotes")


def _wider(namings: Sequence[Naming]) -> list[Naming]:
    """A named field stands for its whole item block: what is said may stand in the field beside it."""
    return [Naming(Place(n.place.part, n.place.number, n.place.block), n.weight, n.spans) for n in namings]


def _once(hits: Sequence[Ranked]) -> list[Ranked]:
    """The best passage of each section."""
    best: dict[str, Ranked] = {}
    for r in hits:
        best.setdefault(r.passage.item.section, r)
    return sorted(best.values(), key=lambda r: r.passage.item.order)


def _text_row(book: Book, ranked: Ranked) -> TableRow:
    p = ranked.passage
    quote = " ".join(p.text.split())
    cells = (("自治体", book.version.municipality), ("事務", book.version.duty), *_file(p.item), ("箇所", p.item.section), ("記載", quote if len(quote) <= 160 else quote[:160] + "…"))
    return TableRow(book.version, cells, Ref(book.version, p.item, p.text))


def ordered(plan: Plan, books: Sequence[Book]) -> Finding | None:
    """All documents in order of their date of publication, or of 対象人数 where that is asked for."""
    people = bool(re.search(r"対象人数|人数|規模", plan.text))
    place = "people" if people else "published"
    rows = []
    for book in books:
        cover = book.records.get("covers", ())
        if cover:
            rows.append((Row(book, cover[0]), book.version.published_on or dt.date.min))
    if not rows:
        return None
    if people:
        rows.sort(key=lambda r: -_size(r[0].cell("people").value))
    else:
        oldest = bool(re.search(r"古い|\boldest|最初", plan.text))
        rows.sort(key=lambda r: r[1], reverse=not oldest)
    if re.search(r"最も|一番|もっとも|いちばん|\bnewest|\boldest|\blatest|\bmost", plan.text) and not re.search(r"順に|順で|並べ", plan.text):
        first = rows[0][0].cell(place).value
        rows = [r for r in rows if r[0].cell(place).value == first]
    found = []
    for row, _ in rows:
        ref = row.ref(place)
        if ref:
            cells = (("自治体", row.book.version.municipality), ("事務", row.book.version.duty), ("対象人数" if people else "公表日", row.cell(place).value))
            found.append(TableRow(row.book.version, cells, ref))
    what = "対象人数の多い順" if people else "公表日の順"
    text = say(plan.language, f"収録{len(books)}件を{what}に並べると次のとおりです。", f"The {len(books)} collected assessments in order:")
    return Finding(Status.ANSWERED, (Statement(text),), tuple(found), matched=len(found), considered=len(books))


def _size(people: str) -> int:
    """The lower bound of a range such as 1万人以上10万人未満."""
    match = re.search(r"([\d,]+)(万?)人", people.replace("，", ","))
    if not match or people.endswith("未満") and "以上" not in people:
        return 0
    return int(match[1].replace(",", "")) * (10000 if match[2] else 1)


def _total(plan: Plan, ja: str, en: str, matched: Sequence[Book], books: Sequence[Book], lost: Sequence[Book]) -> list[Statement]:
    """The count with its denominator; documents whose place is lost are named, never counted as no."""
    n, all_ = len(matched), len(books)
    if n:
        names = "、".join(name(b.version) for b in matched)
        text = say(plan.language, f"{ja}評価書は、収録{all_}件中{n}件です: {names}。", f"{n} of {all_} collected assessments {en}: {names}.")
    else:
        text = say(plan.language, f"{ja}評価書は、収録{all_}件のうちにはありません。", f"0 of {all_} collected assessments {en}.")
    found = [Statement(text)]
    return found


def _status(matched: Sequence[Book]) -> Status:
    return Status.ANSWERED if matched else Status.NOT_STATED


def wants_order(plan: Plan) -> bool:
    """Whether documents are to be put in an order that records know."""
    return Shape.ORDER in plan.shapes and bool(re.search(r"公表|新し|古|日付|対象人数|人数|規模|\bnew|\bold|publi", plan.text))


def column_of(place: Place) -> str:
    """The column of a record that a place is, or ""."""
    kind = KIND_OF_BLOCK.get(place.block)
    return SUB_COLUMN[kind].get(place.sub, "") if kind else ""
