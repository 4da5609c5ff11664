"""The bot as it is run: its own process, a playground as its Slack, and what the benchmark configures."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.playground.people import type_text
from bot.playground.server import Playground
from bot.playground.workspace import Message
from tests.bench.memory import peak_memory

ALICE = "U0ALICE"
CHANNEL = "C0INC"
SECRET = "playground"
START_SECONDS = 30.0
# httpx and structlog load rich where it is, and here it is: it comes with tools of ours, not with the bot.
AS_INSTALLED = "import sys; sys.modules['rich'] = None"
SERVE = f"{AS_INSTALLED}; from bot.cli import main; main(['serve'])"


def permissions(count: int) -> str:
    """permissions.yml with so many rules, of which nearly all speak to everyone, and the last lets Alice."""
    lines = [
        "version: 1",
        "subjects:",
        "  everyone: {team: true}",
        f"  alice: {{users: [{ALICE}]}}",
        "rules:",
    ]
    for number in range(count - 1):
        if number % 4:
            lines.append(
                f"  - {{id: may-{number}, allow: [operate, logs], who: everyone, on: {{names: [api-{number}-*]}}}}"
            )
        else:
            lines.append(
                f"  - {{id: never-{number}, deny: [operate, destroy], on: {{names: [db-{number}-*]}}}}"
            )
    groups = "read, read_sensitive, operate, change, destroy"
    lines.append(f"  - {{id: all, allow: [{groups}], who: alice}}")
    return "\n".join([*lines, ""])


@dataclass(frozen=True)
class Bot:
    """A running bot: its process id, and how many seconds it took to listen."""

    pid: int
    start: float

    @property
    def peak(self) -> int:
        """The most memory it ever held, in bytes."""
        return peak_memory(self.pid)


@asynccontextmanager
async def running(
    folder: Path, slack: Playground, hosts: Mapping[str, str], rules: int, *, over_socket: bool
) -> AsyncIterator[Bot]:
    """Run the bot with these hosts (urls by name, the first is the default), until the end of the context."""
    folder.mkdir(exist_ok=True)
    port = free_port()
    listed = "".join(f'  {name}: {{url: "{url}"}}\n' for name, url in hosts.items())
    (folder / "hosts.yml").write_text(f"default: {next(iter(hosts))}\nhosts:\n{listed}")
    (folder / "permissions.yml").write_text(permissions(rules))
    environment = {
        "PATH": os.environ["PATH"],
        "SLACK_BOT_TOKEN": "xoxb-playground",
        "SLACK_API_URL": slack.api_url,
        "DOCKWARDEN_CONFIG": str(folder),
        "DOCKWARDEN_DATABASE_URL": f"sqlite:///{folder}/dockwarden.db",
        "DOCKWARDEN_LISTEN": f"127.0.0.1:{port}",
        **({"SLACK_APP_TOKEN": "xapp-playground"} if over_socket else {"SLACK_SIGNING_SECRET": SECRET}),
    }
    if not over_socket:
        slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
    async with process(["-c", SERVE], environment, folder, port) as (pid, seconds):
        if over_socket:
            async with asyncio.timeout(START_SECONDS):
                while not slack.slack.deliveries.carrier.connected:
                    await asyncio.sleep(0.005)
        yield Bot(pid, seconds)


@asynccontextmanager
async def process(
    arguments: list[str], environment: Mapping[str, str], folder: Path, port: int
) -> AsyncIterator[tuple[int, float]]:
    """A Python process that listens on that port; gives its id, and the seconds until it listened."""
    started = time.perf_counter()
    with (folder / "log").open("w") as log:
        child = subprocess.Popen(
            [sys.executable, *arguments], env=environment, cwd=folder, stdout=log, stderr=log
        )
    try:
        while not _listens(port):
            assert child.poll() is None, (folder / "log").read_text()
            assert time.perf_counter() - started < START_SECONDS, "it does not listen"
            await asyncio.sleep(0.002)
        yield child.pid, time.perf_counter() - started
    finally:
        child.terminate()
        while child.poll() is None:  # not blocking: it may be speaking to the playground still
            await asyncio.sleep(0.01)


@dataclass
class Person:
    """Alice in one workspace. `typed` counts her commands: each is answered by one message."""

    slack: Playground
    typed: int = 0

    async def posted(self, text: str, channel: str = CHANNEL) -> float:
        """Type a command. Seconds from its delivery until its answer arrived, posted or as an update."""
        before = set(self.slack.slack.workspace.messages.get(channel, {}))
        started = time.time()
        await self.acknowledged(text, channel)
        async with asyncio.timeout(60):
            while not (message := self._answer(before, channel)):
                await asyncio.sleep(0.001)
        return float(message.edited or message.ts) - started

    async def acknowledged(self, text: str, channel: str = CHANNEL) -> float:
        """Type a command. Seconds until its acknowledgement."""
        self.typed += 1
        result = await type_text(self.slack.slack, ALICE, channel, f"/docker {text}")
        assert result["ok"], result
        return float(result["ack"]["seconds"])

    async def answered(self) -> None:
        """Wait until there are as many answers as commands."""
        everywhere = self.slack.slack.workspace.messages
        async with asyncio.timeout(60):
            while sum(len(messages) for messages in everywhere.values()) < self.typed:
                await asyncio.sleep(0.001)

    async def uploaded(self) -> None:
        """Wait until there is a file, whole and shared."""
        files = self.slack.slack.workspace.files
        async with asyncio.timeout(60):
            while not any(file.content and file.channels for file in files.values()):
                await asyncio.sleep(0.001)

    def _answer(self, before: set[str], channel: str) -> Message | None:
        """The message of a command that ended well."""
        for ts, message in self.slack.slack.workspace.messages.get(channel, {}).items():
            if ts not in before and message.metadata:
                outcome = message.metadata["event_payload"].get("outcome")
                assert outcome in ("running", "done"), message.text
                return message if outcome == "done" else None
        return None


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
