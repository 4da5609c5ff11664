"""How long it takes until there is something."""

import subprocess
import sys

from tests.bench.report import Report, Row, compared, met, milliseconds
from tests.bench.timing import Case, Series, blocking, in_turn

BOLT = "import slack_bolt.async_app"
POLICY = "dockwarden policy --help"
SLACK_FREE = """
import sys
from bot.cli import main
main(["policy", "--help"], standalone_mode=False)
assert not {name.partition(".")[0] for name in sys.modules} & {"slack_bolt", "slack_sdk", "aiohttp"}
"""


async def start(report: Report, served: Series, rules: int, rounds: int) -> None:
    """Compare imports, each in a process of its own; `served` is how long `serve` took to listen."""
    cases: dict[str, Case] = {
        BOLT: _python("import slack_bolt.async_app"),
        "import bot.app": _python("import bot.app"),
        POLICY: _python(SLACK_FREE),
        "python alone": _python("pass"),
    }
    rows = compared(await in_turn(cases, rounds), BOLT)
    aim = met(served.median, 1, "1 s")
    rows.append(Row(f"serve with {rules} rules, until it listens", milliseconds(served), "", aim))
    report.table("start", "Bolt's import", rows)


def _python(code: str) -> Case:
    return blocking(
        lambda: subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=True)
    )
