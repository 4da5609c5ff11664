"""Alive, ready, measured."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import httpx
import pytest
from starlette.applications import Starlette

from bot.health import Health, health_routes
from bot.playground.faults import Fault
from bot.playground.server import Playground
from bot.policy.permissions import Permissions
from bot.slack.app import slack_app
from bot.slack.client import close, web_client
from bot.slack.listeners import Desk
from bot.slack.replies import Replies
from bot.slack.socket import SocketMode
from bot.slack.work import Work
from bot.store.errors import StoreError
from bot.store.store import Store


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(should_escape=False) as started:
        yield started


@pytest.fixture
async def health(playground: Playground, tmp_path: Path) -> AsyncIterator[Health]:
    (tmp_path / "permissions.yml").write_text("version: 1\nrules: []\n")
    client = web_client("xoxb-playground", playground.api_url)
    store = await Store.open(f"sqlite:///{tmp_path}/bot.db", b"key")
    yield Health(client, store, Permissions(tmp_path / "permissions.yml"))
    await store.close()
    await close(client)


async def get(health: Health, path: str) -> httpx.Response:
    app = Starlette(routes=health_routes(health))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        return await client.get(path)


async def test_all_is_well(health: Health) -> None:
    answer = await get(health, "/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "missing": {}, "warnings": {}})


async def test_slack_refuses(health: Health, playground: Playground) -> None:
    playground.slack.faults.add(Fault("auth.test", error="account_inactive"))
    answer = await get(health, "/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "missing": {"slack": "Slack refuses the bot's token: account_inactive"},
        "warnings": {},
    }


async def test_the_store_can_not_be_written(health: Health) -> None:
    with mock.patch.object(Store, "writable", side_effect=StoreError("the disk is full")):
        answer = await get(health, "/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, {"store": "the disk is full"})


async def test_a_closed_store_is_no_500(health: Health, tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/other.db", b"key")
    await store.close()
    answer = await get(Health(health.client, store, health.permissions), "/readyz")
    assert answer.status_code == 503
    assert "store" in answer.json()["missing"]


async def test_a_broken_permission_list_is_a_warning_where_the_last_good_one_is_in_force(
    health: Health,
) -> None:
    health.permissions.path.write_text("version: 1\nrules: [")
    health.permissions.refresh()
    answer = await get(health, "/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (200, {})
    assert answer.json()["warnings"]["policy"] == health.permissions.problem


async def test_without_any_good_permission_list_the_bot_is_not_ready(health: Health, tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text("version: 1\nrules: [")
    answer = await get(replace(health, permissions=Permissions(tmp_path / "other.yml")), "/readyz")
    assert answer.status_code == 503
    assert list(answer.json()["missing"]) == ["policy"]
    assert answer.json()["warnings"] == {}


async def test_socket_mode_that_is_not_connected(health: Health) -> None:
    async def nothing(*_: object) -> None:
        """No request comes."""

    app = slack_app(health.client, Desk(nothing, nothing, Replies(health.client, nothing), Work()))  # type: ignore[arg-type]  # never called
    line = SocketMode(app, "xapp-playground")
    connecting = replace(health, socket=line)
    answer = await get(connecting, "/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, {"slack": "Socket Mode is not connected"})
    line.start()
    async with asyncio.timeout(5):
        while not await line.connected():
            await asyncio.sleep(0.01)
    assert (await get(connecting, "/readyz")).status_code == 200
    await line.close()
    assert (await get(connecting, "/readyz")).status_code == 503


async def test_alive_whatever_is_missing(health: Health, playground: Playground) -> None:
    playground.slack.faults.add(Fault("auth.test", error="account_inactive"))
    health.permissions.path.unlink()
    answer = await get(health, "/healthz")
    assert (answer.status_code, answer.text) == (200, "alive\n")


async def test_metrics_are_prometheus_text(health: Health) -> None:
    answer = await get(health, "/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert "# TYPE " in answer.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_pages_are_only_read(health: Health, path: str) -> None:
    app = Starlette(routes=health_routes(health))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        assert (await client.post(path)).status_code == 405
