"""Brings an older catalog to the newest revision with Alembic. Imported only when that is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from rag.database import WRITING
from rag.errors import StoreError

SCRIPTS = Path(__file__).with_name("migrations")


def configuration() -> Config:
    """Alembic's configuration for the scripts in this package."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def upgrade(engine: sa.Engine) -> None:
    """Upgrades in one transaction; raises StoreError for a catalog made by a newer hyoka."""
    config = configuration()
    with engine.execution_options(**WRITING).connect() as connection, _free_of_cascades(connection):
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(
                "目録がこの hyoka より新しい版で作られています。"
                "hyoka を新しくするか、HYOKA_HOME で別のフォルダを指定してください。"
            ) from error


@contextmanager
def _free_of_cascades(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; dropping the old one must not delete the rows that refer to it."""
    driver = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if driver is not None:
        driver.execute("PRAGMA foreign_keys=OFF")  # takes effect outside of a transaction only
    try:
        yield
    finally:
        if driver is not None:
            driver.execute("PRAGMA foreign_keys=ON")


def newest_revision() -> str:
    """The last revision among the scripts."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""
