"""重大事故 in III.7② and in appendices; telephone numbers of the desks."""

from __future__ import annotations

import pytest

from ingest.assessment import Assessment, Incident
from ingest.contacts import phones_of
from ingest.incidents import counts_of, sections_of
from tests.ingest.printed import print_form, read

APPENDIX = """

別紙 個人情報に関する重大事故について

事案1 申請書の紛失

1 事案の内容
(1) 発生（発覚）時期
令和6年4月8日 ※受付は同年3月
(2) 事案の概要
窓口で受け付けた申請書404件(295世帯分)を紛失した。
2 再発防止策

・手順を改めた。
事案2 書類の誤廃棄
【事案の内容】
①発生時期
令和2年6月8日
②概要
約35万件分の記録を誤廃棄した。
【再発防止策の内容】
廃棄は2人で確かめる。
"""


def incidents(text: str) -> list[Incident]:
    return [r for r in read(text).records if isinstance(r, Incident)]


def filled(occurred: str) -> str:
    text = print_form("様式3").text.split("(別添2)")[0]
    return text.replace("[ 発生あり ] <選択肢>", f"[ {occurred} ] <選択肢>")


def test_the_form_says_whether_one_occurred() -> None:
    (stated,) = incidents(filled("発生なし"))
    assert (stated.occurred.value, stated.file_index) == ("発生なし", 1)


def test_cases_of_an_appendix() -> None:
    _, first, second = incidents(filled("発生あり") + APPENDIX)
    assert first.title.value == "事案1 申請書の紛失"
    assert first.date.value == "令和6年4月8日"
    assert first.summary.value == "窓口で受け付けた申請書404件(295世帯分)を紛失した。"
    assert first.counts.value == "404件、295世帯分"
    assert first.prevention.value == "・手順を改めた。"
    assert (second.counts.value, second.prevention.value) == ("約35万件", "廃棄は2人で確かめる。")


def test_each_cell_of_a_case_names_its_item() -> None:
    assessment: Assessment = read(filled("発生あり") + APPENDIX)
    keys = {i.key for i in assessment.items}
    for case in (r for r in assessment.records if isinstance(r, Incident) and r.number):
        assert {case.title.item, case.date.item, case.counts.item} <= keys


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("委託した課税資料件数 587, 884件", ["587, 884件"]),
        ("39万5,788件分の個人情報", ["39万5,788件"]),
        ("約35万件と延べ１２名分", ["約35万件", "延べ１２名分"]),
        ("10人以上50人未満、100件未満", []),
        ("令和6年3月", []),
        ("1" * 100_000, []),
        ("1,234" * 20_000, []),
    ],
)
def test_counts(text: str, counts: list[str]) -> None:
    assert counts_of(text) == counts


def test_sections_of_a_case() -> None:
    assert sections_of("前文\n①原因\n不注意。\n(2)影響\nなし") == [
        ("", "前文"),
        ("1原因", "不注意。"),
        ("(2)影響", "なし"),
    ]


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("青木2-1-1 048-258-1641", ["048-258-1641"]),
        ("電話:０４４－２００－２９４８", ["044-200-2948"]),
        ("(048)258-1641", ["(048)258-1641"]),
        ("048(258)1641", ["048(258)1641"]),
        ("0120‐123‐456、0120‐123‐456", ["0120‐123‐456"]),
        ("電話 0482581641", ["0482581641"]),
        ("〒210-8577 川崎区宮本町1-1", []),
        ("個人番号 123456789012", []),
        ("0-" * 50_000, []),
    ],
)
def test_phones(text: str, phones: list[str]) -> None:
    assert phones_of(text) == phones
