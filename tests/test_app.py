"""The parts put together: what is missing is said, and everything is closed again."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import app
from bot.app import MissingSettingError, Parts, made, serve
from bot.blocks.reply import Button
from bot.commands.reconcile import reconcile
from bot.commands.request import Request
from bot.hosts.file import HostsFileError
from bot.playground.faults import Fault
from bot.playground.server import Playground
from bot.playground.workspace import Message
from bot.settings import Settings
from bot.slack.health import TokenError
from bot.store.chain import Record
from bot.store.errors import StoreError
from bot.store.operations import Operation
from bot.store.store import Store
from tests.commands.docker import WEB, Docker

PERMISSIONS = """\
version: 1
subjects: {alice: {users: [U0ALICE]}}
rules: [{id: all, allow: [read, operate, admin], who: alice}]
"""


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(should_escape=False) as started:
        yield started


@pytest.fixture
async def docker(tmp_path: Path) -> AsyncIterator[Docker]:
    async with Docker("local").at(tmp_path / "docker.sock") as started:
        yield started


@pytest.fixture
def settings(tmp_path: Path, playground: Playground, docker: Docker) -> Settings:
    (tmp_path / "hosts.yml").write_text(f"hosts: {{local: {{url: 'unix://{tmp_path}/docker.sock'}}}}\n")
    (tmp_path / "permissions.yml").write_text(PERMISSIONS)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    slack = playground.slack.settings
    return Settings(
        _env_file=None,
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_signing_secret=slack.signing_secret,
        slack_api_url=playground.api_url,
        DOCKWARDEN_CONFIG=tmp_path,
        DOCKWARDEN_DATABASE_URL=f"sqlite:///{tmp_path}/bot.db",
        DOCKWARDEN_LISTEN=f"127.0.0.1:{port}",
    )


def without(settings: Settings, **changed: Any) -> Settings:
    return settings.model_copy(update=changed)


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[str]:
    """The bot as it is served; its address."""
    stop = asyncio.Event()
    task = asyncio.create_task(serve(settings, stop))
    async with asyncio.timeout(10), httpx.AsyncClient(trust_env=False) as client:
        while not await alive(client, f"http://{settings.listen}/healthz"):
            assert not task.done(), task.exception()
            await asyncio.sleep(0.01)
    yield f"http://{settings.listen}"
    stop.set()
    await task


async def alive(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).is_success
    except httpx.TransportError:
        return False


def said(playground: Playground) -> list[Message]:
    return [each for each in playground.slack.workspace.messages.get("C0INC", {}).values() if each.by_app]


async def until(found: Any) -> None:
    async with asyncio.timeout(10):
        while not found():
            await asyncio.sleep(0.01)


async def test_a_missing_token_says_which(settings: Settings) -> None:
    with pytest.raises(MissingSettingError, match="SLACK_BOT_TOKEN is missing"):
        await serve(without(settings, slack_bot_token=None))


async def test_http_without_a_signing_secret_does_not_start(settings: Settings) -> None:
    with pytest.raises(ValueError, match="SLACK_SIGNING_SECRET is missing"):
        await serve(without(settings, slack_app_token=None, slack_signing_secret=None))


async def test_a_hosts_file_that_is_missing(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "hosts.yml").unlink()
    with pytest.raises(HostsFileError, match="it is not there"):
        await serve(settings)


async def test_a_database_that_can_not_be_opened(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        await serve(without(settings, database_url=f"sqlite:///{tmp_path}/no/such/folder/bot.db"))


async def test_everything_is_closed_again(settings: Settings) -> None:
    async with made(settings) as parts:
        await parts.store.writable()
        await parts.client.auth_test()
        await next(iter(parts.hosts)).reader.version()
    with pytest.raises(StoreError, match="closed"):
        await parts.store.writable()
    assert parts.client.session is None or parts.client.session.closed


async def test_what_was_made_is_closed_where_the_rest_fails(settings: Settings, tmp_path: Path) -> None:
    """A second start can open the database at once."""
    (tmp_path / "hosts.yml").write_text("hosts: {}\n")
    for _ in range(2):
        with pytest.raises(HostsFileError):
            async with made(settings):
                raise AssertionError


async def test_a_button_works_where_it_was_made_and_nowhere_else(settings: Settings) -> None:
    async with made(settings) as parts:
        request = Request("d", "command", "T0DEMO", "U0ALICE", "C0INC", "ps", 0.0)
        (value,) = await parts.replies.keep_buttons([Button("Stop", "stop web", full=True)], request)
        assert await parts.find_button(value, "T0DEMO", "C0INC") == ("stop web", True)
        assert await parts.find_button(value, "T0DEMO", "C0OTHER") is None
        assert await parts.find_button(value, "T0EVIL", "C0INC") is None
        for wrong in (
            "",
            "x",
            value[:-1],
            value[:-1] + ("0" if value[-1] != "0" else "1"),
            value.upper() + "0",
        ):
            assert await parts.find_button(wrong, "T0DEMO", "C0INC") is None


async def test_typed_in_slack_done_on_the_daemon(
    settings: Settings, playground: Playground, docker: Docker
) -> None:
    async with served(settings) as url:
        await until(lambda: playground.slack.deliveries.carrier.connected)
        async with httpx.AsyncClient(trust_env=False) as client:
            assert (await client.get(f"{url}/readyz")).json() == {
                "ready": True,
                "missing": {},
                "warnings": {},
            }
            assert (await client.post(f"{url}/slack/events")).status_code == 404, (
                "Socket Mode has no endpoint"
            )
            body = {"user": "U0ALICE", "channel": "C0INC", "text": "/docker stop web"}
            await client.post(f"{playground.url}/play/type", json=body)
            await until(lambda: said(playground))
        await until(lambda: "stopped web on local" in said(playground)[0].text)
    assert docker.changed == [f"POST /containers/{WEB}/stop"]


async def test_over_http_what_nobody_signed_is_refused(settings: Settings) -> None:
    client = httpx.AsyncClient(trust_env=False)
    async with client, served(without(settings, slack_app_token=None)) as url:
        assert (await client.post(f"{url}/slack/events", content=b"text=ps")).status_code == 401
        assert (await client.get(f"{url}/healthz")).status_code == 200


async def test_what_a_crash_cut_off_is_said_at_the_next_start(
    settings: Settings, playground: Playground, docker: Docker
) -> None:
    async with made(settings) as parts:
        for number in range(2):
            await parts.store.begin(stopping_web(f"op-{number}"), {})
    async with served(settings):
        await until(lambda: len(said(playground)) == 2)
    assert all("outcome unknown. Now: web is running" in each.text for each in said(playground))
    assert docker.changed == []


async def test_what_a_living_bot_does_is_left_to_it(
    settings: Settings, playground: Playground, docker: Docker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And taken over once that bot is gone, while this one runs."""
    monkeypatch.setattr(app, "SWEEP", 0.05)
    looks = 0
    unfinished = Store.unfinished

    async def counted(store: Store) -> list[Operation]:
        nonlocal looks
        looks += 1
        return await unfinished(store)

    monkeypatch.setattr(Store, "unfinished", counted)
    async with AsyncExitStack() as other:
        parts = await other.enter_async_context(made(settings))
        await parts.store.begin(stopping_web("op-1"), {})
        async with served(settings):
            await until(lambda: looks > 3)
            assert said(playground) == []
            await other.aclose()
            await until(lambda: said(playground))
            assert "outcome unknown. Now: web is running" in said(playground)[0].text
            now = looks
            await until(lambda: looks > now + 3)
    assert len(said(playground)) == 1


async def test_what_another_bot_settled_meanwhile_is_not_told(
    settings: Settings, playground: Playground, docker: Docker
) -> None:
    async with made(settings) as parts:
        left = stopping_web("op-1")
        await parts.store.begin(left, {})
        await parts.store.finish(left.id, "done", {})
        assert await reconcile([left], parts.hosts, parts.gate) is None
    assert [each.kind for each in await records(settings)] == ["intent", "outcome"]


async def records(settings: Settings) -> list[Record]:
    store = await Store.open(settings.database_url)
    found = await store.records()
    await store.close()
    return found


def stopping_web(operation: str) -> Operation:
    return Operation(
        id=operation,
        team="T0DEMO",
        user="U0ALICE",
        channel="C0INC",
        verb="stop",
        command="stop web",
        host="local",
        objects=[{"kind": "container", "id": WEB, "name": "web"}],
    )


@pytest.mark.parametrize("code", ["invalid_auth", "not_authed", "account_inactive", "token_revoked"])
@pytest.mark.parametrize(
    ("method", "token"), [("auth.test", "SLACK_BOT_TOKEN"), ("apps.connections.open", "SLACK_APP_TOKEN")]
)
async def test_a_token_that_slack_refuses_ends_the_start(
    settings: Settings, playground: Playground, method: str, token: str, code: str
) -> None:
    playground.slack.faults.add(Fault(method, error=code))
    with pytest.raises(TokenError, match=f"^Slack refuses {token}: {code}$"):
        await serve(settings)


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
async def test_while_slack_is_away_the_bot_starts(
    settings: Settings, playground: Playground, method: str
) -> None:
    playground.slack.faults.add(Fault(method, status=503))
    async with served(settings):
        await until(lambda: playground.slack.deliveries.carrier.connected)


async def test_a_port_that_is_taken(settings: Settings) -> None:
    with (
        socket.create_server(settings.address),
        pytest.raises(ValueError, match=r"^can't listen on 127\.0\.0\.1:\d+: Address already in use$"),
    ):
        await serve(settings)


async def test_a_changed_permission_list_is_in_force_and_the_admins_are_told(
    settings: Settings, playground: Playground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "LOOK", 0.05)
    messages = playground.slack.workspace.messages

    def told() -> str:
        return " ".join(each.text for there in messages.values() for each in there.values() if each.by_app)

    async with served(settings):
        (tmp_path / "permissions.yml").write_text("version: 1\nrules: [nonsense")
        await until(lambda: "permissions.yml was not taken" in told())
        (tmp_path / "permissions.yml").write_text(PERMISSIONS + "# better\n")
        await until(lambda: "permissions.yml is in force: 1 rule" in told())


async def test_old_deliveries_are_forgotten(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "REMEMBERED", 0.0)
    async with made(settings) as parts:
        await parts.store.receive("old", operation="op", body={}, at=1.0)
        forgetting = asyncio.create_task(app._forget(parts.store))
        async with asyncio.timeout(5):
            while not await taken_anew(parts):
                await asyncio.sleep(0.01)
        forgetting.cancel()


async def taken_anew(parts: Parts) -> bool:
    return await parts.store.receive("old", operation="again", body={}, at=1.0) is not None
