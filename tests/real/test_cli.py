"""The command line, as a process: what it says, and what it leaves behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.playground.docker_find import answers
from tests.bots import Deployment, Person, until
from tests.engines import Engine
from tests.real.test_private_engine import left_behind

ANYWHERE = {"DOCKWARDEN_LISTEN": "127.0.0.1:0"}
DEMO = [sys.executable, "-m", "bot", "demo"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def environment(**more: str) -> dict[str, str]:
    quiet = {name: each for name, each in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**quiet, "PYTHONUNBUFFERED": "1", **more}


@contextmanager
def demo(folder: Path, port: int, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`dockwarden demo`, up and connected."""
    with (folder / "demo").open("w") as log:
        process = subprocess.Popen(
            [*DEMO, "--port", str(port)], env=environment(**more), stdout=log, stderr=log
        )
    try:

        def connected() -> bool:
            assert process.poll() is None, (folder / "demo").read_text()
            try:
                state = httpx.get(f"http://127.0.0.1:{port}/play/state", trust_env=False).json()
            except httpx.TransportError:
                return False
            return bool(state["connected"])

        until(connected, "the demo is up", within=60)
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_the_demo_leaves_nothing_running(tmp_path: Path) -> None:
    port = free_port()
    with demo(tmp_path, port, DOCKER_HOST="") as process:
        said = (tmp_path / "demo").read_text()
        assert f"Open http://127.0.0.1:{port} and type" in said
        folders = daemons_of(process.pid)
        body = {
            "user": "U0ALICE",
            "channel": "C0INC",
            "text": "/docker run -d --name web busybox:1 sleep 600",
        }
        httpx.post(f"http://127.0.0.1:{port}/play/type", json=body, trust_env=False)
        until(lambda: "ran web on local: running" in seen(port), "a container runs", within=30)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert not answers(f"tcp://127.0.0.1:{port}")
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
    assert [left for folder in folders for left in left_behind(folder)] == []
    assert "Traceback" not in (tmp_path / "demo").read_text()


def daemons_of(process: int) -> list[Path]:
    """The folders of the private daemons that a process started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            line = (stat.parent / "cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == process and (folder := re.search(r"\0(/\S*?/dw-\w+)\0", line)):
            found.append(Path(folder[1]))
    return found


def seen(port: int) -> str:
    query = {"user": "U0ALICE", "channel": "C0INC"}
    return httpx.get(f"http://127.0.0.1:{port}/play/messages", params=query, trust_env=False).text


def test_the_demo_uses_the_daemon_that_is_there(engine: Engine, tmp_path: Path) -> None:
    with demo(tmp_path, free_port(), DOCKER_HOST=engine.url) as process:
        assert daemons_of(process.pid) == []
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert f"Using the Docker daemon at {engine.url}." in (tmp_path / "demo").read_text()
    assert answers(engine.url), "it is not ours to end"


def test_the_demo_says_that_its_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        began = time.monotonic()
        done = subprocess.run(
            [*DEMO, "--port", str(port)],
            env=environment(DOCKER_HOST=""),
            capture_output=True,
            check=False,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == f"Error: port {port} is taken on this machine: say --port and another number\n"
    assert time.monotonic() - began < 5, "before a daemon is started"


def test_policy(bot: Deployment, tmp_path: Path) -> None:
    done = bot.cli("policy", "test")
    assert (done.returncode, done.stdout) == (0, "2 passed, 0 failed\n")
    (tmp_path / "permissions.yml").write_text(
        bot.permissions.read_text().replace("expect: deny", "expect: allow")
    )
    done = bot.cli("policy", "test", "--config", str(tmp_path))
    assert done.returncode == 1 and "1 passed, 1 failed" in done.stdout
    assert bot.cli("policy", "lint").returncode == 0


def test_hosts(bot: Deployment, engine: Engine, tmp_path: Path) -> None:
    done = bot.cli("hosts")
    assert done.returncode == 0
    assert re.fullmatch(rf"ok   local {re.escape(engine.url)}: engine \S+, API 1\.\d+, \d+ ms\n", done.stdout)
    (tmp_path / "hosts.yml").write_text(
        f'default: here\nhosts:\n  here: {{url: "{engine.url}"}}\n  gone: {{url: "unix:///nowhere.sock"}}\n'
    )
    done = bot.cli("hosts", "--config", str(tmp_path))
    assert done.returncode == 1
    assert "ok   here" in done.stdout and "FAIL gone unix:///nowhere.sock" in done.stdout


def test_audit(bot: Deployment, alice: Person) -> None:
    said = alice.types("/docker create --name web busybox:1")
    listed = bot.cli("audit", "list", "--user", "U0ALICE", "--verb", "create", "-n", "2")
    assert listed.returncode == 0
    assert "created web on local" in listed.stdout.splitlines()[-1]

    verified = bot.cli("audit", "verify")
    assert verified.returncode == 0
    assert said.facts["audit"] in verified.stdout, "the newest message carries the head of the chain"

    exported = bot.cli("audit", "export")
    rows = [json.loads(line) for line in exported.stdout.splitlines()]
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1]["body"]["outcome"] == "done"
    assert bot.cli("audit", "export", "--format", "csv").stdout.startswith("seq,time,kind,")


def test_an_edited_record_is_found(bot: Deployment, alice: Person) -> None:
    alice.types("/docker ps")
    [[seq, body]] = bot.sql("SELECT seq, body FROM records ORDER BY seq DESC LIMIT 1 OFFSET 1")
    bot.sql(f"UPDATE records SET body = replace(body, 'U0ALICE', 'U0BOB') WHERE seq = {seq}")
    try:
        done = bot.cli("audit", "verify")
        assert done.returncode == 1 and f"edited at record {seq}" in done.stderr
    finally:
        bot.sql(f"UPDATE records SET body = '{body}' WHERE seq = {seq}")
    assert bot.cli("audit", "verify").returncode == 0


def test_help_names_every_command(bot: Deployment) -> None:
    done = bot.cli("--help")
    assert done.returncode == 0
    for name in ("serve", "demo", "playground", "hosts", "policy", "audit"):
        assert re.search(rf"^  {name} ", done.stdout, re.M)
        assert CliRunner().invoke(main, [name, "--help"]).output.startswith(f"Usage: main {name} ")


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing"),
        ({"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET is missing"),
        ({"DOCKWARDEN_CONFIG": "/nowhere"}, "hosts.yml"),
        ({"DOCKWARDEN_LISTEN": "3000"}, "DOCKWARDEN_LISTEN must be HOST:PORT"),
        ({"SLACK_BOT_TOKEN": "xoxb-no", **ANYWHERE}, "Slack refuses SLACK_BOT_TOKEN: invalid_auth"),
        ({"SLACK_APP_TOKEN": "xapp-no", **ANYWHERE}, "Slack refuses SLACK_APP_TOKEN: invalid_auth"),
        ({"DOCKWARDEN_DATABASE_URL": "mysql://x"}, "sqlite:///PATH or postgresql://"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_serve_says_what_is_missing(
    bot: Deployment, tmp_path: Path, missing: dict[str, str], words: str
) -> None:
    apart = {"DOCKWARDEN_LISTEN": "127.0.0.1:0", "DOCKWARDEN_DATABASE_URL": f"sqlite:///{tmp_path}/other.db"}
    env = {**bot.environment, **apart, **missing}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        env=env,
        capture_output=True,
        check=False,
        text=True,
        timeout=20,
        cwd=tmp_path,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ") and words in done.stderr
    assert "Traceback" not in done.stderr
