"""What every entry point becomes: a request, and a conversation to answer it in."""

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.blocks.reply import Reply
from bot.policy.terms import Person


@dataclass(frozen=True)
class Request:
    """What a person typed or pressed, once. Slack may deliver it more than once: `delivery` stays the same.

    `text` is as Slack sent it, the command word (`/docker`, the bot's mention) taken off.
    `thread` is the ts of the thread to answer in, where there is one. `received` is UTC epoch seconds.
    `full` asks for the whole output as a file (a press of "Show all").
    """

    delivery: str
    source: Literal["command", "mention", "message", "button"]
    team: str
    user: str
    channel: str
    text: str
    received: float
    thread: str | None = None
    full: bool = False


class Conversation(Protocol):
    """How one request is answered. Neither method raises for Slack's sake: what can't be said is logged."""

    async def post(self, reply: Reply) -> None:
        """Say it in the channel. The first call posts; later ones update that message.

        Files go into its thread. Where the bot is not in the channel, the answer goes by response_url,
        with a word on how to invite the bot.
        """

    async def whisper(self, reply: Reply) -> None:
        """Say it to the asker alone."""

    def place(self) -> tuple[str, str | None]:
        """The channel id and the ts of the posted message, None before there is one."""


class People(Protocol):
    """Who somebody is, by ids."""

    async def person(self, team: str, user: str, groups: frozenset[str]) -> Person:
        """The person with those of `groups` they are in; at most 60 s old, unknown parts are None."""
