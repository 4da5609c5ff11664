"""A playground, and the Slack side of the bot connected to it; what the bot would do is up to each test."""

import asyncio
import socket as sockets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bot.blocks.reply import Button
from bot.commands.request import Conversation, Request
from bot.playground.server import Playground
from bot.playground.workspace import Message
from bot.slack.app import slack_app
from bot.slack.client import close, web_client
from bot.slack.http import routes
from bot.slack.listeners import Desk
from bot.slack.replies import Replies
from bot.slack.requests import Asked
from bot.slack.socket import SocketMode
from bot.slack.work import Work

SECRET = "playground"
ALICE = "U0ALICE"


async def nothing(request: Request, conversation: Conversation) -> None:
    """A desk that does nothing."""


@dataclass
class Bot:
    """The Slack side of the bot: what it was asked, what it should do about it, and the buttons it made."""

    client: AsyncWebClient
    asked: list[Request] = field(default_factory=list)
    answer: Callable[[Request, Conversation], Awaitable[None]] = nothing
    buttons: dict[str, tuple[Button, str, str]] = field(default_factory=dict)
    work: Work = field(default_factory=Work)

    def __post_init__(self) -> None:
        self.replies = Replies(self.client, self.keep, patience=8, pace=0.2)
        self.app = slack_app(self.client, Desk(self.on_request, self.find, self.replies, self.work))

    async def on_request(self, request: Request, conversation: Conversation) -> None:
        self.asked.append(request)
        await self.answer(request, conversation)

    async def keep(self, buttons: Sequence[Button], request: Request) -> list[str]:
        ids = [f"{len(self.buttons) + n:032x}" for n in range(len(buttons))]
        self.buttons |= {
            id_: (button, request.team, request.channel) for id_, button in zip(ids, buttons, strict=True)
        }
        return ids

    async def find(self, value: str, team: str, channel: str) -> tuple[str, bool] | None:
        button, *place = self.buttons.get(value, (None, "", ""))
        return (button.line, button.full) if button and place == [team, channel] else None

    async def settled(self) -> None:
        """Wait until all that was asked is answered."""
        await self.work.finish(10)
        await self.replies.close(10)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Slack failed at is tried again sooner than in life."""
    monkeypatch.setattr("bot.slack.calls.FIRST_WAIT", 0.05)


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(should_escape=False) as started:
        yield started


@pytest.fixture
async def bot(playground: Playground) -> AsyncIterator[Bot]:
    client = web_client("xoxb-playground", playground.api_url)
    made = Bot(client)
    yield made
    await made.settled()
    await close(client)


@pytest.fixture
async def over_socket(playground: Playground, bot: Bot) -> AsyncIterator[Bot]:
    line = SocketMode(bot.app, "xapp-playground")
    line.start()
    await until(line.connected)
    yield bot
    await line.close()


@pytest.fixture
async def over_http(playground: Playground, bot: Bot) -> AsyncIterator[Bot]:
    async with serving(Starlette(routes=list(routes(bot.app, SECRET)))) as url:
        playground.deliver_to(f"{url}/slack/events")
        yield bot


@pytest.fixture(params=["over_http", "over_socket"])
def connected(request: pytest.FixtureRequest) -> Bot:
    """The bot, once over each transport: what holds for one holds for the other."""
    found: Bot = request.getfixturevalue(request.param)
    return found


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Any:
        yield


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """Serve an ASGI application on a free port of loopback; its address."""
    listener = sockets.create_server(("127.0.0.1", 0))
    server = _Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


async def until(true: Callable[[], Awaitable[bool] | bool], seconds: float = 10) -> None:
    """Wait for something to become true; TimeoutError when it does not."""
    async with asyncio.timeout(seconds):
        while True:
            found = true()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.01)


def said(playground: Playground, channel: str = "C0INC", only_for: str | None = None) -> list[Message]:
    """What the bot said there, in order: to all, or to one person alone."""
    messages = playground.slack.workspace.messages.get(channel, {}).values()
    return [m for m in messages if m.by_app and m.only_for == only_for]


_typed = iter(range(1_000_000))


def asked(
    channel: str = "C0INC", *, delivery: str = "", thread: str | None = None, response_url: str = ""
) -> Asked:
    """A request of Alice's; a delivery of its own where none is given."""
    request = Request(
        delivery=delivery or f"command:T0DEMO:{next(_typed)}",
        source="command",
        team="T0DEMO",
        user=ALICE,
        channel=channel,
        text="ps",
        received=0.0,
        thread=thread,
    )
    return Asked(request, response_url=response_url)


def response_url(playground: Playground, channel: str = "C0INC") -> str:
    return playground.url + playground.slack.response_urls.give(ALICE, channel)
