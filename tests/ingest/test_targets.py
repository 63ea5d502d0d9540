"""Which item a row of 変更箇所 speaks of."""

from __future__ import annotations

import pytest

from ingest.forms import load_form
from ingest.targets import target_of

FORM3 = load_form("様式3")


@pytest.mark.parametrize(
    ("text", "section"),
    [
        (
            "II 特定個人情報ファイルの概要－4特定個人情報ファイルの取扱いの委託－委託事項1－③委託先名",
            "II.4 委託事項1 ③",
        ),
        ("Ⅱ．４　委託事項３　④再委託の有無", "II.4 委託事項3 ④"),
        ("II 5. 特定個人情報の提供・移転 提供先1① 法令上の根拠", "II.5 提供先1 ①"),
        ("II 5. 特定個人情報の提供・移転(委託に伴うものを除く。)-移転先1", "II.5 移転先1"),
        ("I 基本情報－4情報提供ネットワークシステムによる情報連携－②法令上の根拠", "I.5 ②"),
        ("II 3. 特定個人情報ファイルの取扱いの委託-④使用の主体-使用部署", "II.3 ④ 使用部署"),
        ("III リスク対策 3. 特定個人情報の使用 リスクに対する措置の内容", "III.3 リスク1 措置の内容"),
        (
            "IIIリスク対策－7特定個人情報の保管・消去－⑨過去3年以内に、評価実施機関において、個人情報に関する重大事故が発生したか",
            "III.7 ②",
        ),
        ("Ⅳ開示請求、問合せ－特定個人情報の開示・訂正・利用停止請求－②請求方法", "IV.1 ②"),
        ("lll リスク対策 8. 監査", "III.8"),
        ("I 2. システム12 ③他のシステムとの接続", "I.2 システム12 ③"),
        ("V評価実施－手続き①実施日", "V"),
        ("Ⅰ 基本情報", "I"),
        ("表紙の公表日", ""),
        ("", ""),
        ("Ⅱ 4 " + "(" * 100_000, "II.4"),
    ],
)
def test_targets(text: str, section: str) -> None:
    assert target_of(text, FORM3) == section
