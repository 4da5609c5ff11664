"""A server of a few lines that answers as badly as a test wants: what no well-behaved daemon would do."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

Wire = asyncio.StreamWriter
Behaviour = Callable[[str, Wire], Awaitable[None]]

PONG = b"HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 0\r\n\r\n"


def answer(body: bytes, *, status: str = "200 OK", kind: str = "application/json") -> bytes:
    """A whole answer, honest about its length."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def says(*parts: bytes, then: str = "stay") -> Behaviour:
    """Send these parts, to a HEAD the headers alone; then `stay`, `close`, `reset`, or `hang` in silence."""

    async def behave(request: str, wire: Wire) -> None:
        for part in parts:
            head, end, _ = part.partition(b"\r\n\r\n")
            wire.write(head + end if request.startswith("HEAD") else part)
            await wire.drain()
        if then == "hang":
            await asyncio.sleep(60)
        elif then == "close":
            wire.close()
        elif then == "reset":
            wire.transport.abort()

    return behave


class Server:
    """What it was asked (`METHOD target`, pings left out), and how it behaves to the next question."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.heads: list[str] = []
        self.ping = says(PONG)
        self.behaviour = says(answer(b"[]"))
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, wire: Wire) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                request = head.split(" HTTP/1.1")[0]
                if length := next(
                    (x for x in head.lower().split("\r\n") if x.startswith("content-length")), ""
                ):
                    await reader.readexactly(int(length.split(":")[1]))
                if request.endswith(" /_ping"):
                    await self.ping(request, wire)
                    continue
                self.asked.append(request)
                self.heads.append(head)
                await self.behaviour(request, wire)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            wire.close()


@asynccontextmanager
async def serving(socket: Path | None = None) -> AsyncGenerator[Server]:
    """A server on loopback, or on a Unix socket."""
    server = Server()
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, wire: Wire) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        await server.serve(reader, wire)

    if socket:
        listening = await asyncio.start_unix_server(handle, socket)
        server.url = f"unix://{socket}"
    else:
        listening = await asyncio.start_server(handle, "127.0.0.1", 0)
        server.url = f"tcp://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listening.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
