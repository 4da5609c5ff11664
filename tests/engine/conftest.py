"""A badly behaved server, and a client that speaks to it with short deadlines."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.connection import Connection
from bot.engine.daemon import Daemon
from tests.engine.wire import Server, serving


@pytest.fixture(params=["tcp", "unix"])
async def server(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Server]:
    async with serving(tmp_path / "d.sock" if request.param == "unix" else None) as server:
        yield server


@pytest.fixture
async def daemon(server: Server) -> AsyncIterator[Daemon]:
    daemon = Daemon(Connection("edge", server.url, connect=0.3, read=0.3))
    yield daemon
    await daemon.aclose()
