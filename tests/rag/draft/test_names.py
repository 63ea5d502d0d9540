"""Names that the records of a document tell, and what a body says of itself."""

from __future__ import annotations

from rag.draft.names import names_of, own_names, shaped
from rag.draft.profile import ContractFact, Profile, RecipientFact
from tests.fakes_peers import PEER, peer

NAMES = names_of([peer({"III.9 具体的な方法": "・研修を行う。"})])


def kinds(text: str) -> list[tuple[str, str]]:
    return [(f.kind, f.text) for f in NAMES.find(text)]


def test_the_municipality_is_known_with_and_without_its_ending() -> None:
    assert kinds("霧ヶ原市の職員") == [("city", "霧ヶ原市")]
    assert kinds("霧ヶ原の庁舎") == [("city", "霧ヶ原")]


def test_systems_contractors_and_departments_are_known_from_their_fields() -> None:
    assert kinds("キリノキ助成システムを使う") == [("system", "キリノキ助成システム")]
    assert kinds("霧原データ株式会社に委託する") == [("contractor", "霧原データ株式会社")]
    assert kinds("霧原データに委託する") == [("contractor", "霧原データ")]
    assert kinds("すこやか給付課が行う") == [("department", "すこやか給付課")]
    assert kinds("09-9876-5432に連絡する") == [("phone", "09-9876-5432")]


def test_the_longest_name_is_found_first() -> None:
    assert [f.text for f in NAMES.find("健康未来部すこやか給付課")] == ["健康未来部すこやか給付課"]


def test_general_words_of_the_form_are_no_names() -> None:
    book = peer(
        profile=Profile(
            city="葉月市",
            body="葉月市長",
            title="葉月市 評価書",
            published="令和7年4月1日",
            number="1",
            systems=("宛名システム", "住民記録システム", "葉月給付システム"),
        )
    )
    assert [f.text for f in names_of([book]).find("宛名システムと住民記録システムと葉月給付システム")] == [
        "葉月給付システム"
    ]


def test_no_documents_have_no_names() -> None:
    assert names_of([]).find(f"{PEER.city}の職員") == ()


def test_a_body_knows_all_that_its_profile_says() -> None:
    profile = Profile(
        city="夕凪市",
        contracts=(ContractFact(title="印刷", contractor="夕凪紙業株式会社", subcontracted="封入"),),
        recipients=(RecipientFact("夕凪年金事務所", purpose="年金の裁定"),),
        systems=("ゆうなぎシステム",),
        manager="給付課長",
        contact="００-0000",
    )
    told = own_names(profile)
    for word in ("夕凪紙業株式会社", "封入", "夕凪年金事務所", "年金の裁定", "ゆうなぎシステム", "給付課長", "00-0000"):
        assert word in told


def test_a_shape_that_holds_a_general_word_is_no_name() -> None:
    assert [f.text for f in shaped("給付台帳システムで記録する。", "system")] == ["給付台帳システム"]
    assert list(shaped("庁内連携システムで記録する。", "system")) == []
    assert [f.text for f in shaped("連絡先は09-9876-5432とする。", "phone")] == ["09-9876-5432"]
