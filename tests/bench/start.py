"""How long it takes until there is something."""

import subprocess
import sys
from pathlib import Path

from bot.playground.server import Playground
from tests.bench.bots import AS_INSTALLED, SECRET, running
from tests.bench.report import Report, compared, timed
from tests.bench.timing import Case, blocking, in_turn
from tests.engines import Engine

BOLT = "import slack_bolt.async_app"
APP = "import bot.app"
POLICY = "dockwarden policy --help"
SERVE = "dockwarden serve, until it listens"
SLACK_FREE = """
from bot.cli import main
main(["policy", "--help"], standalone_mode=False)
assert not {name.partition(".")[0] for name in sys.modules} & {"slack_bolt", "slack_sdk", "aiohttp"}
"""


async def start(report: Report, engine: Engine, folder: Path, rules: int, rounds: int) -> None:
    """Compare imports, and a start on a record that is there already."""
    cases: dict[str, Case] = {
        BOLT: _python(BOLT),
        APP: _python(APP),
        POLICY: _python(SLACK_FREE),
        "python alone": _python("pass"),
    }
    async with Playground(signing_secret=SECRET) as slack:

        async def serve() -> float:
            hosts = {"local": engine.url}
            async with running(folder / "started", slack, hosts, rules, over_socket=False) as bot:
                return bot.start

        *imports, served = await in_turn(cases | {SERVE: serve}, rounds)
    report.table(f"start, {rules} rules", "Bolt's import", [*compared(imports, BOLT), timed(served, 1000)])


def _python(code: str) -> Case:
    child = [sys.executable, "-c", f"{AS_INSTALLED}\n{code}"]
    return blocking(lambda: subprocess.run(child, stdout=subprocess.DEVNULL, check=True))
