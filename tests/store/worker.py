"""What a test runs in a process of its own, `worker.py WORK URL [ARGUMENT]`: a line for each step done."""

import asyncio
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

from bot.store.ids import ulid
from bot.store.store import Operation, Store, StoreError

KEY = b"the tests' audit key"


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


async def work(url: str, times: str = "1000000") -> None:
    """Do what the bot does, over and over: claim a delivery, begin an operation, finish it."""
    store = await Store.open(url, KEY)
    for _ in range(int(times)):
        operation = Operation(ulid(), "T1", "U1", "C1", "restart", "restart web", "local")
        say(await store.receive(f"d{operation.id}", operation=operation.id, body={}, at=time.time()))
        say(await store.begin(operation, {}))
        say(await store.finish(operation.id, "done", {}))
    await store.close()


async def hang(url: str) -> None:
    """Be a bot that has begun an operation, and is waiting for its end."""
    store = await Store.open(url, KEY)
    await store.join()
    await store.begin(Operation("01J", "T1", "U1", "C1", "restart", "restart web", "local"), {})
    say("begun")
    await asyncio.sleep(600)


async def claim(url: str, times: str) -> None:
    """Claim the deliveries 0, 1, 2, …; say which were ours."""
    store = await Store.open(url, KEY)
    for number in range(int(times)):
        if await store.receive(str(number), operation="", body={}, at=time.time()):
            say(number)
    await store.close()


async def fill(url: str, size: str) -> None:
    """Append until no file may grow beyond `size` bytes; say the marks, the error, and one mark more."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = await Store.open(url, KEY)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))
    try:
        while True:
            operation = Operation(ulid(), "T1", "U1", "C1", "restart", "restart web", "local")
            say(await store.begin(operation, {"filler": "x" * 3000}))
    except StoreError as error:
        say(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    say(await store.append("note", "", {}))
    await store.close()


async def powerless(url: str) -> None:
    """As a user who may read the database but not write it: say what each act says."""
    if os.geteuid() == 0:
        os.setuid(65534)
    try:
        await Store.open(url, KEY)
    except StoreError as error:
        say(error)


if __name__ == "__main__":
    works: dict[str, Callable[..., Coroutine[Any, Any, None]]]
    works = {"work": work, "hang": hang, "claim": claim, "fill": fill, "powerless": powerless}
    asyncio.run(works[sys.argv[1]](*sys.argv[2:]))
