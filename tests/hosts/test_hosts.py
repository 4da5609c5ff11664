"""The hosts together: made without opening anything, each with its own trouble, logins only where they belong."""

import asyncio
import base64
import json
from pathlib import Path
from time import perf_counter

import pytest

from bot.engine.errors import NotSent
from bot.hosts.choose import NoSuchHost
from bot.hosts.file import HostsFileError, load
from bot.hosts.hosts import Hosts
from tests.engine.wire import answer, says, serving

FILE = """
default: local
hosts:
  local: {url: "unix:///nowhere/docker.sock"}
  prod-1: {url: "tcp://127.0.0.1:2375", tags: [production]}
  prod-2: {url: "tcp://10.255.255.1:2375", tags: [production], insecure: true}
channels: {C0INC: prod-1}
registries:
  registry.acme.example: {username: bot, password_env: ACME}
  https://index.docker.io/v1/: {username: hub, password_file: keys/hub}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ACME", "pa??>>w0rd")
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys/hub").write_text("s3cret\n")
    (tmp_path / "hosts.yml").write_text(FILE)
    return tmp_path


@pytest.fixture
def hosts(folder: Path) -> Hosts:
    return Hosts.from_file(load(folder))


def test_in_the_order_of_the_file_with_their_tags(hosts: Hosts) -> None:
    assert [(host.name, host.tags) for host in hosts] == [
        ("local", frozenset()),
        ("prod-1", {"production"}),
        ("prod-2", {"production"}),
    ]
    assert all(host.reader.host == host.daemon.host == host.name for host in hosts)


def test_making_them_takes_milliseconds(folder: Path) -> None:
    file = load(folder)
    started = perf_counter()
    Hosts.from_file(file)
    assert perf_counter() - started < 0.05


@pytest.mark.parametrize(
    ("patterns", "channel", "names"),
    [
        ([], "C0ELSE", ["local"]),
        ([], "C0INC", ["prod-1"]),
        (["local"], "C0INC", ["local"]),
        (["production"], "C0INC", ["prod-1", "prod-2"]),
        (["all"], "", ["local", "prod-1", "prod-2"]),
    ],
)
def test_the_line_chooses_before_the_channel_before_the_default(
    hosts: Hosts, patterns: list[str], channel: str, names: list[str]
) -> None:
    assert [host.name for host in hosts.choose(patterns, channel)] == names


def test_a_host_that_is_not_there(hosts: Hosts) -> None:
    with pytest.raises(NoSuchHost) as caught:
        hosts.choose(["prod1"], "C0INC")
    assert caught.value.nearest == "prod-1"


def test_one_hosts_trouble_is_its_own(tmp_path: Path) -> None:
    """One answers, one is away, one never connects: each ends by itself."""

    async def run() -> None:
        async with serving() as server:
            server.behaviour = says(answer(b"[]"))
            (tmp_path / "hosts.yml").write_text(
                FILE.partition("registries")[0].replace("tcp://127.0.0.1:2375", server.url)
            )
            hosts = Hosts.from_file(load(tmp_path))
            local, well, deaf = hosts
            silent = asyncio.create_task(deaf.reader.containers())
            started = perf_counter()
            with pytest.raises(NotSent):
                await local.reader.containers()
            assert await well.reader.containers() == []
            assert perf_counter() - started < 1
            silent.cancel()
            await asyncio.gather(silent, return_exceptions=True)
            await hosts.aclose()

    asyncio.run(run())


@pytest.mark.parametrize("domain", ["docker.io", "index.docker.io", "registry-1.docker.io"])
def test_docker_hub_is_known_under_all_its_names(hosts: Hosts, domain: str) -> None:
    assert json.loads(base64.urlsafe_b64decode(hosts.registry_auth(domain))) == {
        "username": "hub",
        "password": "s3cret",
        "serveraddress": "https://index.docker.io/v1/",
    }


def test_a_login_is_url_safe_and_padded(hosts: Hosts) -> None:
    header = hosts.registry_auth("registry.acme.example")
    assert not set(header) & set("+/")
    assert len(header) % 4 == 0
    assert json.loads(base64.urlsafe_b64decode(header))["password"] == "pa??>>w0rd"


@pytest.mark.parametrize(
    "domain",
    ["localhost:5000", "acme.example", "evil-registry.acme.example", "registry.acme.example.evil", ""],
)
def test_a_login_goes_to_its_own_registry_alone(hosts: Hosts, domain: str) -> None:
    assert hosts.registry_auth(domain) == ""


def test_no_password_shows(hosts: Hosts, folder: Path) -> None:
    shown = repr((hosts, list(hosts), vars(hosts), load(folder)))
    assert "s3cret" not in shown
    assert "pa??" not in shown


@pytest.mark.parametrize("missing", ["ACME", "keys/hub"])
def test_a_password_that_is_not_there_is_said_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.delenv("ACME") if missing == "ACME" else (folder / missing).unlink()
    with pytest.raises(HostsFileError, match=missing):
        Hosts.from_file(load(folder))
