"""A draft as the file that its name asks for: 様式3, its sources, Word, Markdown or the form's lines of text."""

from __future__ import annotations

from pathlib import Path

from rag.draft.types import Draft
from rag.errors import BadEntry

#: The end of a name that asks for the sources instead of the form.
SOURCES = "-出典"


def write_draft(path: Path, draft: Draft) -> None:
    """Writes the draft. Raises BadEntry where the name asks for nothing that is written, or nothing can be written."""
    content = _made(path, draft)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadEntry(f"{path} に書けません。場所と権限、空き容量を確かめてください。") from error


def _made(path: Path, draft: Draft) -> bytes:
    match path.suffix.lower():
        case ".xlsx" if path.stem.endswith(SOURCES):
            from api.export.draft_sources import sources_xlsx

            return sources_xlsx(draft)
        case ".xlsx":
            from api.export.form3 import form3_xlsx

            return form3_xlsx(draft)
        case ".docx":
            from api.export.draft import draft_docx

            return draft_docx(draft)
        case ".md":
            from api.export.draft import draft_markdown

            return draft_markdown(draft).encode()
        case ".txt":
            from rag.draft.plain import plain_text

            return plain_text(draft).encode()
    raise BadEntry(
        f"「{path.name}」には書き出せません。名前を .xlsx、-出典.xlsx、.docx、.md、.txt のどれかで終えてください。"
    )
