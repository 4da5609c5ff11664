"""A daemon's socket with a clock on it: what is asked goes through unchanged, and when is noted."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Exchange:
    """A request's first line, when it came, and when its answer began (`time.perf_counter`)."""

    line: str
    asked: float
    answered: float = 0.0


@dataclass
class Relay:
    """What was asked since the list was last emptied."""

    path: Path
    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"unix://{self.path}"


@asynccontextmanager
async def relay(path: Path, daemon: Path) -> AsyncIterator[Relay]:
    """Listen on a socket of that path and hand everything on to the daemon's."""
    made = Relay(path)
    handling: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            handling.add(task)
        theirs, to_daemon = await asyncio.open_unix_connection(daemon)
        latest: list[Exchange] = []
        try:
            await asyncio.gather(_forward(reader, to_daemon, made, latest), _back(theirs, writer, latest))
        finally:
            to_daemon.close()
            writer.close()

    server = await asyncio.start_unix_server(connected, path)
    try:
        yield made
    finally:
        server.close()
        for task in handling:
            task.cancel()
        await asyncio.gather(*handling, return_exceptions=True)


async def _forward(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, made: Relay, latest: list[Exchange]
) -> None:
    while data := await reader.read(65536):
        line = data.partition(b"\r\n")[0].decode(errors="replace")
        if line.endswith("HTTP/1.1"):
            latest[:] = [Exchange(line, time.perf_counter())]
            made.exchanges += latest
        writer.write(data)
    writer.close()


async def _back(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, latest: list[Exchange]) -> None:
    while data := await reader.read(65536):
        if latest and not latest[0].answered:
            latest[0].answered = time.perf_counter()
        writer.write(data)
    writer.close()
