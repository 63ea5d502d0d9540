"""One field: facts, measures, national text and questions put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from rag.draft.arranging import headed, matters
from rag.draft.fitting import fits
from rag.draft.measures import Unit
from rag.draft.profile import ContractFact, Profile, RecipientFact
from rag.draft.sentence import finished
from rag.draft.types import Basis, DraftSentence, FieldDraft
from tests.fakes_peers import OWN, PEER, drafter, peer, said

RULES, PLACE = "III.4 規定の内容", "II.6 保管場所"


def field(section: str, says: Sequence[Mapping[str, str | Sequence[str]]], profile: Profile = OWN) -> FieldDraft:
    """A field as drafted from one peer for each mapping."""
    books = [peer(s, replace(PEER, number=str(n))) for n, s in enumerate(says, 1)]
    item = section.split(" ", 1)[0]
    return next(f for f in drafter(*books).draft(profile, [item]).fields if f.section == section)


def texts(found: FieldDraft) -> list[str]:
    return [s.text for s in found.standing]


def offers(found: FieldDraft) -> list[str]:
    return [s.text for s in found.offers]


def test_a_choice_is_left_to_people_and_the_peers_choices_are_told() -> None:
    found = field("III.9 実施状況", [{}, {}])
    assert found.choice == ""
    assert [s.basis for s in found.sentences] == [Basis.PLACEHOLDER]
    assert "特に力を入れて行っている 2団体" in found.sentences[0].note


def test_a_choice_that_the_profile_knows_is_taken_as_the_form_words_it() -> None:
    profile = replace(OWN, contracts=(ContractFact("保守", subcontract="再委託しない"),))
    assert field("II.4 委託事項1 ④", [], profile).choice == "再委託しない"


def test_a_choice_the_form_has_not_is_asked_with_what_was_said() -> None:
    found = field("I.1 ③", [], replace(OWN, people="だいたい3万人"))
    assert found.choice == ""
    assert "「だいたい3万人」は様式の選択肢にありません" in found.sentences[0].note


def test_boxes_are_marked_from_the_profile() -> None:
    profile = replace(OWN, recipients=(RecipientFact("課税課", transfer=True),))
    found = field("II.5 提供・移転の有無", [], profile)
    assert [b.label for b in found.boxes if b.marking.value == "marked"] == ["移転を行っている"]
    assert next(b.detail for b in found.boxes if b.label == "移転を行っている") == "1"


def test_a_peers_sentence_is_cited_and_what_most_say_leads() -> None:
    few, most = "・端末を施錠して保管する。", "・操作の記録を取得して点検する。"
    section = "III.3 リスク2 その他の措置の内容"
    found = field(section, [{section: most}, {section: [few, most]}])
    assert found.standing[0].text == "操作の記録を取得して点検する。"
    assert found.standing[0].shared == 2
    assert {c.document for c in found.standing[0].citations} == {"霧ヶ原市-1", "霧ヶ原市-2"}
    assert found.standing[0].note == ""


def test_what_one_peer_alone_does_is_to_be_confirmed() -> None:
    found = field("III.10", [{"III.10": "・操作の記録を取得して点検する。"}])
    assert "手本1団体だけ" in found.standing[0].note


def test_what_holds_only_with_subcontractors_is_told_where_that_is_unknown() -> None:
    says = [{"III.4 具体的な方法": "・再委託先の安全管理の措置を実地に調査する。"}]
    unknown = replace(OWN, contracts=(ContractFact("保守"),))
    assert "再委託しないときは外して" in field("III.4 具体的な方法", says, unknown).standing[0].note
    assert "外して" not in field("III.4 具体的な方法", says).standing[0].note


def test_a_list_of_clauses_is_worded_alike_and_opens_with_its_sentence() -> None:
    lines = [
        "次の事項を契約書に明記している。",
        "・秘密の保持に関する事項",
        "・持出しの禁止",
        "・前記の事項に違反したときの契約の解除に関する事項",
        "・事故が生じたときの報告義務に関する事項",
    ]
    found = field(RULES, [{RULES: lines}])
    assert texts(found) == [
        "次の事項を契約書に明記している。",
        "秘密の保持に関する事項",
        "持出しの禁止に関する事項",
        "事故が生じたときの報告義務に関する事項",
        "前記の事項に違反したときの契約の解除に関する事項",
    ]
    assert found.standing[2].changed[-1].reason == "書きぶりの統一"


def test_a_clause_that_says_a_part_of_another_is_offered() -> None:
    whole, part = (
        "指示目的外の使用及び第三者への提供の禁止に関する事項",
        "業務で作成した資料の第三者への開示の制限に関する事項",
    )
    found = field(RULES, [{RULES: [f"・{whole}", f"・{part}", "・秘密の保持に関する事項"]}])
    assert texts(found) == [whole, "秘密の保持に関する事項"]
    assert offers(found) == [part]


def test_the_bodys_own_fact_leads_and_is_not_repeated() -> None:
    section = "III.3 リスク2 具体的な管理方法"
    found = field(section, [{section: "・ユーザIDとパスワードにより、システムを利用する者を認証している。"}])
    assert texts(found)[0] == "ユーザIDとパスワードにより、システムを利用する職員を認証している。"
    assert sum("認証している" in t for t in texts(found)) == 1


def test_a_permission_that_the_profile_knows_is_not_mixed_with_a_peers() -> None:
    section = "II.4 委託事項1 ⑤"
    profile = replace(OWN, contracts=(ContractFact("保守", subcontract="再委託する", permission="書面による承諾"),))
    says = [{section: "再委託の承認は、申請を受け付け、決裁を経て行う。"}]
    assert texts(field(section, says, profile)) == ["書面による承諾"]
    assert "決裁を経て行う。" in texts(field(section, says))[0]


def test_national_text_stands_under_its_heading_after_the_bodys_own() -> None:
    lines = ["・紙の書類を施錠して保管する。", "＜中間サーバー・プラットフォームにおける措置＞", "①通信を暗号化する。"]
    found = field(PLACE, [{PLACE: lines}])
    assert [s.heading for s in found.standing][-1] == "中間サーバー・プラットフォームにおける措置"
    assert found.standing[0].heading == "夕凪市における措置"
    assert found.standing[-1].basis is Basis.MODEL_TEXT


@pytest.mark.parametrize(("linkage", "stands"), [("実施する", True), ("実施しない", False), ("", True)])
def test_national_text_of_linkage_stands_only_where_it_may_be_true(linkage: str, stands: bool) -> None:
    lines = ["＜中間サーバー・プラットフォームにおける措置＞", "①通信を暗号化する。"]
    found = field(PLACE, [{PLACE: lines}], replace(OWN, linkage=linkage))
    assert ("通信を暗号化する。" in texts(found)) is stands
    if not linkage:
        assert "行わないときは外して" in next(s.note for s in found.standing if s.basis is Basis.MODEL_TEXT)


@pytest.mark.parametrize(
    ("hosting", "cloud", "room"),
    [
        ("ガバメントクラウド", True, False),
        ("クラウド事業者のガバメントクラウド", True, False),
        ("庁内のサーバー室", False, True),
        ("自治体クラウド(共同利用)", False, False),
        ("", False, False),
    ],
)
def test_where_the_systems_run_decides_what_is_said_of_it(hosting: str, cloud: bool, room: bool) -> None:
    lines = ["・電算室の入退室を記録する。", "＜ガバメントクラウドにおける措置＞", "①国内に保存する。"]
    found = field(PLACE, [{PLACE: lines}], replace(OWN, hosting=hosting))
    assert ("国内に保存する。" in texts(found)) is cloud
    assert ("電算室の入退室を記録する。" in texts(found)) is room


def test_what_the_body_must_say_is_asked_unless_it_is_said() -> None:
    section = "III.3 リスク2 具体的な管理方法"
    unknown = replace(OWN, authentication="")
    assert any("認証の方法" in t for t in texts(field(section, [], unknown)))
    assert not any("認証の方法" in t for t in texts(field(section, [])))


def test_a_field_of_the_duty_is_drafted_from_the_same_duty_only() -> None:
    says = [{"II.3 ③": "助成の資格の確認と支給のために使用する。"}]
    kindred = field("II.3 ③", says)
    assert [s.basis for s in kindred.standing] == [Basis.PLACEHOLDER]
    same = field("II.3 ③", says, replace(OWN, duty="子ども医療費の助成に関する事務"))
    assert texts(same) == ["助成の資格の確認と支給のために使用する。"]


def test_no_more_is_drafted_than_the_field_holds_and_the_rest_is_offered() -> None:
    things = ("端末", "媒体", "書類", "鍵", "名札", "印章", "帳票")
    lines = [f"・{thing}の管理の方法を定め、{n * '必ず'}守る。" for n, thing in enumerate(things)]
    found = field("III.10", [{"III.10": lines}])
    peers = [s for s in found.standing if s.basis is Basis.PEER]
    assert 1 <= len(peers) <= 4
    assert not set(texts(found)) & set(offers(found))
    assert len({s.id for s in said(found)}) == len(said(found))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("記録を残す。", "記録を残す。"),
        ("記録を残している", "記録を残している。"),
        ("記録を確かめる(難しいときは報告書で確かめる。)", "記録を確かめる(難しいときは報告書で確かめる。)。"),
        ("秘密の保持に関する事項", "秘密の保持に関する事項"),
    ],
)
def test_a_sentence_ends_with_its_stop(text: str, made: str) -> None:
    assert finished(text) == made


def unit(text: str) -> Unit:
    return Unit((), (type("A", (), {"text": text})(),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "facts", "fit"),
    [
        ("再委託先を監督する。", {"contracts": (ContractFact("保守", subcontract="再委託しない"),)}, False),
        ("再委託先を監督する。", {"contracts": (ContractFact("保守", subcontract="再委託する"),)}, True),
        ("委託先に研修を求める。", {"contracts": ()}, False),
        ("委託先に研修を求める。", {"contracts": None}, True),
        ("中間サーバーの権限を分ける。", {"linkage": "実施しない"}, False),
        ("中間サーバーの権限を分ける。", {"linkage": ""}, True),
        ("サーバー室の入退室を記録する。", {"hosting": "ガバメントクラウド"}, False),
        ("サーバー室の入退室を記録する。", {"hosting": "庁内のサーバー室"}, True),
        ("ガバメントクラウドの権限を分ける。", {"hosting": "庁内のサーバー室"}, False),
    ],
)
def test_a_measure_that_the_profile_contradicts_does_not_fit(text: str, facts: dict[str, object], fit: bool) -> None:
    assert fits(unit(text), replace(OWN, **facts), "III.9 具体的な方法") is fit  # type: ignore[arg-type]


def test_few_matters_are_left_as_they_are_worded() -> None:
    clauses = [DraftSentence(f"s{n}", t, Basis.PEER) for n, t in enumerate(("秘密の保持", "持出しの禁止"))]
    assert matters(clauses) == clauses


def test_one_thing_alone_needs_no_bullet() -> None:
    one = DraftSentence("s1", "記録を残す。", Basis.PEER, bullet="・")
    assert [s.bullet for s in headed([one], [], "夕凪市")] == [""]
    assert [s.bullet for s in headed([one, replace(one, id="s2")], [], "夕凪市")] == ["・", "・"]


@pytest.mark.parametrize(
    ("section", "asked"),
    [
        ("I.2 システム1 ②", "システム1の機能"),
        ("II.5 移転先1", "移転先1の名称"),
        ("II.5 移転先1 ①", "移転先1の法令上の根拠"),
        ("II.5 移転先1 ②", "移転先1の用途"),
        ("II.5 移転先1 ③", "移転先1に移転する情報"),
        ("II.4 委託事項1 ①", "委託事項1の委託内容"),
    ],
)
def test_what_is_asked_of_a_block_names_it_once(section: str, asked: str) -> None:
    profile = replace(OWN, recipients=None, contracts=None, systems=("給付システム",))
    assert texts(field(section, [], profile)) == [f"【要確認: {asked}】"]
