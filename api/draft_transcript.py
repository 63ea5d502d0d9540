"""A draft as a person reads it in the terminal: fields, sentences with their basis and source, what is still asked."""

from __future__ import annotations

from collections.abc import Sequence

from api.terminal import show
from rag.checks.finding import Finding
from rag.draft.questions import questions
from rag.draft.types import Basis, Draft, DraftSentence, FieldDraft, FieldKind

#: How each basis is marked before a sentence.
MARKS = {
    Basis.PEER: "他",
    Basis.MODEL_TEXT: "国",
    Basis.PROFILE: "自",
    Basis.PLACEHOLDER: "？",
    Basis.PERSON: "担",
    Basis.KEPT: "現",
}


def show_draft(draft: Draft, findings: Sequence[Finding]) -> None:
    """Prints the draft."""
    chosen = [f"{p.document}({p.score:.2f})" for p in draft.peers if p.chosen]
    show(f"手本: {'、'.join(chosen) or 'なし'}")
    show("  ".join(f"{mark}={basis.ja}" for basis, mark in MARKS.items() if basis in _used(draft)))
    for item in draft.items:
        show(f"\n■ {item}")
        for field in draft.of(item):
            _show_field(field)
    open_ = questions(draft)
    said = sum(1 for _ in draft.sentences())
    show(f"\n文 {said}・要確認 {len(open_)}・指摘 {len(findings)}")
    for finding in findings:
        show(f"指摘 {'、'.join(finding.sections)}: {finding.message}")
    show("評価書に書いた措置は実施する義務を負います。一文ずつ、自市で実際に行っているか確かめてください。")


def _used(draft: Draft) -> set[Basis]:
    return {s.basis for _, s in draft.sentences()}


def _show_field(field: FieldDraft) -> None:
    if not field.standing and field.kind is not FieldKind.TEXT:
        return
    choice = f" [{field.choice}]" if field.choice else ""
    show(f"\n{field.section} {field.label}{choice}")
    if not field.standing:
        show("  (空欄)")
    heading = ""
    for sentence in field.standing:
        if sentence.heading != heading:
            heading = sentence.heading
            if heading:
                show(f"  ＜{heading}＞")
        _show_sentence(sentence)
    if field.notice:
        show(f"  {field.notice}")
    if field.offers:
        show(f"  ほかに手本にある措置 {len(field.offers)}件(画面の「起案」または --json で見られます)")


def _show_sentence(sentence: DraftSentence) -> None:
    show(f"  {MARKS[sentence.basis]} {sentence.bullet}{sentence.text}")
    if sentence.citations:
        first, *others = sentence.citations
        also = f" ほか{len(others)}件" if others else ""
        show(f"      出典 {first.document} {first.section} {first.published}{also}")
    changed = [f"「{c.before}」→「{c.after}」" if c.after else f"「{c.before}」を除く" for c in sentence.changed]
    if changed:
        show(f"      変更 {'、'.join(changed)}")
    if sentence.note:
        show(f"      注意 {sentence.note}")
