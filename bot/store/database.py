"""Opening the database: URL, connection settings, transactions, and bringing the tables up to date."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from bot.store import ledger
from bot.store.errors import StoreError, plainly
from bot.store.tables import REVISION

# How long to wait for another writer, seconds.
PATIENCE = 3


def address(url: str) -> URL:
    """Read a database URL: `sqlite:///PATH` or `postgresql://…`. StoreError for anything else."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "DOCKWARDEN_DATABASE_URL is no URL; write sqlite:///PATH or postgresql://…"
        ) from error
    if parsed.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise StoreError("the record needs a database that lasts; write sqlite:///PATH or postgresql://…")
    return parsed


def beside(url: str, ending: str) -> Path:
    """Where a file of ours stands (`key`, `head`): beside a database file, else in the working directory."""
    parsed = address(url)
    stem = str(parsed.database) if parsed.drivername == "sqlite" else "dockwarden"
    return Path(f"{stem}.{ending}")


def connect(url: str) -> Engine:
    """Make an engine with one connection, for one thread. Nothing is opened yet."""
    parsed = address(url)
    if parsed.drivername == "sqlite":
        engine = create_engine(parsed, pool_size=1, max_overflow=0)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    settings = f"-c lock_timeout={PATIENCE * 1000} -c synchronous_commit=on"
    return create_engine(
        parsed,
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"connect_timeout": PATIENCE, "tcp_user_timeout": 10_000, "options": settings},
    )


def create_file(url: str) -> None:
    """Make the file of a SQLite database where it is missing, for its owner alone."""
    parsed = address(url)
    if parsed.drivername == "sqlite":
        with plainly():
            os.close(os.open(str(parsed.database), os.O_CREAT | os.O_RDWR, 0o600))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads. Raises StoreError."""
    with plainly(), engine.begin() as conn:
        yield conn


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes, alone among all processes; on any error nothing of it stays."""
    with plainly(), engine.execution_options(writes=True).begin() as conn:
        ledger.lock(conn)
        yield conn


@contextmanager
def looking(url: str) -> Iterator[Connection]:
    """One transaction that reads a database as it is: nothing is made, nothing is migrated.

    Raises StoreError, also where there is no database yet.
    """
    parsed = address(url)
    if parsed.drivername == "sqlite" and not Path(str(parsed.database)).exists():
        raise StoreError(f"there is no record yet: no file {parsed.database}")
    engine = connect(url)
    try:
        with reading(engine) as conn:
            if revision(conn) != REVISION:
                raise StoreError("the database is not as this dockwarden writes it: start the bot once")
            yield conn
    finally:
        engine.dispose()


def revision(conn: Connection) -> str | None:
    """Which migration the database is at; None where there are no tables."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def bring_up_to_date(engine: Engine) -> None:
    """Run the migrations that the database lacks; quick where it lacks none."""
    with reading(engine) as conn:
        if revision(conn) == REVISION:
            return
    with writing(engine) as conn:
        if revision(conn) != REVISION:  # another process may have been quicker
            _upgrade(conn)


def _upgrade(conn: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - takes longer to load than all the rest of opening
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError("the database was written by a newer dockwarden; use that one") from error


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_sqlite` does
    for pragma in (
        f"busy_timeout = {PATIENCE * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        _persist(connection, f"PRAGMA {pragma}")


def _persist(connection: Any, statement: str) -> None:
    """Run it, again while another process puts a killed one's log in order: SQLite's own patience ends there."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(conn: Connection) -> None:
    """A writer takes the lock at once: one that takes it later can fail where waiting would have helped."""
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("writes") else "BEGIN")
