"""The store on both databases: what is written together, what happens once, what is there afterwards."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store import chain, database, ledger
from bot.store.chain import Verdict
from bot.store.ids import ulid
from bot.store.store import Operation, Pressable, Store, StoreError, Wanted
from tests.store.conftest import KEY


def operation(**changes: str) -> Operation:
    web = {"kind": "container", "id": "ab" * 32, "name": "web"}
    made = Operation(ulid(), "T0ACME", "U0ALICE", "C0OPS", "rm", "rm web", "prod-1", (web,), started=1000.5)
    return replace(made, **changes)  # type: ignore[arg-type]  # replace() takes any field


def check(url: str) -> Verdict:
    with database.looking(url) as conn:
        return chain.verify(ledger.read(conn), KEY)


async def test_each_record_follows_the_one_before(store: Store, url: str) -> None:
    marks = [await store.append("note", "", {"n": n}) for n in range(3)]

    assert [mark.seq for mark in marks] == [1, 2, 3]
    assert check(url) == Verdict(3, marks[2])


async def test_a_record_reads_back_as_it_was_written(store: Store) -> None:
    body = {"user": "U0ALICE", "text": "naïve \x00 \ud800 🐳 <!channel>", "n": [1, 2.5, None, True]}
    mark = await store.append("denied", "01J", body, at=1234.000001)

    (record,) = await store.records()
    assert (record.mark, record.at, record.kind, record.operation) == (mark, 1234.000001, "denied", "01J")
    assert record.body == body


async def test_a_delivery_is_claimed_once_also_after_a_restart(store: Store, url: str) -> None:
    assert await store.receive("v0:abc", operation="01J", body={"user": "U1"}, at=5.0)
    assert await store.receive("v0:abc", operation="01K", body={"user": "U1"}, at=6.0) is None

    again = await Store.open(url, KEY)
    assert await again.receive("v0:abc", operation="01L", body={"user": "U1"}, at=7.0) is None
    assert [record.operation for record in await again.records()] == ["01J"]
    await again.close()


async def test_an_operation_is_unfinished_from_intent_to_outcome(store: Store) -> None:
    begun = operation()
    await store.begin(begun, {"rule": "destroy"})
    assert await store.unfinished() == [begun]

    await store.placed(begun.id, "C0OTHER", "1700000000.000100")
    assert await store.unfinished() == [replace(begun, channel="C0OTHER", ts="1700000000.000100")]

    await store.finish(begun.id, "done", {"text": "removed web"})
    assert await store.unfinished() == []


async def test_intent_and_outcome_say_who_what_and_where(store: Store) -> None:
    begun = operation()
    await store.begin(begun, {"rule": "destroy"})
    await store.finish(begun.id, "failed", {"text": "no such container"})

    told = {
        "team": "T0ACME",
        "user": "U0ALICE",
        "channel": "C0OPS",
        "verb": "rm",
        "command": "rm web",
        "host": "prod-1",
    }
    intent, outcome = await store.records()
    assert (intent.kind, intent.at, intent.operation) == ("intent", 1000.5, begun.id)
    assert intent.body == {**told, "objects": list(begun.objects), "rule": "destroy"}
    assert (outcome.kind, outcome.operation) == ("outcome", begun.id)
    assert outcome.body == {**told, "outcome": "failed", "text": "no such container"}


async def test_an_operation_begins_once(store: Store) -> None:
    begun = operation()
    await store.begin(begun, {})
    with pytest.raises(StoreError, match="recorded before"):
        await store.begin(begun, {})
    assert len(await store.records()) == 1


async def test_an_operation_ends_once(store: Store) -> None:
    begun = operation()
    await store.begin(begun, {})
    ends = await asyncio.gather(
        *(store.finish(begun.id, outcome, {}) for outcome in ("done", "failed", "done"))
    )

    assert sum(end is not None for end in ends) == 1
    assert [record.kind for record in await store.records()] == ["intent", "outcome"]


async def test_unknown_is_no_end_but_is_said_once(store: Store) -> None:
    begun = operation()
    await store.begin(begun, {})

    assert await store.finish(begun.id, "unknown", {})
    assert await store.finish(begun.id, "unknown", {}) is None
    assert await store.unfinished() == []
    assert await store.finish(begun.id, "done", {})
    assert await store.finish(begun.id, "unknown", {}) is None


async def test_what_was_never_begun_does_not_end(store: Store) -> None:
    assert await store.finish("01NEVER", "done", {}) is None
    assert await store.records() == []


async def test_a_body_that_is_no_json_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(ValueError, match="JSON"):
        await store.begin(operation(), {"load": float("nan")})
    with pytest.raises(TypeError):
        await store.receive("v0:x", operation="", body={"what": object()}, at=1.0)
    assert (await store.records(), await store.unfinished()) == ([], [])
    assert await store.receive("v0:x", operation="", body={}, at=1.0)


async def test_half_a_character_is_refused_and_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(StoreError, match="half a character"):
        await store.begin(operation(command="rm \ud800"), {})
    with pytest.raises(StoreError, match="half a character"):
        await store.receive("\ud800", operation="", body={}, at=1.0)
    assert (await store.records(), await store.unfinished()) == ([], [])


async def test_buttons_survive_a_restart(store: Store, url: str) -> None:
    wanted = [Pressable("ps -a", True, "T1", "C1"), Pressable("logs web", False, "T1", "C1")]
    ids = await store.keep_buttons(wanted)

    again = await Store.open(url, KEY)
    assert [await again.button(button) for button in ids] == wanted
    await again.close()


async def test_no_byte_of_a_buttons_id_can_be_changed(store: Store) -> None:
    (button,) = await store.keep_buttons([Pressable("ps", False, "T1", "C1")])
    for place in range(32):
        for sign in "0g%_'\x00\ud800\n":
            changed = button[:place] + sign + button[place + 1 :]
            assert changed == button or await store.button(changed) is None
    for other in ("", button[:-1], button + "0", button.upper() + " ", button + "\n", "x" * 10_000):
        assert await store.button(other) is None


async def test_ids_of_buttons_are_never_the_same(store: Store) -> None:
    same = [Pressable("ps", False, "T1", "C1")] * 200
    assert len(set(await store.keep_buttons(same))) == 200
    assert await store.keep_buttons([]) == []


async def test_forgetting_drops_old_deliveries_and_very_old_buttons_and_no_record(store: Store) -> None:
    now = time.time()
    await store.receive("old", operation="", body={}, at=now - 90_000)
    await store.receive("new", operation="", body={}, at=now)
    (button,) = await store.keep_buttons([Pressable("ps", False, "T1", "C1")])

    await store.forget(now - 86_400)
    assert await store.receive("new", operation="", body={}, at=now) is None
    assert await store.receive("old", operation="", body={}, at=now)
    assert await store.button(button)

    await store.forget(now + 31 * 86_400)
    assert await store.button(button) is None
    assert len(await store.records()) == 3


async def test_records_are_found_by_who_what_where_and_when(store: Store) -> None:
    await store.append("request", "1", {"user": "U1", "verb": "ps", "host": "a"}, at=10)
    await store.append("denied", "2", {"user": "U2", "verb": "rm", "hosts": ["a", "b"]}, at=20)
    await store.append("note", "3", {"text": "started"}, at=30)

    async def found(wanted: Wanted) -> list[int]:
        return [record.seq for record in await store.records(wanted)]

    assert await found(Wanted(user="U1")) == [1]
    assert await found(Wanted(verb="rm")) == [2]
    assert await found(Wanted(host="a")) == [1, 2]
    assert await found(Wanted(host="b", user="U1")) == []
    assert await found(Wanted(kind="note")) == [3]
    assert await found(Wanted(since=20, until=30)) == [2]
    assert await found(Wanted(after=1)) == [2, 3]
    assert [record.seq for record in await store.records(limit=2)] == [1, 2]


async def test_a_hundred_tasks_make_one_chain(store: Store, url: str) -> None:
    marks = await asyncio.gather(*(store.append("note", "", {"n": n}) for n in range(100)))
    assert sorted(mark.seq for mark in marks) == list(range(1, 101))
    assert check(url).fault is None


async def test_a_writable_store_says_nothing(store: Store) -> None:
    await store.writable()
    await store.writable()
    assert await store.records() == []


async def test_a_closed_store_says_so(url: str) -> None:
    store = await Store.open(url, KEY)
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        await store.append("note", "", {})


@pytest.mark.parametrize(
    "wrong",
    ["", "bot.db", "sqlite://", "sqlite:///:memory:", "mysql://root@db/bot", "postgresql+asyncpg://db/x"],
)
async def test_only_databases_that_last_are_opened(wrong: str) -> None:
    with pytest.raises(StoreError, match=r"sqlite:///PATH or postgresql://"):
        await Store.open(wrong, KEY)


async def test_opening_again_is_quick_and_loads_no_migrations(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await (await Store.open(sqlite_url, KEY)).close()
    monkeypatch.setattr(database, "_upgrade", None)  # calling it would fail

    began = time.perf_counter()
    await (await Store.open(sqlite_url, KEY)).close()
    assert time.perf_counter() - began < 0.2


def test_the_files_of_a_new_record_are_for_their_owner_alone(sqlite_url: str, tmp_path: Path) -> None:
    async def use() -> None:
        store = await Store.open(sqlite_url)
        await store.append("note", "", {})
        assert {path.name for path in tmp_path.iterdir()} >= {
            "bot.db",
            "bot.db.key",
            "bot.db.head",
            "bot.db-wal",
        }
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
        await store.close()

    asyncio.run(use())
