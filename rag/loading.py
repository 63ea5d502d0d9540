"""Takes one file into the library: read, decide, encode, write the catalog, then Chroma. Used by `library`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.assessment import Assessment, Chunk
from ingest.errors import IngestError
from rag import intake
from rag.catalog import Catalog
from rag.indexes import Indexes
from rag.settings import Settings
from rag.types import LoadedFile

Read = Callable[[Path], Assessment]
Cut = Callable[[Assessment], tuple[Chunk, ...]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How a file becomes an assessment, and an assessment chunks."""

    read: Read
    cut: Cut


def form_reader(settings: Settings) -> Reader:
    """The reader of the official forms, imported when the first file is read."""
    max_bytes = settings.max_file_mb * 2**20

    def read(path: Path) -> Assessment:
        from ingest.read import read_assessment

        return read_assessment(path, max_bytes=max_bytes)

    def cut(assessment: Assessment) -> tuple[Chunk, ...]:
        from ingest.chunk import chunks

        return chunks(assessment)

    return Reader(read, cut)


def find(paths: Sequence[Path]) -> list[Path | LoadedFile]:
    """The files to read, in order; a folder that cannot be walked is there as the line that says so."""
    from ingest.read import assessment_files

    found: list[Path | LoadedFile] = []
    seen: set[Path] = set()
    for path in paths:
        try:
            for file in assessment_files([path]):
                if file.absolute() not in seen:
                    seen.add(file.absolute())
                    found.append(file)
        except IngestError as error:
            found.append(LoadedFile(path.name, "failed", message=str(error)))
    return found


def take(path: Path, reader: Reader, catalog: Catalog, indexes: Indexes) -> LoadedFile:
    """Takes the file in and says what became of it; one that cannot be read becomes a line that says why.

    Raises StoreError, EncoderError. The encoder runs before the catalog is written: a document without vectors is
    never committed by a fault of the encoder.
    """
    try:
        assessment = reader.read(path)
        entry = intake.prepare(assessment, reader.cut(assessment), path.name)
    except IngestError as error:
        return LoadedFile(path.name, "failed", message=str(error))
    except Exception as error:  # a fault of the reader must not end the run
        message = f"想定外の誤りで読み取れませんでした({type(error).__name__}: {error})。"
        return LoadedFile(path.name, "failed", message=message)
    decision = catalog.decide(entry)
    if decision.writes:
        vectors = indexes.encode(entry.chunks)
        before = catalog.chunk_keys(decision.replaces)
        kept = {chunk.key for chunk in entry.chunks}
        catalog.put(entry)
        indexes.put(entry.chunks, vectors, [key for key in before if key not in kept])
    remarks = (future_date(assessment), lost_parts(assessment)) if decision.writes else ()
    message = " ".join(m for m in (decision.message, *remarks) if m)
    return LoadedFile(path.name, decision.outcome, assessment.document, assessment.published, message)


def future_date(assessment: Assessment) -> str:
    """A sentence where the 公表日 lies after today (in Japan): such a version would stand before all others."""
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=9))).date()
    if assessment.published_on is None or assessment.published_on <= today:
        return ""
    return f"公表日({assessment.published})が今日より後です。原本の公表日を確かめてください。"


def lost_parts(assessment: Assessment) -> str:
    """A sentence on what the source lost, for the report: a truncated file reads, but not without a word."""
    sections = [gap.section for gap in assessment.gaps]
    if not sections:
        return ""
    shown = "、".join(sections[:4]) + (" ほか" if len(sections) > 4 else "")
    return f"原文に欠落が{len(sections)}か所あります({shown})。原本と照らしてください。"
