"""A copy of a library with the vectors of another encoder; the library itself stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from rag import database, tables
from rag.library import Library
from rag.settings import Settings

COPIED = (tables.state, tables.versions, tables.items, tables.records, tables.chunks)
ROWS_AT_ONCE = 500


@contextmanager
def reencoded(settings: Settings) -> Iterator[Library]:
    """What the library of `settings` holds, encoded by their encoder, in a folder that goes away in the end.

    Raises EncoderError, StoreError.
    """
    with TemporaryDirectory(prefix="hyoka-eval-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        _copy_catalog(settings, home)
        library = Library.open(settings.model_copy(update={"home": home, "database_url": "", "chroma_url": ""}))
        try:
            library.reindex()
            yield library
        finally:
            library.close()


def _copy_catalog(settings: Settings, home: Path) -> None:
    source = database.open_engine(settings.database_url, settings.home)
    copy = database.open_engine("", home)
    try:
        with (
            database.telling(database.shown(source)),
            source.connect() as reading,
            copy.execution_options(**database.WRITING).begin() as writing,
        ):
            for table in COPIED:
                writing.execute(sa.delete(table))
                for rows in reading.execute(sa.select(table)).mappings().partitions(ROWS_AT_ONCE):
                    writing.execute(sa.insert(table), [dict(row) for row in rows])
    finally:
        source.dispose()
        copy.dispose()
