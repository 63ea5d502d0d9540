"""Plans of questions: who, which duty, which place, which choice, when, in which shape, in which language."""

from __future__ import annotations

import datetime as dt

import pytest

from rag.bodies import Gazetteer
from rag.naming import named_places
from rag.options import expressions as option_expressions
from rag.places import normal, places
from rag.question import Plan, Shape, make_plan
from rag.tokens import Words
from rag.vocabulary import VocabularyError

TOWNS = ["青嶺市", "みなも町", "小郡市", "大津町", "東京都", "北見市", "新潟県", "高槻市"]
WORDS = Words()


def plan(question: str) -> Plan:
    return make_plan(question, Gazetteer(TOWNS, WORDS), WORDS, lambda name: name == "中央区")


@pytest.mark.parametrize(
    ("question", "collected", "missing"),
    [
        ("青嶺市の委託先はどこですか。", ("青嶺市",), ()),
        ("青嶺の再委託の許諾方法は？", ("青嶺市",), ()),
        ("みなも町と小郡市の保管場所を比べてください。", ("みなも町", "小郡市"), ()),
        ("小郡市、高槻市、北見市の委託先の一覧", ("小郡市", "高槻市", "北見市"), ()),
        ("青嶺市、青嶺市の監査は？", ("青嶺市",), ()),
        ("Who are the contractors of Takatsuki City?", ("高槻市",), ()),
        ("What systems does Kitami-shi use?", ("北見市",), ()),
        ("How does Ōzu Town delete the data? And Ozu?", ("大津町",), ()),
        ("Where is the data of Osaka City stored?", (), ("Osaka City",)),
        ("Does any city outsource data entry?", (), ()),
        ("Which is the largest city of these?", (), ()),
        ("横須賀市の担当課は？", (), ("横須賀市",)),
        ("青嶺市と横浜市の監査を比べて", ("青嶺市",), ("横浜市",)),
        ("名古屋市では誰が使いますか", (), ("名古屋市",)),
        ("つばさ町の監査は？", (), ("つばさ町",)),
        ("中央区の事務所はどこですか", (), ()),
        ("どの市が再委託していますか", (), ()),
        ("各市の監査は？", (), ()),
        ("他の市町村の監査は？", (), ()),
        ("市町村の監査は？", (), ()),
        ("全国の市区町村の監査は？", (), ()),
        ("高槻駅の窓口は？", (), ()),
        ("高槻市駅前の窓口は？", ("高槻市",), ()),
    ],
)
def test_bodies(question: str, collected: tuple[str, ...], missing: tuple[str, ...]) -> None:
    found = plan(question)
    assert found.collected == collected
    assert found.missing == missing


@pytest.mark.parametrize(
    ("question", "duties"),
    [
        ("青嶺市の国民健康保険に関する事務の対象人数は？", {"国民健康保険": True}),
        ("国民健康保険の資格情報を使いますか", {"国民健康保険": False}),
        ("青嶺市の児童手当について教えて", {"児童手当": True}),
        ("青嶺市の児童手当課はどこですか", {"児童手当": False}),
        ("予防接種の事務で使うシステムは？", {"予防接種": True}),
        ("生活保護の情報は提供されますか", {"生活保護": False}),
        ("What law allows use of the number for child allowance?", {"児童手当": False}),
        ("市税の納税通知書は誰が発送しますか", {}),
        ("青嶺市の後期高齢者医療の委託先は？", {"後期高齢者医療": True}),
        ("青嶺市の後期高齢者医療制度に関する事務の委託先は？", {"後期高齢者医療": True}),
    ],
)
def test_duties_named_or_in_passing(question: str, duties: dict[str, bool]) -> None:
    assert {d.duty.name: d.explicit for d in plan(question).duties} == duties


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("特定個人情報ファイル名は何ですか", "I.3"),
        ("取扱者数は何人ですか", "II.4 委託事項 ②"),
        ("事故発生時手順の策定はしていますか", "III.7 ①"),
        ("使用目的は何ですか", "II.3 ③"),
        ("個人番号の利用の法令上の根拠は？", "I.4 法令上の根拠"),
        ("公表日が新しい順に並べて", "表紙 公表日"),
        ("入手元をすべて挙げて", "II.3 ①"),
        ("何課が担当していますか", "I.6 ①"),
        ("孫請けは認めていますか", "II.4 委託事項 ④"),
        ("職員のログインはどうしていますか", "III.3 リスク2 具体的な管理方法"),
        ("操作ログは残していますか", "III.3 リスク2 その他の措置の内容"),
        ("データを捨てるときはどうしますか", "III.7"),
        ("人違いをどう防ぎますか", "III.2"),
        ("自分の情報を見せてもらうには", "IV.1 ①"),
        ("苦情はどこに言えばよいですか", "IV.2 ①"),
        ("Where is the data stored?", "II.6 保管場所"),
        ("Is there any training for the staff?", "III.9 具体的な方法"),
        ("Ⅲ.7①の手順は？", "III.7 ①"),
        ("Ⅱ.4③は？", "II.4 委託事項 ③"),
        ("III.6には何が書いてありますか", "III.6"),
        ("I.5②を教えて", "I.5 ②"),
        ("I 5 の ２は？", "I.5"),
        ("Ⅳ.2はどこ", "IV.2"),
    ],
)
def test_place_by_label_by_what_people_say_or_by_number(question: str, place: str) -> None:
    assert plan(question).places[0].place.id == place


def test_a_number_is_surer_than_words_and_says_so() -> None:
    first, *others = plan("Ⅲ.7①の保管場所は？").places
    assert first.place.id == "III.7 ①"
    assert first.explicit
    assert not any(n.explicit for n in others)


@pytest.mark.parametrize("question", ["Ⅵ.99は？", "Ⅶ.1は？", "I 5人は？", "第4 10件"])
def test_what_is_no_reference(question: str) -> None:
    assert not any(n.explicit for n in named_places(normal(question)))


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("再委託しない評価書は？", {"再委託しない"}),
        ("委託しない自治体は？", {"委託しない"}),
        ("重大事故がある自治体はどこですか", {"発生あり"}),
        ("特に力を入れている自治体はどこですか", {"特に力を入れている"}),
        ("対象人数が10万人以上30万人未満の事務はどれ", {"10万人以上30万人未満"}),
        ("対象人数が51,000人以上の事務は", set()),
        ("情報連携を実施していない自治体は？", {"実施しない"}),
        ("委託先はどこですか", set()),
    ],
)
def test_options(question: str, options: set[str]) -> None:
    assert {option for _, option in plan(question).options} == options


@pytest.mark.parametrize(
    ("question", "shapes"),
    [
        ("委託先はどこに所在していますか", set()),
        ("委託先をすべて挙げて", {Shape.LIST}),
        ("委託は何件ありますか", {Shape.COUNT}),
        ("公表日が古い順に教えて", {Shape.ORDER}),
        ("委託先の変遷を教えてください", {Shape.TIMELINE}),
        ("委託先は以前と同じですか", {Shape.CHANGE, Shape.YES_NO}),
        ("どの自治体が再委託していますか", {Shape.WHICH}),
        ("監査を実施していますか", {Shape.YES_NO}),
        ("なぜ監査をしていますか", set()),
        ("二つの監査を比べて", {Shape.COMPARE}),
        ("Which municipalities use biometric authentication?", {Shape.LIST, Shape.WHICH}),
        ("Does it outsource data entry?", {Shape.YES_NO}),
        ("Compare the storage places", {Shape.COMPARE}),
    ],
)
def test_shapes(question: str, shapes: set[Shape]) -> None:
    assert plan(question).shapes == shapes


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("令和5年4月1日時点の委託先は？", dt.date(2023, 4, 1)),
        ("2021年3月現在の担当課は？", dt.date(2021, 3, 1)),
        ("平成31年4月1日当時の委託先は？", dt.date(2019, 4, 1)),
        ("令和5年4月1日に変わったのは何ですか", None),
        ("現在の委託先は？", None),
    ],
)
def test_date_asked_about(question: str, date: dt.date | None) -> None:
    assert plan(question).as_of == date


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("委託先はどこですか", "ja"),
        ("USBメモリやSSDのVPNは使いますか", "ja"),
        ("Who is the contractor of 青嶺市?", "en"),
        ("監査", "ja"),
        ("what is 評価実施機関における担当部署", "ja"),
        ("<script>alert(1)</script>青嶺市の委託先", "ja"),
        ("青嶺市の委託先 <img src=x onerror=alert(1)>", "ja"),
        ("青嶺市の委託先 <b class='big red'>監査</b> &amp; https://example.com/list/of/files", "ja"),
        ("Who is the <b>contractor</b> of 青嶺市?", "en"),
    ],
)
def test_language(question: str, language: str) -> None:
    assert plan(question).language == language


def test_one_of_two() -> None:
    assert plan("静脈認証ですか、それとも指紋認証ですか").either == ("静脈認証", "指紋認証")
    assert plan("静脈認証ですか").either is None


def test_words_quoted_from_a_document_name_no_place_but_labels_do() -> None:
    quoting = plan("「委託先を監督する責任者」とは誰ですか")
    assert quoting.quoted == ("委託先を監督する責任者",)
    assert quoting.places == ()
    assert [t.surface for t in quoting.terms if t.entity] == ["委託先を監督する責任者"]
    assert plan("「委託先名」はどこですか").places[0].place.id == "II.4 委託事項 ③"


def test_what_was_said_keeps_its_case() -> None:
    found = plan("ABC株式会社のUSBメモリは？")
    [company] = [t for t in found.terms if t.entity]
    assert found.said(company.span) == "ABC株式会社"


def test_terms_that_no_place_explains() -> None:
    found = plan("再委託の許諾方法で書面は使いますか")
    assert [t.surface for t in found.residual(found.places[:1])] == ["書面"]


def test_a_choice_in_the_vocabulary_must_be_one_of_the_form() -> None:
    with pytest.raises(VocabularyError, match="委託を考えている"):
        option_expressions({"委託を考えている": ["考え中"]})


def test_every_place_has_its_own_id() -> None:
    assert all(id == place.id for id, place in places().items())


def test_section_numbers_are_no_content_words() -> None:
    plan = make_plan("甲野市のIII.7 ②の再発防止策の内容は", Gazetteer(["甲野市"], WORDS), WORDS, lambda name: False)
    assert [t.surface for t in plan.terms] == ["再発防止策"]
