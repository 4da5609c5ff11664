"""Trouble: faults that tests ask for, rate limits, scopes, and what the server refuses."""

import time

import aiohttp
import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.faults import Fault, RateLimit
from bot.playground.limits import SlackError
from bot.playground.methods import METHODS
from bot.playground.scopes import METHOD_SCOPES, needed
from bot.playground.server import Playground
from bot.playground.triggers import Triggers
from tests.playground.test_web_api import error_of


def texts(playground: Playground) -> list[str]:
    return [message.text for message in playground.slack.workspace.history("C0INC")]


async def test_a_429_is_waited_out(client: AsyncWebClient, playground: Playground) -> None:
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    playground.slack.faults.add(Fault("chat.postMessage", status=429, retry_after=1))
    started = time.monotonic()
    await client.chat_postMessage(channel="C0INC", text="after all")
    assert time.monotonic() - started >= 1
    assert texts(playground) == ["after all"]


async def test_an_error_of_ones_choice_once(client: AsyncWebClient, playground: Playground) -> None:
    playground.slack.faults.add(Fault("*", error="fatal_error"))
    assert await error_of(client.auth_test()) == "fatal_error"
    assert (await client.auth_test())["ok"]


async def test_a_line_cut_before_and_after(playground: Playground) -> None:
    client = AsyncWebClient("xoxb-playground", base_url=playground.api_url, retry_handlers=[])
    before, after = Fault("chat.postMessage", drop="before"), Fault("chat.postMessage", drop="after")
    for fault, kept in ((before, 0), (after, 1)):
        playground.slack.faults.add(fault)
        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(channel="C0INC", text="x")
        assert len(texts(playground)) == kept


async def test_faults_are_asked_for_over_http_too(people: httpx.AsyncClient, client: AsyncWebClient) -> None:
    await people.post("faults", json={"method": "auth.test", "status": 503, "times": 2})
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert caught.value.response.status_code == 503
    await people.post("faults", json={})
    assert (await client.auth_test())["ok"]


async def test_strict_rates_let_a_burst_through_and_then_one_a_second() -> None:
    async with Playground(strict_rates=True) as strict:
        client = AsyncWebClient("xoxb-playground", base_url=strict.api_url)
        for _ in range(3):
            await client.chat_postMessage(channel="C0INC", text="x")
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="C0INC", text="x")
        await client.chat_postMessage(channel="C0GEN", text="another channel")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"


def test_a_bucket_refills() -> None:
    now = [0.0]
    rate = RateLimit(burst=1, clock=lambda: now[0])
    assert rate.wait("C1") == 0
    assert rate.wait("C1") == 1
    now[0] = 1
    assert rate.wait("C1") == 0


async def test_a_missing_scope_says_what_was_needed() -> None:
    async with Playground(scopes=frozenset({"chat:write", "im:history"})) as bare:
        client = AsyncWebClient("xoxb-playground", base_url=bare.api_url)
        with pytest.raises(SlackApiError) as caught:
            await client.conversations_history(channel="C0INC")
        await client.conversations_history(channel="D0ALICE")
    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "channels:history"
    assert caught.value.response["provided"] == "chat:write,im:history"


def test_every_method_has_its_scopes() -> None:
    assert METHODS.keys() == METHOD_SCOPES.keys()
    assert needed("conversations.history", "group") == {"groups:history"}
    assert needed("chat.postMessage", "im") == {"chat:write"}


async def test_ephemeral_messages_cannot_be_updated(client: AsyncWebClient) -> None:
    said = await client.chat_postEphemeral(channel="C0INC", user="U0ALICE", text="psst")
    update = client.chat_update(channel="C0INC", ts=said["message_ts"], text="x")
    assert await error_of(update) == "message_not_found"


async def test_what_people_said_cannot_be_updated(people: httpx.AsyncClient, client: AsyncWebClient) -> None:
    said = (await people.post("type", json={"user": "U0BOB", "channel": "C0INC", "text": "mine"})).json()
    assert (
        await error_of(client.chat_update(channel="C0INC", ts=said["ts"], text="x")) == "cant_update_message"
    )


def test_a_trigger_opens_once_and_soon() -> None:
    now = [0.0]
    triggers = Triggers(lambda: now[0])
    first, second = triggers.give("U0ALICE"), triggers.give("U0BOB")
    assert triggers.use(first) == "U0ALICE"
    with pytest.raises(SlackError, match="exchanged_trigger_id"):
        triggers.use(first)
    now[0] = 3.1
    with pytest.raises(SlackError, match="expired_trigger_id"):
        triggers.use(second)
    with pytest.raises(SlackError, match="invalid_trigger_id"):
        triggers.use("1.2.3")


def test_it_listens_on_loopback_only() -> None:
    with pytest.raises(ValueError, match="loopback only"):
        Playground("0.0.0.0")


async def test_a_foreign_page_can_neither_type_nor_read(playground: Playground) -> None:
    typed = {"user": "U0ALICE", "channel": "C0INC", "text": "/docker rm web"}
    async with httpx.AsyncClient(base_url=playground.url, trust_env=False) as http:
        foreign = await http.post("/play/type", json=typed, headers={"Origin": "https://evil.example"})
        rebound = await http.get("/play/state", headers={"Host": "evil.example"})
        form = await http.post("/play/type", data=typed)
    assert [foreign.status_code, rebound.status_code, form.status_code] == [403, 403, 415]


async def test_the_page_and_its_parts_are_there(playground: Playground) -> None:
    async with httpx.AsyncClient(base_url=playground.url, trust_env=False) as http:
        page = await http.get("/")
        script = await http.get("/page/main.js")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert script.headers["content-type"].startswith("text/javascript")
