"""Each rule fires where it should and not where it nearly should: (rule, section, changes of the sample)."""

from __future__ import annotations

import pytest

from .conftest import EVERYWHERE, Change, Findings

BASIS = "・番号法第9条第1項 別表の44の項 ・青嶺市個人番号の利用等に関する条例第4条"
QUERY = (
    "・番号法第19条第8号に基づく主務省令第2条の表 "
    "(1)情報照会の根拠 69、70、71の項 (2)情報提供の根拠 2、3、6、13、48、69の項"
)
DISCLOSURE = "個人情報の保護に関する法律第76条第1項、第90条第1項及び第98条第1項に基づく請求書"

FIRES: list[tuple[str, str, tuple[Change, ...]]] = [
    ("contradiction.subcontract", "III.4", (("の担保\t[十分に行っている]", "の担保\t[再委託していない]"),)),
    ("contradiction.subcontract", "III.4", (("[再委託する]", "[再委託しない]", EVERYWHERE),)),
    ("contradiction.subcontract-text", "II.4", (("④再委託の有無 ※\t[再委託する]", "④再委託の有無 ※\t[再委託しない]"),)),
    ("contradiction.not-done", "II.4", (("[委託する] (3) 件", "[委託しない] () 件"),)),
    ("contradiction.not-done", "III.4", (("[ ] 委託しない", "[○] 委託しない"),)),
    ("contradiction.not-done", "III.5", (("[ ] 提供・移転しない", "[○] 提供・移転しない"),)),
    ("contradiction.count", "II.4", (("[委託する] (3) 件", "[委託する] (4) 件"),)),
    ("contradiction.count", "II.5", (("提供を行っている (2) 件", "提供を行っている (3) 件"),)),
    ("contradiction.people", "I.1", (("③対象人数\t[1万人以上10万人未満]", "③対象人数\t[1,000人以上1万人未満]"),)),
    ("contradiction.threshold", "V.1", (("③対象人数\t[1万人以上10万人未満]", "③対象人数\t[30万人以上]"),)),
    ("contradiction.threshold", "V.1", (("③対象人数\t[1万人以上10万人未満]", "③対象人数\t[10万人以上30万人未満]"),)),
    ("contradiction.linkage-basis", "I.5", (("①実施の有無\t[実施する]", "①実施の有無\t[実施しない]"),)),
    ("contradiction.linkage-connection", "III.6", (("①実施の有無\t[実施する]", "①実施の有無\t[実施しない]"),)),
    (
        "contradiction.linkage-connection",
        "III.6",
        (("[ ] 接続しない(入手)\t[ ] 接続しない(提供)", "[○] 接続しない(入手)\t[○] 接続しない(提供)"),),
    ),
    (
        "contradiction.linkage-connection",
        "III.6",
        (("(2)情報提供の根拠 2、3、6、13、48、69の項", "(2)情報提供の根拠 なし"),),
    ),
    (
        "contradiction.linkage-means",
        "II.3",
        (
            (
                "[○] 情報提供ネットワークシステム [ ] その他 ()\n③使用目的",
                "[ ] 情報提供ネットワークシステム [ ] その他 ()\n③使用目的",
                EVERYWHERE,
            ),
        ),
    ),
    (
        "contradiction.provision-means",
        "II.5",
        (
            (
                "⑥提供方法\t[○] 情報提供ネットワークシステム [ ] 専用線",
                "⑥提供方法\t[ ] 情報提供ネットワークシステム [○] 専用線",
            ),
        ),
    ),
    (
        "contradiction.authentication",
        "III.3",
        (("ICカードと顔認証の二要素で認証する", "ICカードと指紋認証の二要素で認証する"),),
    ),
    ("contradiction.incident", "III.7", (("[発生あり]", "[発生なし]"),)),
    ("stale.table-one", "I.4", (("別表の44の項 ・", "別表第一の30の項 ・"),)),
    ("stale.table-two", "I.5", (("第19条第8号に基づく主務省令第2条の表 (1)", "第19条第8号 別表第二 (1)"),)),
    ("stale.item-seven", "I.5", (("第19条第8号に基づく主務省令第2条の表 (1)", "第19条第7号 別表第二 (1)"),)),
    (
        "stale.ordinance-eight",
        "I.5",
        ((BASIS, "・番号法第9条第2項 ・青嶺市個人番号の利用等に関する条例第9条第1項、別表第一の2の項"),),
    ),
    ("stale.ordinance-eight", "I.5", ((BASIS, "・番号法第9条第2項 ・青嶺市個人番号の利用等に関する条例第4条"),)),
    (
        "stale.ordinance-fourteen",
        "I.5",
        ((BASIS, "・番号法第9条第2項"), (QUERY, "番号法第19条第14号")),
    ),
    (
        "stale.statute-nine",
        "I.5",
        ((BASIS, "・番号法第9条第1項 別表の44の項"), (QUERY, "【情報照会】番号法第19条第9号")),
    ),
    ("stale.entry", "I.4", (("別表の44の項 ・", "別表の27の項 ・"),)),
    ("stale.ordinance", "IV.1", ((DISCLOSURE, "青嶺市個人情報保護条例に基づく請求書"),)),
    ("stale.ordinance", "III.5", (("試験用のデータで2名が", "個人情報保護条例の罰則を知らせ、2名が"),)),
    ("stale.four-items", "II.2", (("5情報(氏名、氏名の振り仮名、性別、", "4情報(氏名、性別、"),)),
    ("stale.form", "表紙", (("[令和7年5月 様式3]", "[令和6年10月 様式3]"),)),
    (
        "missing.part",
        "I.6",
        (("6. 評価実施機関における担当部署\n①部署\t市民生活部国保年金課\n②所属長の役職名\t国保年金課長\n", ""),),
    ),
    ("blank.required", "II.3", (("③使用目的 ※\t資格を正しく管理し、保険税を公平に課すため", "③使用目的 ※\t"),)),
    ("blank.required", "IV.1", ((f"②請求方法\t{DISCLOSURE}を、窓口、郵送又は電子申請で出す。", "②請求方法\t"),)),
    ("blank.choice", "II.4", (("取扱者数\t[10人未満]", "取扱者数\t[]"),)),
    ("blank.detail", "II.4", (("⑥再委託事項\tサーバ機器の保守", "⑥再委託事項\t"),)),
    (
        "unreadable.marks",
        "III.8",
        (("[○] 自己点検 [○] 内部監査 [○] 外部監査", "[ ] 自己点検 [ ] 内部監査 [ ] 外部監査"),),
    ),
    (
        "unreadable.value",
        "I.5",
        (("①実施の有無\t[実施する] <選択肢> 1)", "①実施の有無\t実施する 実施しない 未定 <選択肢> 1)"),),
    ),
    ("conversion.inverted", "III.3", (("必要のない情報との紐付け", "必要な情報との紐付け"),)),
    ("conversion.title", "III.3", (("必要のない情報との紐付け", "必要なない情報との紐付け"),)),
    ("conversion.choice", "III.2", (("十分か\t[特に力を入れている]", "十分か\t[特に入力している]"),)),
    ("conversion.characters", "II.3", (("資格を正しく管理し、", "資格を〓しく管理し、"),)),
    (
        "suspicious.repeated",
        "II.5",
        (
            (
                "②提供先における用途\t生活保護の決定及び実施に関する事務",
                "②提供先における用途\t番号法第19条第8号に基づく主務省令第2条の表 42の項",
            ),
        ),
    ),
    ("suspicious.other-city", "II.6", (("<青嶺市における措置> ①サーバは", "<白波市における措置> ①サーバは"),)),
    ("suspicious.other-city", "III.5", (("青嶺市特定個人情報取扱要領", "白波市特定個人情報取扱要領"),)),
    (
        "suspicious.other-duty",
        "表紙",
        (("\nシステムの運用、納付書の印刷", "\n児童手当の支給に関する事務では、納付書の印刷"),),
    ),
    (
        "suspicious.duty-in-text",
        "III.3",
        (("番号法別表の44の項の事務に要る", "児童手当の支給に関する事務に要る"),),
    ),
]

HOLDS: list[tuple[str, tuple[Change, ...]]] = [
    ("contradiction.subcontract", (("④再委託の有無 ※\t[再委託しない]", "④再委託の有無 ※\t[再委託する]"),)),
    ("contradiction.subcontract-text", (("\t⑤再委託の許諾方法\t\n", "\t⑤再委託の許諾方法\tなし\n"),)),
    ("contradiction.not-done", (("[ ] 委託しない", "[] 委託しない"),)),
    ("contradiction.count", (("[委託する] (3) 件", "[委託する] () 件"),)),
    (
        "contradiction.count",
        (
            ("提供を行っている (2) 件", "提供を行っている (28) 件"),
            ("提供先2\t全国健康保険協会", "提供先2\tその他(別紙のとおり)"),
        ),
    ),
    ("contradiction.people", (("③対象人数\t[1万人以上10万人未満]", "③対象人数\t[10万人以上30万人未満]"),)),
    # 1万人以上10万人未満 with a grave incident in the past year: 重点 may be due
    (
        "contradiction.threshold",
        (
            (
                "[基礎項目評価の実施が義務付けられる(任意に重点項目評価を実施)]",
                "[基礎項目評価及び重点項目評価の実施が義務付けられる]",
            ),
        ),
    ),
    ("contradiction.linkage-connection", (("[ ] 接続しない(提供)", "[○] 接続しない(提供)"),)),
    (
        "contradiction.linkage-means",
        (
            (
                "[○] 情報提供ネットワークシステム [ ] その他 ()\n③使用目的",
                "[ ] 情報提供ネットワークシステム [ ] その他 ()\n③使用目的",
            ),
        ),
    ),
    (
        "contradiction.provision-means",
        (
            (
                "⑥提供方法\t[○] 情報提供ネットワークシステム [ ] 専用線",
                "⑥提供方法\t[○] 情報提供ネットワークシステム [○] 専用線",
            ),
        ),
    ),
    ("contradiction.authentication", (("入室には顔認証とICカード", "入室には指紋認証とICカード", EVERYWHERE),)),
    (
        "contradiction.incident",
        (
            ("[発生あり] <選択肢> 1) 発生あり 2) 発生なし\nその内容\t資格", "[発生なし]\nその内容\t資格"),
            ("資格・賦課ファイルの欄に書いたとおり", "該当なし", EVERYWHERE),
        ),
    ),
    # the table of an ordinance is not that of the law
    (
        "stale.table-one",
        ((BASIS, "・番号法第9条第1項 別表の44の項 ・青嶺市個人番号の利用等に関する条例第4条(別表第一の3の項)"),),
    ),
    (
        "stale.table-two",
        ((BASIS, "・番号法第9条第1項 別表の44の項 ・青嶺市個人番号の利用等に関する条例別表第二の3の項"),),
    ),
    (
        "stale.item-seven",
        (("青嶺市個人番号の利用等に関する条例第5条", "青嶺市個人番号の利用等に関する条例第19条第7号"),),
    ),
    # on both the law and an ordinance: it cannot be told which of the two the linkage rests on
    ("stale.ordinance-eight", (("別表の44の項 ・", "別表の44の項 番号法第9条第2項 ・"),)),
    ("stale.statute-nine", ((BASIS, "・番号法第9条第2項"), (QUERY, "【情報照会】番号法第19条第9号"))),
    # others' 条例事務 may be supplied by a 法定事務
    (
        "stale.statute-nine",
        (
            (BASIS, "・番号法第9条第1項 別表の44の項"),
            (QUERY, "【情報照会】番号法第19条第8号【情報提供】番号法第19条第8号、第19条第9号"),
        ),
    ),
    ("stale.entry", (("別表の44の項 ・", "別表の24の項及び44の項 ・"),)),
    ("stale.ordinance", ((DISCLOSURE, "青嶺市個人情報の保護に関する法律施行条例に基づく請求書"),)),
    ("blank.required", (("7. 備考\n-", "7. 備考\n"),)),
    # the block stands empty as a whole: nothing is provided
    (
        "blank.detail",
        (
            ("④再委託の有無 ※\t[再委託する]", "④再委託の有無 ※\t[再委託しない]"),
            ("⑥再委託事項\tサーバ機器の保守", "⑥再委託事項\t"),
        ),
    ),
    ("conversion.inverted", (("必要のない情報との紐付け", "必要のない情報とのひも付け"),)),
    ("conversion.choice", (("[十分である]", "[ 十分である ]"),)),
    (
        "suspicious.repeated",
        (("②移転先における用途\t介護保険料の賦課と徴収に関する事務", "②移転先における用途\t別紙のとおり"),),
    ),
    ("suspicious.other-city", (("青嶺市特定個人情報取扱要領", "本市特定個人情報取扱要領"),)),
    ("suspicious.other-city", (("<青嶺市における措置> ①サーバは", "<ガバメントクラウドにおける措置> ①サーバは"),)),
    (
        "suspicious.other-duty",
        (("\nシステムの運用、納付書の印刷", "\n国民健康保険の資格等に関する事務では、納付書の印刷"),),
    ),
    ("suspicious.duty-in-text", (("番号法別表の44の項の事務に要る", "国民健康保険に関する事務に要る"),)),
    ("suspicious.duty-in-text", (("番号法別表の44の項の事務に要る", "窓口の事務に要る"),)),
]


@pytest.mark.parametrize(("rule", "section", "changes"), FIRES, ids=[f"{r}-{n}" for n, (r, _, _) in enumerate(FIRES)])
def test_fires(of_rule: Findings, rule: str, section: str, changes: tuple[Change, ...]) -> None:
    found = of_rule(rule, *changes)
    assert len(found) == 1
    assert section in {s.split(" ")[0] for s in found[0].sections}


@pytest.mark.parametrize(("rule", "changes"), HOLDS, ids=[f"{r}-{n}" for n, (r, _) in enumerate(HOLDS)])
def test_does_not_fire(of_rule: Findings, rule: str, changes: tuple[Change, ...]) -> None:
    assert of_rule(rule, *changes) == ()


def test_nothing_fires_that_was_not_spoiled(findings: Findings) -> None:
    assert findings() == ()
