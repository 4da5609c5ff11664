"""Row 18 of the threats: whatever is done to the record past the bot is found, and named."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.store import chain, database, head, ledger
from bot.store.chain import Verdict
from bot.store.store import Store, StoreError
from tests.store.conftest import KEY

COUNT = 12


async def _write(folder: Path) -> None:
    url = f"sqlite:///{folder}/bot.db"
    store = await Store.open(url, KEY)
    for number in range(COUNT):
        if number == 8:
            await store.close()
            shutil.copy(folder / "bot.db", folder / "old.db")
            store = await Store.open(url, KEY)
        await store.append("outcome", f"01J{number:02}", {"user": "U1", "n": number}, at=1000.25 + number)
    await store.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of twelve records; `old.db` is a copy from when there were eight."""
    folder = tmp_path_factory.mktemp("written")
    asyncio.run(_write(folder))
    return folder


@pytest.fixture
def record(written: Path, tmp_path: Path) -> Path:
    """The test's own copy of that database."""
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    return tmp_path / "bot.db"


def tamper(file: Path, *statements: str) -> None:
    conn = sqlite3.connect(file, isolation_level=None)
    for statement in statements:
        conn.execute(statement)
    conn.close()


def verdict(file: Path) -> Verdict:
    url = f"sqlite:///{file}"
    with database.looking(url) as conn:
        return chain.verify(ledger.read(conn), KEY, [head.load(database.beside(url, "head"))])


def test_an_untouched_record_passes(record: Path) -> None:
    found = verdict(record)
    assert (found.count, found.fault, found.head.seq) == (COUNT, None, COUNT)


@pytest.mark.parametrize("row", [1, 2, 6, COUNT - 1, COUNT])
@pytest.mark.parametrize(
    "change",
    [
        "at = at + 0.000001",
        "at = 'yesterday'",
        "kind = 'note'",
        "operation = ''",
        "body = replace(body, 'U1', 'U2')",
        "body = body || ' '",
        "body = x'00ff'",
        "previous = replace(previous, substr(previous, 1, 1), 'g')",
        "mac = upper(mac) || 'x'",
        "mac = (SELECT mac FROM records WHERE seq = 4)",
    ],
)
def test_an_edited_field_is_found(record: Path, row: int, change: str) -> None:
    tamper(record, f"UPDATE records SET {change} WHERE seq = {row}")
    found = verdict(record)
    assert (found.count, found.fault, found.at) == (row - 1, "edited", row)


@pytest.mark.parametrize("row", [1, 2, 6, COUNT - 1])
def test_a_removed_record_is_found(record: Path, row: int) -> None:
    tamper(record, f"DELETE FROM records WHERE seq = {row}")
    found = verdict(record)
    assert (found.fault, found.at) == ("removed", row)
    assert found.detail == f"Record {row} is missing."


@pytest.mark.parametrize("row", [1, 2, 6, COUNT - 1])
def test_a_removed_record_is_found_though_the_others_are_numbered_anew(record: Path, row: int) -> None:
    tamper(
        record,
        f"DELETE FROM records WHERE seq = {row}",
        f"UPDATE records SET seq = -seq WHERE seq > {row}",
        "UPDATE records SET seq = -seq - 1 WHERE seq < 0",
    )
    found = verdict(record)
    assert (found.fault, found.at) == ("removed", row)


@pytest.mark.parametrize("row", [1, 2, 6, COUNT])
def test_an_inserted_record_is_found(record: Path, row: int) -> None:
    tamper(
        record,
        f"UPDATE records SET seq = -seq WHERE seq >= {row}",
        "UPDATE records SET seq = -seq + 1 WHERE seq < 0",
        f"INSERT INTO records SELECT {row}, at, kind, operation, '{{}}', previous, mac "
        "FROM records WHERE seq = 5",
    )
    found = verdict(record)
    assert (found.fault, found.at) == ("inserted", row)


def test_a_record_added_at_the_end_is_found(record: Path) -> None:
    tamper(
        record,
        f"INSERT INTO records SELECT {COUNT + 1}, at, kind, operation, '{{}}', mac, mac FROM records "
        f"WHERE seq = {COUNT}",
    )
    found = verdict(record)
    assert (found.fault, found.at) == ("inserted", COUNT + 1)


@pytest.mark.parametrize(("one", "other"), [(1, 2), (5, 6), (3, 9), (COUNT - 1, COUNT), (1, COUNT)])
def test_swapped_records_are_found(record: Path, one: int, other: int) -> None:
    tamper(
        record,
        f"UPDATE records SET seq = -1 WHERE seq = {one}",
        f"UPDATE records SET seq = {one} WHERE seq = {other}",
        f"UPDATE records SET seq = {other} WHERE seq = -1",
    )
    found = verdict(record)
    assert (found.fault, found.at) == ("reordered", one)


@pytest.mark.parametrize("left", [0, 1, COUNT - 1])
async def test_a_cut_end_is_found_and_not_written_on(record: Path, left: int) -> None:
    tamper(record, f"DELETE FROM records WHERE seq > {left}")
    found = verdict(record)
    assert (found.count, found.fault, found.at) == (left, "cut", left + 1)
    with pytest.raises(StoreError, match="cut or an old copy put back"):
        await Store.open(f"sqlite:///{record}", KEY)


def restore(record: Path) -> None:
    shutil.copy(record.with_name("old.db"), record)


async def test_an_old_copy_put_back_is_found_and_not_written_on(record: Path) -> None:
    restore(record)
    found = verdict(record)
    assert (found.count, found.fault) == (8, "cut")
    with pytest.raises(StoreError, match="cut or an old copy put back"):
        await Store.open(f"sqlite:///{record}", KEY)


async def test_an_old_copy_put_back_and_written_on_is_found(record: Path) -> None:
    kept = record.with_name("bot.db.head").read_text()
    restore(record)
    record.with_name("bot.db.head").unlink()
    store = await Store.open(f"sqlite:///{record}", KEY)
    for number in range(COUNT):
        await store.append("note", "", {"n": number})
    await store.close()

    record.with_name("bot.db.head").write_text(kept)
    found = verdict(record)
    assert (found.count, found.fault, found.at) == (COUNT - 1, "replaced", COUNT)


async def test_an_edited_end_is_not_written_on(record: Path) -> None:
    tamper(record, f"UPDATE records SET body = '{{}}' WHERE seq = {COUNT}")
    with pytest.raises(StoreError, match=f"record {COUNT} was edited, or the audit key is another"):
        await Store.open(f"sqlite:///{record}", KEY)


@pytest.mark.parametrize("put", [lambda file: file.write_text(""), lambda file: file.write_bytes(b"\xff1:2")])
async def test_a_spoilt_head_is_said(record: Path, put: Callable[[Path], object]) -> None:
    put(record.with_name("bot.db.head"))
    with pytest.raises(StoreError, match="no mark of the audit chain"):
        await Store.open(f"sqlite:///{record}", KEY)
