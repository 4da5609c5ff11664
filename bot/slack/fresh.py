"""A cache whose values are never over a minute old, asked for once by many, renewed before they run out."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.slack.work import Work

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

LIFE = 60.0  # seconds
EARLY = 40.0  # used after this age, a value is fetched anew in the background


@dataclass(frozen=True)
class _Held(Generic[Value]):
    value: Value
    since: float  # when it was asked for, not when the answer came


class Fresh(Generic[Key, Value]):
    """Values by key, fetched by `fetch`. What fails is not kept."""

    def __init__(
        self,
        fetch: Callable[[Key], Awaitable[Value]],
        work: Work,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._fetch = fetch
        self._work = work
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._held: dict[Key, _Held[Value]] = {}
        self._asking: dict[Key, asyncio.Future[Value]] = {}

    def __len__(self) -> int:
        """How many are held."""
        return len(self._held)

    async def get(self, key: Key) -> Value:
        """The value, at most `LIFE` seconds old. Raises what `fetch` raises."""
        held = self._held.get(key)
        age = self._clock() - held.since if held else LIFE
        if held is None or age >= LIFE:
            return await asyncio.shield(self._ask(key))
        if age >= EARLY:
            self._ask(key)
        return held.value

    def _ask(self, key: Key) -> asyncio.Future[Value]:
        """The answer that is on its way, or a new question."""
        if key not in self._asking:
            self._asking[key] = asyncio.get_running_loop().create_future()
            self._work.start(self._settle(key, self._asking[key]))
        return self._asking[key]

    async def _settle(self, key: Key, answer: asyncio.Future[Value]) -> None:
        since = self._clock()
        try:
            value = await self._fetch(key)
        except BaseException as error:
            answer.set_exception(
                asyncio.CancelledError() if isinstance(error, asyncio.CancelledError) else error
            )
            answer.exception()  # a refresh in the background has nobody waiting for it
        else:
            self._prune(since)
            self._held[key] = _Held(value, since)
            answer.set_result(value)
        finally:
            del self._asking[key]

    def _prune(self, now: float) -> None:
        for key in [key for key, held in self._held.items() if now - held.since >= LIFE]:
            del self._held[key]
