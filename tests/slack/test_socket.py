"""Socket Mode: the line is kept, whatever happens to it."""

from collections.abc import Awaitable, Callable

import pytest

from bot.playground import socket_mode
from bot.playground.faults import Fault
from bot.playground.people import type_text
from bot.playground.server import Playground
from bot.slack import socket
from bot.slack.socket import SocketMode
from tests.slack.conftest import ALICE, Bot, until


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "_PING", 0.3)
    monkeypatch.setattr(socket, "_LOOK", 0.2)


@pytest.fixture
def carrier(playground: Playground) -> socket_mode.SocketMode:
    found = playground.slack.deliveries.carrier
    assert isinstance(found, socket_mode.SocketMode)
    return found


Break = Callable[[socket_mode.SocketMode], Awaitable[None]]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda carrier: carrier.disconnect("refresh_requested"), id="Slack asks for another"),
        pytest.param(lambda carrier: carrier.disconnect("too_many_websockets"), id="too many"),
        pytest.param(lambda carrier: carrier.cut(), id="closed without a word"),
    ],
)
async def test_reconnects(
    playground: Playground, over_socket: Bot, carrier: socket_mode.SocketMode, broken: Break
) -> None:
    await broken(carrier)
    assert not carrier.connected
    await until(lambda: carrier.connected)
    assert (await type_text(playground.slack, ALICE, "C0INC", "/docker ps"))["ok"]


async def test_goes_on_trying(playground: Playground, bot: Bot) -> None:
    playground.slack.faults.add(Fault("apps.connections.open", status=503), times=2)
    line = SocketMode(bot.app, "xapp-playground")
    line.start()
    assert not await line.connected()
    await until(line.connected)
    await line.close()
    assert not await line.connected()


async def test_an_address_that_is_no_good_is_asked_for_anew(
    bot: Bot, carrier: socket_mode.SocketMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left to itself, the SDK tries the same one for ever."""
    good, given = carrier.ticket, iter(["spent", "spent"])
    monkeypatch.setattr(carrier, "ticket", lambda: next(given, None) or good())
    line = SocketMode(bot.app, "xapp-playground")
    line.start()
    await until(line.connected)
    await line.close()
