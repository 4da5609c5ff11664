"""How far it is, told while it runs: nothing for the first moment, then at most once a second."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.blocks.reply import Reply

# What ends sooner than this needs no "running" message before its answer, seconds.
PATIENCE = 0.7
BEAT = 1.0


class Narrator:
    """Keeps the latest of what is shown and posts it now and then; `beat` is called at each turn.

    Nothing is told before there is something to show.

    It is never cancelled in the middle of a post: the message's ts would be lost, and the answer posted twice.
    """

    def __init__(self, post: Callable[[Reply], Awaitable[None]], beat: Callable[[], Awaitable[None]]) -> None:
        self._latest: Reply | None = None
        self._post = post
        self._beat = beat
        self._over = asyncio.Event()

    def show(self, reply: Reply) -> None:
        """The latest wins."""
        self._latest = reply

    @asynccontextmanager
    async def telling(self) -> AsyncIterator[None]:
        """Tell while the body runs; at its end whatever is being posted is waited for."""
        task = asyncio.create_task(self._tell())
        try:
            yield
        finally:
            self._over.set()
            await task

    async def _tell(self) -> None:
        pause = PATIENCE
        while not await self._ended(pause):
            latest, self._latest = self._latest, None
            if latest:
                await self._post(latest)
            await self._beat()
            pause = BEAT

    async def _ended(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._over.wait(), seconds)
        except TimeoutError:
            return False
        return True
