"""A draft as files, for the page and for other programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import quote

from starlette.responses import Response

from api.drafting import DraftServices
from rag.draft.kept import KeptDraft

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKDOWN = "text/markdown; charset=utf-8"
YAML = "application/yaml; charset=utf-8"
JSON = "application/json"
#: What no file name takes on Windows, and control characters.
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
MAX_NAME_CHARS = 80


class DraftFile(StrEnum):
    """The kinds of file: 様式3, its sources, for reading, the facts, and the whole draft."""

    XLSX = "xlsx"
    SOURCES = "sources"
    DOCX = "docx"
    MARKDOWN = "markdown"
    PROFILE = "profile"
    JSON = "json"


def draft_file(services: DraftServices, id: str, kind: DraftFile) -> Response:
    """The file, with the rows of 変更箇所 where it is a revision, to be saved under title and version.

    Libraries are imported when they are wanted. Raises NotFound.
    """
    kept = services.drafts.get(id)
    content, media_type, ending = _made(kept, kind, services.changed(kept))
    safe = NOT_IN_NAMES.sub("_", kept.title)[:MAX_NAME_CHARS].strip(" .") or "起案"
    name = f"{safe}_版{kept.version}{ending}"
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=media_type, headers=headers)


def _made(kept: KeptDraft, kind: DraftFile, changed: Sequence[Sequence[str]]) -> tuple[bytes, str, str]:
    draft = kept.draft
    if kind is DraftFile.XLSX:
        from api.export.form3 import form3_xlsx

        return form3_xlsx(draft, changed), XLSX, "_様式3.xlsx"
    if kind is DraftFile.SOURCES:
        from api.export.draft_sources import sources_xlsx

        return sources_xlsx(draft), XLSX, "_出典一覧.xlsx"
    if kind is DraftFile.PROFILE:
        from rag.draft.profile_reading import as_yaml

        return as_yaml(draft.profile).encode(), YAML, "_自市の情報.yaml"
    if kind is DraftFile.JSON:
        from rag.draft.serial import as_json

        return as_json(draft), JSON, ".json"
    from api.export.draft import draft_docx, draft_markdown

    if kind is DraftFile.DOCX:
        return draft_docx(draft, changed, at=kept.updated_at), DOCX, ".docx"
    return draft_markdown(draft, changed).encode(), MARKDOWN, ".md"
