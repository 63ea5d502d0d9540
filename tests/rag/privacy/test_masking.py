"""Tokens stand for values: the same for the same value, none of them kept, what is needed to answer left as it is."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.guard import check_digit
from rag.privacy import Found, Masked, MaskedSpan, mask

NUMBER = f"12345678901{check_digit('12345678901')}"
LETTER = f"""川口市長 様

私は川口市青葉2丁目3番4号に住む山田花子と申します。長男の健太(平成30年4月2日生まれ)の子ども医療費は、
アイネスに委託していますか。
マイナンバーは{NUMBER[:4]} {NUMBER[4:8]} {NUMBER[8:]}です。
電話090-0000-1234、hanako@example.com。

山田　花子
"""


@pytest.fixture(scope="module")
def masked() -> Masked:
    return mask(LETTER)


def test_a_letter(masked: Masked) -> None:
    assert masked.text == (
        "川口市長 様\n\n"
        "私は川口市〔住所1〕に住む〔氏名1〕と申します。長男の〔氏名2〕(〔生年月日1〕生まれ)の子ども医療費は、\n"
        "アイネスに委託していますか。\nマイナンバーは〔個人番号〕です。\n電話〔電話番号1〕、〔メールアドレス1〕。\n\n〔氏名1〕\n"
    )


def test_what_was_found_is_counted_by_value(masked: Masked) -> None:
    counts = {found.kind: found.count for found in masked.found}
    assert counts == {"住所": 1, "氏名": 2, "生年月日": 1, "個人番号": 1, "電話番号": 1, "メールアドレス": 1}
    assert mask(f"{NUMBER} と {NUMBER}").found == (Found("個人番号", 2),)


def test_the_places_are_those_of_the_original(masked: Masked) -> None:
    said = [LETTER[span.start : span.end] for span in masked.spans if span.kind == "氏名"]
    assert said == ["山田花子", "健太", "山田　花子"]
    assert list(masked.spans) == sorted(masked.spans, key=lambda span: span.start)


def test_whoever_holds_the_original_can_put_values_back(masked: Masked) -> None:
    text = masked.text
    for span in masked.spans:
        text = text.replace(span.token, LETTER[span.start : span.end], 1)
    assert text == LETTER


def test_nothing_that_is_kept_shows_a_value(masked: Masked) -> None:
    shown = f"{masked!r} {masked.spans!r} {masked.found!r}"
    for value in ("山田", "花子", "健太", "青葉", "0000", "hanako", NUMBER[:4], "平成30年"):
        assert value not in shown
    assert {type(masked), type(masked.spans[0])} == {Masked, MaskedSpan}
    with pytest.raises(FrozenInstanceError):
        masked.text = ""  # type: ignore[misc]


def test_spellings_of_one_value_share_a_token() -> None:
    tokens = {span.token for span in mask("電話は090-0000-1234、つまり０９０ ００００ １２３４です").spans}
    assert tokens == {"〔電話番号1〕"}


def test_a_masked_text_is_masked_no_further(masked: Masked) -> None:
    again = mask(masked.text)
    assert (again.text, again.spans) == (masked.text, ())
    assert mask("〔氏名1〕の夫の山田太郎です").text == "〔氏名1〕の夫の〔氏名2〕です"


@pytest.mark.parametrize(
    "text",
    [
        "どの自治体がアイネスに委託していますか？",
        "川口市の子ども医療費の問合せ先は？ 山田市や大和市との違いは？",
        "氏名、住所、電話番号は記録されますか。氏名は誰が見られますか。世帯主の情報は？",
        "田中内科クリニックと株式会社山田工務店と本田技研工業に提供しますか。",
        "川口市役所 子ども福祉課 電話 048-000-1110",
        "さいたま市浦和区青葉六丁目4番4号 さいたま市役所",
        "kodomo@city.example.lg.jp にお送りください。",
        "平成20年4月2日以降に生まれた子は対象ですか。令和6年4月1日に公表されました。",
        "別表の1、2、3、4、6、8、9、11の項と番号法第19条第8号",
        "赤ちゃんとお母さんの健診、担当者様、娘のけがの治療、長男の医療費",
        "Which contractors handle Kawaguchi City child medical data?",
        "",
    ],
)
def test_what_is_needed_to_answer_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked_text"),
    [
        ("娘のさくらが、夫の誠は", "娘の〔氏名1〕が、夫の〔氏名2〕は"),
        ("グエン・ヴァン・アンと申します。", "〔氏名1〕と申します。"),
        ("氏名：髙橋 美咲（たかはし みさき）", "氏名：〔氏名1〕（〔氏名2〕）"),
        ("千葉さんと森様が千葉市の森にいます", "〔氏名1〕さんと〔氏名2〕様が千葉市の森にいます"),
        ("市民課の福島係長に聞きました", "市民課の〔氏名1〕係長に聞きました"),
        ("My name is Hanako Sato. Mr. Brown said so.", "My name is 〔氏名1〕. Mr. 〔氏名2〕 said so."),
        ("1980年5月3日生まれ、5月3日に申請", "〔生年月日1〕生まれ、5月3日に申請"),
        ("普通 1234567 サトウ ハナコ", "普通 〔口座番号1〕 〔氏名1〕"),
        ("受給者番号は1234567、宛名番号：0012345678", "受給者番号は〔受給者番号1〕、宛名番号：〔宛名番号1〕"),
        ("市民課に行き、自宅の00-0000-1111へ電話を", "市民課に行き、自宅の〔電話番号1〕へ電話を"),
        ("青葉1-2-3から市民課へ来た", "〔住所1〕から市民課へ来た"),
    ],
)
def test_what_must_go(text: str, masked_text: str) -> None:
    assert mask(text).text == masked_text


def test_the_guard_is_light() -> None:
    script = (
        "import sys, rag.guard, rag.privacy; print({'torch', 'sentence_transformers', 'sudachipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@given(
    st.text(st.sampled_from("山田太郎 1２三-・ーア゙ｶﾞか\u3099\u200b\ud800〔〕氏名1住所:番地@.aA\r\n㈱①()〒"), max_size=60)
)
def test_any_text_can_be_masked(text: str) -> None:
    masked = mask(text)
    at, expected = 0, ""
    for span in masked.spans:
        assert at <= span.start < span.end <= len(text)
        expected += text[at : span.start] + span.token
        at = span.end
    assert masked.text == expected + text[at:]
