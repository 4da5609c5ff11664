"""Answers in Slack: in order, none lost, none twice.

One lock for each channel keeps the order: whoever spoke first is heard first, and while Slack asks to wait,
all of that channel waits. Only an update that shows progress holds nobody up: it is left out when there is a
newer one, and put off where Slack asks to wait.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from weakref import WeakValueDictionary

from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks.reply import Button
from bot.commands.request import Conversation, Request
from bot.slack.requests import Asked
from bot.slack.response_url import ResponseUrl
from bot.slack.talk import Talk
from bot.slack.work import Work

PATIENCE = 300.0  # seconds that one answer may take, with all its waiting
PACE = 1.0  # seconds between two updates that show progress

KeepButtons = Callable[[Sequence[Button], Request], Awaitable[list[str]]]


class Replies:
    """Makes the conversation of each request. `keep_buttons` gives the opaque id of each button, in order."""

    def __init__(
        self,
        client: AsyncWebClient,
        keep_buttons: KeepButtons,
        *,
        patience: float = PATIENCE,
        pace: float = PACE,
    ) -> None:
        self.client = client
        self.keep_buttons = keep_buttons
        self.patience = patience
        self.pace = pace
        self.work = Work()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def conversation(self, asked: Asked) -> Conversation:
        """How that request is answered."""
        return Talk(self, asked, ResponseUrl(self.client, asked.response_url))

    def resume(self, request: Request, ts: str | None) -> Conversation:
        """Go on with what was begun before a restart: its message is updated, where there was one."""
        return Talk(self, Asked(request), ResponseUrl(self.client, ""), ts)

    def lock(self, channel: str) -> asyncio.Lock:
        """The channel's lock, which wakes its waiters in the order they came."""
        return self._locks.setdefault(channel, asyncio.Lock())

    async def close(self, seconds: float) -> int:
        """Wait for what is still to be said; how many answers had to be given up."""
        return await self.work.finish(seconds)
