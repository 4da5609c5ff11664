"""What goes wrong on the wire, told apart: not sent, refused, unknown. The client is usable afterwards."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, aclosing
from pathlib import Path
from time import perf_counter

import pytest

from bot.engine.connection import Connection
from bot.engine.daemon import Daemon
from bot.engine.errors import EngineError, NotSent, Refused, Unknown
from tests.engine.wire import PONG, Behaviour, Server, Wire, answer, says, serving

CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
PAGE = b"<html><body>It works!</body></html>"
DONE = b"HTTP/1.1 204 No Content\r\n\r\n"


async def drained(stream: AsyncIterator[object]) -> None:
    async for _ in stream:
        pass


ASKS: dict[str, Callable[[Daemon], Awaitable[object]]] = {
    "act": lambda daemon: daemon.stop("web", timeout=0),
    "read": lambda daemon: daemon.containers(),
    "inspect": lambda daemon: daemon.container("web"),
    "pull": lambda daemon: drained(daemon.pull("docker.io/library/tomcat", tag="9.0")),
    "logs": lambda daemon: drained(daemon.logs("web")),
    "wait": lambda daemon: daemon.wait("web"),
}

FAULTS: dict[str, tuple[Behaviour, str]] = {
    "closes before it answers": (says(then="close"), "broke"),
    "resets before it answers": (says(then="reset"), ""),
    "closes within the headers": (says(b"HTTP/1.1 200 OK\r\nContent-Ty", then="close"), ""),
    "closes within the body": (says(answer(b"[]")[:-1], then="close"), ""),
    "closes within a chunk": (says(CHUNKED, b"20\r\n[{", then="close"), ""),
    "resets within the body": (says(CHUNKED, b"2\r\n[{\r\n", then="reset"), ""),
    "a web page": (says(answer(PAGE, kind="text/html")), "web page"),
    "a gateway's page": (says(answer(PAGE, status="502 Bad Gateway", kind="text/html")), "502 Bad Gateway"),
    "no HTTP": (says(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", then="close"), ""),
    "cut JSON": (says(answer(b'[{"Id":')), ""),
    "another type": (says(answer(b'"hello"')), ""),
    "a bad chunk length": (says(CHUNKED, b"zz\r\n[]\r\n", then="close"), ""),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("ask", ASKS)
async def test_after_it_was_sent_the_outcome_is_unknown(
    daemon: Daemon, server: Server, ask: str, fault: str
) -> None:
    await daemon.api_version()
    server.behaviour, words = FAULTS[fault]
    with pytest.raises(Unknown) as caught:
        await ASKS[ask](daemon)
    assert caught.value.host == "edge"
    assert words in caught.value.message
    assert caught.value.message.rstrip(": ")
    server.behaviour = says(DONE)
    assert await daemon.start("web") is True
    server.behaviour = says(answer(b'[{"Id":"a"}]'))
    assert [each.id for each in await daemon.containers()] == ["a"]


@pytest.mark.parametrize("ask", ["read", "inspect", "logs"])
@pytest.mark.parametrize("begun", [b"", CHUNKED, CHUNKED + b"1\r\n[\r\n"], ids=["silent", "headers", "begun"])
async def test_a_silent_daemon_is_given_up_within_the_deadline(
    daemon: Daemon, server: Server, ask: str, begun: bytes
) -> None:
    server.behaviour = says(begun, then="hang")
    started = perf_counter()
    with pytest.raises(Unknown, match=r"no answer"):
        await ASKS[ask](daemon)
    assert perf_counter() - started < 2
    server.behaviour = says(answer(b"[]"))
    assert await daemon.containers() == []


async def test_a_daemon_that_drips_is_given_up_too(daemon: Daemon, server: Server) -> None:
    async def drip(request: str, wire: Wire) -> None:
        wire.write(CHUNKED)
        for _ in range(100):
            wire.write(b"1\r\n[\r\n")
            await asyncio.sleep(0.05)

    server.behaviour = drip
    with pytest.raises(Unknown, match=r"no answer within 0\.3 seconds"):
        await daemon.containers()


async def test_acts_are_never_sent_twice(daemon: Daemon, server: Server) -> None:
    server.behaviour = says(then="close")
    with pytest.raises(Unknown):
        await daemon.kill("web")
    assert server.asked == ["POST /v1.41/containers/web/kill"]


async def test_an_idle_connection_that_was_closed_is_not_used(daemon: Daemon, server: Server) -> None:
    """As after the 300 s after which dockerd hangs up."""
    server.behaviour = says(DONE, then="close")
    assert await daemon.start("web")
    await asyncio.sleep(0.05)
    assert await daemon.start("web")


async def test_a_closed_port_in_plain_words() -> None:
    with socket.socket() as taken:  # bound, but not listening
        taken.bind(("127.0.0.1", 0))
        daemon = Daemon(Connection("edge", f"tcp://127.0.0.1:{taken.getsockname()[1]}"))
        with pytest.raises(NotSent) as caught:
            await daemon.stop("web")
    sentence = "edge could not be reached for POST /containers/web/stop: connection refused"
    assert str(caught.value) == sentence
    await daemon.aclose()


async def test_a_connection_that_is_refused_is_tried_once_more(tmp_path: Path) -> None:
    daemon = Daemon(Connection("edge", f"unix://{tmp_path}/d.sock"))
    starting = asyncio.create_task(daemon.start("web"))
    await asyncio.sleep(0.05)
    async with serving(tmp_path / "d.sock") as server:
        server.behaviour = says(DONE)
        assert await starting is True
        assert server.asked == ["POST /v1.41/containers/web/start"]
        await daemon.aclose()


async def test_one_that_does_not_connect_in_time_is_not_tried_again() -> None:
    """A full backlog: the connection is neither taken nor refused."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        port = deaf.getsockname()[1]
        with ExitStack() as stack:
            for _ in range(4):
                each = stack.enter_context(socket.socket())
                each.setblocking(False)
                each.connect_ex(("127.0.0.1", port))
            daemon = Daemon(Connection("edge", f"tcp://127.0.0.1:{port}", connect=0.3))
            started = perf_counter()
            with pytest.raises(NotSent, match="no connection in time"):
                await daemon.stop("web")
            assert perf_counter() - started < 0.5
            await daemon.aclose()


@pytest.mark.parametrize("ask", ASKS)
async def test_what_cannot_connect_was_not_sent(ask: str) -> None:
    daemon = Daemon(Connection("edge", "unix:///nowhere/docker.sock"))
    with pytest.raises(NotSent, match="no such file or directory"):
        await ASKS[ask](daemon)
    await daemon.aclose()


@pytest.mark.parametrize("ask", ASKS)
async def test_a_daemon_that_went_away_was_not_asked(daemon: Daemon, server: Server, ask: str) -> None:
    """The version is known, so the question itself meets a closed port."""
    await daemon.api_version()
    away = Daemon(Connection("edge", "unix:///nowhere/docker.sock"))
    away._connection._version = "1.41"
    with pytest.raises(NotSent):
        await ASKS[ask](away)
    await away.aclose()


@pytest.mark.parametrize(
    ("ping", "words"),
    [
        (says(answer(PAGE, kind="text/html")), "web page"),
        (says(answer(b"OK")), "does not answer as a Docker daemon does"),
        (says(then="close"), ""),
        (says(then="hang"), "no answer"),
        (says(b"HTTP/1.1 200 OK\r\nApi-Version: newest\r\nContent-Length: 0\r\n\r\n"), "Docker daemon"),
    ],
    ids=["page", "no version", "closes", "silent", "nonsense"],
)
async def test_an_act_is_not_sent_where_the_version_cannot_be_had(
    daemon: Daemon, server: Server, ping: Behaviour, words: str
) -> None:
    server.ping = ping
    with pytest.raises(NotSent) as caught:
        await daemon.stop("web")
    assert words in caught.value.message
    assert caught.value.asked == "POST /containers/web/stop"
    assert server.asked == []
    server.ping, server.behaviour = says(PONG), says(DONE)
    assert await daemon.start("web")


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (answer(b'{"message":"name taken"}', status="409 Conflict"), "name taken"),
        (answer(b'{"cause":"x","message":"y","response":500}', status="500 Oops"), "y"),
        (
            answer(b"page not found\n", status="404 Not Found", kind="text/plain; charset=utf-8"),
            "page not found",
        ),
        (answer(PAGE, status="403 No", kind="text/html"), "403 Forbidden, with text/html where the daemon's"),
        (answer(b"", status="503 Away", kind=""), "503 Service Unavailable, with nothing"),
        (answer(b"", status="301 Moved", kind="text/html"), "301 Moved Permanently"),
        (answer(b'{"mess', status="400 Bad Request"), "400 Bad Request, with application/json"),
    ],
)
async def test_what_the_daemon_refuses_comes_in_its_own_words(
    daemon: Daemon, server: Server, refusal: bytes, words: str
) -> None:
    server.behaviour = says(refusal)
    for ask in ASKS.values():
        with pytest.raises(Refused) as caught:
            await ask(daemon)
        assert caught.value.message.startswith(words)
        assert caught.value.status == int(refusal.split()[1])


async def test_a_304_means_already(daemon: Daemon, server: Server) -> None:
    server.behaviour = says(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    assert await daemon.start("web") is False
    assert await daemon.stop("web") is False


async def test_an_act_that_is_answered_with_nonsense_is_unknown(daemon: Daemon, server: Server) -> None:
    server.behaviour = says(answer(b"It works!", kind="text/plain"))
    with pytest.raises(Unknown, match="words that mean nothing"):
        await daemon.remove("web")


async def test_whoever_gives_up_leaves_the_negotiation_to_others(daemon: Daemon, server: Server) -> None:
    async def slow(_: str, wire: Wire) -> None:
        await asyncio.sleep(0.1)
        wire.write(PONG)

    server.ping, server.behaviour = slow, says(DONE)
    first = asyncio.create_task(daemon.start("a"))
    second = asyncio.create_task(daemon.start("b"))
    await asyncio.sleep(0.02)
    first.cancel()
    assert await second is True
    assert server.asked == ["POST /v1.41/containers/b/start"]


async def test_a_stream_left_early_is_closed(daemon: Daemon, server: Server) -> None:
    gone = asyncio.Event()

    async def endless(_: str, wire: Wire) -> None:
        wire.write(CHUNKED)
        try:
            while True:
                wire.write(b"9\r\n\x01\0\0\0\0\0\0\x01x\r\n")
                await wire.drain()
                await asyncio.sleep(0.01)
        except ConnectionError:
            gone.set()

    server.behaviour = endless
    async with aclosing(daemon.logs("web", follow=True)) as chunks:
        async for chunk in chunks:
            assert chunk.data.strip(b"x") == b""
            break
    async with asyncio.timeout(2):
        await gone.wait()
    server.behaviour = says(DONE)
    assert await daemon.start("web")


async def test_a_broken_event_stream_says_so(daemon: Daemon, server: Server) -> None:
    line = b'{"Type":"container","Action":"die","Actor":{"ID":"a","Attributes":null},"timeNano":5}\n'
    server.behaviour = says(CHUNKED, b"%x\r\n%b\r\n" % (len(line), line), then="close")
    seen = []
    with pytest.raises(EngineError):
        async for event in daemon.events():
            seen.append((event.action, event.actor.id, event.time_nano))
    assert seen == [("die", "a", 5)]
