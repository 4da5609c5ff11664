"""How the bot ends: what is under way is done, recorded and said first."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from bot.playground.server import Playground
from bot.playground.workspace import Message
from bot.store.store import Store
from tests.commands.docker import WEB, Docker
from tests.commands.wire import Answer

PERMISSIONS = """\
version: 1
subjects: {alice: {users: [U0ALICE]}}
rules: [{id: all, allow: [read, operate], who: alice}]
"""


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(should_escape=False) as started:
        yield started


@pytest.fixture
async def docker(tmp_path: Path) -> AsyncIterator[Docker]:
    """Its answer to `stop` comes when `go_on` is set."""
    async with Docker("local").at(tmp_path / "docker.sock") as started:
        yield started


@pytest.fixture
async def bot(tmp_path: Path, playground: Playground, docker: Docker) -> AsyncIterator[Process]:
    """`dockwarden serve`, which has just asked the daemon to stop web, and says so in the channel."""
    (tmp_path / "hosts.yml").write_text(f"hosts: {{local: {{url: 'unix://{tmp_path}/docker.sock'}}}}\n")
    (tmp_path / "permissions.yml").write_text(PERMISSIONS)
    slack = playground.slack.settings
    environment = {
        "PATH": os.environ["PATH"],
        "SLACK_API_URL": playground.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "DOCKWARDEN_CONFIG": str(tmp_path),
        "DOCKWARDEN_DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        "DOCKWARDEN_LISTEN": "127.0.0.1:0",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "serve", env=environment)
    await until(lambda: playground.slack.deliveries.carrier.connected)
    async with httpx.AsyncClient(trust_env=False) as client:
        body = {"user": "U0ALICE", "channel": "C0INC", "text": "/docker stop web"}
        await client.post(f"{playground.url}/play/type", json=body)
    await until(lambda: docker.changed and said(playground))
    yield process
    if process.returncode is None:
        process.kill()
        await process.wait()


@pytest.fixture
def go_on(docker: Docker) -> asyncio.Event:
    event = asyncio.Event()
    docker.answers[f"POST /containers/{WEB}/stop"] = [Answer(204, begin=event)]
    return event


def said(playground: Playground) -> list[Message]:
    return [each for each in playground.slack.workspace.messages.get("C0INC", {}).values() if each.by_app]


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_what_is_under_way_is_done_recorded_and_said(
    how: int, go_on: asyncio.Event, bot: Process, playground: Playground, docker: Docker
) -> None:
    """Exit code 0, and one message that says how it ended."""
    bot.send_signal(how)
    await until(lambda: not playground.slack.deliveries.carrier.connected)
    assert bot.returncode is None, "it listens no more, and waits for the daemon"
    docker.containers[WEB] = ("web", "exited")
    go_on.set()
    async with asyncio.timeout(10):
        assert await bot.wait() == 0
    assert [each.text for each in said(playground)] == ["<@U0ALICE> stopped web on local: exited (0)"]


async def test_what_ended_during_the_stop_is_no_crash(
    go_on: asyncio.Event, bot: Process, tmp_path: Path
) -> None:
    bot.send_signal(signal.SIGTERM)
    await asyncio.sleep(0.2)
    go_on.set()
    await bot.wait()
    store = await Store.open(f"sqlite:///{tmp_path}/bot.db")
    last = (await store.records())[-1]
    assert (last.kind, last.body["verb"]) == ("outcome", "stop")
    assert last.body["outcome"] != "unknown"
    assert await store.unfinished() == []
    await store.close()


@pytest.mark.usefixtures("go_on")
async def test_a_second_signal_ends_it_at_once(bot: Process, playground: Playground) -> None:
    bot.send_signal(signal.SIGTERM)
    await until(lambda: not playground.slack.deliveries.carrier.connected)
    began = time.monotonic()
    bot.send_signal(signal.SIGTERM)
    assert await bot.wait() == -signal.SIGTERM
    assert time.monotonic() - began < 2
