"""Profiles from files: what is read, and the sentence for what cannot be."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.draft.profile import Profile, RecipientFact
from rag.draft.profile_file import MAX_ENTRIES, MAX_TEXT_CHARS, ProfileFile
from rag.draft.profile_reading import MAX_FILE_BYTES, as_yaml, profile_of, read_profile
from rag.errors import BadEntry
from tests.fakes_draft import PROFILE

FILE = """\
city: みなと市
duty: 学童保育料の減免に関する事務
number: 012
published: 2026-04-01
department:
systems: 学童システム
contracts:
  - title: 保守
    subcontract: 再委託しない
recipients:
  - recipient: 県
    transfer: true
    means: [紙, 専用線]
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "euc-jp"])
def test_encodings(encoding: str) -> None:
    profile = read_profile(FILE.encode(encoding), "自市.yaml")
    assert (profile.city, profile.number, profile.published) == ("みなと市", "012", "2026-04-01")
    assert (profile.department, profile.systems) == ("", ("学童システム",))
    assert profile.contracts is not None
    assert profile.contracts[0].subcontract == "再委託しない"
    assert profile.recipients == (RecipientFact("県", True, means=("紙", "専用線")),)


def test_unknown_is_not_none() -> None:
    assert read_profile("city: あ市\n".encode(), "p").contracts is None
    assert read_profile("city: あ市\ncontracts: []\n".encode(), "p").contracts == ()


@pytest.mark.parametrize(
    "profile", [PROFILE, Profile(), Profile(city="あ市", contracts=(), record_items="氏名\n住所: 番地")]
)
def test_there_and_back(profile: Profile) -> None:
    assert read_profile(as_yaml(profile).encode(), "p.yaml") == profile
    assert read_profile(json.dumps(ProfileFile.of(profile).model_dump()).encode(), "p.json") == profile


@given(st.binary(max_size=300))
def test_no_bytes_lead_to_anything_but_a_sentence(data: bytes) -> None:
    told = ""
    try:
        read_profile(data, "p.yaml")
    except BadEntry as refused:
        told = str(refused)
    assert told == "" or re.fullmatch(r"p\.yaml: .*[。]", told, re.DOTALL)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("citi: みなと市", "「citi」という項目はありません。使える項目は body、city、"),
        ("contracts:\n  - titel: 保守", "「contracts.1.titel」という項目はありません。使える項目は title、content"),
        ("city: [みなと市]", "項目「city」は文字で書いて"),
        ("contracts: 三件", "項目「contracts」は一覧"),
        ("contracts: [三件]", "項目「contracts.1」は「項目: 内容」の形で"),
        ("city: あ市\ncity: い市", "項目「city」が二度あります"),
        ("city: あ市\n  duty: 事務", "2行目がYAML として読めません"),
        ('{"city": "あ市",}', "1行目が JSON として読めません"),
        ("- みなと市", "「項目: 内容」の形ではありません"),
        ("a: &x [あ]\nb: *x", "別名"),
        ("[" * 5000, "入れ子が深すぎます"),
        ("number: 1234 5678 9018", "項目「number」に個人番号とみられる"),
        ("contracts:\n  - content: 番号１２３４５６７８９０１８", "項目「contracts.content」に個人番号"),
        ("city: !!python/object/apply:os.getcwd []", "YAML として読めません"),
        (f"city: {'あ' * (MAX_TEXT_CHARS + 1)}", "項目「city」が長すぎます"),
        (f"systems: [{'あ,' * (MAX_ENTRIES + 1)}]", "項目「systems」が多すぎます"),
        (f"city: {'a' * MAX_FILE_BYTES}", "大きすぎます"),
    ],
)
def test_faults_name_the_key(text: str, told: str) -> None:
    with pytest.raises(BadEntry, match=re.escape(told)):
        read_profile(text.encode(), "自市.yaml")


def test_what_is_no_text() -> None:
    with pytest.raises(BadEntry, match="文字として読めません"):
        read_profile(b"PK\x03\x04\x00\xff\xfe\x80\x81" * 20, "自市.yaml")


def test_plain_values_of_a_batch() -> None:
    assert profile_of({"city": "あ市", "systems": ["い"]}).systems == ("い",)
    with pytest.raises(BadEntry, match="city"):
        profile_of({"city": True})
