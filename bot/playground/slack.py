"""One playground's parts, as its requests share them: the workspace, its settings and what is under way."""

from dataclasses import dataclass, field
from typing import Literal

from bot.playground.delivery import Deliveries
from bot.playground.faults import Faults, RateLimit
from bot.playground.feed import Feed
from bot.playground.response_url import ResponseUrls
from bot.playground.scopes import DEMO_SCOPES
from bot.playground.show import shown
from bot.playground.triggers import Triggers
from bot.playground.workspace import JSON, Message, Workspace


@dataclass(frozen=True)
class Settings:
    """What the app was installed with.

    `scopes` are the bot token's; `events` the subscribed ones; `command` the slash command. `bot_url` is
    the bot's HTTP endpoint (`http://127.0.0.1:3000/slack/events`); without it, all goes by Socket Mode.
    `strict_rates` holds chat.postMessage to about one a second and channel. `ack_timeout` is in seconds.
    """

    bot_token: str = "xoxb-playground"  # noqa: S105 - a word for loopback, no secret
    app_token: str = "xapp-playground"  # noqa: S105
    signing_secret: str = "playground"  # noqa: S105
    scopes: frozenset[str] = DEMO_SCOPES
    events: frozenset[str] = frozenset({"app_mention", "message.im"})
    command: str = "/docker"
    usage_hint: str = "help | ps | images | pull IMAGE | run IMAGE"
    should_escape: bool = True
    bot_url: str | None = None
    strict_rates: bool = False
    ack_timeout: float = 3.0


@dataclass
class Slack:
    """A running playground's state. `url` is its own base address, known once it listens."""

    workspace: Workspace
    settings: Settings
    deliveries: Deliveries
    url: str = ""
    feed: Feed = field(default_factory=Feed)
    faults: Faults = field(default_factory=Faults)
    rates: RateLimit = field(default_factory=RateLimit)
    response_urls: ResponseUrls = field(default_factory=ResponseUrls)
    triggers: Triggers = field(default_factory=Triggers)
    views: dict[str, JSON] = field(default_factory=dict)

    def tell(self, message: Message, what: Literal["message", "deleted"] = "message") -> None:
        """Let the onlookers know of a message that is new, changed or gone; and of its thread's parent."""
        body = {"type": what, "channel": message.channel, "message": shown(self.workspace, message)}
        self.feed.tell(body, message.only_for)
        parent = self.workspace.message(message.channel, message.thread_ts or "")
        if message.is_reply and parent is not None:
            self.tell(parent)

    def post(self, message: Message) -> Message:
        """Keep a message, new or changed, and tell of it."""
        self.workspace.add(message)
        self.tell(message)
        return message
