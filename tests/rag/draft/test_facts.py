"""What the profile says in each field; what it does not say is left open, never guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.draft.facts import applies, connects, fact_of, subcontracts
from rag.draft.profile import ContractFact, Profile, RecipientFact
from rag.draft.skeleton import skeleton
from rag.draft.types import FieldDraft

FULL = Profile(
    body="夕凪市長",
    city="夕凪市",
    duty="ひとり親家庭等医療費の助成に関する事務",
    people="1万人以上10万人未満",
    systems=("医療助成システム", "宛名システム"),
    authentication="静脈認証とパスワード",
    hosting="庁内のサーバー室",
    linkage="実施する",
    contracts=(
        ContractFact("保守", "運用と保守", "10人未満", "夕凪電算株式会社", "再委託する", "書面の承諾", "監視"),
        ContractFact("印刷", subcontract="再委託しない"),
    ),
    recipients=(RecipientFact("年金事務所", purpose="裁定"), RecipientFact("課税課", transfer=True, timing="随時")),
    contact="夕凪市総務課 00-0000-0000",
    incident="発生なし",
    audits=("自己点検",),
)


def field(section: str, profile: Profile) -> FieldDraft:
    return next(f for f in skeleton(profile) if f.section == section)


def texts(section: str, profile: Profile = FULL) -> tuple[str, ...] | None:
    fact = fact_of(field(section, profile), profile)
    return None if fact is None else fact.texts


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("表紙 評価実施機関名", ("夕凪市長",)),
        ("表紙 評価書名", ("夕凪市 ひとり親家庭等医療費の助成に関する事務 重点項目評価書",)),
        ("I.1 ①", ("ひとり親家庭等医療費の助成に関する事務",)),
        ("I.2 システム2 ①", ("宛名システム",)),
        ("II.2 ②", ("1万人以上10万人未満",)),
        ("II.4 委託の有無", ("委託する",)),
        ("II.4 委託事項1 ③", ("夕凪電算株式会社",)),
        ("II.4 委託事項1 ⑤", ("書面の承諾",)),
        ("II.4 委託事項2", ("印刷",)),
        ("II.4 委託事項2 ⑤", ()),  # not subcontracted: rightly empty
        ("II.4 委託事項2 ③", None),
        ("II.5 提供・移転の有無", ("提供を行っている(1)", "移転を行っている(1)")),
        ("II.5 提供先1 ②", ("裁定",)),
        ("II.5 移転先1", ("課税課",)),
        ("II.5 移転先1 ⑦", ("随時",)),
        ("II.5 移転先1 ①", None),
        ("II.6 保管場所", ("医療助成システムの特定個人情報は、庁内のサーバー室に保管する。",)),
        ("III.3 リスク2 ユーザ認証の管理", ("行っている",)),
        (
            "III.3 リスク2 具体的な管理方法",
            ("静脈認証とパスワードにより、システムを利用する職員を認証している。",),
        ),
        ("III.4", ()),
        ("III.5", ()),
        ("III.6", ()),
        ("III.4 再委託先による適切な取扱いの担保", None),
        ("III.7 ②", ("発生なし",)),
        ("III.8 実施の有無", ("自己点検",)),
        ("IV.2 ①", ("夕凪市総務課 00-0000-0000",)),
        ("III.9 具体的な方法", None),
    ],
)
def test_a_field_says_what_the_profile_knows(section: str, said: tuple[str, ...] | None) -> None:
    assert texts(section) == said


def test_an_empty_profile_says_nothing_of_the_body() -> None:
    empty = Profile()
    said = {f.section: fact_of(f, empty) for f in skeleton(empty)}
    told = {s: f.texts for s, f in said.items() if f is not None and f.texts}
    assert told == {"II.2 ④ 全ての記録項目": ("別添1を参照。",)}


def test_what_is_derived_is_told() -> None:
    fact = fact_of(field("II.2 ②", FULL), FULL)
    assert fact is not None
    assert "対象人数(1万人以上10万人未満)から" in fact.note
    more = replace(FULL, people="30万人以上")
    assert texts("II.2 ②", more) is None  # 30万人以上 may be either of two


def test_none_and_unknown_are_two_things() -> None:
    none, unknown = replace(FULL, contracts=(), recipients=()), replace(FULL, contracts=None, recipients=None)
    assert texts("II.4 委託の有無", none) == ("委託しない",)
    assert texts("III.4", none) == ("委託しない",)
    assert texts("II.5 提供・移転の有無", none) == ("行っていない",)
    assert texts("III.5", none) == ("提供・移転しない",)
    for section in ("II.4 委託の有無", "III.4", "II.5 提供・移転の有無", "III.5"):
        assert texts(section, unknown) is None


def test_what_does_not_connect_says_so_both_ways() -> None:
    apart = replace(FULL, linkage="実施しない")
    assert texts("III.6", apart) == ("接続しない(入手)", "接続しない(提供)")
    assert texts("I.5 ②", apart) == ()
    assert texts("III.6", replace(FULL, linkage="")) is None


@pytest.mark.parametrize(
    ("how", "known"),
    [
        ((), None),
        (("再委託する",), True),
        (("再委託しない",), False),
        (("再委託しない", ""), None),
        (("", "再委託する"), True),
        (("再委託しない", "再委託しない"), False),
    ],
)
def test_whether_anything_is_subcontracted(how: tuple[str, ...], known: bool | None) -> None:
    assert subcontracts(Profile(contracts=tuple(ContractFact(subcontract=h) for h in how))) is known


def test_unknown_contracts_are_unknown_to_be_subcontracted() -> None:
    assert subcontracts(Profile()) is None
    assert connects(Profile()) is None
    assert connects(Profile(linkage="実施しない")) is False


def test_measures_of_what_is_not_done_do_not_apply() -> None:
    none = replace(FULL, contracts=(), recipients=(), linkage="実施しない")
    applying = {f.section for f in skeleton(none) if applies(f, none)}
    assert {"III.4", "III.5", "III.6"} <= applying
    assert not [s for s in applying if s.startswith(("III.4 ", "III.5 ", "III.6 "))]
    assert not {"III.7 ② その内容", "III.7 ② 再発防止策の内容"} & applying


def test_all_contracts_not_subcontracted_are_named_together() -> None:
    profile = Profile(contracts=tuple(ContractFact(t, subcontract="再委託しない") for t in ("保守", "印刷", "")))
    assert texts("III.4 具体的な方法", profile) == ("保守、印刷及び委託事項3は再委託しない契約としている。",)
    assert texts("III.4 再委託先による適切な取扱いの担保", profile) == ("再委託していない",)


def test_a_contact_that_serves_for_both_is_to_be_confirmed() -> None:
    fact = fact_of(field("IV.1 ①", FULL), FULL)
    assert fact is not None
    assert "確かめて" in fact.note
    apart = replace(FULL, disclosure_contact="夕凪市情報公開室")
    fact = fact_of(field("IV.1 ①", apart), apart)
    assert fact is not None
    assert (fact.texts, fact.note) == (("夕凪市情報公開室",), "")
