"""Slack over Socket Mode: the same app, by a web socket that the bot opens: nothing need reach the bot."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.slack.client import proxy_for

_PING = 5.0  # seconds between pings, and between two attempts to connect
_LOOK = 3.0

Call = Callable[[], Coroutine[None, None, None]]


class SocketMode:
    """A connection that is kept. Make it in a running loop."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._handler = AsyncSocketModeHandler(app, app_token, ping_interval=_PING)
        # The client took a proxy from the environment, without a look at NO_PROXY or loopback.
        self._handler.client.proxy = proxy_for(app.client.base_url)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, address: str | None = None) -> None:
        """Connect, and connect again whenever the line breaks, until `close`. Returns at once.

        `address` is one that Slack has just given out; without it Slack is asked for one.
        """
        self._handler.client.wss_uri = address
        connect: Call = self._handler.client.connect  # which tries until it is connected
        self._tasks = [asyncio.create_task(connect()), asyncio.create_task(self._renew())]

    async def connected(self) -> bool:
        """Whether Slack can reach us now."""
        return bool(await self._handler.client.is_connected())

    async def close(self) -> None:
        """Disconnect. What was acknowledged goes on."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        disconnect: Call = self._handler.client.close
        with contextlib.suppress(OSError):
            await disconnect()

    async def _renew(self) -> None:
        """Throw away an address that did not connect: it is good for one time and a short while.

        The SDK would try the same one for ever; without one it asks Slack for another.
        """
        while True:
            await asyncio.sleep(_LOOK)
            if not await self.connected():
                self._handler.client.wss_uri = None
