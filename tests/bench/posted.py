"""From typed to posted: `/docker ps -a`, over HTTP and over Socket Mode, beside the CLI."""

from collections.abc import Mapping

from tests.bench.bots import Person
from tests.bench.opponents import CLI, run_cli
from tests.bench.report import Report, compared
from tests.bench.timing import Case, blocking, in_turn
from tests.engines import Engine

HTTP = "typed to posted, over HTTP"
SOCKET = "typed to posted, by Socket Mode"


async def posted(
    report: Report, engine: Engine, people: Mapping[str, Person], count: int, rounds: int
) -> None:
    """Compare the way through Slack, the bot and the daemon to the CLI's process alone."""
    cases: dict[str, Case] = {
        CLI: blocking(lambda: run_cli(engine, "ps", "--all")),
        HTTP: lambda: people["http"].posted("ps -a"),
        SOCKET: lambda: people["socket"].posted("ps -a"),
    }
    series = await in_turn(cases, rounds, warm=2)
    report.table(
        f"/docker ps -a of {count} containers", "the CLI", compared(series, CLI, {HTTP: 0.6, SOCKET: 0.6})
    )
