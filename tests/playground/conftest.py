"""A playground of one's own for each test, and clients of Slack's SDK that talk to it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground

PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground() as served:
        yield served


@pytest.fixture
def client(playground: Playground) -> AsyncWebClient:
    return AsyncWebClient("xoxb-playground", base_url=playground.api_url)


@pytest.fixture
async def people(playground: Playground) -> AsyncIterator[httpx.AsyncClient]:
    """What the page and the end-to-end tests speak: JSON under /play/."""
    async with httpx.AsyncClient(base_url=f"{playground.url}/play/", timeout=10, trust_env=False) as http:
        yield http


@pytest.fixture
def app(client: AsyncWebClient) -> AsyncApp:
    return AsyncApp(client=client, signing_secret="playground")


@asynccontextmanager
async def connected(app: AsyncApp, playground: Playground) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app on Socket Mode, once its connection stands."""
    handler = AsyncSocketModeHandler(app, "xapp-playground")
    await handler.connect_async()  # type: ignore[no-untyped-call]  # bolt leaves it without types
    await until(lambda: playground.slack.deliveries.carrier.connected)
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def until(true: Callable[[], Any]) -> None:
    """Wait, at most 5 s, until something holds."""
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.01)
