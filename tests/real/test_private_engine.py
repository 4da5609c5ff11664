"""The private daemon itself: pulls, published ports, pushes; and that it leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.playground import docker_images
from bot.playground.docker import Dockerd, DockerdError
from bot.playground.docker_find import answers, find_daemon
from tests.engines import Engine
from tests.registries import LockedRegistry


def test_pull_run_and_open_the_page_as_from_docker_hub(clean: Engine) -> None:
    assert "Downloaded newer image for tomcat:9.0" in clean.cli("pull", "tomcat:9.0")
    clean.cli("run", "--detach", "--publish", "9090:8080", "--name", "web", "tomcat:9.0")
    assert "dockwarden's stand-in for <code>tomcat:9.0</code>" in clean.fetch("http://127.0.0.1:9090/")
    clean.cli("stop", "web")
    with pytest.raises(DockerdError, match="refused"):
        clean.fetch("http://127.0.0.1:9090/", within=0)
    clean.cli("rmi", "--force", "tomcat:9.0")


def test_push_and_pull_back(clean: Engine) -> None:
    name = f"{clean.registry}/team/tool:2"
    clean.cli("tag", "busybox:1", name)
    assert "digest: sha256:" in clean.cli("push", name)
    clean.cli("rmi", name)
    assert "Status: Downloaded newer image" in clean.cli("pull", name)
    clean.cli("rmi", name)


def test_a_locked_registry_wants_its_password(clean: Engine, locked: LockedRegistry, tmp_path: Path) -> None:
    name = f"{locked.name}/team/tool:1"
    clean.cli("tag", "busybox:1", name)
    assert "no basic auth credentials" in clean.cli("push", name, check=False)
    config = ("--config", str(tmp_path))
    login = ("login", "--username", locked.username, "--password-stdin", locked.name)
    assert "Login Succeeded" in clean.cli(*config, *login, text=locked.password)
    assert "digest: sha256:" in clean.cli(*config, "push", name)
    clean.cli("rmi", name)


def test_limits_reach_the_container(clean: Engine) -> None:
    either = "cat /sys/fs/cgroup/memory.max || cat /sys/fs/cgroup/memory/memory.limit_in_bytes"
    assert clean.cli("run", "--rm", "--memory", "32m", "busybox:1", "sh", "-c", either) == "33554432\n"


def test_restart_keeps_images_and_containers(clean: Engine) -> None:
    clean.cli("create", "--name", "kept", "busybox:1")
    clean.stop_daemon()
    assert not answers(clean.url)
    clean.start_daemon()
    assert clean.cli("ps", "--all", "--format", "{{.Names}} {{.Image}}") == "kept busybox:1\n"


def test_a_daemon_is_found_by_docker_host(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", engine.url)
    assert find_daemon() == engine.url


def test_a_daemon_that_does_not_answer_is_not_found(tmp_path: Path) -> None:
    assert not answers(f"unix://{tmp_path}/docker.sock")
    assert not answers("tcp://127.0.0.1:1")
    assert not answers("ssh://host")


def test_a_daemon_that_cannot_start_says_why_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "dockerd"
    broken.write_text("#!/bin/sh\necho failed to start daemon: no room\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    private = Dockerd()
    with pytest.raises(DockerdError, match="no room"):
        private.start()
    assert left_behind(private.folder) == []


def test_closing_leaves_nothing() -> None:
    with Dockerd() as private:
        run_a_container(private)
        assert left_behind(private.folder) != []
    assert left_behind(private.folder) == []


def test_the_hosts_network_is_left_as_it_was() -> None:
    with Dockerd(network="host") as private:
        run_a_container(private, network="mine")
        with private.client() as client:
            made = client.get("/networks/mine").json()["Id"]
        bridges = {private.folder.name, f"br-{made[:12]}"}
        assert bridges <= network_links()
        assert not any(bridge in firewall() for bridge in bridges)
    assert not bridges & network_links()
    assert left_behind(private.folder) == []


CHILD = """
from bot.playground.docker import Dockerd
from tests.real.test_private_engine import run_a_container
private = Dockerd()
private.start()
run_a_container(private)
print(private.folder, flush=True)
input()
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
def test_nothing_is_left_when_the_parent_is_killed(how: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHILD],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout
        folder = Path(child.stdout.readline().strip())
        assert left_behind(folder) != []
        os.kill(child.pid, how)
    assert soon(lambda: left_behind(folder) == []), left_behind(folder)


def run_a_container(private: Dockerd, *, network: str = "bridge") -> None:
    """One that runs, from an image loaded without a registry."""
    docker_images.load(private, "busybox:1")
    with private.client() as client:
        if network != "bridge":
            client.post("/networks/create", json={"Name": network}).raise_for_status()
        body = {"Image": "busybox:1", "Cmd": ["sleep", "600"], "HostConfig": {"NetworkMode": network}}
        made = client.post("/containers/create", json=body).raise_for_status().json()
        client.post(f"/containers/{made['Id']}/start").raise_for_status()


def left_behind(folder: Path) -> list[str]:
    """Processes, mounts, control groups and folders that bear the private daemon's name."""
    name = folder.name
    found = [f"{folder} is there"] if folder.exists() else []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if name in (process / "cmdline").read_text() or name in (process / "cgroup").read_text():
                found.append(f"process {process.name}")
        except (FileNotFoundError, ProcessLookupError):
            continue
    found += [line for line in Path("/proc/self/mountinfo").read_text().splitlines() if name in line]
    return found + [str(group) for group in Path("/sys/fs/cgroup").rglob(f"{name}*")]


def soon(true: Callable[[], bool], within: float = 5.0) -> bool:
    deadline = time.monotonic() + within
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


def network_links() -> set[str]:
    return {link.name for link in Path("/sys/class/net").iterdir()}


def firewall() -> str:
    return subprocess.run(["iptables-save"], capture_output=True, text=True, check=True).stdout
