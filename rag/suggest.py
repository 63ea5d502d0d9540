"""Next questions that fit an answer: about the same document, never anything that has not been asked for already."""

from __future__ import annotations

from collections.abc import Sequence

from rag.finding import Finding
from rag.shelf import Book
from rag.types import Status

#: Kinds of answer, by the section that is cited, and what is asked next. {who}: municipality and duty.
_NEXT: dict[str, tuple[str, ...]] = {
    "II.4": (
        "{who}の再委託の許諾方法は？",
        "{who}の委託先の変遷を教えてください。",
        "{who}の委託契約書の規定の内容は？",
    ),
    "II.5": ("{who}の提供・移転のルールは？", "{who}の移転する情報は？"),
    "I.2": ("{who}のシステムはどこに接続していますか。", "{who}の保管場所は？"),
    "II.6": ("{who}ではデータをどう消去していますか。", "{who}の職員の認証方法は？"),
    "III.3": ("{who}の操作ログの扱いは？", "{who}の職員への研修は？"),
    "III.4": ("{who}の委託先をすべて教えてください。", "{who}の再委託先の取扱いはどう確認していますか。"),
    "III.7": ("{who}では事故の再発防止策をどうしていますか。", "{who}の監査は？"),
    "IV.1": ("{who}の開示請求の方法は？", "{who}の問合せ先は？"),
    "IV.2": ("{who}の開示請求の請求先は？", "{who}の問合せへの対応方法は？"),
    "別添2": ("{who}の現在の委託先は？",),
}


def suggestions(question: str, finding: Finding, books: Sequence[Book]) -> tuple[str, ...]:
    """Up to three questions in Japanese; none where the answer is about several documents or nothing was found.

    What the finding itself offers comes before all.
    """
    if finding.suggestions:
        return finding.suggestions
    if finding.status not in {Status.ANSWERED, Status.PARTIAL} or len(books) != 1:
        return ()
    items = [r.item for s in finding.statements for r in s.refs] + [r.ref.item for r in finding.rows]
    if not items:
        return ()
    first = items[0]
    section = f"{first.part}.{first.number}" if first.number else first.part
    version = books[0].version
    who = f"{version.municipality}の「{version.duty}」"
    return tuple(q for t in _NEXT.get(section, ()) if (q := t.format(who=who)) != question)[:3]
