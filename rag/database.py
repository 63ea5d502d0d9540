"""Opens the catalog's database: engine, SQLite's settings, schema, and faults told in Japanese."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from rag import tables
from rag.errors import SettingsError, StoreError

BUSY_TIMEOUT_S = 30
WIPING_TIMEOUT_S = 2
#: Opened once, as many as threads commonly read at the same time; more are opened where they are wanted, none waits.
KEPT_CONNECTIONS = 32
SQLITE_FILE = "catalog.sqlite3"
#: The advisory lock of writers on PostgreSQL; any number that others do not use.
LOCK_NUMBER = 0x68796F6B61
#: Marks a connection whose transaction writes from the start (see `_begin`).
WRITING = {"hyoka_writing": True}
#: Whose turn it is to write, of the threads of this process.
_TURNS: WeakKeyDictionary[sa.Engine, threading.RLock] = WeakKeyDictionary()
_TURNS_GUARD = threading.Lock()


def open_engine(url: str, home: Path) -> sa.Engine:
    """The engine for `url`, or for the SQLite file in `home` where it is empty; its schema is up to date.

    Raises SettingsError for a URL that names no usable database, StoreError where it cannot be opened.
    """
    try:
        engine = sa.create_engine(url, pool_pre_ping=True) if url else _sqlite_engine(home / SQLITE_FILE)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise SettingsError(
            "HYOKA_DATABASE_URL が使えません。例: postgresql+psycopg://user@host/hyoka(pip install 'hyoka[postgresql]')"
        ) from error
    try:
        with telling(shown(engine)):
            _bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _sqlite_engine(path: Path) -> sa.Engine:
    engine = sa.create_engine(
        f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_S}, pool_size=KEPT_CONNECTIONS, max_overflow=-1
    )

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's BEGIN counts, so that DDL is part of a transaction too
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # what a person deletes does not stay in the file
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A transaction that reads first and writes later cannot wait for another writer; this one can.
        writing = connection.get_execution_options().get("hyoka_writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _bring_up_to_date(engine: sa.Engine) -> None:
    """Creates the tables of an empty database, migrates an older one, refuses a newer one."""
    found = _revision(engine)
    if found == tables.REVISION:
        return
    with engine.execution_options(**WRITING).begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's BEGIN IMMEDIATE has let in one creator only
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK_NUMBER + 1)))
        if not sa.inspect(connection).has_table("versions"):
            create(connection)
    if _revision(engine) == tables.REVISION:
        return
    from rag.migrate import upgrade  # alembic takes a quarter of a second to import

    upgrade(engine)


def create(connection: sa.Connection) -> None:
    """All tables in an empty database, at the newest revision."""
    tables.metadata.create_all(connection)
    connection.execute(sa.insert(tables.state).values(id=1, generation=0, encoder="", library=uuid.uuid4().hex))
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{tables.REVISION}')")


def _revision(engine: sa.Engine) -> str:
    """The schema's revision, "" where there is none yet."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to read from. Raises StoreError."""
    with telling(shown(engine)), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that writes; committed at the end, undone by an exception. Raises StoreError."""
    with telling(shown(engine)), _turn(engine), engine.execution_options(**WRITING).begin() as connection:
        yield connection


@contextmanager
def _turn(engine: sa.Engine) -> Iterator[None]:
    """SQLite lets one write and has the others look again now and then, so that some wait for long; here they queue."""
    if engine.dialect.name != "sqlite":
        yield
        return
    with _TURNS_GUARD:
        turn = _TURNS.setdefault(engine, threading.RLock())
    held = turn.acquire(timeout=BUSY_TIMEOUT_S)  # beyond it the database says itself that it is locked
    try:
        yield
    finally:
        if held:
            turn.release()


def wipe_log(engine: sa.Engine) -> None:
    """Empties SQLite's write-ahead log, which holds what was deleted until then; waits a little for who reads now.

    Where one goes on reading, the log is emptied when the last connection closes.
    """
    if engine.dialect.name != "sqlite":
        return
    with telling(shown(engine)), closing(engine.raw_connection()) as connection:  # outside of any transaction
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={WIPING_TIMEOUT_S * 1000}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_S * 1000}")


@contextmanager
def exclusive(engine: sa.Engine, timeout_s: float) -> Iterator[bool]:
    """Holds PostgreSQL's advisory lock, for writers on several machines; False where `timeout_s` passed without it.

    SQLite serves one machine, where the library's lock file is enough: always True.
    """
    if engine.dialect.name != "postgresql":
        yield True
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        give_up = time.monotonic() + timeout_s
        while not (held := connection.execute(sa.select(sa.func.pg_try_advisory_lock(LOCK_NUMBER))).scalar()):
            if time.monotonic() > give_up:
                break
            time.sleep(0.1)
        try:
            yield bool(held)
        finally:
            if held:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(LOCK_NUMBER)))


@contextmanager
def telling(where: str) -> Iterator[None]:
    """Turns a fault of the database into a StoreError whose sentence names `where` and what to do."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_sentence(str(error.orig).lower(), where)) from error
    except SQLAlchemyError as error:
        raise StoreError(f"目録({where})を読み書きできません({type(error).__name__})。") from error


_SENTENCES = (
    (("not a database", "malformed", "corrupt"),
     "目録({where})が壊れています。別の名前に移すかバックアップから戻し、hyoka load で読み込み直してください。"),
    (("disk is full", "no space", "disk i/o error"),
     "目録({where})に書き込めません。ディスクの空きを確かめ、もう一度実行してください。登録済みのデータは元のままです。"),
    (("readonly", "read-only", "unable to open"),
     "目録({where})を開けません。フォルダに書き込めるかを確かめるか、HYOKA_HOME で別のフォルダを指定してください。"),
    (("locked",),
     "目録({where})を別の処理が使っています。終わるのを待って、もう一度実行してください。"),
    (("connect", "refused", "authentication", "does not exist"),
     "目録のデータベース({where})につながりません。動いているか、HYOKA_DATABASE_URL が正しいかを確かめてください。"),
)  # fmt: skip


def _sentence(fault: str, where: str) -> str:
    for signs, sentence in _SENTENCES:
        if any(sign in fault for sign in signs):
            return sentence.format(where=where)
    return f"目録({where})を読み書きできません({fault.splitlines()[0] if fault else '原因不明'})。"


def shown(engine: sa.Engine) -> str:
    """How the database is named to the user: the file's path, or the URL without its password."""
    return str(engine.url.database) if engine.dialect.name == "sqlite" else engine.url.render_as_string()
