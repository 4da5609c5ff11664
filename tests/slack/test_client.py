"""The environment's proxies are for the world outside, and nothing is sent twice by itself."""

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.blocks.reply import File, Reply
from bot.playground.faults import Fault
from bot.playground.people import type_text
from bot.playground.server import Playground
from bot.slack.calls import LaterError, RefusedError, UnclearError, call
from bot.slack.client import close, proxy_for, web_client
from bot.slack.socket import SocketMode
from tests.slack.conftest import ALICE, Bot, asked, response_url, said, serving, until

PROXY = "http://127.0.0.1:9"  # nobody is there


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, PROXY)
        monkeypatch.setenv(name.lower(), PROXY)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, ".intra.example,slack.test")


@pytest.mark.usefixtures("proxied")
@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://slack.com/api/", PROXY),
        ("wss://wss-primary.slack.com/link", PROXY),
        ("http://127.0.0.1:4000/api/", None),
        ("ws://127.9.9.9:4000/link", None),
        ("http://[::1]:4000/", None),
        ("http://localhost:4000/", None),
        ("http://a.localhost/", None),
        ("https://slack.test/api/", None),
        ("https://slack.intra.example/api/", None),
    ],
)
def test_which_proxy(url: str, proxy: str | None) -> None:
    assert proxy_for(url) == proxy


def test_without_a_proxy_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    assert proxy_for("https://slack.com/api/") is None


@pytest.mark.usefixtures("proxied")
async def test_on_loopback_no_proxy_catches_anything(playground: Playground) -> None:
    """Web API, Socket Mode, uploads and response_url."""
    client = web_client("xoxb-playground", playground.api_url)
    bot = Bot(client)
    line = SocketMode(bot.app, "xapp-playground")
    line.start()
    await until(line.connected)
    await type_text(playground.slack, ALICE, "C0INC", "/docker ps")
    await bot.settled()
    assert len(bot.asked) == 1
    talk = bot.replies.conversation(asked(response_url=response_url(playground)))
    await talk.post(Reply("all", files=[File("a.txt", b"a")]))
    await talk.whisper(Reply("alone"))
    await line.close()
    await close(client)
    assert len(said(playground)) == 2
    assert len(said(playground, only_for=ALICE)) == 1


async def test_how_a_call_failed(playground: Playground, bot: Bot) -> None:
    faults = playground.slack.faults
    faults.add(Fault("auth.test", status=429, retry_after=7))
    with pytest.raises(LaterError, match="7 s"):
        await call(bot.client.auth_test())
    with pytest.raises(RefusedError, match="user_not_found"):
        await call(bot.client.users_info(user="U0NOBODY"))
    for fault in (Fault("auth.test", status=500), Fault("auth.test", drop="after")):
        faults.add(fault)
        with pytest.raises(UnclearError):
            await call(bot.client.auth_test())


@pytest.mark.parametrize(
    ("status", "content_type", "body"),
    [
        (200, "text/plain", b"a captive portal"),
        (200, "text/html", b"<html>"),
        (200, "application/json", b"{"),
        (200, "application/json", b"[]"),
        (502, "text/html", b"<html>"),
    ],
)
async def test_nonsense_is_unclear(status: int, content_type: str, body: bytes) -> None:
    async def nonsense(_: object) -> Response:
        return Response(body, status, media_type=content_type)

    async with serving(Starlette(routes=[Route("/{rest:path}", nonsense, methods=["POST"])])) as url:
        client = web_client("xoxb-1", url)
        with pytest.raises(UnclearError):
            await call(client.auth_test())
        await close(client)
