"""What the bot adds between Slack's request and the daemon's, for a change with its record and its rules."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.playground.server import Playground
from tests.bench.bots import SECRET, Person, free_port, process
from tests.bench.daemon import RUNNING
from tests.bench.relay import Relay
from tests.bench.report import Report, Row, met, spread, timed
from tests.bench.timing import Case, Series, in_turn

BARE = "bare Bolt: acknowledge"
CHANGE = "the bot: until the daemon is asked"


@asynccontextmanager
async def bare_bolt(folder: Path) -> AsyncIterator[Person]:
    """Somebody who types to Bolt with nothing behind it."""
    port = free_port()
    async with (
        Playground(bot_url=f"http://127.0.0.1:{port}/slack/events", signing_secret=SECRET) as slack,
        process(["-m", "tests.bench.bare", str(port)], {}, folder, port),
    ):
        yield Person(slack)


async def added(
    report: Report, people: Mapping[str, Person], clocked: Relay, rules: int, rounds: int
) -> None:
    """Compare bare Bolt's acknowledgement with the way to the daemon, the daemon's own answers left out."""

    async def change() -> float:
        clocked.exchanges.clear()
        started = time.perf_counter()
        await people["http"].posted(f"-H clocked start {RUNNING}")
        act = next(each for each in clocked.exchanges if each.line.startswith("POST"))
        before = [each for each in clocked.exchanges if each.asked < act.asked]
        return act.asked - started - sum(each.answered - each.asked for each in before)

    cases: dict[str, Case] = {BARE: lambda: people["bare"].acknowledged("start web"), CHANGE: change}
    alone, whole = await in_turn(cases, rounds, warm=3)
    more = Series("added", [one - other for one, other in zip(whole.seconds, alone.seconds, strict=True)])
    row = Row(more.name, f"{spread(more, 1000, 1)} ms", "", met(more.median * 1000, 10, "10 ms"))
    report.table(f"a change, {rules} rules", "", [timed(alone), timed(whole), row])
