"""`ps -a` through the engine client and through everything else."""

from contextlib import closing

import docker

from bot.engine.connection import Connection
from bot.engine.daemon import Daemon
from tests.bench.opponents import CLI, HIGH, LOW, RAW, RawSocket, run_cli
from tests.bench.report import Report, compared
from tests.bench.timing import Case, awaited, blocking, in_turn
from tests.engines import Engine

CLIENT = "engine client"


async def listing(report: Report, engine: Engine, count: int, rounds: int) -> None:
    """Compare lists of what is there: `count` containers."""
    connection = Connection("local", engine.url)
    client = Daemon(connection)
    with closing(RawSocket(engine.socket)) as raw, closing(docker.DockerClient(engine.url)) as library:
        cases: dict[str, Case] = {
            RAW: blocking(lambda: raw.ask("GET", "/containers/json?all=1")),
            CLIENT: awaited(lambda: client.containers(all=True)),
            LOW: blocking(lambda: library.api.containers(all=True)),
            CLI: blocking(lambda: run_cli(engine, "ps", "--all")),
        }
        series = await in_turn(cases, rounds)
        # It inspects each container: some rounds of that are enough.
        slow = {RAW: cases[RAW], HIGH: blocking(lambda: library.containers.list(all=True))}
        slowly = await in_turn(slow, max(2, rounds // 5))
    await connection.aclose()
    aims = {CLIENT: 1.1} if count else {}
    rows = [*compared(series, RAW, aims), *compared(slowly, RAW)[1:]]
    report.table(f"ps -a of {count} containers", "the raw socket", rows)
