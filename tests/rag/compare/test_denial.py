"""A sentence that names a measure says that it is taken only where nothing denies, plans or merely allows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.compare.denial import affirms
from rag.compare.measures import measures
from rag.terms import key


def says(name: str, text: str) -> bool:
    """Whether a sentence says that the measure of that beginning is taken."""
    measure = next(m for m in measures() if m.name.startswith(name))
    folded = key(text)
    found = list(measure.mentions(folded))
    assert found, "the sentence must name the measure at all"
    return any(affirms(folded, *m.span()) for m in found)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("二要素", "二要素認証は行っていない。"),
        ("二要素", "2要素認証を導入する予定である。"),
        ("二要素", "二要素認証の導入を検討している。"),
        ("二要素", "二要素認証(ICカードと暗証番号)は行っていない。"),
        ("二要素", "二要素認証ではなく、IDとパスワードによる認証を行う。"),
        ("二要素", "二要素認証なし"),
        ("二要素", "二要素認証を必須としない。"),
        ("生体", "生体認証は行っていないが、ICカードによる認証を行っている。"),
        ("生体", "以前は生体認証を行っていたが、廃止した。"),
        ("生体", "生体認証を廃止し、ICカードに替えた。"),
        ("操作履歴", "操作ログは取得していない。"),
        ("操作履歴", "アクセスログの取得は行わず、操作者の申告による。"),
        ("操作履歴", "アクセスログの記録は今後の課題である。"),
        ("操作履歴", "操作履歴の記録については、システムの更改後に実施する。"),
        ("ログの点検", "ログを定期的に点検することを可能とする。"),
        ("立入", "立入調査は実施していない。"),
        ("立入", "立入調査に代えて、報告書を出させる。"),
        ("複製", "情報の複製を禁止していない。"),
        ("秘密", "秘密の保持に関する規定は設けていない。"),
        ("職員への", "研修は未実施である。"),
        ("職員への", "研修は令和9年度から実施する。"),
        ("職員への", "研修を実施することが望ましい。"),
        ("バックアップ", "バックアップは取得せず、原本から復旧する。"),
        ("有人", "監視カメラは設置していない。"),
    ],
)
def test_not_taken(name: str, text: str) -> None:
    assert not says(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("二要素", "一部の端末を除き、二要素認証を行う。"),
        ("ICカード", "生体認証は行っていないが、ICカードによる認証を行っている。"),
        ("ID・", "二要素認証ではなく、IDとパスワードによる認証を行う。"),
        ("操作履歴", "アクセスログを取得し、業務外の利用を行っていないか確かめる。"),
        ("操作履歴", "操作ログを取り、権限のない操作が無いことを見る。"),
        ("生体", "生体認証により、権限のない者が操作できないようにしている。"),
        ("利用できる機能", "利用可能な機能を制限することで、不正な利用が行えない仕組みとする。"),
        ("立入", "原則として立入調査を行い確かめる(実施が困難なときは報告書による)。"),
        ("立入", "委託先への立入検査を行うことができる。"),
        ("複製", "情報を複製してはならない。"),
        ("定めた事務", "番号法に定める事務以外の特定個人情報の利用を行っていない。"),
        ("秘密", "秘密を漏らさず、不当に使わないこと"),
        ("監査結果", "監査の結果を踏まえ、改善の措置を検討・実施する。"),
    ],
)
def test_taken(name: str, text: str) -> None:
    assert says(name, text)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_text_is_judged(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert affirms(text, start, end) in {True, False}


def test_denied_whatever_stands_before() -> None:
    for lead in ("", "・", "①", "職員については、", "なお、"):
        assert not says("二要素", f"{lead}二要素認証は実施していない。")
