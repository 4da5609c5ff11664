"""Acknowledgements while the bot has much to do: Slack waits 3 seconds, people much less."""

import asyncio
import time
from itertools import cycle, islice

from tests.bench.bots import Bot, Person
from tests.bench.daemon import LOGGED, RUNNING
from tests.bench.report import Report, Row, met, timed
from tests.bench.timing import Series

COMMANDS = ("ps", f"start {RUNNING}", "ps -q", f"inspect {RUNNING}")
AIM_MS = 100.0


async def load(report: Report, person: Person, a_second: int, seconds: float) -> None:
    """Reads and changes at so many a second, in two channels."""
    texts = islice(cycle(COMMANDS), int(a_second * seconds))
    tasks = []
    for number, text in enumerate(texts):
        channel = ("C0INC", "C0GEN")[number // 2 % 2]
        tasks.append(asyncio.create_task(person.acknowledged(text, channel)))
        await asyncio.sleep(1 / a_second)
    took = Series("acknowledged", await asyncio.gather(*tasks))
    last = time.perf_counter()
    await person.answered()
    behind = Series("the last one's answer, after it was acknowledged", [time.perf_counter() - last])
    report.table(f"{a_second} commands a second, over HTTP", "", [*_percentiles(took), timed(behind)])


async def while_masking(report: Report, bot: Bot, person: Person, lines: int) -> None:
    """One asks for a whole log; another's commands are acknowledged meanwhile."""
    before, started = bot.peak, time.perf_counter()
    log = asyncio.create_task(person.posted(f"logs --tail all {LOGGED}"))
    times = []
    while not log.done():
        times.append(await person.acknowledged("help", "C0GEN"))
        await asyncio.sleep(0.02)
    await person.uploaded()
    whole = Series("typed to its file", [time.perf_counter() - started])
    took = Series("/docker help acknowledged meanwhile", times)
    report.table(
        f"/docker logs --tail all, {lines:,} lines",
        "",
        [
            timed(Series("typed to answered", [await log])),
            timed(whole),
            *_percentiles(took),
            Row("the bot's memory at its peak", f"{bot.peak / 1e6:.0f} MB, {before / 1e6:.0f} before"),
        ],
    )


def _percentiles(took: Series) -> list[Row]:
    worst = took.percentile(99) * 1000
    return [
        timed(took),
        Row(f"{took.name}, 99 of 100 within", f"{worst:.1f} ms", "", met(worst, AIM_MS, f"{AIM_MS:g} ms")),
    ]
