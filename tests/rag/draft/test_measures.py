"""Sentences of several peers that say the same are one measure; the best worded leads."""

from __future__ import annotations

from dataclasses import replace

from rag.draft.adapting import Adapter
from rag.draft.material import said_in
from rag.draft.measures import ALIKE, Measure, alike, backs, grouped, units
from rag.draft.names import names_of
from tests.fakes_peers import OWN, PEER, peer

FIELD = "III.3 リスク2 その他の措置の内容"


def measures(*peers: tuple[str, ...], topics: frozenset[str] = frozenset()) -> tuple[Measure, ...]:
    books = [peer({FIELD: lines}, replace(PEER, number=str(n))) for n, lines in enumerate(peers)]
    adapter = Adapter(OWN, names_of(books))
    found = units([s for b in books for s in said_in([b], FIELD)], adapter, topics)
    return grouped(found, [b.version.document for b in books])


def test_the_same_in_other_words_is_one_measure() -> None:
    found = measures(("・操作ログを取得し、点検する。",), ("・操作の記録を取得して、点検する。",))
    assert [m.documents for m in found] == [("霧ヶ原市-0", "霧ヶ原市-1")]


def test_different_measures_stay_apart() -> None:
    assert len(measures(("・操作の記録を取得する。", "・端末を施錠して保管する。"))) == 2


def test_what_most_peers_say_comes_first() -> None:
    found = measures(("・端末を施錠して保管する。", "・操作の記録を取得する。"), ("・操作の記録を取得する。",))
    assert [m.best.text for m in found] == ["操作の記録を取得する。", "端末を施錠して保管する。"]


def test_the_wording_with_nothing_to_fill_in_leads() -> None:
    found = measures(("・操作の記録を年2回点検する。",), ("・操作の記録を定期的に点検する。",))
    assert [m.best.text for m in found] == ["操作の記録を定期的に点検する。"]


def test_a_sentence_that_continues_stays_with_what_it_continues() -> None:
    found = measures(("・操作の記録を取得する。また、その記録を点検する。",))
    assert [[a.text for a in m.best.adapted] for m in found] == [
        ["操作の記録を取得する。", "また、その記録を点検する。"]
    ]


def test_what_continues_a_refused_sentence_is_refused() -> None:
    assert measures(("・過去に端末を紛失した事案を受けた。そのため、記録を点検する。",)) == ()


def test_topics_leave_out_what_speaks_of_something_else() -> None:
    found = measures(("・操作の記録を取得する。", "・端末を施錠して保管する。"), topics=frozenset({"施錠"}))
    assert [m.best.text for m in found] == ["端末を施錠して保管する。"]


def test_footnotes_and_openings_are_no_measures() -> None:
    assert measures(("・次の事項を契約書に明記している。", "(※1)記録とは操作の記録をいう。")) == ()


def test_a_clause_is_told_from_a_sentence() -> None:
    found = measures(("・秘密の保持に関する事項", "・操作の記録を取得する。", "・操作の権限を分けている"))
    assert {m.best.text: m.best.clause for m in found} == {
        "秘密の保持に関する事項": True,
        "操作の記録を取得する。": False,
        "操作の権限を分けている": False,
    }


def test_likeness_is_even_handed_and_bounded() -> None:
    one, other = "再委託の制限に関する事項", "再委託の禁止又は制限に関する事項"
    assert alike(one, other) == alike(other, one) >= ALIKE
    assert alike(one, one) == 1.0
    assert alike(one, "研修の実施に関する事項") < ALIKE


def test_a_measure_is_cited_with_those_only_that_say_it_too() -> None:
    staff = ("・新任の職員に情報セキュリティの研修を毎回受けさせている。",)
    contractors = ("・業務を請け負う者に、教育を義務付ける。",)
    again = ("・新任の職員に、情報セキュリティの研修を受けさせる。",)
    found = measures(staff, contractors, again)
    assert [m.documents for m in found] == [("霧ヶ原市-0", "霧ヶ原市-1", "霧ヶ原市-2")]
    assert {found[0].best.document, *(u.document for u in found[0].backing)} == {"霧ヶ原市-0", "霧ヶ原市-2"}


def test_clauses_of_a_list_back_each_other_by_their_topic() -> None:
    assert backs("従事者への研修に関する事項", "従業者に対する教育の実施")
    assert not backs("従事者に研修を受けさせる。", "請負人に教育の徹底を求める。")
