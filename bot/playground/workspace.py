"""The state of one Slack workspace: people, channels, messages and files. No input or output here."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

JSON = dict[str, Any]
Kind = Literal["channel", "group", "im"]


@dataclass
class User:
    """A person or the bot. `is_restricted` marks a guest."""

    id: str
    name: str
    real_name: str
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False


@dataclass
class Channel:
    """A public channel, a private one (`group`) or a direct conversation with the bot (`im`, of `user`)."""

    id: str
    name: str
    members: set[str]
    kind: Kind = "channel"
    user: str = ""


@dataclass
class UserGroup:
    """A user group, as `@oncall` (its handle)."""

    id: str
    handle: str
    name: str
    users: list[str]


@dataclass
class File:
    """An upload. `content` is None until the bytes have come; `length` is what was announced, in bytes."""

    id: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    channels: set[str] = field(default_factory=set)
    seen_by: str | None = None


@dataclass
class Message:
    """One message. `only_for` is the one person who sees it, where it is ephemeral.

    `ts` is Slack's id of a message within its channel: epoch seconds with six decimals, unique, growing.
    """

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: JSON | None = None
    only_for: str | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: str | None = None
    by_app: bool = False
    broadcast: bool = False
    subtype: str = ""

    @property
    def is_reply(self) -> bool:
        """Whether it stands inside a thread, below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class Workspace:
    """A team with everything in it. `bot` is the app's bot user."""

    team_id: str
    team: str
    bot: User
    app_id: str = "A0DEMO"
    bot_id: str = "B0BOT"
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    groups: dict[str, UserGroup] = field(default_factory=dict)
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    _last_ts: int = 0
    _count: int = 0

    def next_ts(self) -> str:
        """A fresh timestamp, later than every one before."""
        self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def next_id(self, prefix: str) -> str:
        """A fresh id as Slack's: a letter and capitals, `F00000001`."""
        self._count += 1
        return f"{prefix}{self._count:08d}"

    def message(self, channel: str, ts: str) -> Message | None:
        """The message of that channel and ts, ephemeral ones included."""
        return self.messages.get(channel, {}).get(ts)

    def add(self, message: Message) -> Message:
        """Keep a message."""
        self.messages.setdefault(message.channel, {})[message.ts] = message
        return message

    def remove(self, channel: str, ts: str) -> None:
        """Forget a message."""
        self.messages.get(channel, {}).pop(ts, None)

    def history(self, channel: str) -> Iterator[Message]:
        """All that a channel keeps, oldest first: without what was for one person only."""
        return (m for m in self.messages.get(channel, {}).values() if m.only_for is None)

    def seen_by(self, user: str, channel: str) -> Iterator[Message]:
        """What one person sees in a channel, thread replies included, oldest first."""
        return (m for m in self.messages.get(channel, {}).values() if m.only_for in (None, user))

    def replies(self, channel: str, thread_ts: str) -> list[Message]:
        """The replies of a thread, oldest first, without its parent."""
        return [m for m in self.history(channel) if m.is_reply and m.thread_ts == thread_ts]

    def direct(self, user: str) -> Channel:
        """The direct conversation of a person with the bot, opened where there is none."""
        for channel in self.channels.values():
            if channel.kind == "im" and channel.user == user:
                return channel
        channel = Channel(f"D{user[1:]}", "", {user, self.bot.id}, "im", user)
        self.channels[channel.id] = channel
        return channel


def demo() -> Workspace:
    """The workspace of the demo and the tests.

    alice is on call, bob leads, dave is a member whom no rule names, guest is a guest. The bot is in
    #incidents and #general, not in #random.
    """
    bot = User("U0BOT", "docker", "docker", is_bot=True)
    workspace = Workspace("T0DEMO", "Dockwarden demo", bot)
    people = [
        User("U0ALICE", "alice", "Alice Adams"),
        User("U0BOB", "bob", "Bob Brown"),
        User("U0DAVE", "dave", "Dave Dean"),
        User("U0GUEST", "guest", "Gwen Guest", is_restricted=True),
    ]
    workspace.users = {user.id: user for user in [*people, bot]}
    everyone = {user.id for user in people}
    for channel in (
        Channel("C0INC", "incidents", {*everyone, bot.id}),
        Channel("C0GEN", "general", {*everyone, bot.id}),
        Channel("C0RAND", "random", set(everyone)),
    ):
        workspace.channels[channel.id] = channel
    for user in people:
        workspace.direct(user.id)
    workspace.groups = {
        "S0ONCALL": UserGroup("S0ONCALL", "oncall", "On call", ["U0ALICE", "U0BOB"]),
        "S0LEADS": UserGroup("S0LEADS", "leads", "Leads", ["U0BOB"]),
    }
    return workspace
