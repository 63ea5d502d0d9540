"""Drafts made by hand on the skeleton of a profile: full ones, and ones of given values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.assessment import Assessment, Item, Mark, Marking
from ingest.labels import fold
from ingest.read import assess
from ingest.readers.source import Source
from ingest.readers.text import parse_lines
from rag.draft.profile import ContractFact, Profile, RecipientFact
from rag.draft.skeleton import skeleton
from rag.draft.types import Basis, Changed, Draft, DraftSentence, FieldDraft, FieldKind, Peer, Reason
from rag.types import Citation

TODAY = dt.date(2026, 4, 1)
DUTY = "こども医療費の支給に関する事務"
PROFILE = Profile(
    body="みなと市長",
    city="みなと市",
    duty=DUTY,
    number="12",
    title=f"みなと市 {DUTY} 重点項目評価書",
    published="令和8年4月1日",
    department="こども部こども給付課",
    systems=("医療費助成システム", "団体内統合宛名システム"),
    contracts=(ContractFact("システムの運用保守"), ContractFact("受給者証の印刷")),
    recipients=(RecipientFact("市町村長"), RecipientFact("こども部保育課", transfer=True)),
)
CITATION = Citation(
    marker=1,
    document="青嶺市-11",
    municipality="青嶺市",
    title="青嶺市 国民健康保険に関する事務 重点項目評価書",
    section="III.4 規定の内容",
    label="規定の内容",
    published="令和7年6月30日",
    quote="委託先は青嶺市の承認なく再委託しない。",
)
CHANGED = Changed("青嶺市", "みなと市", "自治体の名")
PEER = Peer(
    document="青嶺市-11",
    municipality="青嶺市",
    title=CITATION.title,
    duty="国民健康保険に関する事務",
    published="令和7年6月30日",
    version=3,
    score=0.62,
    reasons=(Reason("事務", 0.5, "同じ分野の事務"), Reason("公表日", 0.9, "新しい公表日")),
)

#: What a field says: sentences, an option, labels of boxes; None leaves it open.
Says = Callable[[FieldDraft], Sequence[DraftSentence] | str | Sequence[Mark] | None]


def sentence(id: str, text: str, basis: Basis = Basis.PERSON, **more: object) -> DraftSentence:
    return DraftSentence(id, text, basis, **more)  # type: ignore[arg-type]


def draft_of(says: Says, profile: Profile = PROFILE, **more: object) -> Draft:
    """The draft whose fields say what `says` tells of each."""
    fields = tuple(filled(f, says(f)) for f in skeleton(profile))
    return Draft(profile, (PEER,), fields, **more)  # type: ignore[arg-type]


def filled(field: FieldDraft, said: Sequence[DraftSentence] | str | Sequence[Mark] | None) -> FieldDraft:
    if said is None:
        asked = sentence(f"{field.section}?", f"【要確認: {field.label}】", Basis.PLACEHOLDER)
        return replace(field, sentences=(asked,))
    if isinstance(said, str):
        return replace(field, sentences=(sentence(field.section, said),))
    if field.kind is FieldKind.BOXES:
        return replace(field, boxes=tuple(said))  # type: ignore[arg-type]
    return replace(field, sentences=tuple(said))  # type: ignore[arg-type]


def full(field: FieldDraft) -> Sequence[DraftSentence] | str | Sequence[Mark]:
    """Something fitting for every field: two sentences, the first option, the first box."""
    if field.section in COVER:
        return COVER[field.section]
    if field.kind is FieldKind.CHOICE:
        return CHOICES.get(field.section, field.options[0])
    if field.kind is FieldKind.BOXES:
        first = field.boxes[0].label if field.section != field.item else ""
        chosen = BOXES.get(field.section, first)
        return tuple(replace(m, marking=Marking.MARKED if m.label == chosen else Marking.UNMARKED) for m in field.boxes)
    if field.section in TEXTS:
        return TEXTS[field.section]
    place = field.section.replace(" ", "・")
    if field.item.startswith("III."):
        return measures(field, place)
    return (sentence(f"{field.section}/1", f"{place}の記載である。", Basis.PROFILE),)


def measures(field: FieldDraft, place: str) -> tuple[DraftSentence, ...]:
    return (
        sentence(
            f"{field.section}/1",
            f"みなと市は{place}の措置を講じる。",
            Basis.PEER,
            citations=(CITATION,),
            changed=(CHANGED,),
            heading="みなと市における措置",
            bullet="・",
            shared=2,
        ),
        sentence(f"{field.section}/2", f"{place}の状況を年1回確かめる。", heading="みなと市における措置", bullet="・"),
        sentence(
            f"{field.section}/3",
            f"{place}について国の基盤が通信を暗号化する。",
            Basis.MODEL_TEXT,
            citations=(CITATION,),
            heading="中間サーバー・プラットフォームにおける措置",
        ),
    )


COVER = {
    "表紙 評価書番号": "12",
    "表紙 評価書名": PROFILE.title,
    "表紙 宣言": f"みなと市は、{DUTY}における特定個人情報ファイルの取扱いに当たり、権利利益を守ることを宣言する。",
    "表紙 評価実施機関名": "みなと市長",
    "表紙 公表日": "令和8年4月1日",
}
CHOICES = {
    "I.1 ③": "1万人以上10万人未満",
    "II.2 ②": "1万人以上10万人未満",
    "III.7 ②": "発生なし",
    "V.1 ②": "基礎項目評価の実施が義務付けられる(任意に重点項目評価を実施)",
}
BOXES = {"II.3 ②": "情報提供ネットワークシステム"}
TEXTS = {
    "I.1 ①": DUTY,
    "I.3": "こども医療費ファイル",
    "I.4 法令上の根拠": "番号法第9条第2項、みなと市個人番号の利用に関する条例第3条",
    "I.5 ②": "番号法第19条第9号(情報照会)",
    "II.1": "こども医療費ファイル",
    "III.1": "こども医療費ファイル",
    "III.7 ② その内容": "-",
    "III.7 ② 再発防止策の内容": "-",
    "V.1 ①": "令和8年2月2日",
}


def full_draft(**more: object) -> Draft:
    return draft_of(full, **more)


def saying(section: str, *said: DraftSentence) -> Draft:
    """A full draft in which one field says just this."""
    draft = full_draft()
    fields = tuple(replace(f, sentences=said) if f.section == section else f for f in draft.fields)
    return replace(draft, fields=fields)


def open_draft() -> Draft:
    """A draft in which everything but the cover's name and number is still asked."""
    return draft_of(lambda f: COVER.get(f.section) if "宣言" not in f.section else None)


def read(text: str, name: str = "草案.txt") -> Assessment:
    return assess(Source(name, text, parse_lines(text)))


def read_back(assessment: Assessment) -> dict[str, Item]:
    """Items by section; free text of several items as the first of them with all of their text."""
    found: dict[str, Item] = {}
    for item in assessment.items:
        section = item.part if item.part.startswith("別") else item.section
        held = found.get(section)
        if held is None:
            found[section] = item
        elif section != item.section or item.part.startswith("別"):
            found[section] = replace(held, text=f"{held.text}\n{item.label}\n{item.text}")
    return found


def same_text(one: str, other: str) -> bool:
    """Whether two texts are one but for white space."""
    return fold(one) == fold(other)
