"""News for those who look on: an open page, or a test that waits for something."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.playground.workspace import JSON


@dataclass(frozen=True)
class News:
    """One thing that happened. `only_for` is the one person who may see it."""

    body: JSON
    only_for: str | None = None


class Feed:
    """Hands every piece of news to all who listen. Nothing is kept for those who come later."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[News | None]] = set()

    def tell(self, body: JSON, only_for: str | None = None) -> None:
        """Pass on news."""
        for queue in self._listeners:
            queue.put_nowait(News(body, only_for))

    def close(self) -> None:
        """End every listening."""
        for queue in self._listeners:
            queue.put_nowait(None)

    @contextmanager
    def _listening(self) -> Iterator[asyncio.Queue[News | None]]:
        queue: asyncio.Queue[News | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def listen(self, user: str) -> AsyncIterator[JSON]:
        """The news as one person sees them, until the feed closes."""
        with self._listening() as queue:
            while (news := await queue.get()) is not None:
                if news.only_for in (None, user):
                    yield news.body
