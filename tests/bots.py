"""The real bot as a process, on a real daemon, in a playground: what the end-to-end tests type into and read."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

import httpx

from bot.playground.http_mode import HttpMode
from bot.playground.server import Playground
from tests.engines import Engine

JSON = dict[str, Any]
T = TypeVar("T")

# Alice may do everything; Bob may look at and operate what is called web…; members may ask for the version;
# Dave is a member whom no other rule names.
PERMISSIONS = """\
version: 1
subjects:
  everyone: {team: true}
  alice: {users: [U0ALICE]}
  bob: {users: [U0BOB]}
rules:
  - {id: all, allow: [read, read_sensitive, operate, change, destroy, admin], who: alice}
  - {id: front, allow: [read, operate], who: bob, on: {names: [web*]}}
  - {id: hello, allow: [version], who: everyone}
tests:
  - {as: U0ALICE, in: C0INC, run: "rm web", on: local, expect: allow, by: all}
  - {as: U0DAVE, in: C0INC, run: "stop web", on: local, expect: deny}
"""
FINAL = {"done", "partial", "failed", "denied", "unknown"}


def until(true: Callable[[], T | None], what: str = "", within: float = 20) -> T:
    """Wait for something to become true, and give it. AssertionError with `what` after `within` seconds."""
    deadline = time.monotonic() + within
    while not (found := true()):
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.02)
    return found


class Background:
    """An event loop in a thread of its own, so that a test may simply wait."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)

    def __enter__(self) -> "Background":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What the coroutine gives, run in that loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(60)


@dataclass(frozen=True)
class Said:
    """A message as somebody sees it; `earlier` are its states before the last, oldest first."""

    message: JSON
    earlier: tuple["Said", ...] = ()

    @property
    def text(self) -> str:
        """The top-level sentence, as it was sent."""
        return str(self.message["text"])

    @property
    def private(self) -> bool:
        """Whether one person alone sees it."""
        return self.message["only_for"] is not None

    @property
    def facts(self) -> JSON:
        """The payload of its metadata."""
        found: JSON = self.message["metadata"]["event_payload"]
        return found

    @property
    def outcome(self) -> str:
        """How what it tells of ended; `failed` for our own words about a stale button and the like."""
        return str(self.facts.get("outcome", "failed"))

    @property
    def words(self) -> str:
        """All that its blocks show, a line for each part."""
        return "\n".join(
            "".join(element.get("text") or element.get("user_id") or "" for element in part["elements"])
            for block in self.message["blocks"]
            if block["type"] == "rich_text"
            for part in block["elements"]
        )

    @property
    def table(self) -> str:
        """Its first preformatted part."""
        parts = (part for block in self.message["blocks"] for part in block["elements"])
        found = next(part for part in parts if part["type"] == "rich_text_preformatted")
        return str(found["elements"][0]["text"])

    @property
    def buttons(self) -> dict[str, JSON]:
        """Its buttons by label."""
        blocks = (block for block in self.message["blocks"] if block["type"] == "actions")
        return {each["text"]["text"]: each for block in blocks for each in block["elements"]}


@dataclass
class Deployment:
    """A playground, the bot's configuration and record in `folder`, the daemon, and the bot as a process.

    `requests` are those that the playground made of the bot over HTTP, oldest first.
    """

    folder: Path
    engine: Engine
    over: Literal["socket", "http"]
    playground: Playground
    background: Background
    port: int
    process: "subprocess.Popen[bytes] | None" = None
    requests: list[httpx.Request] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the bot listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        """The bot's SQLite file."""
        return self.folder / "dockwarden.db"

    @property
    def permissions(self) -> Path:
        """The permission list in force."""
        return self.folder / "permissions.yml"

    @property
    def log(self) -> str:
        """All that the bot's processes wrote."""
        return (self.folder / "log").read_text()

    @property
    def environment(self) -> dict[str, str]:
        """What the bot is started with."""
        slack = self.playground.slack.settings
        return {
            **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
            "SLACK_API_URL": self.playground.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_APP_TOKEN": slack.app_token if self.over == "socket" else "",
            "DOCKWARDEN_CONFIG": str(self.folder),
            "DOCKWARDEN_DATABASE_URL": f"sqlite:///{self.database}",
            "DOCKWARDEN_LISTEN": self.address.removeprefix("http://"),
            "DOCKWARDEN_LOG_FORMAT": "json",
        }

    def start(self) -> None:
        """Run `python -m bot serve` and wait until it is connected."""
        with (self.folder / "log").open("a") as log:
            command = [sys.executable, "-m", "bot", "serve"]
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        until(self._up, "the bot is up")

    def _up(self) -> bool:
        assert self.process is not None and self.process.poll() is None, self.log
        try:
            alive = httpx.get(f"{self.address}/healthz", trust_env=False).is_success
        except httpx.TransportError:
            return False
        return alive and self.playground.slack.deliveries.carrier.connected

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the bot: SIGTERM as whoever runs it does, SIGKILL as a crash."""
        process, self.process = self.process, None
        if process is not None:
            process.send_signal(how)
            process.wait(40)
            if self.over == "socket":
                until(lambda: not self.playground.slack.deliveries.carrier.connected, "the line is down")

    def cli(self, *args: str) -> "subprocess.CompletedProcess[str]":
        """`dockwarden ARGS` in the same environment."""
        command = [sys.executable, "-m", "bot", *args]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def play(self, what: str, **body: Any) -> JSON:
        """POST to the playground's `/play/…`."""
        answer: JSON = httpx.post(
            f"{self.playground.url}/play/{what}", json=body, timeout=60, trust_env=False
        ).json()
        return answer

    def records(self, kind: str | None = None) -> list[JSON]:
        """The record's bodies, oldest first, with their kind, operation and place in the chain."""
        rows = self.sql("SELECT seq, kind, operation, body, mac FROM records ORDER BY seq")
        found = [
            {**json.loads(body), "kind": each, "operation": operation, "audit": f"{seq}:{mac}"}
            for seq, each, operation, body, mac in rows
        ]
        return [record for record in found if kind in (None, record["kind"])]

    def sql(self, statement: str) -> list[Any]:
        """Look into the bot's database, or meddle with it."""
        with closing(sqlite3.connect(self.database, isolation_level=None, timeout=10)) as database:
            return database.execute(statement).fetchall()

    def person(self, user: str, channel: str = "C0INC") -> "Person":
        """Somebody in a channel."""
        return Person(self, user, channel)


@dataclass(frozen=True)
class Person:
    """Somebody in a channel, who types and presses as in Slack."""

    bot: Deployment
    user: str
    channel: str

    def types(self, text: str, *, within: float = 30) -> Said:
        """Type, send, and wait for the answer as it stands in the end."""
        before = self._seen()
        self.sends(text)
        return self.answered(before, within=within)

    def sends(self, text: str) -> None:
        """Type and send, without waiting for the answer."""
        answer = self.bot.play("type", user=self.user, channel=self.channel, text=text)
        assert answer["ok"], answer

    def presses(self, label: str, said: Said) -> Said:
        """Press a button of a message and wait for the answer."""
        before = self._seen()
        self.press_only(label, said)
        return self.answered(before)

    def press_only(self, label: str, said: Said) -> None:
        """Press a button of a message."""
        button = said.buttons[label]
        wanted = {"action_id": button["action_id"], "block_id": button.get("block_id", "")}
        place = {"user": self.user, "channel": self.channel, "ts": said.message["ts"]}
        answer = self.bot.play("press", **place, **{name: each for name, each in wanted.items() if each})
        assert answer["ok"], answer

    def sees(self) -> list[Said]:
        """What the bot has said here that this person sees, oldest first."""
        query = {"user": self.user, "channel": self.channel}
        answer = httpx.get(f"{self.bot.playground.url}/play/messages", params=query, trust_env=False)
        return [Said(each) for each in answer.json()["messages"] if "bot_id" in each]

    def answered(self, before: dict[str, str], *, within: float = 30) -> Said:
        """The first message that was not there `before` (ts to text), once it is no progress any more."""
        states: list[Said] = []

        def ended() -> Said | None:
            new = [
                each
                for each in self.sees()
                if each.message["ts"] not in before and each.message.get("blocks")
            ]
            if new and (not states or new[0].message != states[-1].message):
                states.append(new[0])
            return new[0] if new and new[0].outcome in FINAL else None

        last = until(ended, f"an answer to {self.user}; the log says {self.bot.log[-2000:]}", within)
        return Said(last.message, tuple(states[:-1]))

    def now(self, said: Said) -> Said:
        """The message as it stands now."""
        return next(each for each in self.sees() if each.message["ts"] == said.message["ts"])

    def file(self, name: str) -> str:
        """The newest file of that name that this person sees, once it is there."""

        def find() -> str | None:
            found = [file for said in self.sees() for file in said.message.get("files", [])]
            return next((file["id"] for file in reversed(found) if file["name"] == name), None)

        url = f"{self.bot.playground.url}/play/files/{until(find, f'a file {name}')}"
        return httpx.get(url, trust_env=False).text

    def _seen(self) -> dict[str, str]:
        return {each.message["ts"]: each.text for each in self.sees()}


@contextmanager
def deployed(
    folder: Path, engine: Engine, over: Literal["socket", "http"] = "socket", permissions: str = PERMISSIONS
) -> Iterator[Deployment]:
    """The bot, up and connected; afterwards it is ended, and its log must tell of no failure of ours."""
    folder.mkdir(exist_ok=True)
    (folder / "hosts.yml").write_text(f'default: local\nhosts:\n  local: {{url: "{engine.url}"}}\n')
    (folder / "permissions.yml").write_text(permissions)
    playground = Playground(should_escape=False)
    with Background() as background:
        bot = Deployment(folder, engine, over, playground, background, _free_port())
        background.run(_open(bot))
        try:
            bot.start()
            yield bot
        finally:
            bot.stop()
            background.run(playground.stop())
    assert [line[:2000] for line in bot.log.splitlines() if "Traceback" in line] == []


async def _open(bot: Deployment) -> None:
    await bot.playground.start()
    if bot.over == "http":
        url, secret = f"{bot.address}/slack/events", bot.playground.slack.settings.signing_secret
        bot.playground.deliver_to(url)

        async def keep(request: httpx.Request) -> None:
            bot.requests.append(request)

        client = httpx.AsyncClient(trust_env=False, event_hooks={"request": [keep]})
        bot.playground.slack.deliveries.carrier = HttpMode(url, secret, client)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def changes(engine: Engine) -> Iterator[list[str]]:
    """What the daemon did to containers and images while the block ran, in order: `container start web`.

    The list is filled when the block ends.
    """
    done: list[str] = []
    since = time.time()
    yield done
    form = "{{.Type}} {{.Action}} {{.Actor.Attributes.name}}"
    period = ("--since", f"{since:.6f}", "--until", f"{time.time():.6f}")
    lines = engine.cli("events", *period, "--format", form).splitlines()
    done += [line for line in lines if line.split()[0] in ("container", "image")]
