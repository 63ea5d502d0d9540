"""Brings an older catalog to the newest revision with Alembic. Imported only when that is needed."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

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
    with engine.execution_options(hyoka_writing=True).begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(
                "目録がこの hyoka より新しい版で作られています。"
                "hyoka を新しくするか、HYOKA_HOME で別のフォルダを指定してください。"
            ) from error


def newest_revision() -> str:
    """The last revision among the scripts."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""
