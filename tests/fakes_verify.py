"""Invented answers for the tests of verification: contracts as rows, quoted measures, a change."""

from __future__ import annotations

from collections.abc import Sequence

from rag.types import Answer, Citation, Row, Status


def cited(
    marker: int,
    quote: str,
    *,
    section: str = "III.3 リスク2 具体的な管理方法",
    label: str = "具体的な管理方法",
    body: str = "みどり市",
    title: str = "みどり市 給食費の徴収に関する事務 重点項目評価書",
    item: str = "",
) -> Citation:
    """A citation of an invented assessment."""
    return Citation(
        marker=marker,
        document=f"{body}-1",
        municipality=body,
        title=title,
        section=section,
        label=label,
        published="令和7年4月1日",
        quote=quote,
        page=None,
        item=item or f"{section}#{marker}",
        version=1,
    )


def answered(
    text: str, citations: Sequence[Citation], rows: Sequence[Row] = (), *, language: str = "ja", question: str = "?"
) -> Answer:
    """An invented answer."""
    return Answer(question, Status.ANSWERED, text, tuple(rows), tuple(citations), language=language)


def contracts(*, language: str = "ja") -> Answer:
    """Two contracts of one municipality, as rows."""
    first = (
        ("委託事項", "給食費システムの保守"),
        ("委託先名", "株式会社あさひ計算"),
        ("取扱者数", "10人以上50人未満"),
        ("再委託の有無", "再委託する"),
    )
    second = (
        ("委託事項", "納付書の印刷"),
        ("委託先名", "有限会社ゆうひ印刷"),
        ("取扱者数", "10人未満"),
        ("再委託の有無", "再委託しない"),
    )
    text = (
        "みどり市「給食費の徴収に関する事務」の現在の委託事項は2件です。\n"
        "委託先: 「株式会社あさひ計算」「有限会社ゆうひ印刷」[1][2]"
        if language == "ja"
        else "みどり市「給食費の徴収に関する事務」: 2 contracts (委託事項) at present.\n"
        "Contractors: 「株式会社あさひ計算」「有限会社ゆうひ印刷」[1][2]"
    )
    return answered(
        text,
        [
            cited(1, "株式会社あさひ計算", section="II.4 委託事項1 ③", label="③委託先名", item="II.4#1/委託事項1/③"),
            cited(2, "有限会社ゆうひ印刷", section="II.4 委託事項2 ③", label="③委託先名", item="II.4#1/委託事項2/③"),
        ],
        [Row("みどり市-1", first, 1), Row("みどり市-1", second, 2)],
        language=language,
    )


def measures(*quotes: str, section: str = "III.3 リスク2 具体的な管理方法") -> Answer:
    """Quoted sentences of one place."""
    lines = [f"- みどり市 {section}: 「{quote}」[{n}]" for n, quote in enumerate(quotes, 1)]
    return answered("\n".join(lines), [cited(n, quote, section=section) for n, quote in enumerate(quotes, 1)])


def change(*, language: str = "ja") -> Answer:
    """One change of a contractor, and what stands there today."""
    cells = (
        ("変更日", "令和5年6月1日"),
        ("項目", "II.4 委託事項1 ③"),
        ("変更前", "株式会社よあけ計算"),
        ("変更後", "株式会社あさひ計算"),
        ("提出時期", "事後"),
        ("説明", "入札の結果による"),
    )
    text = (
        "みどり市「給食費の徴収に関する事務」の変更箇所に、該当する変更が1件あります。\n\n"
        "- **令和5年6月1日** II.4 委託事項1 ③: 「株式会社よあけ計算」→「株式会社あさひ計算」"
        "(理由: 入札の結果による)[1]\n\n"
        "現在(令和7年4月1日公表)のII.4 委託事項1 ③は「株式会社あさひ計算」です。[2]"
    )
    return answered(
        text,
        [
            cited(1, "株式会社あさひ計算", section="別添2 変更1", label="変更箇所", item="別添2/変更1"),
            cited(2, "株式会社あさひ計算", section="II.4 委託事項1 ③", label="③委託先名", item="II.4#1/委託事項1/③"),
        ],
        [Row("みどり市-1", cells, 1)],
        language=language,
    )
