"""HTTP mode: what the playground sends is signed as Slack signs it, and Bolt takes it."""

from typing import Any

import httpx
import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.delivery import Ack, Delivery
from bot.playground.http_mode import HttpMode, encoded, signature

PAYLOAD = {"type": "block_actions", "n": "a&b"}


@pytest.mark.parametrize("kind", ["slash_commands", "interactive", "events_api"])
def test_the_signature_is_one_that_the_sdk_verifies(kind: Any) -> None:
    body, _ = encoded(Delivery(kind, "1", PAYLOAD))
    headers: dict[str, str] = signature("playground", body)
    assert SignatureVerifier("playground").is_valid_request(body, headers)
    assert not SignatureVerifier("other").is_valid_request(body, headers)


def carrier(endpoint: Any) -> HttpMode:
    served = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
    http = httpx.AsyncClient(transport=httpx.ASGITransport(served))
    return HttpMode("http://bot/slack/events", "playground", http)


async def test_bolt_takes_a_command_and_its_acknowledgement_comes_back(app: AsyncApp) -> None:
    @app.command("/docker")
    async def docker(ack: Any, command: Any) -> None:
        await ack(f"got {command['text']}")

    handler = AsyncSlackRequestHandler(app)
    payload = {"command": "/docker", "text": "ps & <x>", "team_id": "T0DEMO", "user_id": "U0ALICE"}
    ack = await carrier(handler.handle).carry(Delivery("slash_commands", "1", payload), 3)
    assert ack.payload == {"text": "got ps & <x>"}


@pytest.mark.parametrize("status", [401, 404, 500])
async def test_a_failing_endpoint_is_a_failed_dispatch(status: int) -> None:
    async def failing(request: Request) -> Response:
        return Response(status_code=status)

    ack = await carrier(failing).carry(Delivery("slash_commands", "1", {"command": "/docker"}), 3)
    assert ack.error == "dispatch_unknown_error"


async def test_nobody_there() -> None:
    mode = HttpMode("http://127.0.0.1:9/slack/events", "playground")
    ack: Ack = await mode.carry(Delivery("events_api", "1", {}), 3)
    await mode.aclose()
    assert ack.error == "dispatch_failed"


async def test_a_second_attempt_says_so() -> None:
    numbers: list[str | None] = []

    async def counting(request: Request) -> Response:
        numbers.append(request.headers.get("x-slack-retry-num"))
        return Response()

    mode = carrier(counting)
    await mode.carry(Delivery("events_api", "1", {}), 3)
    await mode.carry(Delivery("events_api", "1", {}, attempt=1), 3)
    assert numbers == [None, "1"]
