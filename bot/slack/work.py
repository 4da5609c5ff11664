"""Work that goes on after Slack was answered: known, so that a shutdown can wait for it."""

import asyncio
from collections.abc import Coroutine


class Work:
    """Tasks in flight. What they raise is theirs to handle; asyncio reports a task that still fails."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """How many are running."""
        return len(self._tasks)

    def start(self, coroutine: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Run it as a task, and hold it until it ends."""
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def finish(self, seconds: float) -> int:
        """Wait for all, those started meanwhile too, then cancel the rest; how many had to be cancelled."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while self._tasks and (left := until - loop.time()) > 0:
            await asyncio.wait(self._tasks, timeout=left)
        late = list(self._tasks)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)
