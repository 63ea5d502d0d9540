"""Profiles of bodies that do not exist: towns, wards, unions, with and without each fact, duties of all kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rag.draft.profile import ContractFact, Profile, RecipientFact

BODIES = ("夕凪市", "丘陵町", "水辺村", "常緑区", "三ツ星広域連合", "せせらぎ市", "日だまり町", "むつみ環境組合")
DUTIES = (
    "子ども医療費の支給に関する事務",
    "公営住宅の管理に関する事務",
    "地方税の収滞納管理に関する事務",
    "自立支援給付の支給に関する事務",
    "臨時特別給付金の支給に関する事務",
    "国民健康保険に関する事務",
    "介護保険に関する事務",
    "後期高齢者医療に関する事務",
    "児童手当の支給に関する事務",
    "児童扶養手当の支給に関する事務",
    "予防接種の実施に関する事務",
    "就学援助に関する事務",
    "生活保護の決定及び実施に関する事務",
    "固定資産税の賦課に関する事務",
    "個人住民税の賦課に関する事務",
    "住民基本台帳に関する事務",
    "母子保健に関する事務",
    "災害時の被災者台帳の作成に関する事務",
)
AUTHENTICATIONS = (
    "",
    "ユーザIDとパスワード",
    "静脈認証とパスワード",
    "ICカードと暗証番号",
    "顔認証",
    "IDとパスワード及び指紋認証",
)
HOSTINGS = ("", "ガバメントクラウド", "庁内のサーバー室", "県内の民間データセンター")
LINKAGES = ("", "実施する", "実施しない")
CONTRACTS: tuple[tuple[ContractFact, ...] | None, ...] = (
    None,
    (),
    (ContractFact("システムの保守", contractor="夕凪電算株式会社", subcontract="再委託しない"),),
    (ContractFact("通知書の印刷", subcontract="再委託する"), ContractFact("データの入力")),
)
RECIPIENTS: tuple[tuple[RecipientFact, ...] | None, ...] = (
    None,
    (),
    (RecipientFact("住民課", transfer=True), RecipientFact("年金事務所")),
)


def profiles() -> Iterator[Profile]:
    """One for each duty twice over: once with facts that go round at different paces, once with hardly any."""
    for n, duty in enumerate(DUTIES):
        city = BODIES[n % len(BODIES)]
        full = Profile(
            body=f"{city}長",
            city=city,
            duty=duty,
            department="" if n % 5 == 0 else "給付課",
            people="1,000人以上1万人未満",
            systems=() if n % 3 == 0 else ("業務支援システム",),
            authentication=AUTHENTICATIONS[n % len(AUTHENTICATIONS)],
            hosting=HOSTINGS[n % len(HOSTINGS)],
            linkage=LINKAGES[n % len(LINKAGES)],
            contracts=CONTRACTS[(n // 2) % len(CONTRACTS)],
            recipients=RECIPIENTS[(n // 2) % len(RECIPIENTS)],
            contact="" if n % 4 == 0 else f"{city}総務課 00-0000-0000",
        )
        yield full
        yield replace(Profile(city=city, body=f"{city}長", duty=duty), hosting=HOSTINGS[(n + 1) % len(HOSTINGS)])
