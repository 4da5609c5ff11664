"""The playground as one ASGI application, and as a server on loopback."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import uvicorn
from starlette.applications import Starlette

from bot.playground.delivery import Deliveries
from bot.playground.doors import LoopbackOnly, routes
from bot.playground.http_mode import HttpMode
from bot.playground.people import SLACKBOT
from bot.playground.protocol import CuttableProtocol
from bot.playground.slack import Settings, Slack
from bot.playground.socket_mode import SocketMode
from bot.playground.workspace import User, Workspace, demo


def create_app(slack: Slack) -> Starlette:
    """The whole playground: Web API, Socket Mode, response urls, uploads, `/play/` and the page."""
    app = Starlette(routes=routes(slack))
    app.add_middleware(LoopbackOnly)
    return app


def new_slack(settings: Settings | None = None, workspace: Workspace | None = None) -> Slack:
    """A playground's state: the demo's workspace and settings where none are given."""
    settings, workspace = settings or Settings(), workspace or demo()
    workspace.users.setdefault(SLACKBOT, User(SLACKBOT, "slackbot", "Slackbot", is_bot=True))
    if settings.bot_url is not None:
        http = HttpMode(settings.bot_url, settings.signing_secret)
        return Slack(workspace, settings, Deliveries(http, settings.ack_timeout))
    sockets = SocketMode(workspace.app_id)
    slack = Slack(workspace, settings, Deliveries(sockets, settings.ack_timeout))
    sockets.on_change = lambda: slack.feed.tell({"type": "state"})
    return slack


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


class Playground:
    """A local Slack that serves inside the running event loop. Also an async context manager.

    `host` must be a loopback address (ValueError otherwise); port 0 takes a free one. Keyword arguments are
    those of `Settings`. After `start`, `url` is `http://127.0.0.1:PORT` and the Web API is at `{url}/api/`.
    """

    def __init__(
        self, host: str = "127.0.0.1", port: int = 0, workspace: Workspace | None = None, **settings: Any
    ) -> None:
        if not _is_loopback(host):
            raise ValueError(f"the playground listens on loopback only, not on {host}")
        self._address = (host, port)
        self.slack = new_slack(Settings(**settings), workspace)
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The base address, empty before `start`."""
        return self.slack.url

    @property
    def api_url(self) -> str:
        """What a client takes for base_url."""
        return f"{self.url}/api/"

    async def start(self) -> None:
        """Listen. Raises OSError where the port is taken."""
        family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        listener = socket.create_server(self._address, family=family)
        host, port = listener.getsockname()[:2]
        self.slack.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        config = uvicorn.Config(
            create_app(self.slack),
            http=CuttableProtocol,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve([listener]))
        while not self._server.started:
            if self._serving.done():
                self._serving.result()
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Say goodbye to the bot, end the feeds, and stop listening."""
        carrier = self.slack.deliveries.carrier
        self.slack.feed.close()
        self.slack.deliveries.close()
        if isinstance(carrier, SocketMode):
            await carrier.cut()
        if isinstance(carrier, HttpMode):
            await carrier.aclose()
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving

    def deliver_to(self, bot_url: str) -> None:
        """Switch to HTTP mode: from now on everything goes to that endpoint, signed."""
        self.slack.settings = replace(self.slack.settings, bot_url=bot_url)
        self.slack.deliveries.carrier = HttpMode(bot_url, self.slack.settings.signing_secret)

    async def __aenter__(self) -> "Playground":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
