"""What a bot runs is nobody else's while it lives, and anybody's once it is dead."""

import time
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store import database, instances
from bot.store.store import Operation, Store
from tests.store.conftest import KEY
from tests.store.test_processes import start


def operation() -> Operation:
    return Operation("01J", "T1", "U1", "C1", "restart", "restart web", "local", started=5.0)


async def joined(url: str) -> Store:
    store = await Store.open(url, KEY)
    await store.join()
    return store


def age(url: str, seconds: float) -> None:
    """Make every beat that much older."""
    engine = database.connect(url)
    with database.writing(engine) as conn:
        conn.execute(text(f"UPDATE instances SET at = at - {seconds}"))
    engine.dispose()


async def test_what_a_living_bot_runs_is_its_own(url: str) -> None:
    one, other = await joined(url), await joined(url)
    await one.begin(operation(), {})
    assert await one.unfinished() == await other.unfinished() == []
    await one.close()
    assert await other.unfinished() == [operation()]
    await other.close()


async def test_who_is_not_heard_of_any_more_counts_as_dead(url: str) -> None:
    one, other = await joined(url), await joined(url)
    await one.begin(operation(), {})
    age(url, instances.SILENT - 5)
    assert await other.unfinished() == []
    age(url, 6)
    assert await other.unfinished() == [operation()]
    await one.beat()
    assert await other.unfinished() == []
    await one.close()
    await other.close()


async def test_who_was_not_heard_itself_lets_the_others_speak_first(url: str) -> None:
    """The database was away for all of them."""
    one, other = await joined(url), await joined(url)
    await one.begin(operation(), {})
    age(url, instances.SILENT + 1)
    other._heard = time.monotonic() - instances.SILENT - 1
    await other.beat()
    assert await other.unfinished() == []
    other._waits_until = time.monotonic()
    assert await other.unfinished() == [operation()]
    await one.close()
    await other.close()


def killed(url: str) -> None:
    """A bot begins an operation and is killed."""
    process = start("hang", url)
    assert process.stdout
    assert process.stdout.readline().strip() == "begun"
    process.kill()
    process.communicate()


async def test_on_sqlite_a_killed_bot_is_dead_at_once(sqlite_url: str) -> None:
    killed(sqlite_url)
    store = await joined(sqlite_url)
    assert [each.id for each in await store.unfinished()] == ["01J"]
    await store.close()


async def test_with_another_bot_on_it_a_killed_one_is_dead_when_its_beat_is_old(url: str) -> None:
    other = await joined(url)
    killed(url)
    store = await joined(url)
    assert await store.unfinished() == await other.unfinished() == []
    age(url, instances.SILENT + 1)
    await other.beat()
    assert [each.id for each in await store.unfinished()] == ["01J"]
    await store.close()
    await other.close()


async def test_rows_of_dead_bots_are_forgotten(url: str) -> None:
    one, other = await joined(url), await joined(url)
    age(url, 100_000)
    await other.beat()
    await other.forget(time.time() - 86_400)
    with database.looking(url) as conn:
        assert conn.execute(text("SELECT id FROM instances")).scalars().all() == [other._instance]
    await one.close()
    await other.close()


async def test_the_lock_is_for_its_owner_alone(sqlite_url: str, tmp_path: Path) -> None:
    store = await joined(sqlite_url)
    assert (tmp_path / "bot.db.lock").stat().st_mode & 0o777 == 0o600
    await store.close()


@pytest.mark.parametrize("times", [1, 2])
async def test_closing_a_store_that_joined_or_not(url: str, times: int) -> None:
    for _ in range(times):
        await (await joined(url)).close()
        await (await Store.open(url, KEY)).close()
