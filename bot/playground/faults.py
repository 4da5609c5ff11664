"""Trouble on purpose, for tests; and Slack's limit of a message a second in a channel, where it is wanted."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call of a method.

    `method` is `chat.update` and the like, `upload`, `response_url`, or `*` for any. `status` answers with
    that HTTP status (429 with `retry_after` seconds); `error` with that code of Slack; `delay` waits so many
    seconds first; `drop` cuts the connection, `before` the call is carried out or `after`.
    """

    method: str
    status: int = 0
    retry_after: int | None = None
    error: str = ""
    delay: float = 0.0
    drop: Literal["", "before", "after"] = ""


class Faults:
    """A queue of faults per method. `*` is any method."""

    def __init__(self) -> None:
        self._queued: list[Fault] = []

    def add(self, fault: Fault, times: int = 1) -> None:
        """Let the next `times` calls of the fault's method fail with it."""
        self._queued.extend([fault] * times)

    def clear(self) -> None:
        """Forget what is still queued."""
        self._queued.clear()

    def take(self, method: str) -> Fault | None:
        """The fault of this call, taken off the queue."""
        for index, fault in enumerate(self._queued):
            if fault.method in (method, "*"):
                return self._queued.pop(index)
        return None


class RateLimit:
    """One call a second for each key, with a small burst: a bucket that refills."""

    def __init__(self, burst: int = 3, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._burst = burst
        self._buckets: dict[str, tuple[float, float]] = defaultdict(lambda: (float(burst), clock()))

    def wait(self, key: str) -> float:
        """0 where the call may go; else how many seconds until the next one may."""
        left, then = self._buckets[key]
        now = self._clock()
        left = min(float(self._burst), left + now - then)
        self._buckets[key] = (left - 1 if left >= 1 else left, now)
        return 0.0 if left >= 1 else 1 - left
