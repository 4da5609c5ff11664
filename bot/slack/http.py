"""Slack over HTTP: one route, checked here and handled by the same app as Socket Mode."""

import time
from collections.abc import Sequence

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.slack.edge import MOST_BYTES, RefusedRequest, check, is_ssl_check, parse

PATH = "/slack/events"
# Retries of what can't be read would read no better.
_NO_RETRY = {"X-Slack-No-Retry": "1"}

log = structlog.get_logger(__name__)


def routes(app: AsyncApp, signing_secret: str | None) -> list[Route]:
    """The route to mount. Raises ValueError without a signing secret: then anybody could give orders."""
    if not signing_secret:
        raise ValueError("SLACK_SIGNING_SECRET is missing: without it the HTTP endpoint does not start")
    secret = signing_secret

    async def events(request: Request) -> Response:
        try:
            body = await _body(request)
            content_type = request.headers.get("content-type", "")
            if is_ssl_check(content_type, body):
                return Response()
            check(secret, dict(request.headers.raw), body, time.time())
            return await _dispatch(app, request, parse(content_type, body))
        except RefusedRequest as refused:
            log.warning("a request was refused", status=refused.status, why=refused.why)
            return JSONResponse({"error": refused.why}, refused.status, headers=_NO_RETRY)

    return [Route(PATH, events, methods=["POST"])]


async def _dispatch(app: AsyncApp, request: Request, delivery: dict[str, object]) -> Response:
    """Hand Bolt the parsed delivery, as Socket Mode does: then it reads nothing out of the raw body again.

    Raises RefusedRequest (400) where Bolt trips over the shape of the body, in its own error handling too.
    """
    headers: dict[str, str | Sequence[str]] = {
        name: value for name, value in request.headers.items() if name.startswith("x-slack-retry-")
    }
    try:
        answer = await app.async_dispatch(
            AsyncBoltRequest(body=delivery, headers=headers, mode="socket_mode")
        )
    except Exception as error:
        raise RefusedRequest(400, f"the delivery can't be read: {type(error).__name__}") from error
    if answer.status != 200:
        raise RefusedRequest(400, "nobody here knows what to do with it")
    return Response(answer.body, headers=answer.first_headers_without_set_cookie())


async def _body(request: Request) -> bytes:
    """The whole body. Raises RefusedRequest (400) for one that is too long or was cut off."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise RefusedRequest(400, "the body is too long")
    except ClientDisconnect as error:
        raise RefusedRequest(400, "the body was cut off") from error
    return bytes(body)
