"""A sentence is borne where records or prose put it together so; anything joined otherwise is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes_verify import answered, change, cited, contracts, measures

from rag.types import Answer, Verdict

Say = Callable[[Answer, str], Verdict]

PROSE = measures(
    "窓口では顔写真のある書類で本人を確かめ、代理人には委任状も求める。",
    "課長が申請書を確かめ、書庫に入れる。",
    "5分間操作が無ければ画面を閉じる。",
    "原則として書面で報告させる(困難な場合は電話で聞く。)。",
    "二人で内容を見直す。",
)


@pytest.mark.parametrize(
    "told",
    [
        "みどり市では、窓口では顔写真のある書類で本人を確かめ、代理人には委任状も求めています[c1]。",
        "課長は申請書を確かめ、書庫に入れます[c2]。",
        "申請書は課長が確かめます[c2]。",
        "申請書は課長によって確かめられます[c2]。",
        "5分間操作が無い場合は、画面を閉じます[c3]。",
        "二人で内容を見直し[c5]、5分間操作が無ければ画面を閉じます[c3]。",
        "また、5分間操作が無ければ画面を閉じることとしています[c3]。",
        "5分間操作が無ければ画面を閉じるとされています[c3]。",
        "原則として書面で報告させます[c4]。",
        "困難な場合は電話で聞きます[c4]。",
        "具体的な管理方法として、5分間操作が無ければ画面を閉じます[c3]。",
    ],
)
def test_prose_told_again(verdict: Say, told: str) -> None:
    assert verdict(PROSE, told).reason == ""


@pytest.mark.parametrize(
    "told",
    [
        "代理人には委任状も求めます[c1]。",
        "書庫に入れます[c2]。",
        "課長が申請書を確かめ、代理人には委任状も求めます[c1][c2]。",
        "5分間操作が無ければ画面を閉じ[c3]、課長が申請書を確かめます[c2]。",
        "課長が申請書を書庫に入れ、確かめます[c2]。",
        "課長が申請書を確かめるため、書庫に入れます[c2]。",
        "みどり市は課長が申請書を確かめます[c2]。",
        "課長がみどり市の申請書を確かめます[c2]。",
        "画面を閉じます[c3]。",
        "課長が申請書を確かめ[c2]、5分間操作が無ければ画面を閉じます[c3]。",
        "5分間操作が無ければ画面を閉じることを検討しています[c3]。",
        "5分間操作が無ければ画面を閉じるとはされていません[c3]。",
        "5分間操作が無ければ画面を閉じますか[c3]。",
        "5分間操作が無ければ画面を閉じてください[c3]。",
        "5分間操作が無ければ画面を閉じ、安全です[c3]。",
        "書面で報告させます[c4]。",
        "保管場所については、5分間操作が無ければ画面を閉じます[c3]。",
        "みどり市でも、5分間操作が無ければ画面を閉じます[c3]。",
        "現在、5分間操作が無ければ画面を閉じます[c3]。",
        "5分間操作が無ければ画面を閉じます[c2][c3]。",
    ],
)
def test_prose_told_otherwise(verdict: Say, told: str) -> None:
    assert not verdict(PROSE, told).kept


def test_what_a_contract_demands_is_not_done_by_the_municipality(verdict: Say) -> None:
    terms = measures("作業の記録を毎月出す。", section="III.4 規定の内容")
    own = measures("作業の記録を毎月出す。", section="III.9 具体的な方法")
    assert not verdict(terms, "みどり市は作業の記録を毎月出します[c1]。").kept
    assert verdict(own, "みどり市は作業の記録を毎月出します[c1]。").kept


def test_a_label_that_asks_is_answered_by_its_choice(verdict: Say) -> None:
    label = "②過去3年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"
    none = answered("x「発生なし」です。[1]", [cited(1, "発生なし", section="III.7 ②", label=label)])
    some = answered("x「発生あり」です。[1]", [cited(1, "発生あり", section="III.7 ②", label=label)])
    for text in ("過去3年以内に個人情報に関する重大事故は発生していません[c1]。",):
        assert verdict(none, text).kept
        assert not verdict(some, text).kept
    assert verdict(some, "過去3年以内に個人情報に関する重大事故が発生しています[c1]。").kept
    assert verdict(none, "過去3年以内に個人情報に関する重大事故は「発生なし」とされています[c1]。").kept
    assert not verdict(none, "個人情報に関する重大事故は発生していません[c1]。").kept


def test_records_of_rows(verdict: Say) -> None:
    assert verdict(contracts(), "給食費システムの保守は株式会社あさひ計算に委託し、再委託します[c1]。").kept
    assert not verdict(contracts(), "給食費システムの保守は有限会社ゆうひ印刷に委託し、再委託します[c1][c2]。").kept


def test_history_is_no_present(verdict: Say) -> None:
    assert verdict(change(), "令和5年6月1日に株式会社よあけ計算から株式会社あさひ計算に変わりました[c1]。").kept
    assert verdict(change(), "現在の委託先は株式会社あさひ計算です[c2]。").kept
    for lie in (
        "委託先は株式会社よあけ計算です[c1]。",
        "現在の委託先は株式会社あさひ計算です[c1]。",
        "株式会社よあけ計算に委託しています[c1]。",
    ):
        assert not verdict(change(), lie).kept
