"""Which collected assessments are models for a draft, ranked, each with the reasons that staff see."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.assessment import State
from rag.draft.profile import Profile
from rag.draft.types import Peer, Reason
from rag.draft.words import domains_of, plain, words
from rag.duties import duties_of
from rag.shelf import Book

#: How much each reason counts; together 1.
WEIGHTS = {"事務": 0.4, "新しさ": 0.2, "様式": 0.05, "対象人数": 0.1, "システムと設置場所": 0.15, "自己評価": 0.1}
#: So many are drawn upon unless staff choose otherwise, and none that is less like the draft than this.
MAX_CHOSEN = 8
LEAST_SCORE = 0.15
#: An assessment that old is worth nothing as news (指針: redone before five years).
OLD_YEARS = 6
_PEOPLE = ("1,000人未満", "1,000人以上1万人未満", "1万人以上10万人未満", "10万人以上30万人未満", "30万人以上")
_EAGER = "特に力を入れて"


def rank(profile: Profile, books: Sequence[Book], today: dt.date) -> tuple[Peer, ...]:
    """All books as peers, best first; the first `MAX_CHOSEN` that are like enough are chosen."""
    found = [_peer(profile, book, today) for book in books]
    found.sort(key=lambda p: (-p.score, p.document))
    chosen = [p.document for p in found if p.score >= LEAST_SCORE][:MAX_CHOSEN]
    return tuple(p if p.document in chosen else _unchosen(p) for p in found)


def choose(peers: Sequence[Peer], documents: Sequence[str]) -> tuple[Peer, ...]:
    """The peers with just these documents chosen."""
    return tuple(replace(p, chosen=p.document in documents) for p in peers)


def _unchosen(peer: Peer) -> Peer:
    return replace(peer, chosen=False)


def _peer(profile: Profile, book: Book, today: dt.date) -> Peer:
    version = book.version
    reasons = (
        _duty(profile, book),
        _age(book, today),
        _form(book),
        _people(profile, book),
        _systems(profile, book),
        _rating(book),
    )
    score = sum(WEIGHTS[r.name] * r.value for r in reasons)
    return Peer(
        version.document,
        version.municipality,
        version.title,
        version.duty,
        version.published,
        version.id,
        round(score, 2),
        reasons,
    )


def same_duty(profile: Profile, book: Book) -> bool:
    """Whether an assessment is of the very duty that is drafted."""
    own, theirs = duties_of(profile.duty), duties_of(f"{book.version.duty} {book.version.title}")
    return bool(own & theirs)


def _duty(profile: Profile, book: Book) -> Reason:
    theirs = f"{book.version.duty} {book.version.title}"
    if same_duty(profile, book):
        return Reason("事務", 1.0, "同じ事務です")
    shared = domains_of(profile.duty) & domains_of(theirs)
    if shared:
        return Reason("事務", 0.6, f"近い事務です({'、'.join(sorted(shared))})")
    return Reason("事務", 0.1, "別の種類の事務です")


def _age(book: Book, today: dt.date) -> Reason:
    published = book.version.published_on
    if published is None:
        return Reason("新しさ", 0.0, "公表日が読み取れません")
    years = max(0.0, (today - published).days / 365.25)
    return Reason("新しさ", round(max(0.0, 1 - years / OLD_YEARS), 2), f"公表日 {book.version.published}")


def _form(book: Book) -> Reason:
    same = book.version.form == "様式3"
    return Reason(
        "様式", 1.0 if same else 0.3, f"{book.version.form}です" + ("" if same else "(項目の番号が異なります)")
    )


def _people(profile: Profile, book: Book) -> Reason:
    theirs = next((i.text for i in book.items if (i.part, i.number, i.sub) == ("I", "1", "③")), "")
    if profile.people not in _PEOPLE or theirs not in _PEOPLE:
        return Reason("対象人数", 0.5, "対象人数は比べられません")
    apart = abs(_PEOPLE.index(profile.people) - _PEOPLE.index(theirs))
    return Reason(
        "対象人数", 1 - apart / len(_PEOPLE), "対象人数が同じです" if not apart else f"対象人数は{theirs}です"
    )


def _systems(profile: Profile, book: Book) -> Reason:
    own = plain("\n".join((profile.hosting, *profile.systems, profile.authentication)))
    theirs = plain(
        "\n".join(i.text for i in book.items if (i.part, i.number) in {("II", "6"), ("I", "2"), ("III", "3")})
    )
    alike = []
    if words().cloud.search(own) and words().cloud.search(theirs):
        alike.append("ガバメントクラウド")
    said = {m[0] for m in words().authentication.finditer(own)} - {"ID"}
    alike += sorted(term for term in said if term in theirs)
    alike += sorted({s for s in map(_kind, profile.systems) if len(s) >= 3 and s in theirs})
    value = min(1.0, len(alike) / 2)
    return Reason("システムと設置場所", value, f"共通: {'、'.join(alike)}" if alike else "共通するものは見当たりません")


def _kind(system: str) -> str:
    return re.sub(r"(システム|サーバー?|基盤)$", "", plain(system))


def _rating(book: Book) -> Reason:
    ratings = [i.text for i in book.items if i.choice and i.part == "III" and i.state is State.STATED]
    eager = sum(_EAGER in text for text in ratings)
    value = eager / len(ratings) if ratings else 0.0
    return Reason(
        "自己評価",
        round(value, 2),
        f"「特に力を入れている」が{eager}欄" if eager else "「特に力を入れている」はありません",
    )
