"""What `draft` gives as text: the fields of one item, each sentence with its basis and source."""

from __future__ import annotations

from collections.abc import Iterator

from api.web.wording import place_name
from rag.draft.questions import questions
from rag.draft.types import Draft, DraftSentence, FieldDraft


def drafted_text(draft: Draft) -> str:
    """The draft for a model or a person to read."""
    peers = "、".join(p.document for p in draft.peers if p.chosen)
    open_ = len(questions(draft))
    head = f"手本: {peers or 'なし'}。要確認 {open_}件。評価書に書いた措置は実施する義務を負います。"
    return "\n\n".join((head, *("\n".join(_lines(f)) for f in draft.fields if f.standing)))


def _lines(field: FieldDraft) -> Iterator[str]:
    yield f"{place_name(field.section)} {field.label}"
    heading = ""
    for sentence in field.standing:
        if sentence.heading != heading:
            heading = sentence.heading
            if heading:
                yield f"＜{heading}＞"
        yield f"- {sentence.text}({sentence.basis.ja}{_source(sentence)})"


def _source(sentence: DraftSentence) -> str:
    if not sentence.citations:
        return ""
    first = sentence.citations[0]
    return f": {first.document} {place_name(first.section)}「{first.quote}」"
