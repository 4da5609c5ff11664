"""The database can't be written: a StoreError in plain words, nothing half written, then work goes on."""

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from bot.store import chain, database, head, ledger
from bot.store.store import Operation, Store, StoreError
from tests.store.conftest import KEY
from tests.store.test_processes import WORKER, sound


def run(*words: str) -> list[str]:
    worker = subprocess.run(
        [sys.executable, str(WORKER), *words], stdout=subprocess.PIPE, text=True, check=True, timeout=50
    )
    return worker.stdout.splitlines()


async def every_write_fails(store: Store, reason: str) -> None:
    operation = Operation("01J", "T1", "U1", "C1", "rm", "rm web", "local")
    for write in (
        store.writable(),
        store.receive("d1", operation="", body={}, at=1.0),
        store.append("note", "", {}),
        store.begin(operation, {}),
    ):
        with pytest.raises(StoreError, match=reason):
            await write


async def test_a_full_disk_is_said_and_leaves_a_sound_chain(sqlite_url: str) -> None:
    *marks, reason, after = run("fill", sqlite_url, "600000")

    assert reason in ("the disk is full", "the disk refuses to write")
    assert len(marks) > 5
    assert [str(record.mark) for record in sound(sqlite_url)] == [*marks, after]
    store = await Store.open(sqlite_url, KEY)
    assert len(await store.unfinished()) == len(marks)
    await store.close()


async def test_a_database_of_somebody_else_is_not_opened() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bot.db"
        await (await Store.open(url, KEY)).close()
        Path(folder, "bot.db").chmod(0o444)
        Path(folder).chmod(0o555)
        assert run("powerless", url) == [f"[Errno 13] Permission denied: '{folder}/bot.db'"]
        Path(folder).chmod(0o700)


async def test_a_read_only_database_is_said(sqlite_url: str) -> None:
    await (await Store.open(sqlite_url, KEY)).close()
    store = await Store.open(sqlite_url, KEY)
    with store._engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA query_only = ON")
    await every_write_fails(store, "^the database is read-only$")
    assert await store.records() == []
    await store.close()


async def test_a_locked_database_is_said_and_then_works_again(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    store = await Store.open(sqlite_url, KEY)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await every_write_fails(store, "^the database is locked by another process$")

    other.execute("ROLLBACK")
    other.close()
    assert await store.append("note", "", {})
    await store.close()


async def test_a_locked_server_is_said_and_then_works_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 1)
    store = await Store.open(postgres_url, KEY)
    with psycopg.connect(postgres_url) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (ledger.APPEND_LOCK,))
        with pytest.raises(StoreError, match=r"^the database is locked by another process$"):
            await store.append("note", "", {})
    other.close()
    assert await store.append("note", "", {})
    await store.close()


async def test_a_read_only_server_is_said(postgres_url: str) -> None:
    store = await Store.open(postgres_url, KEY)
    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute(
            "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || quote_ident(current_database()) "
            "|| ' SET default_transaction_read_only = on'; END $$"
        )
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    await every_write_fails(store, "^the database is read-only$")
    await store.close()


async def test_a_server_that_dropped_the_connection_is_asked_again(postgres_url: str) -> None:
    store = await Store.open(postgres_url, KEY)
    await store.append("note", "", {})
    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert await store.append("note", "", {})
    await store.close()


async def test_a_server_that_is_away_is_said_without_its_password() -> None:
    with pytest.raises(StoreError, match=r"^the database server can't be reached$") as caught:
        await Store.open("postgresql://bot:hunter2@127.0.0.1:1/bot", KEY)
    assert "hunter2" not in str(caught.value)


async def test_a_file_that_is_no_database_is_said(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"not a database at all, but long enough to be read as one" * 100)
    with pytest.raises(StoreError, match=r"^the file is not a database$"):
        await Store.open(sqlite_url, KEY)


async def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file or directory"):
        await Store.open(f"sqlite:///{tmp_path}/none/bot.db", KEY)


async def test_a_head_that_cant_be_kept_is_told_by_the_readiness_check(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = await Store.open(sqlite_url, KEY)
    (tmp_path / "bot.db.head").mkdir()
    mark = await store.append("note", "", {})
    with pytest.raises(StoreError, match=r"bot\.db\.head"):
        await store.writable()

    (tmp_path / "bot.db.head").rmdir()
    await store.writable()
    assert head.load(tmp_path / "bot.db.head") == mark
    await store.close()


async def test_a_chain_cut_under_a_running_bot_is_not_written_on(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url, KEY)
    for number in range(3):
        await store.append("note", "", {"n": number})
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    other.execute("DELETE FROM records WHERE seq = 3")
    other.commit()
    other.close()

    with pytest.raises(StoreError, match="ends at record 2, but record 3 was there"):
        await store.append("note", "", {})
    await store.close()
    with database.looking(sqlite_url) as conn:
        assert chain.verify(ledger.read(conn), KEY).count == 2
