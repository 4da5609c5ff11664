"""The httpx clients of one host: made when first needed, kept until the end.

Acts go through httpx's own transport, whose exceptions tell what was sent. What changes nothing goes through
aiohttp's parser: half the time for a short answer, 2.5 times as fast on long streams. What is long and must
be honest has connections of its own, so that it never keeps a short question waiting.
"""

import socket
import ssl
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from bot.engine.address import Address
from bot.engine.call import Lane

MOST_CONNECTIONS: dict[Lane, int] = {"acts": 64, "transfers": 256, "reads": 256}
IDLE_SECONDS = 60.0  # well under the 300 after which dockerd hangs up
KEEP_ALIVE = (  # a peer that is gone is noticed after a minute, on streams that may be silent for hours
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 30),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 10),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
)
HEADERS = {"User-Agent": "dockwarden", "Accept-Encoding": "identity"}


class Clients:
    """One client a lane. Nothing is opened before the first question."""

    def __init__(self, address: Address, tls: ssl.SSLContext | None) -> None:
        self._address = address
        self._tls = tls
        self._made: dict[Lane, httpx.AsyncClient] = {}

    def on(self, lane: Lane) -> httpx.AsyncClient:
        """The client of a lane."""
        if lane not in self._made:
            fast = lane == "reads"
            self._made[lane] = httpx.AsyncClient(
                transport=self._fast() if fast else self._honest(MOST_CONNECTIONS[lane]),
                base_url=self._address.base,
                headers=HEADERS,
                trust_env=False,
            )
        return self._made[lane]

    async def aclose(self) -> None:
        """Close every connection."""
        made, self._made = list(self._made.values()), {}
        for client in made:
            await client.aclose()

    def _honest(self, most: int) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(
            verify=self._tls or False,
            trust_env=False,
            uds=self._address.socket or None,
            limits=httpx.Limits(
                max_connections=most, max_keepalive_connections=8, keepalive_expiry=IDLE_SECONDS
            ),
            socket_options=None if self._address.socket else list(KEEP_ALIVE),
        )

    def _fast(self) -> AiohttpTransport:
        return AiohttpTransport(verify=self._tls or False, trust_env=False, client=self._session)

    def _session(self) -> aiohttp.ClientSession:
        most = MOST_CONNECTIONS["reads"]
        connector: aiohttp.BaseConnector
        if self._address.socket:
            connector = aiohttp.UnixConnector(
                self._address.socket, limit=most, keepalive_timeout=IDLE_SECONDS
            )
        else:
            connector = aiohttp.TCPConnector(
                ssl=self._tls or False,
                limit=most,
                keepalive_timeout=IDLE_SECONDS,
                socket_factory=_kept_alive,
            )
        return aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
        )


def _kept_alive(info: tuple[Any, ...]) -> socket.socket:
    family, kind, protocol, *_ = info
    made = socket.socket(family, kind, protocol)
    for level, option, value in KEEP_ALIVE:
        made.setsockopt(level, option, value)
    return made
