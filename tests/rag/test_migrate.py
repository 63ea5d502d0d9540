"""Migrations lead to the very tables that a new catalog gets at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fakes import cut_form, read_form, write_form
from fakes_kept import trace

from rag import database, intake, migrate, tables
from rag.catalog import Catalog
from rag.conversations import Conversations
from rag.errors import StoreError


def migrated(engine: sa.Engine, revision: str = "head") -> None:
    config = migrate.configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_migrated_tables_are_those_of_the_code(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    migrated(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_new_tables_are_those_of_the_migrations(tmp_path: Path) -> None:
    Catalog.open("", tmp_path).close()
    engine = sa.create_engine(f"sqlite:///{tmp_path / database.SQLITE_FILE}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == tables.REVISION
        assert compare_metadata(context, tables.metadata) == []


def test_an_older_catalog_is_upgraded_when_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Catalog.open("", tmp_path).close()
    called: list[sa.Engine] = []
    monkeypatch.setattr(migrate, "upgrade", called.append)
    monkeypatch.setattr(tables, "REVISION", "9999")
    Catalog.open("", tmp_path).close()
    assert len(called) == 1


def test_a_catalog_of_the_first_revision_gets_conversations(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / database.SQLITE_FILE}")
    migrated(engine, "0001")
    with engine.begin() as connection:
        connection.execute(sa.insert(tables.state).values(id=1, generation=7, encoder="", library="name"))
    engine.dispose()
    catalog = Catalog.open("", tmp_path)
    kept = Conversations(catalog.engine)
    kept.keep(trace("a"), kept.start("").id)
    assert kept.turn("a").trace == trace("a")
    assert (catalog.generation(), catalog.library()) == (7, "name")


def test_a_catalog_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    catalog = Catalog.open("", tmp_path)
    with catalog._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    catalog.close()
    with pytest.raises(StoreError, match="新しい版"):
        Catalog.open("", tmp_path)


def test_a_table_made_anew_keeps_what_refers_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    catalog = Catalog.open("", tmp_path / "home")
    form = read_form(write_form(tmp_path / "form.txt"))
    catalog.put(intake.prepare(form, cut_form(form), "form.txt"))
    catalog.close()
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / "9999_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\nrevision = '9999'\n"
        f"down_revision = '{tables.REVISION}'\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('versions', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('extra', sa.Text(), nullable=False, server_default=''))\n"
    )
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(tables, "REVISION", "9999")
    again = Catalog.open("", tmp_path / "home")
    assert len(again.items(again.version("甲市-1").id)) == len(form.items)
    with again._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
