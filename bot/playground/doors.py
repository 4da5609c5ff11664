"""The addresses of the playground: the Web API, Socket Mode, response urls, uploads and the page."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from bot.playground import people_api
from bot.playground.answers import answer
from bot.playground.faults import Fault
from bot.playground.limits import SlackError
from bot.playground.methods.arguments import Arguments
from bot.playground.methods.files import receive
from bot.playground.protocol import cut
from bot.playground.slack import Slack
from bot.playground.socket_mode import SocketMode
from bot.playground.web_api import RateLimitError, call

PAGE = Path(__file__).parent / "page"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:;"
    " connect-src 'self'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
)
_LOCAL = ("127.0.0.1", "localhost", "::1")


class LoopbackOnly:
    """Refuses what a foreign page in the same browser could send: other Host names, other origins."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes by this machine's own name, from no other page."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        origin = headers.get(b"origin", b"").decode("latin-1")
        if urlsplit(f"//{host}").hostname not in _LOCAL or (origin and urlsplit(origin).netloc != host):
            await PlainTextResponse("The playground answers this machine only.", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def routes(slack: Slack) -> list[BaseRoute]:
    """Every route of the playground."""

    async def api(request: Request) -> Response:
        return await _api(slack, request)

    async def upload(request: Request) -> Response:
        return await _upload(slack, request)

    async def respond(request: Request) -> Response:
        return await _respond(slack, request)

    async def link(websocket: WebSocket) -> None:
        carrier = slack.deliveries.carrier
        await (carrier.serve(websocket) if isinstance(carrier, SocketMode) else websocket.close(1008))

    return [
        Route("/api/{method}", api, methods=["GET", "POST"]),
        Route("/upload/{file_id}", upload, methods=["POST"]),
        Route("/response/{token}", respond, methods=["POST"]),
        WebSocketRoute("/link/", link),
        *people_api.routes(slack),
        Route("/", _page),
        Route("/archives/{channel}/{message}", _page),
        Mount("/page", StaticFiles(directory=PAGE)),
    ]


async def _api(slack: Slack, request: Request) -> Response:
    """One Web API call, with the trouble that was asked for it."""
    method = request.path_params["method"]
    fault = slack.faults.take(method) or Fault(method)
    await asyncio.sleep(fault.delay)
    if fault.drop == "before":
        await cut()
    if fault.status:
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        error = "ratelimited" if fault.status == 429 else "internal_error"
        return JSONResponse({"ok": False, "error": error}, fault.status, headers)
    if fault.error or fault.drop == "before":
        return JSONResponse({"ok": False, "error": fault.error})
    answered = await _called(slack, request, method)
    if fault.drop == "after":
        await cut()
    return answered


async def _called(slack: Slack, request: Request, method: str) -> Response:
    try:
        arguments = Arguments.merged(request.query_params, await _body(request))
        authorization = request.headers.get("authorization", "")
        return JSONResponse(call(slack, method, authorization, arguments))
    except SlackError as refusal:
        return JSONResponse(refusal.answer())
    except RateLimitError as limited:
        retry = {"Retry-After": str(limited.seconds)}
        return JSONResponse({"ok": False, "error": "ratelimited"}, 429, retry)


async def _body(request: Request) -> dict[str, Any]:
    """The body's arguments: JSON or a form. Raises `SlackError` for JSON that is no object."""
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            body = await request.json()
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(body, dict):
            raise SlackError("json_not_object")
        return body
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace")))


async def _upload(slack: Slack, request: Request) -> Response:
    """The bytes of a file, whatever the content type says."""
    fault = slack.faults.take("upload")
    if fault and fault.status:
        return PlainTextResponse("upload failed", fault.status)
    said = receive(slack, request.path_params["file_id"], await request.body())
    return PlainTextResponse(said) if said else PlainTextResponse("upload failed", 400)


async def _respond(slack: Slack, request: Request) -> Response:
    """An answer by response_url. Slack's errors come as a status here."""
    fault = slack.faults.take("response_url")
    if fault and fault.status:
        return PlainTextResponse("error", fault.status)
    try:
        content = await _body(request)
        answer(slack, slack.response_urls.use(request.path_params["token"]), content)
    except SlackError as refusal:
        status = 404 if refusal.code in ("used_url", "expired_url") else 400
        return JSONResponse(refusal.answer(), status)
    return PlainTextResponse("ok")


async def _page(request: Request) -> Response:
    return FileResponse(
        PAGE / "index.html", headers={"Content-Security-Policy": CSP, "Cache-Control": "no-store"}
    )
