"""What the profile says in each field of the form, and what it leaves open.

`fact_of` never guesses: what the profile does not say is None, and the drafter asks for it. "" is a field that rightly
stays empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rag.draft.profile import ContractFact, Profile, RecipientFact
from rag.draft.skeleton import bare
from rag.draft.types import FieldDraft

_SUBCONTRACTS, _NO_SUBCONTRACT = "再委託する", "再委託しない"
#: 対象人数 (I.1 ③) → 対象となる本人の数 (II.2 ②), where one follows from the other.
_PERSONS = {
    "1,000人未満": "1万人未満",
    "1,000人以上1万人未満": "1万人未満",
    "1万人以上10万人未満": "1万人以上10万人未満",
    "10万人以上30万人未満": "10万人以上100万人未満",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What the profile says. `texts`: sentences, the option, or labels of marked boxes with their details in ()."""

    texts: tuple[str, ...]
    note: str = ""
    count: str = ""


def fact_of(field: FieldDraft, profile: Profile) -> Fact | None:
    """What the profile says in a field; None where it says nothing."""
    found = _contract(field, profile) or _recipient(field, profile) or _system(field, profile)
    if found is None and bare(field.section) in _FACTS:
        found = _FACTS[bare(field.section)](profile)
    return found


def subcontracts(profile: Profile) -> bool | None:
    """Whether any contract is subcontracted; None where that is unknown of one and no other is."""
    if profile.contracts is None:
        return None
    said = [c.subcontract for c in profile.contracts]
    if _SUBCONTRACTS in said:
        return True
    return False if said and all(s == _NO_SUBCONTRACT for s in said) else None


def connects(profile: Profile) -> bool | None:
    """Whether the duty uses the 情報提供ネットワークシステム; None where the profile does not say."""
    return {"実施する": True, "実施しない": False}.get(profile.linkage)


def _text(value: str, note: str = "") -> Fact | None:
    return Fact((value,), note) if value else None


def _contract(field: FieldDraft, profile: Profile) -> Fact | None:
    if not field.block.startswith("委託事項") or not profile.contracts:
        return None
    contract = profile.contracts[_number(field.block) - 1]
    if field.sub in {"⑤", "⑥"} and contract.subcontract == _NO_SUBCONTRACT:
        return Fact(())
    values: dict[str, Callable[[ContractFact], str]] = {
        "": lambda c: c.title,
        "①": lambda c: c.content,
        "②": lambda c: c.handlers,
        "③": lambda c: c.contractor,
        "④": lambda c: c.subcontract,
        "⑤": lambda c: c.permission,
        "⑥": lambda c: c.subcontracted,
    }
    return _text(values[field.sub](contract)) if field.sub in values else None


def _recipient(field: FieldDraft, profile: Profile) -> Fact | None:
    transfer = field.block.startswith("移転先")
    if not (transfer or field.block.startswith("提供先")) or not profile.recipients:
        return None
    recipient = [r for r in profile.recipients if r.transfer == transfer][_number(field.block) - 1]
    values: dict[str, Callable[[RecipientFact], str]] = {
        "": lambda r: r.recipient,
        "①": lambda r: r.basis,
        "②": lambda r: r.purpose,
        "③": lambda r: r.information,
        "④": lambda r: r.people,
        "⑤": lambda r: r.scope,
        "⑦": lambda r: r.timing,
    }
    if field.sub == "⑥":
        return Fact(recipient.means) if recipient.means else None
    return _text(values[field.sub](recipient)) if field.sub in values else None


def _system(field: FieldDraft, profile: Profile) -> Fact | None:
    if not field.block.startswith("システム") or field.sub != "①" or not profile.systems:
        return None
    return _text(profile.systems[_number(field.block) - 1])


def _number(block: str) -> int:
    return int("".join(c for c in block if c.isdigit()))


def _title(profile: Profile) -> Fact | None:
    if profile.title:
        return _text(profile.title)
    known = profile.city and profile.duty
    return _text(f"{profile.city} {profile.duty} 重点項目評価書", "自治体名と事務名から作りました") if known else None


def _persons(profile: Profile) -> Fact | None:
    if profile.persons:
        return _text(profile.persons)
    return _text(
        _PERSONS.get(profile.people, ""), f"対象人数({profile.people})から選びました。ファイルが一つの場合です"
    )


def _contracts(profile: Profile) -> Fact | None:
    if profile.contracts is None:
        return None
    count = len(profile.contracts)
    return Fact(("委託する",), count=str(count)) if count else Fact(("委託しない",))


def _recipients(profile: Profile) -> Fact | None:
    if profile.recipients is None:
        return None
    given = sum(not r.transfer for r in profile.recipients)
    moved = len(profile.recipients) - given
    texts = [f"提供を行っている({given})" if given else "", f"移転を行っている({moved})" if moved else ""]
    return Fact(tuple(t for t in texts if t) or ("行っていない",))


def _authentication(profile: Profile) -> Fact | None:
    if not profile.authentication:
        return None
    return Fact((f"{profile.authentication.rstrip('。')}により、システムを利用する職員を認証している。",))


def _guarantee(profile: Profile) -> Fact | None:
    return Fact(("再委託していない",)) if subcontracts(profile) is False else None


def _no_subcontract(profile: Profile) -> Fact | None:
    if subcontracts(profile) is not False:
        return None
    titles = [c.title or f"委託事項{n}" for n, c in enumerate(profile.contracts or (), 1)]
    return Fact((f"{_listed(titles)}は再委託しない契約としている。",))


def _listed(names: list[str]) -> str:
    return "、".join(names[:-1]) + f"及び{names[-1]}" if len(names) > 1 else names[0]


def _inquiry(profile: Profile) -> Fact | None:
    note = "" if profile.disclosure_contact else "請求先と同じ窓口でよいか確かめてください"
    return _text(profile.contact, note)


def _disclosure(profile: Profile) -> Fact | None:
    if profile.disclosure_contact:
        return _text(profile.disclosure_contact)
    return _text(profile.contact, "問合せの連絡先を入れました。請求を受け付ける窓口か確かめてください")


def _hosting(profile: Profile) -> Fact | None:
    if not profile.hosting:
        return None
    name = profile.systems[0] if profile.systems else "この事務で使用するシステム"
    return Fact((f"{name}の特定個人情報は、{profile.hosting.rstrip('。')}に保管する。",))


def _header(label: str, marked: bool | None) -> Fact | None:
    return None if marked is None else Fact((label,) if marked else ())


def _network(profile: Profile) -> Fact | None:
    linked = connects(profile)
    return None if linked is None else Fact(() if linked else ("接続しない(入手)", "接続しない(提供)"))


_FACTS: dict[str, Callable[[Profile], Fact | None]] = {
    "表紙 評価書番号": lambda p: _text(p.number),
    "表紙 評価書名": _title,
    "表紙 宣言": lambda p: _text(p.declaration),
    "表紙 評価実施機関名": lambda p: _text(p.body),
    "表紙 公表日": lambda p: _text(p.published),
    "I.1 ①": lambda p: _text(p.duty),
    "I.1 ②": lambda p: _text(p.summary),
    "I.1 ③": lambda p: _text(p.people),
    "I.3": lambda p: _text(p.file_name),
    "I.4 法令上の根拠": lambda p: _text(p.basis_use),
    "I.5 ①": lambda p: _text(p.linkage),
    "I.5 ②": lambda p: Fact(()) if connects(p) is False else _text(p.basis_linkage),
    "I.6 ①": lambda p: _text(p.department),
    "I.6 ②": lambda p: _text(p.manager),
    "I.7": lambda p: Fact(()),
    "II.1": lambda p: _text(p.file_name),
    "II.2 ①": lambda p: _text("システム用ファイル" if p.systems else "", "システムを使う事務として選びました"),
    "II.2 ②": _persons,
    "II.2 ③": lambda p: _text(p.scope),
    "II.2 ④ 全ての記録項目": lambda p: _text("別添1を参照。"),
    "II.2 ⑤": lambda p: _text(p.held_since),
    "II.2 ⑥": lambda p: _text(p.department),
    "II.3 ①": lambda p: Fact(p.sources) if p.sources else None,
    "II.3 ②": lambda p: Fact(p.means) if p.means else None,
    "II.3 ③": lambda p: _text(p.purpose),
    "II.3 ④ 使用部署": lambda p: _text(p.users or p.department),
    "II.3 ④ 使用者数": lambda p: _text(p.handlers),
    "II.4 委託の有無": _contracts,
    "II.5 提供・移転の有無": _recipients,
    "II.6 保管場所": _hosting,
    "II.7": lambda p: Fact(()),
    "別添1": lambda p: _text(p.record_items),
    "III.1": lambda p: _text(p.file_name),
    "III.3 リスク2 ユーザ認証の管理": lambda p: _text("行っている" if p.authentication else ""),
    "III.3 リスク2 具体的な管理方法": _authentication,
    "III.4": lambda p: _header("委託しない", None if p.contracts is None else not p.contracts),
    "III.4 再委託先による適切な取扱いの担保": _guarantee,
    "III.4 具体的な方法": _no_subcontract,
    "III.5": lambda p: _header("提供・移転しない", None if p.recipients is None else not p.recipients),
    "III.6": _network,
    "III.7 ②": lambda p: _text(p.incident),
    "III.8 実施の有無": lambda p: Fact(p.audits) if p.audits else None,
    "IV.1 ①": _disclosure,
    "IV.2 ①": _inquiry,
    "V.1 ①": lambda p: _text(p.assessed),
    "V.2 ①": lambda p: Fact(()),
    "V.2 ②": lambda p: Fact(()),
    "V.2 ③": lambda p: Fact(()),
    "V.3 ①": lambda p: Fact(()),
    "V.3 ②": lambda p: Fact(()),
    "V.3 ③": lambda p: Fact(()),
}
#: Items that are filled only where the body does what they ask about.
_UNLESS: dict[str, Callable[[Profile], bool | None]] = {
    "III.4": lambda p: None if p.contracts is None else bool(p.contracts),
    "III.5": lambda p: None if p.recipients is None else bool(p.recipients),
    "III.6": connects,
}


def applies(field: FieldDraft, profile: Profile) -> bool:
    """Whether a field is to be filled at all: nothing is said of contracts where nothing is contracted."""
    if field.section == field.item:
        return True
    if field.section in {"III.7 ② その内容", "III.7 ② 再発防止策の内容"}:
        return profile.incident != "発生なし"
    does = _UNLESS.get(field.item)
    return does is None or does(profile) is not False
