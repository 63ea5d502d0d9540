"""National model text: the newest wording that holds in law, as a whole, its drifts told."""

from __future__ import annotations

from dataclasses import replace

from rag.draft.adapting import Adapter
from rag.draft.material import said_in
from rag.draft.names import names_of
from rag.draft.national import ModelText, model_texts
from tests.fakes_peers import OWN, PEER, peer

FIELD = "III.6 その他のリスク"
PLATFORM = "＜中間サーバー・プラットフォームにおける措置＞"
CLOUD = "＜ガバメントクラウドにおける措置＞"
OLD = replace(PEER, number="1", published="令和3年4月1日")
NEW = replace(PEER, number="2", published="令和7年4月1日")
ALL = frozenset({"linkage", "cloud"})


def blocks(*peers: tuple[object, tuple[str, ...]], allowed: frozenset[str] = ALL) -> tuple[ModelText, ...]:
    books = [peer({FIELD: lines}, profile) for profile, lines in peers]  # type: ignore[arg-type]
    return model_texts([s for b in books for s in said_in([b], FIELD)], Adapter(OWN, names_of(books)), allowed)


def texts(*peers: tuple[object, tuple[str, ...]], allowed: frozenset[str] = ALL) -> list[str]:
    return [s.adapted.text for b in blocks(*peers, allowed=allowed) for s in b.sentences]


def test_the_newest_wording_is_taken_whole() -> None:
    old = (OLD, (PLATFORM, "①回線を分けて通信を守る。", "②職員証で入室を確かめる。"))
    new = (NEW, (PLATFORM, "①回線を分けて通信を暗号で守る。", "②身分証で入室を確かめる。"))
    assert texts(old, new) == ["回線を分けて通信を暗号で守る。", "身分証で入室を確かめる。"]


def test_a_drift_of_the_wording_is_told_with_its_document() -> None:
    line = "①回線を団体ごとに分離し、通信を暗号化することで安全性を確保している。"
    found = blocks((OLD, (PLATFORM, line.replace("分離", "分割"))), (NEW, (PLATFORM, line)))
    assert found[0].sentences[0].drifts == (("分離", "分割", "霧ヶ原市-1"),)


def test_spelling_is_no_drift() -> None:
    line = "①中間サーバーへの通信を暗号化することで安全性を確保している。"
    found = blocks((OLD, (PLATFORM, line.replace("サーバー", "サーバ"))), (NEW, (PLATFORM, line)))
    assert found[0].sentences[0].drifts == ()
    assert len(found[0].sentences[0].others) == 1


def test_a_newest_wording_that_cites_repealed_law_gives_way_to_one_that_holds() -> None:
    repealed = (NEW, (PLATFORM, "①番号法第19条第14号に基づく照会だけを通す。"))
    holds = (OLD, (PLATFORM, "①番号法に基づく照会だけを通す。"))
    assert texts(repealed, holds) == ["番号法に基づく照会だけを通す。"]


def test_only_what_the_body_uses_enters() -> None:
    lines = (PLATFORM, "①通信を暗号化する。", CLOUD, "①国内に保存する。")
    assert texts((NEW, lines), allowed=frozenset({"linkage"})) == ["通信を暗号化する。"]
    assert texts((NEW, lines), allowed=frozenset({"cloud"})) == ["国内に保存する。"]
    assert texts((NEW, lines), allowed=frozenset()) == []


def test_headings_are_printed_one_way() -> None:
    found = blocks((NEW, ("＜中間サーバプラットホームにおける措置＞", "①通信を暗号化する。")))
    assert [b.heading for b in found] == ["中間サーバー・プラットフォームにおける措置"]


def test_figures_of_the_national_text_are_the_nations() -> None:
    assert texts((NEW, (PLATFORM, "①教育を年2回実施する。"))) == ["教育を年2回実施する。"]
