"""The record of a reply as a Word document, for whoever asks later what was answered, on what ground and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from api.export.blocks import Block, Grid, Heading, Paragraph, Run, Source, plain
from api.export.content import line, moment
from api.export.docx import docx_of
from api.printable import printable
from api.transcript import JA, place
from api.web.reply_page import DESKS, LENGTHS, VARIANTS
from api.web.wording import STATUSES, checked_words
from rag.replies.types import Deed, KeptReply, TextVersion
from rag.types import Citation

MASKED = "個人情報は、受け付けたときに印(〔氏名1〕など)に置き換えており、元の文面は残していません。"
NOBODY = "—"


def record_docx(kept: KeptReply) -> bytes:
    """The whole record as the bytes of a .docx file."""
    return docx_of(record_blocks(kept), kept)


def record_blocks(kept: KeptReply) -> Iterator[Block]:
    """The inquiry, the letter that stands, its sources, who did what, and every earlier text."""
    yield Heading(0, kept.title)
    yield _summary(kept)
    yield Heading(1, "問合せ(伏せたもの)")
    yield plain(MASKED)
    if kept.found:
        yield plain("伏せたもの: " + "、".join(f"{kind} {count}件" for kind, count in kept.found))
    yield plain(kept.inquiry)
    yield Heading(1, "読み取った質問")
    for n, question in enumerate(kept.entry.questions, 1):
        yield plain(f"{n}. {line(question)}")
    if not kept.entry.questions:
        yield plain("(なし)")
    yield Heading(1, f"回答の文面(版{kept.text.number}、{kept.state.ja})")
    yield from _letter(kept.text)
    yield Heading(1, "出典")
    yield from _sources(kept.text)
    yield Heading(1, "経過")
    yield _events(kept)
    yield Heading(1, "文面の版")
    yield _versions(kept)
    for text in kept.versions[:-1]:
        yield Heading(2, f"版{text.number}({moment(text.at)}、{line(text.by.name)})")
        yield from _letter(text)


def _summary(kept: KeptReply) -> Grid:
    approved, sent = kept.last(Deed.APPROVE), kept.last(Deed.SEND)
    signed = kept.state.value in {"approved", "sent"}
    rows = (
        ("状態", kept.state.ja),
        ("作った人", f"{line(kept.entry.author.name)}({kept.entry.author.id})"),
        ("承認した人", f"{line(approved.by.name)}({approved.by.id})" if approved and signed else NOBODY),
        ("受付", moment(kept.created_at)),
        ("送付", moment(sent.at) if sent else NOBODY),
        ("種類", f"{VARIANTS[kept.text.variant]}、{LENGTHS[kept.text.length]}"),
        ("窓口", DESKS.get(kept.text.desk, kept.text.desk)),
        ("回答の結果", STATUSES[kept.text.status.value].badge),
        ("評価書", "、".join(kept.entry.documents) or NOBODY),
    )
    return Grid(("項目", "内容"), tuple((name, printable(value)) for name, value in rows), (1, 4))


def _letter(text: TextVersion) -> Iterator[Block]:
    for part in text.letter.split("\n\n"):
        if part.strip():
            yield Paragraph((Run(printable(part.strip("\n"))),))


def _sources(text: TextVersion) -> Iterator[Block]:
    for citation in text.citations:
        yield _source(citation)
    if not text.citations:
        yield plain("(なし)")


def _source(citation: Citation) -> Source:
    where = f"{place(citation, JA)} 版番号 {citation.version}\n{citation.title}"
    return Source(citation.marker, printable(where), printable(JA.quote.format(citation.quote)))


def _events(kept: KeptReply) -> Grid:
    rows = tuple(
        (
            moment(e.at),
            e.deed.ja,
            printable(f"{line(e.by.name)}({e.by.id})"),
            f"版{e.version}",
            e.state.ja,
            printable(e.comment),
        )
        for e in kept.events
    )
    return Grid(("日時", "操作", "行った人", "文面", "状態", "理由"), rows, (5, 4, 6, 2, 3, 8))


def _versions(kept: KeptReply) -> Grid:
    rows = tuple(
        (f"版{t.number}", moment(t.at), printable(f"{line(t.by.name)}({t.by.id})"), t.deed.ja, _made(t), _prompts(t))
        for t in kept.versions
    )
    return Grid(("版", "日時", "行った人", "操作", "文章を作ったもの", "指示文のハッシュ値"), rows, (2, 5, 6, 3, 7, 7))


def _made(text: TextVersion) -> str:
    if not text.model:
        return "記録と原文の引用(言語モデルなし)"
    used = "の文を照合したもの" if text.composed_by == "model" else "の文は使っていない"
    checked = f"({checked_words(text.checked)})" if text.checked else ""
    return printable(f"言語モデル {text.model} {used}{checked}")


def _prompts(text: TextVersion) -> str:
    return printable("\n".join(f"{name} {digest}" for name, digest in text.prompts)) or NOBODY
