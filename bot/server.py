"""The HTTP server, which ends when it is told to, and leaves signals alone."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.applications import Starlette

# How long the end waits for answers that are being sent, seconds.
LAST_ANSWERS = 5


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none: uvicorn raises them again when it has ended, before the bot has."""
        yield


def listen(address: tuple[str, int]) -> socket.socket:
    """Take a host and port. Raises ValueError where that can't be."""
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    try:
        return socket.create_server(address, family=family)
    except OSError as error:
        raise ValueError(
            f"can't listen on {address[0]}:{address[1]}: {os.strerror(error.errno or 0)}"
        ) from error


@contextlib.asynccontextmanager
async def serving(pages: Starlette, listener: socket.socket) -> AsyncIterator["asyncio.Task[None]"]:
    """Serve until the block ends; the task ends sooner where the server fails."""
    server = _Server(
        uvicorn.Config(
            pages, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=LAST_ANSWERS
        )
    )
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield task
    finally:
        server.should_exit = True
        await task
