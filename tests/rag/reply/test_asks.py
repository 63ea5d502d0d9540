"""What a letter asks, requests and complains of, told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reply.asks import asks_of
from rag.reply.inquiry import sentences
from rag.reply.types import Ask, Kind


def asks(text: str) -> list[Ask]:
    return asks_of(sentences(text))


def topics(text: str) -> list[str]:
    return [ask.topic for ask in asks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("どの会社に委託しているのですか。", ["contracts"]),
        ("どこに保管されていて、誰が見られるのか、教えてください。", ["storage", "users"]),
        ("口座の情報も持っているんですかそれと誰が見られるのか知りたいです", ["item_named", "users"]),
        ("届出をしましたが、なぜ番号が必要なのでしょうか。", ["purpose"]),
        ("委託先は？\n再委託の有無\n保管場所", ["contracts", "subcontract", "storage"]),
        ("これまでに委託先が変わったことはありますか。", ["former"]),
        ("漏えいの事故はありましたか。", ["incident"]),
        ("漏れないようにどんな対策をしていますか。", ["leak_prevention"]),
        ("職員がのぞき見していないか心配です。", ["access"]),
        ("書かないとどうなりますか。", ["unstated"]),
        ("Which company handles the data, and where is it stored?", ["contracts", "storage"]),
        ("手当の件。委託先はどこか。", ["contracts"]),
        (
            "お世話になります。次の三点を教えてください。\n一　委託先はどこですか。\n二、保管場所はどこですか。",
            ["contracts", "storage"],
        ),
        ("情報をどの課に渡しているのですか。", ["recipients"]),
        ("セキュリティの予算はいくらですか。", ["unstated"]),
        ("どんな事故があって、その後どんな対策をしたのですか。", ["incident", "incident_plan"]),
        ("退職した人が見ていませんか。", ["access"]),
        ("クラウドの会社の人が中身を見ることはできますか。", ["carrier"]),
        ("給料の額を市はどこから手に入れていますか。", ["sources"]),
    ],
)
def test_questions_by_topic(text: str, expected: list[str]) -> None:
    assert topics(text) == expected


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("私の情報を開示してください。", "disclosure"),
        ("市が持っている私の記録の写しがほしいです。", "disclosure"),
        ("登録された住所が間違っているので直してください。", "correction"),
        ("番号をもう使わないでほしい。", "suspension"),
        ("私のデータを消してください。", "suspension"),
        ("Please delete my data.", "suspension"),
    ],
)
def test_requests(text: str, wish: str) -> None:
    assert [(ask.kind, ask.wish) for ask in asks(text)] == [(Kind.REQUEST, wish)]


@pytest.mark.parametrize(
    "text",
    [
        "開示請求ではありません。委託先はどこですか。",
        "開示を求めるつもりはありません。委託先はどこですか。",
        "情報はいつ消してくれるのですか。",
        "情報はもう削除されましたか。",
    ],
)
def test_no_request(text: str) -> None:
    assert not [ask for ask in asks(text) if ask.wish]


def test_a_sentence_with_several_requests_makes_them_all() -> None:
    made = asks("記録の写しを請求します。等級の訂正、および業者への提供の停止を求めます。")
    assert [ask.wish for ask in made] == ["disclosure", "correction", "suspension"]


def test_how_to_request_in_english_is_a_request() -> None:
    assert [ask.wish for ask in asks("How can I apply to see the records you hold about me?")] == ["disclosure"]


def test_where_data_were_got_is_no_request() -> None:
    assert not any(ask.wish for ask in asks("私の給料の記録は、どこから手に入れているのですか。"))


@pytest.mark.parametrize(
    "text",
    [
        "どうすれば請求できますか。",
        "用紙はどこにありますか。",
        "妻が行っても大丈夫ですか。",
        "不服があるときはどうなりますか。",
    ],
)
def test_how_a_request_is_made_belongs_to_it(text: str) -> None:
    made = asks(f"私の情報を訂正してほしいです。{text}")
    assert [(ask.wish, ask.topic) for ask in made] == [("correction", "")]
    assert not made[0].promise
    assert text[:4] in made[0].sentence


def test_an_ask_for_an_explanation_beside_a_complaint_asks_nothing_more() -> None:
    made = asks("委託先はどこですか。苦情です、きちんと説明してください。")
    assert [(ask.kind, ask.topic) for ask in made] == [(Kind.QUESTION, "contracts"), (Kind.COMPLAINT, "")]


def test_details_of_a_request_belong_to_it() -> None:
    (ask,) = asks("開示の手続を教えてください。手数料はいくらですか。郵送でもできますか。")
    assert "手数料" in ask.sentence
    assert "郵送" in ask.sentence


def test_the_data_of_one_person() -> None:
    assert asks("私のデータは漏れましたか。")[0].own
    assert asks("〔氏名1〕の情報は漏れましたか。")[0].own
    assert not asks("データは漏れないようになっていますか。")[0].own
    assert not asks("私の情報はどこに保管されていますか。")[0].own


def test_a_person_stays_a_token_and_a_number_goes() -> None:
    (ask,) = asks("〔氏名1〕の個人番号〔個人番号〕は漏れましたか。")
    assert ask.text == "〔氏名1〕の個人番号は漏れましたか"


def test_promises_and_judgements_are_noticed() -> None:
    assert asks("絶対に漏れないと約束できますか。")[0].promise
    assert asks("会社に渡すのは違法ではないですか。")[0].legal


def test_a_complaint_comes_last_and_once() -> None:
    found = asks("納得できません。抗議します。委託先はどこですか。")
    assert [ask.kind for ask in found] == [Kind.QUESTION, Kind.COMPLAINT]


def test_thanks_ask_nothing() -> None:
    assert asks("いつもお世話になっております。今後ともよろしくお願いします。") == []


def test_the_company_spoken_of_before() -> None:
    assert topics("委託先はどこですか。その会社は再委託していますか。") == ["contracts", "subcontract"]


def test_which_company_points_at_none_before() -> None:
    first, second = asks("うちの情報はどこの会社に委託していますか。その会社は再委託していますか。")
    assert "どこの会社" in first.text
    assert second.text.startswith("委託先")


def test_what_only_opens_the_letter_asks_nothing() -> None:
    assert topics("医療費のことで教えてください。委託先はどこですか。") == ["contracts"]


def test_two_wordings_of_a_question_are_answered_once() -> None:
    (ask,) = asks("委託先はどこですか。どの会社に任せているのか知りたいです。")
    assert ask.wordings == ("委託先はどこですか", "どの会社に任せているのか知りたいです")


@given(st.text(alphabet="委託先は開示どこですか。、？私の漏れ\n①絶対会社 ", max_size=80))
def test_any_text_is_understood(text: str) -> None:
    assert all(ask.text for ask in asks(text))
