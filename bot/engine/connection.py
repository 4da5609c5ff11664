"""A host's connections: the version both sides speak, deadlines, and faults told as what they mean."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import httpx

from bot.engine.address import Address
from bot.engine.call import Call
from bot.engine.clients import Clients
from bot.engine.errors import EngineError, NotSent, Refused, Unknown
from bot.engine.faults import FAULTS, fault, timed_out
from bot.engine.refusal import refusal

NEWEST = (1, 51)  # the newest version of the API that this client knows
CONNECT_SECONDS = 3.0
READ_SECONDS = 15.0
PING_SECONDS = 5.0
RETRY_SECONDS = 0.1
MOST_BYTES = 128 * 1024 * 1024  # of an answer that is held in memory

T = TypeVar("T")


@dataclass(frozen=True)
class Answered:
    """A daemon's answer, read to its end."""

    status: int
    content: bytes
    headers: httpx.Headers


class Connection:
    """Asks one daemon. Nothing is opened before the first question.

    `name` and `url` as in hosts.yml (raises ValueError for a url that can't be read), `tls` the context to
    connect with. `connect` and `read` are seconds: to be connected, and to have a short answer.
    """

    def __init__(
        self,
        name: str,
        url: str,
        tls: ssl.SSLContext | None = None,
        *,
        connect: float = CONNECT_SECONDS,
        read: float = READ_SECONDS,
    ) -> None:
        self.name = name
        self.address = Address.parse(url, tls=tls is not None)
        self.read = read
        self._connect = connect
        self._clients = Clients(self.address, tls)
        self._version = ""
        self._negotiating: asyncio.Task[str] | None = None

    async def aclose(self) -> None:
        """Close every connection."""
        if self._negotiating:
            self._negotiating.cancel()
        await self._clients.aclose()

    async def api_version(self, asked: str = "HEAD /_ping") -> str:
        """The version that both sides speak, `1.41`: asked of the daemon once. `asked` is for the errors.

        Raises Refused, or NotSent whatever went wrong: nothing but a ping was sent.
        """
        if self._version:
            return self._version
        if self._negotiating is None:
            self._negotiating = asyncio.create_task(self._negotiate())
            self._negotiating.add_done_callback(self._negotiated)
        try:
            # Whoever gives up waiting leaves the question to the others who wait for it.
            return await asyncio.shield(self._negotiating)
        except Refused as error:
            raise Refused(self.name, asked, error.message, error.status) from error
        except EngineError as error:
            raise NotSent(self.name, asked, error.message) from error

    async def ask(self, call: Call, *, deadline: float | None) -> Answered:
        """Ask, and read the answer to its end. `deadline` is seconds for all of it, None for no end.

        A 304 is an answer; other statuses from 300 on raise Refused. Raises NotSent and Unknown too; the
        connection is usable afterwards.
        """
        return await self._asked(call, deadline, lambda version: self._whole(call, version, deadline))

    @asynccontextmanager
    async def stream(
        self, call: Call, *, begin: float | None, idle: float | None
    ) -> AsyncGenerator[AsyncIterator[bytes]]:
        """Ask for a long answer, and give its bytes as they come; it is closed at the end of the context.

        `begin` is seconds until the answer begins, `idle` the longest silence within it; None for no end.
        Raises as `ask` does; a line that breaks within the answer is Unknown.
        """
        response = await self._asked(call, begin, lambda version: self._open(call, version, idle))
        try:
            async with aclosing(self._chunks(call, response)) as chunks:
                yield chunks
        finally:
            await response.aclose()

    async def _asked(self, call: Call, seconds: float | None, work: Callable[[str], Awaitable[T]]) -> T:
        """Work done in the version both speak. Once more in another, where the daemon has changed its own."""
        try:
            call.target()
        except ValueError as error:
            raise Refused(self.name, call.asked, str(error), 400) from None
        version = await self.api_version(call.asked)
        try:
            return await self._within(call, seconds, lambda: work(version))
        except Refused as error:
            if error.status != 400 or "client version" not in error.message:
                raise
            self._forget(version)
            renewed = await self.api_version(call.asked)
            if renewed == version:
                raise
        return await self._within(call, seconds, lambda: work(renewed))

    async def _within(self, call: Call, seconds: float | None, work: Callable[[], Awaitable[T]]) -> T:
        """Work done in time; once more where the connection was refused, since then nothing was sent."""
        try:
            async with asyncio.timeout(seconds):
                try:
                    return await work()
                except NotSent as error:
                    self._forget(self._version)
                    if timed_out(error):
                        raise
                await asyncio.sleep(RETRY_SECONDS)
                return await work()
        except TimeoutError as error:
            raise Unknown(self.name, call.asked, f"no answer within {seconds:g} seconds") from error

    async def _whole(self, call: Call, version: str, seconds: float | None) -> Answered:
        response = await self._open(call, version, seconds)
        try:
            content = await self._content(call, response)
        finally:
            await response.aclose()
        return Answered(response.status_code, content, response.headers)

    async def _open(self, call: Call, version: str, idle: float | None) -> httpx.Response:
        """Send it; a response whose headers are there. Raises for statuses that are no success."""
        client = self._clients.on(call.lane)
        limits = httpx.Timeout(read=idle, write=self.read, connect=self._connect, pool=self._connect)
        request = client.build_request(
            call.method, call.target(version), content=call.content, headers=call.headers, timeout=limits
        )
        try:
            response = await client.send(request, stream=True)
        except FAULTS as error:
            raise fault(self.name, call.asked, error) from error
        kind = response.headers.get("content-type", "")
        if response.status_code == 304 or (response.status_code < 300 and not kind.startswith("text/html")):
            return response
        try:
            content = await self._content(call, response)
        finally:
            await response.aclose()
        if response.status_code < 300:
            raise Unknown(self.name, call.asked, "it answered with a web page, as no Docker daemon does")
        raise refusal(self.name, call.asked, response.status_code, kind, content)

    async def _content(self, call: Call, response: httpx.Response) -> bytes:
        parts: list[bytes] = []
        size = 0
        async with aclosing(self._chunks(call, response)) as chunks:
            async for chunk in chunks:
                parts.append(chunk)
                size += len(chunk)
                if size > MOST_BYTES:
                    raise Unknown(self.name, call.asked, f"its answer is longer than {MOST_BYTES} bytes")
        return b"".join(parts)

    async def _chunks(self, call: Call, response: httpx.Response) -> AsyncGenerator[bytes]:
        try:
            async for chunk in response.aiter_raw():
                yield chunk
        except FAULTS as error:
            raise fault(self.name, call.asked, error, sent=True) from error

    def _forget(self, version: str) -> None:
        """Ask for the version anew next time, unless somebody has done so."""
        if self._version == version:
            self._version = ""

    def _negotiated(self, task: "asyncio.Task[str]") -> None:
        self._negotiating = None
        if not task.cancelled() and not task.exception():
            self._version = task.result()

    async def _negotiate(self) -> str:
        """The smaller of their newest version and ours, by HEAD, or by GET where that has no answer."""
        seconds = min(PING_SECONDS, self.read)
        for call in (Call("HEAD", ("_ping",)), Call("GET", ("_ping",))):
            try:
                answered = await self._ping(call, seconds)
            except (Refused, Unknown) as error:
                if call.method == "GET" or timed_out(error):
                    raise
                continue
            if theirs := _version(answered.headers.get("api-version", "")):
                return ".".join(map(str, min(theirs, NEWEST)))
        raise Unknown(self.name, "GET /_ping", "it does not answer as a Docker daemon does")

    async def _ping(self, call: Call, seconds: float) -> Answered:
        return await self._within(call, seconds, lambda: self._whole(call, "", seconds))


def _version(text: str) -> tuple[int, int] | None:
    major, _, minor = text.strip().partition(".")
    return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else None
