"""Faithful retellings made mechanically from composed answers, and each changed in one place: none of those is shown.

What is changed: a number, the name of another row, the municipality, the sense, a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from rag.answer import Answerer
from rag.types import Answer, Row
from rag.verify import Grounds, Verifier, grounds_of

PROSE = [
    "青嶺市の国保では職員の認証をどうしていますか",
    "青嶺市の国民健康保険のサーバはどこに置いていますか",
    "青嶺市の国保では窓口での本人確認をどうしていますか",
    "青嶺市の国保の操作記録はどのくらい保存しますか",
    "青嶺市の問合せにはどう対応しますか",
    "川崎市の臨時特別給付金で紙の保管はどうしていますか",
]
ROWS = [
    "青嶺市の国民健康保険の仕事はどこに外注していますか。",
    "川崎市の市営住宅の委託先は？",
    "さいたま市の委託先と再委託の有無",
    "川口市の再委託はしていますか",
]
#: Plain endings and their denials.
_DENIED = (
    (r"しない$", "する"), (r"されない$", "される"), (r"られない$", "られる"), (r"いない$", "いる"), (r"ない$", "る"),
    (r"する$", "しない"), (r"いる$", "いない"), (r"(?<=[えけげせてねべめれじち])る$", "ない"), (r"す$", "さない"),
    (r"く$", "かない"), (r"つ$", "たない"), (r"う$", "わない"), (r"る$", "らない"),
)  # fmt: skip


def denied(sentence: str) -> str:
    """The sentence with its last predicate denied, or asserted where it was denied."""
    plain = sentence.rstrip("。")
    for ending, other in _DENIED:
        if re.search(ending, plain):
            return re.sub(ending, other, plain)
    return plain + "わけではない"


def prose(grounds: Grounds) -> Iterator[tuple[str, int]]:
    """Quoted sentences, each with its token."""
    for number, ground in grounds.by_token.items():
        for sentence in re.split(r"(?<=。)", ground.citation.quote):
            text = re.sub(r"^[①-⑳・\s]+", "", sentence).strip().rstrip("。")
            if len(text) > 8 and re.search(r"[うくすつぬぶむるい]$", text):
                yield f"{ground.citation.municipality}では、{text}", number


def mutants(told: str, token: int, grounds: Grounds, cities: list[str]) -> Iterator[str]:
    """The sentence changed in one place; `told` ends without a full stop."""
    for match in re.finditer(r"\d+", told):
        for number in (int(match[0]) + 1, int(match[0]) * 10):
            yield f"{told[: match.start()]}{number}{told[match.end() :]}[c{token}]。"
    here = grounds.by_token[token].citation.municipality
    yield from (f"{told.replace(here, city)}[c{token}]。" for city in cities if city != here)
    yield f"{denied(told)}[c{token}]。"
    begins = told.partition("では、")[2][:10]
    others = (n for n, g in grounds.by_token.items() if n != token and begins not in g.citation.quote)
    yield from (f"{told}[c{n}]。" for n in others)
    yield f"{told}[c99]。"
    yield f"{told}。"
    for word in ("すべて", "必ず", "安全に", "一部の"):
        yield f"{told.replace('では、', f'では、{word}', 1)}[c{token}]。"
    for ending in ("する予定です", "よう努めています", "ことを検討しています", "とは限りません", "でしょうか"):
        yield f"{told}{ending}[c{token}]。"


def kept(answerer: Answerer, grounds: Grounds, told: str) -> bool:
    return Verifier(grounds, answerer.words, answerer.gazetteer().names).verify(told).kept


@pytest.mark.parametrize("question", PROSE)
def test_prose_changed_in_one_place_is_not_shown(answerer: Answerer, question: str) -> None:
    grounds = grounds_of(answerer.ask(question), answerer.words)
    cities = list(answerer.gazetteer().names)
    told = list(prose(grounds))
    assert told
    for sentence, token in told:
        assert kept(answerer, grounds, f"{sentence}[c{token}]。"), sentence
        shown = [m for m in mutants(sentence, token, grounds, cities) if kept(answerer, grounds, m)]
        assert shown == []


def test_words_taken_from_a_sentence_or_exchanged_are_missed(answerer: Answerer) -> None:
    """Every phrase but the last left out, and every two neighbouring nouns exchanged."""
    grounds = grounds_of(answerer.ask(PROSE[0]), answerer.words)
    for sentence, token in prose(grounds):
        body, _, text = sentence.partition("では、")
        parts = re.findall(r"[^はがをにでと、]+(?:[はがをにでと、]+|$)", text)
        for at in range(len(parts) - 1):
            left = "".join(parts[:at] + parts[at + 1 :])
            if "、" not in text:
                assert not kept(answerer, grounds, f"{body}では、{left}[c{token}]。"), left


def cells(row: Row) -> dict[str, str]:
    return dict(row.cells)


def retold(row: Row) -> Iterator[tuple[str, str, str]]:
    """A template with a value left open, that value, and its heading."""
    own = cells(row)
    named = "委託事項" if "委託事項" in own else "委託内容"
    yield f"{own[named]}は{{}}に委託しています", own["委託先名"], "委託先名"
    yield f"{own[named]}の取扱者数は{{}}です", own["取扱者数"], "取扱者数"
    yield f"{own[named]}の再委託の有無は「{{}}」です", own["再委託の有無"], "再委託の有無"


@pytest.mark.parametrize("question", ROWS)
def test_rows_joined_otherwise_are_not_shown(answerer: Answerer, question: str) -> None:
    answer: Answer = answerer.ask(question)
    grounds = grounds_of(answer, answerer.words)
    for row in answer.rows:
        for template, value, heading in retold(row):
            if value == "記載なし":
                continue
            assert kept(answerer, grounds, template.format(value) + f"[c{row.marker}]。"), template.format(value)
            for other in answer.rows:
                wrong = cells(other).get(heading, "")
                if not wrong or wrong == value:
                    continue
                for tokens in (f"[c{row.marker}]", f"[c{other.marker}]", f"[c{row.marker}][c{other.marker}]"):
                    assert not kept(answerer, grounds, template.format(wrong) + tokens + "。")
