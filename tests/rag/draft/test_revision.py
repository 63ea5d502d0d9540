"""An assessment under revision: every field as it stands, what is unreadable asked, and 変更箇所 from the edits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from api.export.form3 import form3_xlsx
from ingest.assessment import Marking
from ingest.forms import load_form
from ingest.read import read_assessment
from ingest.targets import target_of
from rag.checks.paper import of_assessment
from rag.draft.change_rows import ChangeRow, changes, item_words
from rag.draft.findings import findings
from rag.draft.plain import plain_text
from rag.draft.revision import files_of, history, left_out, revise
from rag.draft.takeover import by_section, said_by
from rag.draft.types import Basis, Draft, FieldDraft, FieldKind
from rag.errors import BadEntry, NotFound
from rag.shelf import Book
from rag.terms import key
from tests.fakes_filled import full_draft, read, sentence

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = sorted((ROOT / "samples").glob("*-*.txt"))
PUBLISHED = sorted((ROOT.parent / "shared" / "data" / "assessments").glob("*.txt"))
DAY = dt.date(2026, 4, 1)


def book(path: Path) -> Book:
    return of_assessment(read_assessment(path), path.name, DAY).book


def sample(name: str = "青嶺市-11") -> Book:
    return book(ROOT / "samples" / f"{name}.txt")


def differences(one: Book, other: Book, index: int, draft: Draft) -> list[str]:
    """Sections of the draft whose texts, choices or readable marks are otherwise in the other book."""
    before, after = by_section(one.items, index), by_section(other.items, 1)
    wrong = []
    for field in draft.fields:
        items, read_back = before.get(field.section, ()), after.get(field.section, ())
        if field.kind is FieldKind.BOXES:
            old = {m.label for i in items for m in i.marks if m.marking is Marking.MARKED}
            new = {m.label for i in read_back for m in i.marks if m.marking is Marking.MARKED}
            same = old == new
        else:
            same = not items or key("".join(map(said_by, items))) == key("".join(map(said_by, read_back)))
        unclear = any(s.basis is Basis.PLACEHOLDER for s in field.sentences)
        if not same and not unclear:
            wrong.append(field.section)
    return wrong


@pytest.mark.parametrize(
    "path", [*SAMPLES, *(pytest.param(p, marks=pytest.mark.shared) for p in PUBLISHED)], ids=lambda p: p.stem
)
def test_what_an_assessment_says_is_what_its_revision_says_as_text_and_as_workbook(path: Path, tmp_path: Path) -> None:
    one = book(path)
    for index in range(1, len(files_of(one)) + 1):
        draft = revise(one, index)
        again = of_assessment(read(plain_text(draft)), "草案.txt", DAY).book
        assert differences(one, again, index, draft) == []
        written = tmp_path / "様式3.xlsx"
        written.write_bytes(form3_xlsx(draft, history(one)))
        assert differences(one, book(written), index, draft) == []
        assert changes(draft, draft, DAY) == ()


def test_every_sentence_is_kept_with_its_place_and_quote() -> None:
    draft = revise(sample())
    assert draft.revises == "青嶺市-11"
    kept = [s for _, s in draft.sentences() if s.basis is Basis.KEPT]
    assert {s.basis for _, s in draft.sentences()} == {Basis.KEPT, Basis.PLACEHOLDER}
    assert sum(bool(s.citations) for s in kept) >= len(kept) * 0.9
    assert len({s.id for s in kept}) == len(kept)
    method = next(f for f in draft.fields if f.section == "III.3 リスク2 具体的な管理方法")
    assert method.sentences[0].citations[0].section == "III.3 リスク2 具体的な管理方法"


def test_a_new_day_is_asked_and_nothing_else_of_a_readable_assessment() -> None:
    asked = [(f.section, s.text) for f, s in revise(sample()).sentences() if s.basis is Basis.PLACEHOLDER]
    assert asked == [("表紙 公表日", "【要確認: 公表日(現行の評価書は令和7年6月30日)】")]
    assert findings(revise(sample()), DAY) == ()


def test_marks_choices_and_parts_that_cannot_be_read_are_asked() -> None:
    fields = {f.section: f for f in revise(sample("さいたま市-19")).fields}
    sources = fields["II.3 ①"]
    assert [s.text for s in sources.sentences] == ["【要確認: 原本の印】"]
    assert Marking.UNREADABLE in {m.marking for m in sources.boxes}
    assert next(m for m in sources.boxes if m.label == "その他").detail == "国民健康保険団体連合会"
    assert [s.text for s in fields["I.5 ①"].sentences] == ["【要確認: 原本の記載】"]
    assert fields["II.4 委託の有無"].count == "4"
    assert fields["II.4 委託事項4 ②"].sentences == ()


def test_a_choice_that_no_form_has_is_asked_as_it_is_printed() -> None:
    text = (ROOT / "samples" / "青嶺市-11.txt").read_text("utf-8").replace("[実施する]", "[実旋する]", 1)
    draft = revise(of_assessment(read(text), "x", DAY).book)
    field = next(f for f in draft.fields if f.section == "I.5 ①")
    assert [s.text for s in field.sentences] == ["【要確認: 原本の選択(印字は「実旋する」)】"]


def test_of_several_files_one_is_revised_and_told() -> None:
    one = sample()
    assert len(files_of(one)) == 2
    second = revise(one, 2)
    name = next(f for f in second.fields if f.section == "II.1")
    assert "2件目の起案" in name.sentences[0].note
    assert files_of(one)[0] in name.sentences[0].note
    with pytest.raises(NotFound, match="3番目の特定個人情報ファイルはありません"):
        revise(one, 3)
    with pytest.raises(NotFound):
        revise(one, 0)


def test_another_form_is_refused_and_other_appendices_are_named() -> None:
    one = sample()
    other = replace(one, version=replace(one.version, form="様式2"))
    with pytest.raises(BadEntry, match="様式3の評価書"):
        revise(other)
    assert left_out(one) == ()
    assert left_out(sample("さいたま市-19")) == ("別紙", "別添")


def test_rows_of_changes_that_stand_already_are_kept() -> None:
    rows = history(sample())
    assert rows[1][0] == "令和4年6月24日"
    assert all(len(row) == 6 for row in rows)


# Rows of 変更箇所


def edited(section: str, change: Callable[[FieldDraft], FieldDraft]) -> tuple[ChangeRow, ...]:
    draft = full_draft()
    fields = tuple(change(f) if f.section == section else f for f in draft.fields)
    return changes(draft, replace(draft, fields=fields), DAY)


def saying(*texts: str) -> Callable[[FieldDraft], FieldDraft]:
    return lambda f: replace(f, sentences=tuple(sentence(f"n{n}", t) for n, t in enumerate(texts)))


def test_a_row_names_the_field_as_the_form_does() -> None:
    (row,) = edited("II.4 委託事項1 ③", saying("株式会社みなと計算"))
    assert row.cells == (
        "令和8年4月1日",
        "II 特定個人情報ファイルの概要 4.特定個人情報ファイルの取扱いの委託 委託事項1 ③委託先名",
        "II.4・委託事項1・③の記載である。",
        "株式会社みなと計算",
        "事後",
        "重要な変更の対象である記載項目の変更ではないため、事後の提出で足りる。",
    )
    form = load_form("様式3")
    named = {f.section: item_words(f) for f in full_draft().fields if f.item not in {"表紙", "別添1"}}
    assert {s: target_of(words, form) for s, words in named.items()} == {s: s for s in named}


@pytest.mark.parametrize(
    ("section", "timing"),
    [
        *(
            ("I.4 法令上の根拠", "事前"),
            ("I.5 ②", "事前"),
            ("II.2 ③", "事前"),
            ("II.3 ③", "事前"),
            ("II.6 保管場所", "事前"),
        ),
        *(("III.2 措置の内容", "事前"), ("III.10", "事前"), ("III.3 リスク2 具体的な管理方法", "事前")),
        *(
            ("III.7 ② その内容", "事後"),
            ("I.6 ①", "事後"),
            ("IV.2 ①", "事後"),
            ("II.2 ③ その必要性", "事後"),
            ("表紙 特記事項", "事後"),
        ),
    ],
)
def test_what_the_form_marks_as_important_is_handed_in_beforehand(section: str, timing: str) -> None:
    (row,) = edited(section, saying("まったく別の記載に改める。"))
    assert row.timing == timing
    assert ("重要な変更の対象である記載項目の変更であり" in row.explanation) == (timing == "事前")


def test_only_form_is_handed_in_afterwards_with_its_reason() -> None:
    (row,) = edited("I.4 法令上の根拠", saying("番号法第9条第1項、みなと市個人番号の利用に関する条例第4条"))
    assert (row.timing, "法令の条項等" in row.explanation) == ("事後", True)
    (row,) = edited("II.6 保管場所", saying("II.6保管場所の記載である"))
    assert (row.timing, "字句" in row.explanation) == ("事後", True)


def test_choices_and_marks_are_told_by_their_words() -> None:
    (row,) = edited("II.4 委託事項1 ④", saying("再委託しない"))
    assert (row.before, row.after, row.timing) == ("再委託する", "再委託しない", "事前")
    marked = lambda f: replace(f, boxes=tuple(replace(m, marking=Marking.MARKED) for m in f.boxes))  # noqa: E731
    (row,) = edited("III.8 実施の有無", marked)
    assert (row.before, row.after) == ("自己点検", "自己点検、内部監査、外部監査")


def test_of_a_long_field_only_the_lines_that_changed_under_their_heading() -> None:
    lines = [f"{n}番目の措置として、鍵のかかる部屋に置いて入退室を記録する。" for n in range(12)]
    before = saying(*lines)
    draft = full_draft()
    heads = lambda f: replace(f, sentences=tuple(replace(s, heading="市の措置") for s in f.sentences))  # noqa: E731
    old = tuple(heads(before(f)) if f.section == "II.6 保管場所" else f for f in draft.fields)
    lines[3] = "4番目の措置を改める。"
    new = tuple(heads(saying(*lines)(f)) if f.section == "II.6 保管場所" else f for f in draft.fields)
    (row,) = changes(replace(draft, fields=old), replace(draft, fields=new), DAY)
    assert row.after == "＜市の措置＞\n4番目の措置を改める。"
    assert row.before == "＜市の措置＞\n3番目の措置として、鍵のかかる部屋に置いて入退室を記録する。"


def test_a_block_that_comes_or_goes_is_one_row() -> None:
    draft = full_draft()
    less = replace(draft, fields=tuple(f for f in draft.fields if f.block != "委託事項2"))
    (came,) = changes(less, draft, DAY)
    (gone,) = changes(draft, less, DAY)
    assert came.item == "II 特定個人情報ファイルの概要 4.特定個人情報ファイルの取扱いの委託 委託事項2"
    assert (came.before, gone.after) == ("", "")
    assert "③委託先名: II.4・委託事項2・③の記載である。" in came.after
    assert (came.timing, came.explanation[:8]) == ("事前", "委託事項の追加。")


def test_neither_white_space_nor_the_new_day_is_a_change() -> None:
    assert edited("II.6 保管場所", saying("II.6・保管場所 の\n記載である。")) == ()
    assert edited("表紙 公表日", saying("令和8年5月1日")) == ()


def test_against_what_could_not_be_read_the_office_decides() -> None:
    before = revise(sample("さいたま市-19"))
    settled = lambda f: replace(f, sentences=(), boxes=tuple(replace(m, marking=Marking.MARKED) for m in f.boxes))  # noqa: E731
    after = replace(before, fields=tuple(settled(f) if f.section == "II.3 ①" else f for f in before.fields))
    (row,) = changes(before, after, DAY)
    assert "【要確認: 原本の印】" in row.before
    assert "原本と照らし" in row.explanation
