"""The version of the API: the smaller of both sides', and another where the daemon was changed meanwhile."""

import pytest

from bot.engine.daemon import Daemon
from bot.engine.errors import Refused
from tests.engine.wire import PONG, Server, Wire, answer, says

DONE = b"HTTP/1.1 204 No Content\r\n\r\n"


def pong(version: str) -> bytes:
    return PONG.replace(b"1.41", version.encode())


@pytest.mark.parametrize(
    ("theirs", "spoken"),
    [("1.41", "1.41"), ("1.9", "1.9"), ("1.51", "1.51"), ("1.55", "1.51"), ("2.0", "1.51")],
)
async def test_the_smaller_of_both_is_spoken(
    daemon: Daemon, server: Server, theirs: str, spoken: str
) -> None:
    server.ping, server.behaviour = says(pong(theirs)), says(DONE)
    await daemon.start("web")
    assert await daemon.api_version() == spoken
    assert server.asked == [f"POST /v{spoken}/containers/web/start"]


async def test_a_daemon_without_head_is_asked_by_get(daemon: Daemon, server: Server) -> None:
    async def ping(request: str, wire: Wire) -> None:
        wire.write(PONG if request.startswith("GET") else b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n")

    server.ping = ping
    assert await daemon.api_version() == "1.41"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("1.51", "1.41", "application/json"), ("1.24", "1.51", "text/plain")],
    ids=["older", "newer"],
)
async def test_a_daemon_that_was_changed_is_asked_anew(
    daemon: Daemon, server: Server, before: str, after: str, kind: str
) -> None:
    server.ping = says(pong(before))
    await daemon.api_version()
    words = f"client version {before} is too {'new' if before > after else 'old'}."
    refusal = answer(words.encode() if kind == "text/plain" else b'{"message":"%b"}' % words.encode(),
                     status="400 Bad Request", kind=kind)  # fmt: skip

    async def picky(request: str, wire: Wire) -> None:
        wire.write(DONE if f"/v{after}/" in request else refusal)

    server.ping, server.behaviour = says(pong(after)), picky
    assert await daemon.start("web")
    assert server.asked == [f"POST /v{each}/containers/web/start" for each in (before, after)]


async def test_a_refusal_for_the_version_that_stays_the_same_is_said_once(
    daemon: Daemon, server: Server
) -> None:
    server.behaviour = says(
        answer(b'{"message":"client version 1.41 is too old."}', status="400 Bad Request")
    )
    with pytest.raises(Refused, match=r"client version 1\.41 is too old"):
        await daemon.start("web")
    assert len(server.asked) == 1
