"""What was deleted stands in no file any more; of the inquiry nothing but the masked text ever did."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import sqlalchemy as sa
from fakes_inquiries import inquiries
from fakes_replies import AUTHOR, SECOND, Desk, composed

from rag import tables
from rag.replies.types import Deed


def bytes_under(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def holds(folder: Path, text: str) -> bool:
    """In UTF-8, escaped as JSON, or in UTF-16, as it is or folded."""
    found = bytes_under(folder)
    spellings = {text, unicodedata.normalize("NFKC", text)}
    return any(
        piece in found
        for said in spellings
        for piece in (said.encode(), said.encode("unicode_escape"), said.encode("utf-16-le"))
    )


def test_deleting_leaves_no_byte(desk: Desk, engine: sa.Engine, tmp_path: Path) -> None:
    rare = {
        "inquiry": "紫陽花色の封筒で届いた件",
        "question": "竜胆の帳簿はどこに",
        "letter": "桔梗の便りをお返しします",
        "edited": "山茶花の追伸を添えます",
        "comment": "白詰草の段を直してください",
    }
    kept = desk(AUTHOR).start(
        composed(rare["inquiry"] + "。" * 3000, questions=(rare["question"],), letter=rare["letter"] * 300)
    )
    stays = desk(AUTHOR).start(composed(letter="木蓮の手紙は残ります"))
    kept = desk(AUTHOR).edit(kept.id, 1, rare["edited"])
    desk(AUTHOR).do(kept.id, Deed.PROPOSE, 2)
    desk(SECOND).do(kept.id, Deed.RETURN, 2, rare["comment"])
    for text in rare.values():
        assert holds(tmp_path, text), "the search itself must find what is there"
    desk(AUTHOR).delete(kept.id)
    for text in (*rare.values(), *(word for word in ("紫陽花", "竜胆", "桔梗", "山茶花", "白詰草"))):
        assert not holds(tmp_path, text)
    assert holds(tmp_path, "木蓮の手紙は残ります")
    assert desk(AUTHOR).get(stays.id) == stays
    with engine.connect() as connection:
        for table in (tables.reply_texts, tables.reply_events):
            assert connection.execute(sa.select(table).where(table.c.reply_id == kept.id)).all() == []
        said = connection.execute(sa.select(tables.audit.c.object).where(tables.audit.c.what == "reply.delete"))
        assert said.scalars().all() == [kept.id]


def test_of_an_inquiry_only_the_masked_text_is_kept(desk: Desk, tmp_path: Path) -> None:
    for inquiry in inquiries(200, seed=41):
        kept = desk(AUTHOR).start(composed(inquiry.text))
        assert kept.inquiry == composed(inquiry.text).masked
    found = bytes_under(tmp_path).decode("utf-8", "replace")
    digits = "".join(c for c in unicodedata.normalize("NFKC", found) if c.isdigit() or c == "\n")
    numbers = 0
    for inquiry in inquiries(200, seed=41):
        for planted in inquiry.planted:
            if planted.kind == "個人番号":
                value = inquiry.text[planted.start : planted.end]
                assert value not in found
                plain = "".join(c for c in unicodedata.normalize("NFKC", value) if c.isdigit())
                if len(plain) == 12:
                    numbers += 1
                    assert plain not in digits
    assert numbers > 20, "the search looked for something"
