"""The benchmark runs; how fast anything is, is nothing to assert on a machine that does other things too."""

import subprocess
import sys
from pathlib import Path

ROWS = (
    "ps -a of 0 containers",
    "ps -a of 10 containers",
    "engine client ",
    "docker-py, low-level",
    "docker-py, high-level",
    "docker CLI, as a process",
    "raw socket",
    "create and rm",
    "docker logs, 2,000 lines",
    "engine client: memory",
    "deciding by 100 rules",
    "recording",
    "receive ",
    "begin ",
    "finish ",
    "typed to posted, over HTTP",
    "typed to posted, by Socket Mode",
    "bare Bolt: acknowledge",
    "added ",
    "acknowledged, 99 of 100 within",
    "/docker logs --tail all",
    "/docker help acknowledged meanwhile",
    "import bot.app",
    "dockwarden policy --help",
    "dockwarden serve, until it listens",
)


def test_a_quick_run_prints_the_machine_every_row_and_the_aims() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first, *_ = done.stdout.splitlines()
    assert "Engine" in first
    assert "CLI" in first
    assert [row for row in ROWS if f"| {row}" not in done.stdout] == []
    aims = [line for line in done.stdout.splitlines() if line.startswith("- ")]
    assert len(aims) >= 10
    assert all(line.endswith((": met", ": MISSED")) for line in aims)
