"""The daemon behind the demo: the one that is here, a private one, or a clear sentence."""

import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.playground import docker_find
from bot.playground.docker_demo import OFFLINE, OFFLINE_THERE, DemoDocker, demo_docker
from bot.playground.docker_find import InstallError
from tests.engines import Engine


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docker_find, "hub_reachable", lambda: False)


@pytest.fixture
def no_daemon(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    monkeypatch.setattr(docker_find, "DEFAULT_URL", f"unix://{tmp_path}/docker.sock")


@pytest.mark.usefixtures("offline", "no_daemon")
def test_offline_a_private_daemon_pulls_stand_ins_and_publishes_ports_here() -> None:
    said: list[str] = []
    with demo_docker(said.append) as docker:
        assert OFFLINE in said
        cli = ["docker", "--host", docker.url]
        subprocess.run([*cli, "pull", "--quiet", "tomcat:9.0"], check=True)
        run = [*cli, "run", "--detach", "--publish", "127.0.0.1::8080", "--name", "web", "tomcat:9.0"]
        made = subprocess.run(run, check=True, capture_output=True, text=True)
        assert "WARNING" not in made.stderr
        port = subprocess.run(
            [*cli, "port", "web", "8080"], check=True, capture_output=True, text=True
        ).stdout
        with urlopen(f"http://{port.strip()}/", timeout=5) as page:
            assert b"stand-in for <code>tomcat:9.0</code>" in page.read()


@pytest.mark.usefixtures("offline")
def test_a_daemon_that_is_here_is_used_as_it_is(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", engine.url)
    said: list[str] = []
    with demo_docker(said.append) as docker:
        assert docker == DemoDocker(engine.url)
    assert said == [f"Using the Docker daemon at {engine.url}.", OFFLINE_THERE]
    assert engine.cli("version")


@pytest.mark.usefixtures("no_daemon")
def test_who_is_not_root_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with (
        pytest.raises(InstallError, match="Start Docker, set DOCKER_HOST, or run this as root"),
        demo_docker(print),
    ):
        pass
