"""After a crash: half done comes up as unknown, with what is true now, and is not done again."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.reconcile import by_request, reconcile
from tests.blocks.reading import check_reply, words_of
from tests.commands.docker import CACHE, WEB, Docker
from tests.commands.stage import Heard, Stage, staged
from tests.commands.wire import Answer


@pytest.fixture
async def crashed(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot was killed between asking the daemon to stop `web` and its answer; this is the next one."""
    async with staged(tmp_path) as before:
        before.docker.answers[f"POST /containers/{WEB}/stop"] = [Answer(204, begin=asyncio.Event())]
        task = asyncio.create_task(before.types("stop web", heard=Heard()))
        while not before.docker.changed:
            await asyncio.sleep(0.01)
        before.desk.gate._store = None  # type: ignore[assignment]  # nothing is written any more
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with staged(tmp_path) as after:
        yield after


async def test_it_is_unknown_with_what_is_true_now(crashed: Stage) -> None:
    (operation,) = await crashed.store.unfinished()
    reply = await reconcile([operation], crashed.desk.hosts, crashed.desk.gate)
    assert reply
    check_reply(reply)
    assert reply.outcome == "unknown"
    assert reply.text.startswith(
        "stop on local was cut off when the bot stopped: outcome unknown. Now: web is running"
    )
    assert "It is not repeated by itself." in words_of(reply.blocks)
    last = (await crashed.records())[-1]
    assert (last.kind, last.body["outcome"], last.operation) == ("outcome", "unknown", operation.id)
    assert reply.metadata == {
        "operation": operation.id,
        "command": "stop web",
        "verb": "stop",
        "user": "U0ALICE",
        "hosts": ["local"],
        "objects": [WEB],
        "audit": f"{last.seq}:{last.mac}",
        "outcome": "unknown",
    }


async def test_it_is_not_repeated_and_not_told_twice(crashed: Stage) -> None:
    for operation in await crashed.store.unfinished():
        await reconcile([operation], crashed.desk.hosts, crashed.desk.gate)
    assert crashed.docker.changed == []
    assert await crashed.store.unfinished() == []


async def test_several_hosts_of_one_request_are_told_in_one_message(crashed: Stage) -> None:
    (operation,) = await crashed.store.unfinished()
    twins = [replace(operation, id=f"01REQUEST/{name}") for name in ("one", "two")]
    for twin in twins:
        await crashed.store.begin(twin, {})
    assert by_request([*twins, operation]) == [twins, [operation]]
    reply = await reconcile(twins, crashed.desk.hosts, crashed.desk.gate)
    assert reply and reply.metadata
    check_reply(reply)
    assert reply.text.count("was cut off when the bot stopped") == 2
    assert reply.metadata["operation"] == "01REQUEST"
    assert reply.outcome == "unknown"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("gone", "No such container"),
        ("away", "the connection broke"),
        ("forgotten", "the host is no longer in hosts.yml"),
    ],
)
async def test_what_can_not_be_looked_at(crashed: Stage, tmp_path: Path, what: str, said: str) -> None:
    (operation,) = await crashed.store.unfinished()
    docker: Docker = crashed.docker
    hosts = crashed.desk.hosts
    if what == "gone":
        docker.containers.pop(WEB)
    elif what == "away":
        docker.answers[f"GET /containers/{WEB}/json"] = [Answer(cut=True)]
    else:
        hosts = type(hosts)([], "")
    reply = await reconcile([operation], hosts, crashed.desk.gate)
    assert reply and said in reply.text
    assert CACHE in docker.containers
