"""HTTP over a Unix socket: takes requests, counts each one, and sends the answers it is given."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

HEAD = "HTTP/1.1 {status} -\r\nApi-Version: 1.41\r\nContent-Type: {kind}\r\n"


@dataclass(frozen=True)
class Request:
    """A request as it arrived; its path without the version."""

    method: str
    target: str
    headers: dict[str, str]
    content: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    def __str__(self) -> str:
        return f"{self.method} {self.target}"


@dataclass(frozen=True)
class Answer:
    """A status and a body; nothing is sent before `begin`, the body not before `go_on`.

    `cut` breaks the line: before the answer, or where there is a body, after it and before its end.
    """

    status: int = 200
    body: Any = None
    begin: asyncio.Event | None = None
    go_on: asyncio.Event | None = None
    cut: bool = False
    kind: str = "application/json"

    @property
    def content(self) -> bytes:
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


@asynccontextmanager
async def listening(socket: Path, answer: Callable[[Request], Answer]) -> AsyncIterator[None]:
    """Answer whatever arrives at the socket."""
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, wire: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        try:
            while await _send(wire, answer(request := await _read(reader)), request):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            wire.close()

    server = await asyncio.start_unix_server(handle, socket)
    try:
        yield
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Request:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    content = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, target.removeprefix("/v1.41"), headers, content)


async def _send(wire: asyncio.StreamWriter, answer: Answer, request: Request) -> bool:
    """Whether the line is whole afterwards."""
    if answer.begin:
        await answer.begin.wait()
    if answer.cut and answer.body is None:
        wire.transport.abort()
        return False
    head = HEAD.format(status=answer.status, kind=answer.kind)
    if answer.status in (204, 304) or request.method == "HEAD":
        wire.write(f"{head}\r\n".encode())
        await wire.drain()
        return True
    wire.write(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
    await wire.drain()
    if answer.go_on:
        await answer.go_on.wait()
    if content := answer.content:
        wire.write(b"%x\r\n%b\r\n" % (len(content), content))
    if answer.cut:
        await wire.drain()
        wire.transport.abort()
        return False
    wire.write(b"0\r\n\r\n")
    await wire.drain()
    return True
