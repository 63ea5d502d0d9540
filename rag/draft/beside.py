"""What the peers of a draft say in one field, sentence by sentence, each as it could stand in the draft.

For staff to compare and to swap; `drafter` composes the same field on its own.
"""

from __future__ import annotations

from ingest.assessment import Marking
from rag.cite import Citations
from rag.draft.adapting import Adapter
from rag.draft.drafter import Drafter
from rag.draft.material import Said, said_in, stated
from rag.draft.names import names_of
from rag.draft.skeleton import bare
from rag.draft.types import Basis, Draft, DraftSentence, Peer
from rag.draft.wordings import PeerText, Wording
from rag.shelf import Book


def beside(drafter: Drafter, draft: Draft, section: str) -> tuple[PeerText, ...]:
    """The chosen peers that say something in the field, best first."""
    versions = {v.document: v for v in drafter.shelf.versions()}
    books = {
        p.document: drafter.shelf.open(versions[p.document]) for p in draft.peers if p.chosen and p.document in versions
    }
    others = [b for b in books.values() if b.version.municipality != draft.profile.city]
    adapter = Adapter(draft.profile, names_of(others))
    texts = (_of(p, books[p.document], section, adapter) for p in draft.peers if p.document in books)
    return tuple(t for t in texts if t.wordings or t.chosen)


def _of(peer: Peer, book: Book, section: str, adapter: Adapter) -> PeerText:
    place = bare(section)
    wordings = [_wording(n, said, adapter) for n, said in enumerate(said_in((book,), place))]
    chosen: list[str] = []
    for item in stated(book, place):
        if item.choice:
            chosen.append(item.text)
        chosen += [m.label for m in item.marks if m.marking is Marking.MARKED]
    return PeerText(peer, tuple(w for w in wordings if w is not None), tuple(dict.fromkeys(chosen)))


def _wording(number: int, said: Said, adapter: Adapter) -> Wording | None:
    """None where its words cannot be quoted from the source."""
    citations = Citations()
    citations.add(said.book.version, said.item, said.text, said.book.source)
    if not citations.all():
        return None
    cited = citations.all()[0]
    adapted = adapter.adapt(said)
    if adapted.refused:
        return Wording(number, cited, None, adapted.refused)
    basis = Basis.MODEL_TEXT if said.national else Basis.PEER
    made = DraftSentence("", adapted.text, basis, (cited,), adapted.changed, bullet=said.bullet, shared=1)
    return Wording(number, cited, made)
