"""Where a command is tried without Slack: the real grammar, policy, store and engine client, and a daemon in memory."""

import itertools
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.blocks.reply import Reply
from bot.commands.catalogue import COMMANDS
from bot.commands.command import Command, Own
from bot.commands.desk import Desk
from bot.commands.request import Request
from bot.engine.connection import Connection
from bot.engine.daemon import Daemon
from bot.engine.reader import Reader
from bot.gate.gate import Gate
from bot.hosts.hosts import Host, Hosts
from bot.policy.permissions import Permissions
from bot.policy.terms import Person
from bot.store.chain import Record
from bot.store.store import Store
from tests.blocks.reading import check_reply, words_of
from tests.commands.docker import Docker

# Alice may do everything; Bob may look at what is called web…, and restart it; Dave may do nothing.
PERMISSIONS = """\
version: 1
subjects:
  alice: {users: [U0ALICE]}
  bob: {users: [U0BOB]}
rules:
  - {id: all, allow: [read, read_sensitive, operate, change, destroy], who: alice}
  - {id: front, allow: [read, restart], who: bob, on: {names: [web*, tomcat*], hosts: [local, one]}}
"""
_numbers = itertools.count(1)


@dataclass
class Heard:
    """A conversation that keeps what was said: `posted` to all, `whispered` to the asker alone.

    Each reply is held to what holds for all: Slack takes it, nothing in it mentions, links or formats.
    """

    channel: str = "C0INC"
    posted: list[Reply] = field(default_factory=list)
    whispered: list[Reply] = field(default_factory=list)
    on_post: Callable[[Reply], None] = lambda _: None

    async def post(self, reply: Reply) -> None:
        check_reply(reply)
        self.posted.append(reply)
        self.on_post(reply)

    async def whisper(self, reply: Reply) -> None:
        check_reply(reply)
        self.whispered.append(reply)

    def place(self) -> tuple[str, str | None]:
        return self.channel, "1700000000.000100" if self.posted else None

    @property
    def reply(self) -> Reply:
        """The one answer, whoever saw it; what was said while it ran is left out."""
        (reply,) = [each for each in (*self.posted, *self.whispered) if each.outcome != "running"]
        return reply

    @property
    def said(self) -> Reply:
        """The answer that all saw."""
        assert self.posted and not self.whispered, self.whispered
        return self.reply

    @property
    def private(self) -> Reply:
        """The answer that only the asker saw."""
        assert self.whispered and not self.posted, self.posted
        return self.reply

    @property
    def words(self) -> str:
        """All that the answer's blocks show."""
        return words_of(self.reply.blocks)

    @property
    def facts(self) -> Mapping[str, Any]:
        """The answer's metadata."""
        assert self.reply.metadata is not None
        return self.reply.metadata

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """The answer's buttons: label and line."""
        return [(button.label, button.line) for button in self.reply.buttons]


class Crowd:
    """Everybody is a full member of no user group."""

    async def person(self, team: str, user: str, groups: frozenset[str]) -> Person:
        return Person(team, user, frozenset(), member=True)


@dataclass
class Stage:
    """The parts of a bot; `types` is a person at a keyboard."""

    desk: Desk
    store: Store
    dockers: dict[str, Docker]
    permissions: Path

    @property
    def docker(self) -> Docker:
        """The default host's daemon."""
        return next(iter(self.dockers.values()))

    async def types(
        self,
        text: str,
        *,
        by: str = "U0ALICE",
        channel: str = "C0INC",
        full: bool = False,
        delivery: str = "",
        heard: Heard | None = None,
    ) -> Heard:
        """What is heard when somebody types `/docker TEXT`."""
        heard = heard or Heard(channel)
        delivery = delivery or f"command:{next(_numbers)}"
        request = Request(delivery, "command", "T0TEAM", by, channel, text, 1_700_000_000.0, full=full)
        await self.desk.handle(request, heard)
        return heard

    async def records(self, kind: str = "") -> list[Record]:
        return [each for each in await self.store.records() if kind in ("", each.kind)]


@asynccontextmanager
async def staged(
    folder: Path,
    names: Mapping[str, frozenset[str]] | None = None,
    commands: Mapping[str, Command[Any] | Own] = COMMANDS,
) -> AsyncIterator[Stage]:
    """A stage with these hosts and their tags; the first is the default."""
    async with AsyncExitStack() as stack:
        dockers, hosts = {}, []
        for name, tags in (names or {"local": frozenset()}).items():
            dockers[name] = await stack.enter_async_context(Docker(name).at(folder / f"{name}.sock"))
            connection = Connection(name, f"unix://{folder}/{name}.sock", connect=2, read=2)
            hosts.append(Host(name, connection.address.shown, tags, Reader(connection), Daemon(connection)))
        known = Hosts(hosts, hosts[0].name)
        stack.push_async_callback(known.aclose)
        await _migrated(folder / "bot.db")
        store = await Store.open(f"sqlite:///{folder}/bot.db", b"key")
        stack.push_async_callback(store.close)
        permissions = folder / "permissions.yml"
        permissions.write_text(PERMISSIONS)
        desk = Desk(known, Permissions(permissions), Crowd(), Gate(store), commands)
        yield Stage(desk, store, dockers, permissions)


_template: list[bytes] = []


async def _migrated(file: Path) -> None:
    """An empty database with its tables, where there is none yet: they are made once, and copied."""
    if file.exists():
        return
    if not _template:
        with TemporaryDirectory() as folder:
            await (await Store.open(f"sqlite:///{folder}/bot.db", b"key")).close()
            _template.append((Path(folder) / "bot.db").read_bytes())
    file.write_bytes(_template[0])
