"""The HTTP edge: whatever comes in, the answer is 200, 400 or 401, and nothing unsigned gets through."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bot.playground.http_mode import signature
from bot.slack.client import close, web_client
from bot.slack.edge import MOST_BYTES, RefusedRequest, parse
from bot.slack.http import routes
from tests.slack.conftest import SECRET, Bot

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
COMMAND = {
    "command": "/docker",
    "text": "ps",
    "team_id": "T1",
    "channel_id": "C0INC",
    "user_id": "U0ALICE",
    "trigger_id": "1.2.a",
}


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    client = web_client("xoxb-1", "http://127.0.0.1:9/api")
    made = Bot(client)
    yield made
    await made.settled()
    await close(client)


@pytest.fixture
async def edge(bot: Bot) -> AsyncIterator[httpx.AsyncClient]:
    # Exceptions come through: a failure here is no 500 but a failed test.
    transport = httpx.ASGITransport(Starlette(routes=list(routes(bot.app, SECRET))))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield client


def signed(body: bytes, kind: str = FORM, at: float | None = None) -> dict[str, str]:
    return {"Content-Type": kind, **signature(SECRET, body, None if at is None else int(at))}


async def post(edge: httpx.AsyncClient, body: bytes, headers: dict[str, str]) -> int:
    return (await edge.post("/slack/events", content=body, headers=headers)).status_code


async def test_a_signed_command_is_acknowledged_with_nothing(edge: httpx.AsyncClient, bot: Bot) -> None:
    body = urlencode(COMMAND).encode()
    answer = await edge.post("/slack/events", content=body, headers=signed(body))
    await bot.settled()
    assert (answer.status_code, answer.content) == (200, b"")
    assert [request.text for request in bot.asked] == ["ps"]


BODY = urlencode(COMMAND).encode()
Headers = dict[str, str]

STAMP, SIGN = "X-Slack-Request-Timestamp", "X-Slack-Signature"


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(lambda good: {}, id="no headers"),
        pytest.param(lambda good: {STAMP: good[STAMP]}, id="no signature"),
        pytest.param(lambda good: {SIGN: good[SIGN]}, id="no timestamp"),
        pytest.param(lambda good: {**good, STAMP: "now"}, id="timestamp not a number"),
        pytest.param(lambda good: {**good, STAMP: ""}, id="timestamp empty"),
        pytest.param(lambda good: {**good, STAMP: "-1"}, id="timestamp negative"),
        pytest.param(lambda good: {**good, STAMP: "9" * 5000}, id="timestamp of 5,000 digits"),
        pytest.param(lambda good: {**good, STAMP: "١٢٣"}, id="timestamp in other digits"),
        pytest.param(
            lambda good: {**good, STAMP: str(int(good[STAMP]) + 1)}, id="timestamp of another second"
        ),
        pytest.param(lambda good: signature(SECRET, BODY, int(time.time()) - 400), id="too old"),
        pytest.param(lambda good: signature(SECRET, BODY, int(time.time()) + 400), id="from the future"),
        pytest.param(lambda good: signature("other", BODY), id="another secret"),
        pytest.param(lambda good: {**good, SIGN: "v0=é"}, id="signature not ASCII"),
        pytest.param(lambda good: {**good, SIGN: good[SIGN].upper()}, id="signature in capitals"),
        pytest.param(lambda good: {**good, SIGN: good[SIGN][3:]}, id="signature without version"),
        pytest.param(lambda good: {**good, SIGN: ""}, id="signature empty"),
    ],
)
async def test_who_did_not_sign_is_401(
    edge: httpx.AsyncClient, bot: Bot, forged: Callable[[Headers], Headers]
) -> None:
    headers = forged(signature(SECRET, BODY))
    raw = [(name.encode(), value.encode()) for name, value in {"Content-Type": FORM, **headers}.items()]
    answer = await edge.post("/slack/events", content=BODY, headers=raw)
    assert answer.status_code == 401
    assert answer.headers["X-Slack-No-Retry"] == "1"
    assert bot.asked == []


async def test_a_cut_body_is_401(edge: httpx.AsyncClient) -> None:
    assert await post(edge, BODY[:-1], signed(BODY)) == 401


EVENT = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1"}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        pytest.param("text/plain", BODY, id="another content type"),
        pytest.param("", BODY, id="no content type"),
        pytest.param(JSON, b"{", id="half a JSON"),
        pytest.param(JSON, b"[1]", id="JSON, not an object"),
        pytest.param(JSON, b"[" * 100_000, id="JSON, very deep"),
        pytest.param(JSON, b"\xff", id="not UTF-8"),
        pytest.param(FORM, b"\xff=1", id="form, not UTF-8"),
        pytest.param(FORM, b"text=%ff", id="form, escaped bytes not UTF-8"),
        pytest.param(FORM, b"payload=%7B", id="payload, half a JSON"),
        pytest.param(FORM, b"payload=[]", id="payload, not an object"),
        pytest.param(FORM, b"&".join(b"a=1" for _ in range(200)), id="form of 200 fields"),
        pytest.param(FORM, b"x=" + b"a" * MOST_BYTES, id="too long"),
        pytest.param(FORM, b"command=%2Fdocker&text=ps", id="command without a user"),
        pytest.param(JSON, json.dumps({**EVENT, "event": "x"}).encode(), id="event is a word"),
        pytest.param(JSON, json.dumps({**EVENT, "event": None}).encode(), id="event is null"),
        pytest.param(JSON, json.dumps({**EVENT, "event": {}}).encode(), id="event is empty"),
        pytest.param(JSON, json.dumps({**EVENT, "event": {"type": 1}}).encode(), id="event of a number"),
        pytest.param(
            JSON,
            json.dumps({**EVENT, "event": {"type": "app_mention", "user": "U1"}}).encode(),
            id="no channel",
        ),
        pytest.param(JSON, json.dumps({"type": "block_actions", "actions": []}).encode(), id="no action"),
        pytest.param(
            JSON, json.dumps({"type": "block_actions", "actions": "x"}).encode(), id="action a word"
        ),
        pytest.param(JSON, json.dumps({"type": "block_actions", "user": "U1"}).encode(), id="user is a word"),
    ],
)
async def test_what_is_malformed_is_400(edge: httpx.AsyncClient, bot: Bot, kind: str, body: bytes) -> None:
    assert await post(edge, body, signed(body, kind)) == 400
    assert bot.asked == []


JSON_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PARTS = (
    "event",
    "team",
    "user",
    "channel",
    "container",
    "actions",
    "authorizations",
    "view",
    "message",
    "enterprise",
)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["event_callback", "block_actions", "?"]),
    parts=st.dictionaries(st.sampled_from(PARTS), JSON_VALUE),
)
def test_no_signed_body_is_our_failure(kind: str, parts: dict[str, object]) -> None:
    """Any shape of Slack's own fields ends in an answer below 500."""

    async def main() -> int:
        bot = Bot(AsyncWebClient(token="xoxb-1"))
        transport = httpx.ASGITransport(Starlette(routes=list(routes(bot.app, SECRET))))
        body = json.dumps({"type": kind, **parts}).encode()
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            status = await post(client, body, signed(body, JSON))
        await bot.work.finish(0)
        await bot.replies.close(0)
        return status

    assert asyncio.run(main()) < 500


async def test_ssl_check_needs_no_signature(edge: httpx.AsyncClient) -> None:
    assert await post(edge, b"ssl_check=1&token=x", {"Content-Type": FORM}) == 200


async def test_the_address_is_verified_by_its_challenge(edge: httpx.AsyncClient) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    answer = await edge.post("/slack/events", content=body, headers=signed(body, JSON))
    assert answer.json() == {"challenge": "abc"}


async def test_a_replayed_request_carries_the_same_delivery(edge: httpx.AsyncClient, bot: Bot) -> None:
    headers = signed(BODY)
    assert [await post(edge, BODY, headers), await post(edge, BODY, headers)] == [200, 200]
    await bot.settled()
    assert len(bot.asked) == 2
    assert bot.asked[0].delivery == bot.asked[1].delivery


async def test_an_event_nobody_listens_to_is_acknowledged(edge: httpx.AsyncClient, bot: Bot) -> None:
    body = json.dumps({**EVENT, "event": {"type": "team_join", "user": {"id": "U1"}}}).encode()
    assert await post(edge, body, signed(body, JSON)) == 200
    assert bot.asked == []


async def test_another_command_is_400(edge: httpx.AsyncClient, bot: Bot) -> None:
    body = urlencode({**COMMAND, "command": "/other"}).encode()
    assert await post(edge, body, signed(body)) == 400
    assert bot.asked == []


def test_without_a_secret_there_is_no_endpoint(bot: Bot) -> None:
    for secret in (None, ""):
        with pytest.raises(ValueError, match="SLACK_SIGNING_SECRET"):
            routes(bot.app, secret)


@pytest.mark.parametrize("text", ["logs payload-api", "payload=1", "ps -f name=payload&x"])
def test_a_command_that_speaks_of_payload_is_a_command(text: str) -> None:
    assert parse(FORM, urlencode({**COMMAND, "text": text}).encode())["text"] == text


def test_content_types_may_have_parameters() -> None:
    assert parse("application/json; charset=utf-8", b'{"a": 1}') == {"a": 1}
    with pytest.raises(RefusedRequest):
        parse("application/jsonp", b"{}")
