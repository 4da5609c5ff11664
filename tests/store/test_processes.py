"""Several processes on one database, some of them killed: one chain, one claim, nothing half written."""

import asyncio
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bot.store import chain, database, head, ledger
from bot.store.chain import Mark, Record
from bot.store.store import Store
from tests.store.conftest import KEY

WORKER = Path(__file__).with_name("worker.py")


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(WORKER), *words], stdout=subprocess.PIPE, text=True)


def said(*processes: subprocess.Popen[str]) -> list[list[str]]:
    return [process.communicate(timeout=50)[0].split() for process in processes]


def sound(url: str) -> list[Record]:
    """All records, once they are found to be sound up to the kept head."""
    with database.looking(url) as conn:
        records = list(ledger.read(conn))
    assert chain.verify(records, KEY, [head.load(database.beside(url, "head"))]).fault is None
    return records


async def test_two_processes_append_to_one_chain(url: str) -> None:
    await (await Store.open(url, KEY)).close()
    marks = [
        Mark.parse(mark) for told in said(start("work", url, "40"), start("work", url, "40")) for mark in told
    ]

    assert sorted(mark.seq for mark in marks) == list(range(1, 241))
    assert {record.mark for record in sound(url)} == set(marks)


async def test_two_processes_open_a_new_database_at_once(url: str) -> None:
    assert [len(told) for told in said(start("work", url, "1"), start("work", url, "1"))] == [3, 3]
    assert len(sound(url)) == 6


async def test_the_same_deliveries_through_three_processes_are_claimed_once(url: str) -> None:
    told = said(*(start("claim", url, "60") for _ in range(3)))
    assert Counter(number for numbers in told for number in numbers) == {str(n): 1 for n in range(60)}
    assert len(sound(url)) == 60


async def test_killed_processes_leave_nothing_half_written(url: str) -> None:
    acknowledged = set()
    for _ in range(8):
        pair = [start("work", url), start("work", url)]
        first = [process.stdout.readline() for process in pair if process.stdout]  # both are at work
        await asyncio.sleep(random.uniform(0, 0.15))
        for process in pair:
            process.kill()
        acknowledged |= {mark for told in said(*pair) for mark in told if len(mark.partition(":")[2]) == 64}
        acknowledged |= {mark.strip() for mark in first}

    records = sound(url)
    assert acknowledged <= {str(record.mark) for record in records}
    assert len(acknowledged) > 48

    of = {
        kind: {record.operation for record in records if record.kind == kind}
        for kind in ("request", "intent", "outcome")
    }
    store = await Store.open(url, KEY)
    unfinished = {operation.id for operation in await store.unfinished()}
    assert of["request"] >= of["intent"] >= of["outcome"]
    assert unfinished == of["intent"] - of["outcome"]
    for operation in of["request"]:
        assert await store.receive(f"d{operation}", operation="", body={}, at=0.0) is None
    await store.close()
