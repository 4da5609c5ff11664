"""A long log through the engine client and through everything else: time, and memory."""

import json
import subprocess
import sys
from collections import defaultdict

from tests.bench.daemon import LOGGED
from tests.bench.listing import CLIENT
from tests.bench.opponents import CLI, RAW, run_cli
from tests.bench.report import Report, Row, compared, met
from tests.bench.timing import Case, blocking, in_turn
from tests.engines import Engine

READERS = {
    CLIENT: "client",
    "docker-py, streamed": "streamed",
    "docker-py, whole": "whole",
    RAW: "raw",
}
MOST_MB = 64.0


async def logs(report: Report, engine: Engine, lines: int, rounds: int) -> None:
    """Compare `docker logs`, each reader in a process of its own; time without Python's start."""
    peaks: dict[str, list[float]] = defaultdict(list)

    def reader(name: str) -> Case:
        async def case() -> float:
            how = [sys.executable, "-m", "tests.bench.read_log", READERS[name], str(engine.socket), LOGGED]
            told = json.loads(subprocess.run(how, stdout=subprocess.PIPE, check=True).stdout)
            assert told["bytes"] >= lines * 100, told
            peaks[name].append(told["peak"] / 1e6)
            return float(told["seconds"])

        return case

    cases: dict[str, Case] = {CLI: blocking(lambda: run_cli(engine, "logs", LOGGED))}
    cases |= {name: reader(name) for name in READERS}
    rows = compared(await in_turn(cases, rounds), CLI, {CLIENT: 1.3})
    for name, peak in peaks.items():
        aim = met(max(peak), MOST_MB, f"{MOST_MB:g} MB") if name == CLIENT else ""
        rows.append(Row(f"{name}: memory", f"{max(peak):.0f} MB", "", aim))
    report.table(f"docker logs, {lines:,} lines of 100 bytes", "the CLI", rows)
