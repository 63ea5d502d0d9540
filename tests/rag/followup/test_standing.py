"""Follow-ups become the questions that they stand for; questions that stand alone come back as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.followup import rewrite
from rag.places import places
from rag.question import Shape
from rag.stop import Stop
from rag.types import Past, Status
from tests.rag.followup.conversation import VERSIONS, listed, past, plan

CONTRACTORS = "高槻市の子ども医療費の委託先は？"


def standing(followup: str, *earlier: Past) -> str:
    return rewrite(followup, earlier, plan, VERSIONS, None, Stop()).question


@pytest.mark.parametrize(
    ("followup", "question"),
    [
        # the item of its own, of those that were spoken of
        ("再委託は？", "高槻市の子ども医療費の再委託は？"),
        ("そこの再委託は？", "高槻市の子ども医療費の再委託は？"),
        ("その取扱者数は？", "高槻市の子ども医療費の取扱者数は？"),
        ("同市の問合せ先は", "高槻市の子ども医療費の問合せ先は"),
        ("ちなみに、この事務の担当部署はどこですか", "高槻市の子ども医療費の担当部署はどこですか"),
        ("そこではどうやって消去していますか", "高槻市の子ども医療費ではどうやって消去していますか"),
        ("何人で使っていますか", "高槻市の子ども医療費では、何人で使っていますか"),
        ("生活保護の情報は移転していますか", "高槻市の子ども医療費では、生活保護の情報は移転していますか"),
        ("罰則は？", "高槻市の子ども医療費の罰則は？"),
        # the last question, turned
        ("いつから？", "高槻市の子ども医療費の委託先はいつからこのようになっていますか"),
        ("それはいつからですか", "高槻市の子ども医療費の委託先はいつからこのようになっていますか"),
        ("以前は？", "高槻市の子ども医療費の委託先は、以前は何でしたか"),
        ("いつ変わった？", "高槻市の子ども医療費の委託先はいつ変わりましたか"),
        ("なぜ変わった？", "高槻市の子ども医療費の委託先が変わった理由は何ですか"),
        ("理由は？", "高槻市の子ども医療費の委託先の理由は何ですか"),
        ("一覧にして", "高槻市の子ども医療費の委託先をすべて一覧にしてください"),
        ("ほかにもありますか", "高槻市の子ども医療費の委託先をすべて一覧にしてください"),
        ("何件？", "高槻市の子ども医療費の委託先は何件ですか"),
        ("全部で何社ですか", "高槻市の子ども医療費の委託先は何件ですか"),
        ("もっと詳しく", "高槻市の子ども医療費の委託先について詳しく教えてください"),
        ("英語で", "高槻市の子ども医療費の委託先は？ (please tell me in English)"),
        ("本当ですか", CONTRACTORS),
        ("それは？", CONTRACTORS),
        # what is asked of the item, by the label of the form
        ("人数は？", "高槻市の子ども医療費の委託先における取扱者数は？"),
        ("内容は？", "高槻市の子ども医療費の委託内容は？"),
        ("根拠は？", "高槻市の子ども医療費の個人番号の利用の法令上の根拠は？"),
        ("費用は？", "高槻市の子ども医療費の委託先の費用は？"),
        # others
        ("大津町は？", "大津町の委託先は？"),
        ("じゃあ小郡では？", "小郡市の委託先は？"),
        ("大津町も同じですか", "大津町の委託先は？"),
        ("小郡市の市営住宅の場合は？", "小郡市の市営住宅の委託先は？"),
        ("横浜市は？", "横浜市の子ども医療費の委託先は？"),
        ("市営住宅は？", "市営住宅の委託先は？"),
        ("大津町は以前は？", "大津町の委託先は、以前は何でしたか"),
        ("令和3年4月1日時点では？", "令和3年4月1日時点の高槻市の子ども医療費の委託先は？"),
        ("ほかの自治体は？", "高槻市以外の自治体の委託先は？"),
        ("他市の再委託は？", "高槻市以外の自治体の再委託は？"),
        ("全自治体では？", "すべての自治体の委託先は？"),
        ("大津町と比べて", "高槻市の子ども医療費と大津町の委託先を比べてください"),
        ("市営住宅の担当課は？", "市営住宅の担当課は？"),
        ("国民健康保険の委託先は？", "高槻市の国民健康保険の委託先は？"),
    ],
)
def test_after_a_question_about_contractors(followup: str, question: str) -> None:
    assert standing(followup, past(CONTRACTORS, "高槻市-1")) == question


@pytest.mark.parametrize(
    "followup",
    [
        "小郡市の再委託は？",
        "大津町の問合せ先を教えてください",
        "どの自治体が再委託していますか",
        "潮見計算に委託している自治体は？",
        "収録している評価書は何件ですか",
        "すべての自治体の委託先は？",
        "再委託とは何ですか",
        "今日の天気は？",
        "ありがとうございました。",
        "あなたは誰ですか",
        "おすすめの喫茶店を教えて",
        "1+1は？",
        "はい",
        "",
        "？",
    ],
)
def test_what_stands_alone_comes_back(followup: str) -> None:
    assert standing(followup, past(CONTRACTORS, "高槻市-1")) == followup


@pytest.mark.parametrize(
    ("followup", "question"),
    [
        ("2社目の再委託は？", "高槻市の子ども医療費の「株式会社 北浜電算 中央支店」の再委託は？"),
        ("三番目の取扱者数は？", "高槻市の子ども医療費の「有限会社もみじ印刷」の取扱者数は？"),
        ("最後の委託先の取扱者数は？", "高槻市の子ども医療費の「有限会社もみじ印刷」の取扱者数は？"),
        ("下から2つ目の取扱者数は？", "高槻市の子ども医療費の「株式会社 北浜電算 中央支店」の取扱者数は？"),
        ("上から1つ目は？", "高槻市の子ども医療費の委託事項「潮見計算株式会社」について教えてください"),
        ("2社目の人数は？", "高槻市の子ども医療費の「株式会社 北浜電算 中央支店」の委託先における取扱者数は？"),
        ("2社目の担当部署は？", "高槻市の子ども医療費の担当部署は？"),
        ("5社目の再委託は？", "高槻市の子ども医療費の5社目の再委託は？"),
        ("「2社目」の再委託は？", "高槻市の子ども医療費の「2社目」の再委託は？"),
        ("その会社の取扱者数は？", "高槻市の子ども医療費の委託先の取扱者数は？"),
        (
            "その会社に委託している自治体は？",
            "委託先が「潮見計算株式会社」「株式会社北浜電算」「有限会社もみじ印刷」の自治体は？",
        ),
        ("そのうち再委託しているのは？", "高槻市の子ども医療費の委託先のうち、再委託しているのは？"),
    ],
)
def test_rows_of_the_last_answer(followup: str, question: str) -> None:
    assert standing(followup, listed(CONTRACTORS)) == question


def test_one_row_stays_in_view() -> None:
    one = listed("高槻市の子ども医療費で保守をしている会社は？", only=[2])
    assert standing("その会社に委託している自治体は？", one) == "株式会社北浜電算に委託している自治体は？"
    assert standing("再委託は？", one) == "高槻市の子ども医療費の「株式会社 北浜電算 中央支店」の再委託は？"
    assert standing("通知書の印刷の再委託は？", one) == "高槻市の子ども医療費の通知書の印刷の再委託は？"
    assert standing("問合せ先は？", one) == "高槻市の子ども医療費の問合せ先は？"
    assert standing("3社目の再委託は？", listed(CONTRACTORS), one).startswith("高槻市の子ども医療費の「有限会社もみじ")


def test_a_company_that_no_row_names_is_the_one_that_the_question_described() -> None:
    told = past("高槻市で通知書を印刷しているのはどこですか", "高槻市-1")
    assert standing("その会社の取扱者数は？", told) == "高槻市で通知書を印刷している会社の取扱者数は？"


def test_few_documents_of_an_answer_are_carried_with_what_tells_them_apart() -> None:
    few = past("北浜電算に委託している自治体は？", "高槻市-1", "小郡市-1")
    assert standing("その担当部署は？", few) == "高槻市の子ども医療費と小郡市の公営住宅の担当部署は？"
    assert standing("そこの再委託は？", past("監査は？", "大津町-1")) == "大津町の再委託は？"


def test_many_municipalities_of_an_answer_are_not_carried() -> None:
    turn = past("どの自治体が監査をしていますか", "高槻市-1", "小郡市-1", "大津町-1", "北見市-1")
    versions = (*VERSIONS, replace(VERSIONS[0], document="北見市-1", municipality="北見市"))
    for followup in ("再委託は？", "そこの再委託は？"):
        question = rewrite(followup, [turn], plan, versions, None, Stop()).question
        assert question == followup.removeprefix("そこの")


def test_what_was_not_collected_is_not_carried() -> None:
    town = past("横浜市の委託先は？", status=Status.NOT_COLLECTED)
    assert standing("高槻市は？", town) == "高槻市の委託先は？"
    assert standing("再委託は？", town) == "再委託は？"
    assert standing("再委託は？", past(CONTRACTORS, "高槻市-1"), town) == "高槻市の子ども医療費の再委託は？"
    duty = past("高槻市の国民健康保険の事務の委託先は？", status=Status.NOT_COLLECTED)
    assert standing("再委託は？", duty) == "高槻市の再委託は？"


def test_refused_and_idle_turns_are_passed_over() -> None:
    told = past(CONTRACTORS, "高槻市-1")
    refused = past("************の人の担当は？", status=Status.REFUSED)
    idle = past("大津町のおいしい店は？", status=Status.OUT_OF_SCOPE)
    assert standing("再委託は？", told, refused, idle) == "高槻市の子ども医療費の再委託は？"
    assert standing("再委託は？", refused) == "再委託は？"


def test_the_nearest_turn_counts_and_only_six_are_looked_at() -> None:
    turns = [past("大津町の監査は？", "大津町-1"), past(CONTRACTORS, "高槻市-1")]
    assert standing("再委託は？", *turns) == "高槻市の子ども医療費の再委託は？"
    empty = [past("ありがとう", status=Status.OUT_OF_SCOPE)] * 5
    assert standing("再委託は？", *turns, *empty) == "高槻市の子ども医療費の再委託は？"
    assert standing("再委託は？", *turns, *empty, empty[0]) == "再委託は？"


def test_a_question_over_all_ends_what_was_carried_but_not_what_is_pointed_to() -> None:
    wide = past("どの自治体が監査をしていますか", "高槻市-1", "小郡市-1", "大津町-1", "北見市-1")
    versions = (*VERSIONS, replace(VERSIONS[0], document="北見市-1", municipality="北見市"))
    told = past(CONTRACTORS, "高槻市-1")
    assert rewrite("再委託は？", [told, wide], plan, versions, None, Stop()).question == "再委託は？"
    pointed = rewrite("そこの再委託は？", [told, wide], plan, versions, None, Stop()).question
    assert pointed == "高槻市の子ども医療費の再委託は？"


def test_a_date_is_carried_until_another_time_is_meant() -> None:
    then = past("令和3年4月1日時点の高槻市の担当部署は？", "高槻市-1")
    assert standing("所属長の役職名は？", then) == "令和3年4月1日時点の高槻市の所属長の役職名は？"
    assert plan(standing("所属長の役職名は？", then)).as_of == plan(then.question).as_of
    assert standing("今は？", then) == "現在の高槻市の担当部署は何ですか"
    assert standing("令和5年4月1日時点では？", then) == "令和5年4月1日時点の高槻市の担当部署は？"


def test_several_municipalities_stay_together() -> None:
    both = past("高槻市と大津町の委託先を比べて", "高槻市-1", "大津町-1")
    assert standing("再委託は？", both) == "高槻市と大津町の再委託は？"
    assert standing("小郡市は？", both) == "小郡市の委託先を比べて"
    one, other = past("高槻市の監査は？", "高槻市-1"), past("大津町の監査は？", "大津町-1")
    assert standing("比べて", one, other) == "高槻市と大津町の監査を比べてください"
    without = past("高槻市以外の自治体の委託先は？", "小郡市-1", "大津町-1")
    assert standing("再委託は？", without) == "高槻市以外の自治体の再委託は？"


def test_a_duty_is_kept_only_where_it_is_collected() -> None:
    named = past("高槻市の「子ども医療費の支給に関する事務」の再委託の許諾方法は？", "高槻市-1")
    assert standing("大津町は？", named) == "大津町の再委託の許諾方法は？"
    assert standing("取扱者数は？", named) == "高槻市の「子ども医療費の支給に関する事務」の取扱者数は？"
    told = past("小郡市の給付金の問合せ先は？", "小郡市-2")
    assert standing("市営住宅の方は？", told) == "小郡市の市営住宅の問合せ先は？"
    tax = past("大津町の地方税の収滞納管理の担当部署は？", "大津町-1")
    assert standing("再委託は？", tax) == "大津町の地方税の収滞納管理の再委託は？"
    assert standing("高槻市は？", tax) == "高槻市の担当部署は？"


def test_who_was_asked_for_gives_way_to_a_name() -> None:
    asked = past("どの自治体が北浜電算に委託していますか", "高槻市-1", "小郡市-1")
    assert standing("大津町は？", asked) == "大津町は北浜電算に委託していますか"
    assert standing("一覧にして", asked) == "北浜電算に委託している自治体をすべて一覧にしてください"


@pytest.mark.parametrize(
    ("question", "followup", "rewritten"),
    [
        ("Which contractors handle child medical data in 高槻市?", "What about subcontracting?",
         "What about subcontracting in 高槻市 for child medical?"),
        ("Which contractors handle child medical data in 高槻市?", "And in Ozu?",
         "Which contractors handle data in Ozu?"),
        ("Which contractors handle child medical data in 高槻市?", "How many people handle it there?",
         "How many people handle it in 高槻市 for child medical?"),
        ("Which contractors handle child medical data in 高槻市?", "Who was it before?",
         "What was the contractors in 高槻市 for child medical before it was changed?"),
        ("Which contractors handle child medical data in 高槻市?", "How many are there?",
         "How many of the contractors in 高槻市 for child medical are there in all?"),
        ("Which contractors handle child medical data in 高槻市?", "再委託は？", "高槻市の子ども医療費の再委託は？"),
        ("Which contractors handle child medical data in 高槻市?", "大津町は？", "大津町の委託先名は？"),
        (CONTRACTORS, "And Ozu?", "What is 委託先名 in Ozu?"),
        (CONTRACTORS, "Subcontracting?", "Subcontracting in 高槻市 for 子ども医療費?"),
        (CONTRACTORS, "What about other cities?", "What about 委託先名 in municipalities other than 高槻市?"),
        (CONTRACTORS, "Tell me a joke", "Tell me a joke"),
    ],
)  # fmt: skip
def test_english(question: str, followup: str, rewritten: str) -> None:
    found = standing(followup, past(question, "高槻市-1"))
    assert found == rewritten
    if found != followup:
        assert plan(found).language == ("ja" if "？" in found else "en")


def test_english_rows() -> None:
    told = listed("Which contractors handle child medical data in 高槻市?")
    which = "What about subcontracting for the second one?"
    assert standing(which, told) == (
        "What about subcontracting for 「株式会社 北浜電算 中央支店」 in 高槻市 for child medical?"
    )
    one = listed("Which contractor maintains the system in 高槻市?", only=[2])
    assert standing("Which cities use that company?", one) == "Which cities use 株式会社北浜電算?"


@pytest.mark.parametrize(
    ("followup", "place"),
    [
        ("再委託は？", "II.4 委託事項 ④"),
        ("取扱者数は？", "II.4 委託事項 ②"),
        ("許諾方法は？", "II.4 委託事項 ⑤"),
        ("担当部署は？", "I.6 ①"),
        ("保管場所は？", "II.6 保管場所"),
        ("開示請求の窓口は？", "IV.1 ①"),
        ("大津町は？", "II.4 委託事項 ③"),
        ("人数は？", "II.4 委託事項 ②"),
        ("内容は？", "II.4 委託事項 ①"),
    ],
)
def test_the_planner_understands_what_is_meant(followup: str, place: str) -> None:
    found = plan(standing(followup, past(CONTRACTORS, "高槻市-1")))
    assert found.places[0].place is places()[place]
    assert found.collected == (("大津町",) if "大津" in followup else ("高槻市",))
    assert bool(found.duties) is ("大津" not in followup)


@pytest.mark.parametrize(
    ("followup", "shape"),
    [("いつから？", Shape.CHANGE), ("以前は？", Shape.CHANGE), ("なぜ変わった？", Shape.CHANGE),
     ("一覧にして", Shape.LIST), ("何件？", Shape.COUNT), ("大津町と比べて", Shape.COMPARE)],
)  # fmt: skip
def test_turns_have_their_shape(followup: str, shape: Shape) -> None:
    assert shape in plan(standing(followup, past(CONTRACTORS, "高槻市-1"))).shapes
