"""Socket Mode: envelopes to the app over web sockets, acknowledgements back.

Frames as Slack's: hello, envelopes with an envelope_id, `{"envelope_id", "payload"?}` back, disconnect.
"""

import asyncio
import itertools
import json
import secrets
import time
from collections.abc import Callable
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.delivery import Ack, Delivery
from bot.playground.workspace import JSON

CONNECTIONS = 10


class SocketMode:
    """The open connections of one app, and the envelopes that wait for their acknowledgement.

    `on_change` is called when a connection came or went.
    """

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._sockets: list[WebSocket] = []
        # Oldest first; the same envelope may be under way twice.
        self._waiting: list[tuple[str, asyncio.Future[JSON | None]]] = []
        self._closing: set[asyncio.Task[None]] = set()
        self._turn = itertools.count()
        self.on_change: Callable[[], None] = lambda: None

    @property
    def connected(self) -> bool:
        """Whether the app holds a connection."""
        return bool(self._sockets)

    def ticket(self) -> str:
        """What `apps.connections.open` gives out: it opens one connection."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Hold one connection until it ends."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(1008)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        if len(self._sockets) >= CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close(1000)
            return
        self._sockets.append(socket)
        self.on_change()
        try:
            await socket.send_json(self._hello())
            while True:
                self._take(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._forget(socket)

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "playground", "approximate_connection_time": 18060},
        }

    def _take(self, text: str) -> None:
        """An acknowledgement. Anything else a client may send is not for us."""
        frame = json.loads(text)
        for envelope_id, waiting in self._waiting:
            if envelope_id == frame.get("envelope_id") and not waiting.done():
                waiting.set_result(frame.get("payload"))
                return

    async def carry(self, delivery: Delivery, timeout: float) -> Ack:  # noqa: ASYNC109 - Slack's rule, in seconds
        """Send the envelope on one of the connections and wait for its acknowledgement."""
        started = time.monotonic()
        waiting: asyncio.Future[JSON | None] = asyncio.get_running_loop().create_future()
        entry = (delivery.id, waiting)
        self._waiting.append(entry)
        try:
            if not await self._send(_envelope(delivery)):
                return Ack(error="dispatch_failed")
            payload = await asyncio.wait_for(waiting, timeout)
            return Ack(payload, seconds=time.monotonic() - started)
        except TimeoutError:
            return Ack(error="operation_timeout", seconds=timeout)
        finally:
            self._waiting.remove(entry)

    async def _send(self, frame: JSON) -> bool:
        """Send on the next connection in turn that takes it."""
        while self._sockets:
            socket = self._sockets[next(self._turn) % len(self._sockets)]
            try:
                await socket.send_json(frame)
            except (WebSocketDisconnect, RuntimeError):
                self._forget(socket)
            else:
                return True
        return False

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Say goodbye on every connection, as Slack does every few hours. A `warning` leaves them open."""
        for socket in list(self._sockets):
            await self._bye(socket, reason)

    async def cut(self) -> None:
        """Close every connection without a word."""
        for closing in self._closing:
            closing.cancel()
        for socket in list(self._sockets):
            self._forget(socket)
            with suppress(RuntimeError):
                await socket.close(1000)

    async def _bye(self, socket: WebSocket, reason: str) -> None:
        """Nothing more goes by this connection; the app has a second to close it itself."""
        goodbye = {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
        with suppress(WebSocketDisconnect, RuntimeError):
            await socket.send_json(goodbye)
        if reason != "warning":
            self._forget(socket)
            closing = asyncio.create_task(_close_later(socket))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    def _forget(self, socket: WebSocket) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
            self.on_change()


async def _close_later(socket: WebSocket) -> None:
    await asyncio.sleep(1)
    with suppress(WebSocketDisconnect, RuntimeError):
        await socket.close(1000)


def _envelope(delivery: Delivery) -> JSON:
    envelope = {
        "envelope_id": delivery.id,
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        reason = "timeout" if delivery.attempt else ""
        envelope |= {"retry_attempt": delivery.attempt, "retry_reason": reason}
    return envelope
