"""What reading a form yields: the first value types of the flow file -> ingest -> rag -> api.

Everything here is frozen, free of I/O and free of behaviour beyond naming a place in the form.
"""

from __future__ import annotations

# ruff: noqa: RUF009 (`column` yields an immutable default with its heading)
import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Marking(StrEnum):
    """The three values of a box on the form. UNREADABLE is never stated as a fact."""

    MARKED = "marked"
    UNMARKED = "unmarked"
    UNREADABLE = "unreadable"


class State(StrEnum):
    """Whether an item says something: STATED, BLANK (there, but empty), UNREADABLE (lost or unclear in the source)."""

    STATED = "stated"
    BLANK = "blank"
    UNREADABLE = "unreadable"


class Kind(StrEnum):
    """What a piece of text is evidence of. Only PRESENT and BOILERPLATE speak of today."""

    PRESENT = "present"
    HISTORY = "history"
    APPENDIX = "appendix"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of character offsets in `Assessment.source`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One box of a group: 「[○] 紙」. `detail` is what stands in the parentheses behind the label."""

    label: str
    marking: Marking
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One answered place of the form.

    key      unique within the assessment, stable across loads of the same text
    part     表紙, I, II, III, IV, V (VI), 別添1, 別添2 (別添3), 別紙, 別添
    number   the item's number within the part ("4"), "" where the part has none
    block    委託事項1, 提供先1, 移転先1, システム1, リスク2, 変更3 …, or ""
    sub      ① … ⑩, or ""
    name     the label's short name where the form gives no number (使用者数, 規定の内容), or ""
    label    the form's own label, as this document prints it (for display)
    path     the labels from the part down to this place, each once, e.g.
             ("特定個人情報ファイルの概要", "特定個人情報ファイルの取扱いの委託", "委託事項1", "委託内容")
    text     what the document says here, without markup, options of a choice or label; "" where blank
    spans    where label and text stand in the source, in order
    file     the 特定個人情報ファイル the item belongs to (parts II and III), or ""
    file_index  1 for the first file, 2 for the second …; 0 outside II and III
    marks    the boxes, where the item is a group of boxes
    choice   True where text is the selected option of 択一
    order    position in the document, from 0
    """

    key: str
    part: str
    number: str
    block: str
    sub: str
    name: str
    label: str
    path: tuple[str, ...]
    text: str
    state: State
    kind: Kind
    spans: tuple[Span, ...]
    file: str = ""
    file_index: int = 0
    page: int | None = None
    marks: tuple[Mark, ...] = ()
    choice: bool = False
    order: int = 0

    @property
    def section(self) -> str:
        """The place in the form as it is cited: `II.4 委託事項1 ③`, `III.3 リスク2 具体的な管理方法`, `表紙`."""
        head = f"{self.part}.{self.number}" if self.number else self.part
        return " ".join(x for x in (head, self.block, self.sub, self.name) if x)


@dataclass(frozen=True, slots=True)
class Stated:
    """One cell of a record: its value and the key of the item that says so ("" where the form has no such item)."""

    value: str = ""
    item: str = ""
    state: State = State.BLANK


def column(ja: str) -> Stated:
    """A record's column: `ja` is its heading in tables and CSV."""
    value: Stated = field(default=Stated(), metadata={"ja": ja})
    return value


@dataclass(frozen=True, slots=True)
class Record:
    """A row read off the form. Subclasses name the columns; `number` is the n of 委託事項n (0 where not numbered)."""

    number: int = 0
    file: str = ""
    file_index: int = 0


@dataclass(frozen=True, slots=True)
class Cover(Record):
    """Facts of the cover and of I.1, I.6, V.1: one a document."""

    body: Stated = column("評価実施機関")
    title: Stated = column("評価書名")
    duty: Stated = column("事務の名称")
    people: Stated = column("対象人数")
    published: Stated = column("公表日")
    form: Stated = column("様式")
    department: Stated = column("担当部署")
    manager: Stated = column("所属長の役職名")
    linkage: Stated = column("情報連携の実施")
    assessed: Stated = column("基礎項目評価の実施日")
    threshold: Stated = column("しきい値判断結果")


@dataclass(frozen=True, slots=True)
class System(Record):
    """I.2: one a system. `connections` are the marked boxes of ③, joined by 、."""

    name: Stated = column("システムの名称")
    functions: Stated = column("システムの機能")
    connections: Stated = column("他のシステムとの接続")


@dataclass(frozen=True, slots=True)
class File(Record):
    """II.1–II.3: one a 特定個人情報ファイル."""

    name: Stated = column("ファイル名")
    file_kind: Stated = column("ファイルの種類")
    people: Stated = column("対象となる本人の数")
    scope: Stated = column("対象となる本人の範囲")
    items: Stated = column("記録される項目")
    main_items: Stated = column("主な記録項目")
    held_since: Stated = column("保有開始日")
    department: Stated = column("事務担当部署")
    sources: Stated = column("入手元")
    means: Stated = column("入手方法")
    purpose: Stated = column("使用目的")
    users: Stated = column("使用部署")
    user_count: Stated = column("使用者数")
    used_since: Stated = column("使用開始日")
    storage: Stated = column("保管場所")


@dataclass(frozen=True, slots=True)
class Contract(Record):
    """II.4: one a 委託事項."""

    title: Stated = column("委託事項")
    content: Stated = column("委託内容")
    handlers: Stated = column("取扱者数")
    contractor: Stated = column("委託先名")
    subcontract: Stated = column("再委託の有無")
    permission: Stated = column("再委託の許諾方法")
    subcontracted: Stated = column("再委託事項")


@dataclass(frozen=True, slots=True)
class Recipient(Record):
    """II.5: one a 提供先 (`Provision`) or 移転先 (`Transfer`)."""

    recipient: Stated = column("相手")
    basis: Stated = column("法令上の根拠")
    purpose: Stated = column("用途")
    information: Stated = column("情報")
    people: Stated = column("本人の数")
    scope: Stated = column("本人の範囲")
    means: Stated = column("方法")
    timing: Stated = column("時期・頻度")


@dataclass(frozen=True, slots=True)
class Provision(Recipient):
    """II.5 提供先n."""


@dataclass(frozen=True, slots=True)
class Transfer(Recipient):
    """II.5 移転先n."""


@dataclass(frozen=True, slots=True)
class LegalBasis(Record):
    """I.4 and I.5②: one a document and item."""

    use: Stated = column("区分")
    basis: Stated = column("法令上の根拠")


@dataclass(frozen=True, slots=True)
class Incident(Record):
    """III.7② and each case of the appendices. `counts` are the numbers of records or people, as printed."""

    occurred: Stated = column("発生の有無")
    title: Stated = column("事案")
    date: Stated = column("発生(発覚)時期")
    summary: Stated = column("概要")
    counts: Stated = column("件数")
    prevention: Stated = column("再発防止策")


@dataclass(frozen=True, slots=True)
class Measure(Record):
    """One field of a risk item of part III (or II.6): what is done against which risk."""

    risk: Stated = column("リスク")
    field_name: Stated = column("欄")
    text: Stated = column("措置")
    rating: Stated = column("対策は十分か")


@dataclass(frozen=True, slots=True)
class Contact(Record):
    """IV.1 (disclosure, correction, suspension) and IV.2 (questions): two different desks."""

    desk: Stated = column("窓口")
    address: Stated = column("連絡先")
    phones: Stated = column("電話番号")
    method: Stated = column("方法")


@dataclass(frozen=True, slots=True)
class Change(Record):
    """One row of 変更箇所. `target` is the section the row speaks of, as far as it can be read (II.4 委託事項1 ③)."""

    date: Stated = column("変更日")
    item: Stated = column("項目")
    before: Stated = column("変更前の記載")
    after: Stated = column("変更後の記載")
    timing: Stated = column("提出時期")
    explanation: Stated = column("説明")
    target: Stated = column("項目番号")


#: The kinds of `hyoka records KIND` and `/api/records/{kind}`, and their types.
RECORD_KINDS: dict[str, type[Record]] = {
    "covers": Cover,
    "systems": System,
    "files": File,
    "contracts": Contract,
    "provisions": Provision,
    "transfers": Transfer,
    "bases": LegalBasis,
    "incidents": Incident,
    "measures": Measure,
    "contacts": Contact,
    "changes": Change,
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of the form that the source lost.

    section  I.2, or 'I.2 システム8'; "" where the file as a whole is concerned
    reason   a sentence in Japanese on why we think so
    """

    section: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remainder:
    """Source text that no item of the form took."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment as read: identity, items in order, records by kind, what is missing, what is left over.

    document       `川口市-22`: the body without its prefecture and 長, hyphen, 評価書番号
    published      公表日 as printed; `published_on` the same as a date (None where it cannot be read)
    form           様式2, 様式3 or 様式4
    source         the decoded text of the file; spans index it
    abridged_from  for a 抄録: name of the document it is taken from, else ""
    """

    document: str
    municipality: str
    prefecture: str
    body: str
    number: str
    title: str
    duty: str
    form: str
    published: str
    published_on: dt.date | None
    source: str
    items: tuple[Item, ...]
    records: tuple[Record, ...]
    gaps: tuple[Gap, ...] = ()
    remainders: tuple[Remainder, ...] = ()
    abridged_from: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A searchable piece of one item. `item` is the item's key; `start`/`end` index `Item.text`."""

    key: str
    item: str
    text: str
    start: int
    end: int
    heading: str
    document: str
    municipality: str
    duty: str
    part: str
    number: str
    block: str
    sub: str
    name: str
    label: str
    file: str
    published: str
    kind: Kind
    section: str
    order: int = 0
