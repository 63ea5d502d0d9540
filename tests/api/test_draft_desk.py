"""The desk over the samples: the real parts behind the drafting pages."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.draft_desk import Desk
from api.services import Services
from rag.answer import Answerer
from rag.draft import edits
from rag.draft.places import field_at
from rag.draft.profile import Profile
from rag.draft.types import FieldKind
from rag.errors import NotFound
from rag.library import Library
from rag.settings import Settings

PROFILE = Profile(body="緑丘市長", city="緑丘市", duty="児童手当の支給に関する事務", hosting="ガバメントクラウド")
RULES = "III.4 規定の内容"


@pytest.fixture(scope="module")
def desk(sample_library: Library) -> Desk:
    return Desk(sample_library)


def test_peers_beside_a_field_are_quoted_and_adapted(desk: Desk) -> None:
    draft = desk.draft(PROFILE)
    texts = desk.beside(draft, RULES)
    assert texts
    for text in texts:
        for wording in text.wordings:
            assert wording.citation.quote
            assert (wording.sentence is None) == bool(wording.refused)
    assert any(text.chosen for text in desk.beside(draft, "III.4 規定"))


def test_a_field_made_anew_has_ids_of_its_own(desk: Desk) -> None:
    draft = desk.draft(PROFILE)
    made = desk.redraft(draft, RULES)
    assert {s.id for s in made.sentences}.isdisjoint(s.id for s in field_at(draft, RULES).sentences)


def test_facts_and_revision_of_a_collected_assessment(desk: Desk, sample_library: Library) -> None:
    version = sample_library.catalog.versions()[0]
    assert desk.taken_over(version.document).duty
    revised = desk.revised(version.document)
    assert revised.revises == version.document
    assert version.document not in {p.document for p in revised.peers}
    field = next(f for f in revised.fields if f.kind is FieldKind.TEXT and f.sentences)
    after = edits.reword(revised, field.sentences[0].id, "別の記載とする。")
    assert len(desk.changed(revised, after)) == len(desk.changed(revised, revised)) + 1
    with pytest.raises(NotFound):
        desk.taken_over("無い市-1")


def test_the_pages_stand_on_the_real_parts(sample_library: Library) -> None:
    services = Services(sample_library, Answerer(sample_library))
    with TestClient(create_app(Settings(), services), headers={"accept": "text/html"}) as client:
        home = client.post("/drafts", data={"city": "緑丘市", "duty": PROFILE.duty}, follow_redirects=False).headers[
            "location"
        ]
        page = client.get(home, params={"item": "III.4", "section": RULES}).text
        assert "他市の記載を比べる" in page
        for format in ("xlsx", "sources", "docx", "markdown"):
            assert client.get(f"{home}/export", params={"format": format}).status_code == 200
        client.post(f"{home}/delete")
