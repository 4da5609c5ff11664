"""HTTP whose connection can be cut in the middle of a request: for the faults that tests ask for."""

import asyncio
from contextvars import ContextVar

from uvicorn.protocols.http.h11_impl import H11Protocol

_transport: ContextVar[asyncio.Transport] = ContextVar("_transport")


class CuttableProtocol(H11Protocol):
    """Remembers, for each request's task, the connection that it came by."""

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        _transport.set(self.transport)
        super().data_received(data)


async def cut() -> None:
    """Cut the connection of the request being handled: the client gets no answer."""
    _transport.get().abort()
    await asyncio.sleep(0)  # lets the server notice before the handler returns
