"""Each line asks of the daemon what the docker CLI asks; beside that, the bot only looks."""

import json
import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.commands.docker import BUSYBOX, Docker
from tests.commands.stage import Stage

IDS = {
    "demo-run": "3e8c17cc79e7409c22b90a4cd6c240c4e14041d375c35d8344aff4d1ad1b62a0",
    "demo-tty": "af27e8112298aa2edc7641ebff4eab7ebdbed2f8977e5f5f33273051d3903add",
    "demo-exit": "3e13f0b3137a14a7d3914511b8aa2c62cc76da2ce22da356d8a2c7bc6189551f",
}
# What the bot refuses or finds missing before it asks, with the CLI's request left out on purpose.
UNASKED = ("nosuch", "BAD/name", "--tail abc")
# API 1.41 takes no signal to stop with; the CLI leaves it out, and so does the daemon.
SIGNAL = re.compile(r"signal=[A-Z]+&?")


def _lines() -> dict[str, list[str]]:
    """Each command line, and the CLI's requests for it in order."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in (Path(__file__).parent / "recorded" / "requests.jsonl").read_text().splitlines():
        one = json.loads(row)
        asked = f"{one['method']} {unquote(one['path'])}"
        found[" ".join(one["argv"][1:])].append((one["seq"], asked))
    return {
        line: [asked for _, asked in sorted(rows)]
        for line, rows in found.items()
        if not any(each in line for each in UNASKED)
    }


LINES = _lines()


def _plain(asked: str) -> str:
    """A request by its meaning: the object's id and not its name, moments that depend on now left out."""
    for name, id_ in IDS.items():
        asked = asked.replace(f"/{name}", f"/{id_}")
    asked = asked.replace("/busybox:1/", f"/{BUSYBOX}/")
    asked = re.sub(r"(since|until)=1795\d{6}(\.\d+)?", r"\1=NOW", asked)
    asked = re.sub(r"(since|until)=(?!17673|1700)\d{10}(\.\d+)?", r"\1=NOW", asked)
    if "/logs" in asked and "since" not in asked:  # a chat is shown fewer lines unless it asks for all
        asked = asked.replace("tail=all", "tail=200")
    method, _, target = asked.partition(" ")
    path, _, query = target.partition("?")
    return f"{method} {path}?{SIGNAL.sub('', query) if '/kill' not in path else query}".rstrip("?")


@pytest.mark.parametrize("line", LINES)
async def test_the_daemon_is_asked_the_same(stage: Stage, docker: Docker, line: str) -> None:
    state = "exited" if line.startswith(("start", "rm demo")) else "running"
    docker.containers = {id_: (name, state) for name, id_ in IDS.items()}
    docker.images |= dict.fromkeys(("demo-img:v1", "localhost:5001/priv:1"), BUSYBOX)
    await stage.types(line)
    asked = [_plain(each) for each in docker.asked]
    wanted = [_plain(each) for each in LINES[line]]
    rest = iter(asked)
    assert all(each in rest for each in wanted), f"{asked} lacks some of {wanted}, in this order"
    changes = [each for each in asked if not each.startswith("GET")]
    assert changes == [each for each in wanted if not each.startswith("GET")]


def test_there_is_enough_to_compare() -> None:
    commands = {line.split()[0] for line in LINES}
    assert commands >= {"ps", "images", "inspect", "logs", "start", "stop", "kill", "restart", "rm", "rmi"}
    assert commands >= {"tag", "push", "pull", "info"}
