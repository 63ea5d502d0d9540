"""The profile of an existing assessment: what is read for sure, and nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from rag.checks.paper import of_assessment
from rag.draft.plain import plain_text
from rag.draft.profile import Profile
from rag.draft.takeover import take_over
from rag.shelf import Book
from tests.fakes_filled import read

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


def book(text: str) -> Book:
    return of_assessment(read(text), "試験.txt", dt.date(2026, 4, 1)).book


def text_of(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def taken() -> Profile:
    return take_over(book(text_of("青嶺市-11")))


def test_facts_of_cover_duty_and_desks(taken: Profile) -> None:
    assert (taken.body, taken.city, taken.number, taken.duty) == (
        "青嶺市長",
        "青嶺市",
        "11",
        "国民健康保険に関する事務",
    )
    assert (taken.department, taken.manager) == ("市民生活部国保年金課", "国保年金課長")
    assert (taken.people, taken.persons, taken.handlers) == (
        "1万人以上10万人未満",
        "1万人以上10万人未満",
        "10人以上50人未満",
    )
    assert taken.linkage == "実施する"
    assert "別表の44の項" in taken.basis_use
    assert taken.disclosure_contact.startswith("青嶺市総務部")
    assert taken.contact.startswith("青嶺市市民生活部")
    assert (taken.incident, taken.assessed) == ("発生あり", "令和7年4月15日")
    assert taken.published == ""


def test_contracts_recipients_and_systems_whole(taken: Profile) -> None:
    assert taken.systems == ("国民健康保険システム", "収納管理システム", "団体内統合宛名システム", "中間サーバー")
    contracts = taken.contracts or ()
    assert [(c.subcontract, bool(c.subcontracted)) for c in contracts] == [
        ("再委託する", True),
        ("再委託しない", False),
        ("再委託しない", False),
    ]
    assert contracts[0].title == "国民健康保険システムの運用保守"
    assert contracts[0].handlers == "10人以上50人未満"
    first = (taken.recipients or ())[0]
    assert (first.recipient, first.transfer, first.means) == (
        "都道府県知事等",
        False,
        ("情報提供ネットワークシステム",),
    )
    assert any(r.transfer for r in taken.recipients or ())


def test_marks_with_their_details_and_means_of_authentication(taken: Profile) -> None:
    assert "評価実施機関内の他部署(市民課、税務課、福祉課)" in taken.sources
    assert taken.means == ("紙", "専用線", "庁内連携システム", "情報提供ネットワークシステム")
    assert taken.audits == ("自己点検", "内部監査", "外部監査")
    assert "顔認証" in taken.authentication
    assert taken.hosting == "ガバメントクラウド"


def test_of_several_files_the_one_that_is_chosen() -> None:
    second = take_over(book(text_of("青嶺市-11")), 2)
    assert second.file_name.endswith("国民健康保険給付ファイル")
    assert len(second.contracts or ()) == 2


def test_a_group_with_an_unclear_mark_is_unknown() -> None:
    taken = take_over(book(text_of("さいたま市-19")))
    assert taken.sources == ()
    assert taken.means == ()
    assert taken.audits == ("自己点検",)


def test_a_system_that_the_source_lost_is_asked_for_and_keeps_the_numbers_of_the_others() -> None:
    systems = take_over(book(text_of("川口市-22"))).systems
    assert systems[7] == "【要確認: システム8の名称(原本で確かめる)】"
    assert not systems[9].startswith("【")


def test_none_is_known_only_where_it_is_said() -> None:
    text = text_of("青嶺市-11")
    assert take_over(book(text)).contracts is not None
    head, _, rest = text.partition("4. 特定個人情報ファイルの取扱いの委託\n")
    without = rest[rest.index("5. 特定個人情報の提供・移転") :]
    none = (
        head
        + "4. 特定個人情報ファイルの取扱いの委託\n委託の有無 ※\t[委託しない] <選択肢> 1) 委託する 2) 委託しない\n"
        + without
    )
    unknown = (
        head + "4. 特定個人情報ファイルの取扱いの委託\n委託の有無 ※\t[ ] <選択肢> 1) 委託する 2) 委託しない\n" + without
    )
    assert take_over(book(none)).contracts == ()
    assert take_over(book(unknown)).contracts is None


def test_what_is_denied_is_no_means_of_authentication() -> None:
    from tests.fakes_filled import saying, sentence

    said = (sentence("a", "顔認証は行わない。"), sentence("b", "ICカードと指紋認証による。"))
    taken = take_over(book(plain_text(saying("III.3 リスク2 具体的な管理方法", *said))))
    assert taken.authentication == "ICカード、指紋認証"
