"""Times of several things done in turn, so that whatever else the machine does falls on all alike."""

import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Case = Callable[[], Awaitable[float]]
"""Does a thing once and gives the seconds it took."""


@dataclass(frozen=True)
class Series:
    """What one thing took, in seconds, run by run."""

    name: str
    seconds: Sequence[float]

    @property
    def median(self) -> float:
        return median(self.seconds)

    def percentile(self, percent: int) -> float:
        """The time that so many of a hundred runs stayed within."""
        if len(self.seconds) < 2:
            return self.seconds[0]
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1]

    def ratios(self, base: "Series") -> "Series":
        """This as a share of the base, round by round."""
        return Series(self.name, [one / other for one, other in zip(self.seconds, base.seconds, strict=True)])


def blocking(work: Callable[[], object]) -> Case:
    """A case of a function that blocks; nothing else has to run meanwhile."""

    async def case() -> float:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started

    return case


def awaited(work: Callable[[], Awaitable[object]]) -> Case:
    """A case of a coroutine function."""

    async def case() -> float:
        started = time.perf_counter()
        await work()
        return time.perf_counter() - started

    return case


def repeated(times: int, work: Callable[[], object]) -> Case:
    """A case of what is too short to be timed once: the mean of so many."""

    async def case() -> float:
        started = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - started) / times

    return case


async def in_turn(cases: Mapping[str, Case], rounds: int, *, warm: int = 1) -> list[Series]:
    """Run every case in each round, in an order drawn anew: what one leaves behind falls on each of the others.

    The first `warm` rounds do not count.
    """
    times: dict[str, list[float]] = {name: [] for name in cases}
    draw = random.Random(0)
    for number in range(warm + rounds):
        for name in draw.sample(list(cases), len(cases)):
            seconds = await cases[name]()
            if number >= warm:
                times[name].append(seconds)
    return [Series(name, seconds) for name, seconds in times.items()]
