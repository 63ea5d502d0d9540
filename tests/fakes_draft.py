"""An invented draft of every kind of field, and a drafter that makes it: behind the pages until a test wants more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.assessment import Mark, Marking
from rag.checks.finding import Finding
from rag.draft.changes import changes
from rag.draft.places import field_at
from rag.draft.profile import ContractFact, Profile
from rag.draft.types import (
    Basis,
    Changed,
    Draft,
    DraftSentence,
    FieldDraft,
    FieldKind,
    Peer,
    Reason,
)
from rag.draft.wordings import PeerText, Wording
from rag.errors import BadEntry, NotFound
from rag.types import Citation

PROFILE = Profile(
    body="緑丘市長",
    city="緑丘市",
    duty="学童保育料の減免に関する事務",
    department="こども課",
    systems=("学童システム",),
    contracts=(ContractFact("学童システムの保守", contractor="潮風システム株式会社", subcontract="再委託しない"),),
)
PEERS = (
    Peer("青葉野市-7", "青葉野市", "青葉野市 給食費の評価書", "給食費の管理に関する事務", "令和7年4月1日", 2, 0.92,
         (Reason("duty", 0.9, "事務が近い(こども)"), Reason("people", 1.0, "対象人数が同じ"))),
    Peer("汐見町-2", "汐見町", "汐見町 図書館の評価書", "図書館利用に関する事務", "令和7年4月1日", 3, 0.49,
         (Reason("duty", 0.2, "事務が異なる"),), chosen=False),
)  # fmt: skip
RULES, METHOD, CHOICE, BOXES = "III.4 規定の内容", "III.4 具体的な方法", "III.4 規定", "III.4"


def cited(peer: int, quote: str, marker: int = 1) -> Citation:
    """A citation of one of the invented peers."""
    p = PEERS[peer]
    key = "III/4///規定の内容#11 %"
    return Citation(
        marker,
        p.document,
        p.municipality,
        p.title,
        RULES,
        "規定の内容",
        p.published,
        quote,
        item=key,
        version=p.version,
    )


def draft(profile: Profile = PROFILE) -> Draft:
    """A draft with sentences of every basis."""
    secret = "・秘密を守ること。"
    rules = FieldDraft(
        RULES,
        "III.4",
        "規定の内容",
        FieldKind.TEXT,
        name="規定の内容",
        sentences=(
            DraftSentence(
                "a1",
                "秘密を守ること。",
                Basis.PEER,
                (cited(0, secret), cited(1, "秘密保持の義務", 2)),
                bullet="・",
                shared=2,
            ),
            DraftSentence(
                "a2",
                "情報を持ち出さないこと。",
                Basis.PEER,
                (cited(0, "・持ち出さないこと。"),),
                (Changed("持ち出さない", "情報を持ち出さない", "主語を補った"),),
                bullet="・",
                shared=1,
            ),
            DraftSentence("a3", "学童システムの保守は再委託しない。", Basis.PROFILE),
        ),
        offers=(
            DraftSentence(
                "o1", "作業の場所を限ること。", Basis.PEER, (cited(1, "作業場所を限ること。"),), bullet="・", shared=1
            ),
            DraftSentence(
                "o2", "国の基準に従うこと。", Basis.MODEL_TEXT, (cited(1, "国の基準に従うこと。"),), shared=1
            ),
        ),
    )
    method = FieldDraft(
        METHOD,
        "III.4",
        "具体的な方法",
        FieldKind.TEXT,
        name="具体的な方法",
        sentences=(
            DraftSentence(
                "b1",
                "立入調査を【要確認: 頻度】行い、【要確認: 担当】が確かめる。",
                Basis.PEER,
                (cited(0, "立入調査を年1回行う。"),),
                (Changed("年1回", "【要確認: 頻度】", "自市の頻度"),),
            ),
            DraftSentence("b2", "【要確認: 報告の方法】", Basis.PLACEHOLDER),
        ),
    )
    choice = FieldDraft(
        CHOICE,
        "III.4",
        "委託契約書中の規定",
        FieldKind.CHOICE,
        name="規定",
        options=("定めている", "定めていない"),
        sentences=(DraftSentence("c1", "【要確認: 規定の有無】", Basis.PLACEHOLDER),),
    )
    boxes = FieldDraft(
        BOXES,
        "III.4",
        "4. 委託",
        FieldKind.BOXES,
        boxes=(Mark("委託しない", Marking.UNMARKED), Mark("その他", Marking.UNMARKED)),
    )
    empty = FieldDraft("III.5", "III.5", "5. 提供・移転", FieldKind.TEXT)
    return Draft(profile, PEERS, (boxes, choice, rules, method, empty))


class FakeDrafter:
    """`api.drafting.Drafting` with the invented draft. `made`: another draft to make instead."""

    def __init__(self) -> None:
        self.drafted: list[tuple[Profile, tuple[str, ...]]] = []
        self.made: Draft | None = None

    def peers(self, profile: Profile, without: str = "") -> tuple[Peer, ...]:
        return tuple(p for p in PEERS if p.document != without)

    def draft(self, profile: Profile, items: Sequence[str] = (), peers: Sequence[Peer] | None = None) -> Draft:
        self.drafted.append((profile, tuple(items)))
        made = replace(self.made or draft(profile), profile=profile)
        known = made.items
        if unknown := [item for item in items if item not in known]:
            raise BadEntry(f"項目「{unknown[0]}」は起案できません。")
        if items:
            made = replace(made, fields=tuple(f for f in made.fields if f.item in items))
        return replace(made, peers=tuple(peers)) if peers is not None else made

    def redraft(self, draft: Draft, section: str) -> FieldDraft:
        field = field_at(draft, section)
        fresh = DraftSentence("a1", "立入りの記録を残すこと。", Basis.PEER, (cited(0, "記録を残すこと。"),))
        return replace(field, sentences=(fresh, *field.sentences[1:]))

    def taken_over(self, document: str) -> Profile:
        if document not in {p.document for p in PEERS}:
            raise NotFound(f"{document} は収録していません。")
        return PROFILE

    def revised(self, document: str) -> Draft:
        profile = self.taken_over(document)
        return replace(draft(profile), peers=self.peers(profile, document), revises=document)

    def changed(self, before: Draft, after: Draft) -> tuple[tuple[str, ...], ...]:
        return tuple(("令和8年4月1日", c.section, c.before, c.after, "事前", "") for c in changes(before, after))

    def beside(self, draft: Draft, section: str) -> tuple[PeerText, ...]:
        if section != RULES:
            return ()
        other = DraftSentence("", "秘密保持の義務を課すこと。", Basis.PEER, (cited(1, "秘密保持の義務"),))
        named = Wording(1, cited(1, "秘密は町の規則により守ること。"), None, "ほかの自治体の名称")
        first = Wording(0, cited(0, "・秘密を守ること。"), DraftSentence("", "秘密を守ること。", Basis.PEER))
        return (
            PeerText(PEERS[0], (first,)),
            PeerText(PEERS[1], (Wording(0, cited(1, "秘密保持の義務"), other), named)),
        )

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        return ()
