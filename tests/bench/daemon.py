"""The daemon of a run: a private one, with the containers that are listed, one that runs, and one with a log."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx

from bot.playground import docker_images
from tests.engines import Engine

IMAGE = "busybox:1"
RUNNING = "web"
LOGGED = "big"
# 100 bytes each, as a web server writes them.
WRITE = (
    "BEGIN { for (i = 0; i < %d; i++) printf "
    '"10.0.%%d.%%d - - [03/Mar/2026:04:05:06 +0000] \\"GET /shop/items/%%07d HTTP/1.1\\" 200 %%06d '
    'curl/8.5.0 ok.\\n", i / 250 %% 250, i %% 250, i, i * 7 %% 1000000 }'
)


@contextmanager
def daemon() -> Iterator[Engine]:
    """A daemon with an image and no container."""
    with Engine() as engine:
        docker_images.load(engine, IMAGE)
        yield engine


def fill(engine: Engine, containers: int) -> None:
    """Create so many containers, one of them running; the others are as good for a list and quicker made."""
    with engine.client() as client, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: _create(client, f"shop-{number:03}", ["sh"]), range(containers - 1)))
        _create(client, RUNNING, ["sleep", "3600"])
        client.post(f"/containers/{RUNNING}/start").raise_for_status()


def write_log(engine: Engine, lines: int) -> None:
    """A container that has written that many lines of 100 bytes, and ended."""
    with engine.client() as client:
        _create(client, LOGGED, ["awk", WRITE % lines])
        client.post(f"/containers/{LOGGED}/start").raise_for_status()
        client.post(f"/containers/{LOGGED}/wait").raise_for_status()


def _create(client: httpx.Client, name: str, command: list[str]) -> None:
    body = {
        "Image": IMAGE,
        "Cmd": command,
        "Labels": {"com.docker.compose.project": "shop", "com.docker.compose.service": name},
        "ExposedPorts": {"8080/tcp": {}},
        "HostConfig": {"NetworkMode": "none"},
    }
    client.post("/containers/create", params={"name": name}, json=body).raise_for_status()
