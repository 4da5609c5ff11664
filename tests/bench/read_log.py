"""Read a log to its end, in a process of its own: `python -m tests.bench.read_log HOW SOCKET CONTAINER`.

Prints `{"seconds", "bytes", "peak"}`: without imports and the interpreter's start, and the most memory held, in bytes.
"""

import asyncio
import json
import socket
import sys
import time
from collections.abc import Callable
from contextlib import closing

from tests.bench.memory import peak_memory

Read = Callable[[str, str], int]


def client() -> Read:
    """The engine client, frame by frame."""
    from bot.engine.connection import Connection
    from bot.engine.daemon import Daemon

    async def read(path: str, container: str) -> int:
        connection = Connection("local", f"unix://{path}")
        size = 0
        async for chunk in Daemon(connection).logs(container):
            size += len(chunk.data)
        await connection.aclose()
        return size

    return lambda path, container: asyncio.run(read(path, container))


def streamed() -> Read:
    """docker-py's low-level client, frame by frame."""
    import docker

    def read(path: str, container: str) -> int:
        with closing(docker.APIClient(f"unix://{path}")) as api:
            return sum(map(len, api.logs(container, stream=True)))

    return read


def whole() -> Read:
    """docker-py's low-level client, all at once."""
    import docker

    def read(path: str, container: str) -> int:
        with closing(docker.APIClient(f"unix://{path}")) as api:
            return len(api.logs(container))

    return read


def raw() -> Read:
    """The bytes as they come, neither parsed nor told apart: no client can be faster."""

    def read(path: str, container: str) -> int:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(path)
            target = f"/v1.41/containers/{container}/logs?stdout=1&stderr=1"
            connection.sendall(f"GET {target} HTTP/1.0\r\nHost: docker\r\n\r\n".encode())
            size = 0
            while data := connection.recv(65536):
                size += len(data)
        return size

    return read


READERS = {"client": client, "streamed": streamed, "whole": whole, "raw": raw}


def main(how: str, path: str, container: str) -> None:
    read = READERS[how]()  # with its imports
    started = time.perf_counter()
    size = read(path, container)
    seconds = time.perf_counter() - started
    peak = peak_memory("self")
    sys.stdout.write(json.dumps({"seconds": seconds, "bytes": size, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
