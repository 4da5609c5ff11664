"""TLS as Docker does it: the daemon's certificate is checked, and it wants one of ours."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.connection import Connection
from bot.engine.daemon import Daemon
from bot.engine.errors import EngineError, NotSent
from tests.engine.wire import Server, answer, says


def openssl(folder: Path, *args: str) -> None:
    subprocess.run(["openssl", *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ca.pem, and server.pem and client.pem with their keys, signed by it."""
    folder = tmp_path_factory.mktemp("tls")
    new = ["req", "-newkey", "rsa:2048", "-nodes", "-x509", "-days", "1"]
    openssl(folder, *new, "-subj", "/CN=ca", "-keyout", "ca-key.pem", "-out", "ca.pem")
    for name in ("server", "client"):
        signed = ["-CA", "ca.pem", "-CAkey", "ca-key.pem", "-addext", "subjectAltName=IP:127.0.0.1"]
        openssl(
            folder, *new, "-subj", f"/CN={name}", *signed, "-keyout", f"{name}-key.pem", "-out", f"{name}.pem"
        )
    return folder


@pytest.fixture
async def secured(keys: Path) -> AsyncIterator[Server]:
    server = Server()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(keys / "ca.pem"))
    context.load_cert_chain(keys / "server.pem", keys / "server-key.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=context)
    server.url = f"tcp://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield server
    listening.close()


async def both(daemon: Daemon, server: Server) -> None:
    """An act and a read: each has a transport of its own."""
    server.behaviour = says(b"HTTP/1.1 204 No Content\r\n\r\n")
    assert await daemon.start("web")
    server.behaviour = says(answer(b"[]"))
    assert await daemon.containers() == []


async def test_with_a_certificate_that_both_trust(keys: Path, secured: Server) -> None:
    context = ssl.create_default_context(cafile=str(keys / "ca.pem"))
    context.load_cert_chain(keys / "client.pem", keys / "client-key.pem")
    daemon = Daemon(Connection("edge", secured.url, context))
    await both(daemon, secured)
    await daemon.aclose()


async def test_a_daemon_nobody_vouches_for_is_not_asked(secured: Server) -> None:
    daemon = Daemon(Connection("edge", secured.url, ssl.create_default_context()))
    with pytest.raises(NotSent, match="its certificate is not accepted"):
        await both(daemon, secured)
    await daemon.aclose()


async def test_without_a_certificate_of_ours(keys: Path, secured: Server) -> None:
    daemon = Daemon(Connection("edge", secured.url, ssl.create_default_context(cafile=str(keys / "ca.pem"))))
    # Whether the daemon's alert or its reset is seen first is up to the network.
    with pytest.raises(
        EngineError, match=r"may want a client certificate|reset by peer|the connection broke"
    ):
        await both(daemon, secured)
    assert secured.asked == []
    await daemon.aclose()


async def test_plain_to_a_port_that_speaks_tls(secured: Server) -> None:
    daemon = Daemon(Connection("edge", secured.url))
    with pytest.raises(NotSent):
        await both(daemon, secured)
    await daemon.aclose()
