"""Puts the parts together: the one place where everything is made, started and closed."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
import uvicorn
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

from bot.blocks.reply import Button
from bot.commands.catalogue import COMMANDS
from bot.commands.desk import Desk
from bot.commands.reconcile import reconcile
from bot.commands.request import Request
from bot.gate.gate import Gate
from bot.health import Health, health_routes
from bot.hosts.file import load
from bot.hosts.hosts import Hosts
from bot.policy.permissions import Permissions
from bot.settings import Settings
from bot.slack import listeners
from bot.slack.app import slack_app
from bot.slack.calls import LaterError, UnclearError
from bot.slack.client import close, web_client
from bot.slack.http import routes
from bot.slack.lookup import answering, find
from bot.slack.notices import notify
from bot.slack.people import SlackPeople
from bot.slack.replies import KeepButtons, Replies
from bot.slack.socket import SocketMode
from bot.slack.work import Work
from bot.store import key
from bot.store.errors import StoreError
from bot.store.operations import Operation
from bot.store.store import Pressable, Store

log = structlog.get_logger()

# How often permissions.yml is looked at, how long a delivery is remembered, how long a stop waits: seconds.
LOOK = 1.0
REMEMBERED = 24 * 3600.0
GRACE = 30.0


class MissingSettingError(Exception):
    """The environment lacks something without which the bot can't start. The text says what."""


@dataclass(frozen=True)
class Parts:
    """What is made once and lives as long as the bot."""

    settings: Settings
    store: Store
    hosts: Hosts
    permissions: Permissions
    client: AsyncWebClient
    replies: Replies
    people: SlackPeople
    work: Work
    gate: Gate

    @property
    def desk(self) -> Desk:
        """Where requests are carried out."""
        return Desk(self.hosts, self.permissions, self.people, self.gate, COMMANDS)

    async def find_button(self, value: str, team: str, channel: str) -> tuple[str, bool] | None:
        """What a button asks for; None for one that was made for another place, or never."""
        found = await self.store.button(value)
        return (found.line, found.full) if found and (found.team, found.channel) == (team, channel) else None


@asynccontextmanager
async def made(settings: Settings) -> AsyncIterator[Parts]:
    """Make the parts, and close them in the opposite order."""
    if not settings.slack_bot_token:
        raise MissingSettingError("SLACK_BOT_TOKEN is missing: the bot's token, xoxb-…")
    async with AsyncExitStack() as stack:
        given = settings.audit_key and key.given(settings.audit_key.get_secret_value())
        store = await Store.open(settings.database_url, given or None)
        stack.push_async_callback(store.close)
        hosts = Hosts.from_file(load(settings.config))
        stack.push_async_callback(hosts.aclose)
        client = web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        stack.push_async_callback(close, client)
        people = SlackPeople(client)
        stack.push_async_callback(people.close)
        replies = Replies(client, _keeper(store))
        stack.push_async_callback(replies.close, GRACE)
        work = Work()
        stack.push_async_callback(work.finish, GRACE)
        permissions = Permissions(settings.config / "permissions.yml")
        yield Parts(settings, store, hosts, permissions, client, replies, people, work, Gate(store))


def _keeper(store: Store) -> KeepButtons:
    async def keep(buttons: Sequence[Button], request: Request) -> list[str]:
        kept = [Pressable(each.line, each.full, request.team, request.channel, "") for each in buttons]
        return await store.keep_buttons(kept)

    return keep


async def serve(settings: Settings) -> None:
    """Run the bot until it is told to stop. Raises MissingSettingError, StoreError or ValueError at the start."""
    async with made(settings) as parts:
        desk = listeners.Desk(parts.desk.handle, parts.find_button, parts.replies, parts.work)
        app = slack_app(parts.client, desk)
        server = _server(settings, Starlette(routes=_routes(parts, app)))
        async with (
            _running(_watch_permissions(parts)),
            _running(_forget(parts.store)),
            _listening(parts, app),
        ):
            parts.work.start(_reconcile(parts))
            log.info("dockwarden is up", address=settings.listen, socket_mode=bool(settings.slack_app_token))
            await server.serve()


def _routes(parts: Parts, app: AsyncApp) -> list[Route]:
    """The health pages, and Slack's own endpoint where there is no Socket Mode."""
    pages = health_routes(Health(parts.client, parts.store, parts.permissions))
    if parts.settings.slack_app_token:
        return pages
    secret = parts.settings.slack_signing_secret
    return pages + routes(app, secret.get_secret_value() if secret else None)


def _server(settings: Settings, pages: Starlette) -> uvicorn.Server:
    host, port = settings.address
    return uvicorn.Server(
        uvicorn.Config(pages, host=host, port=port, log_config=None, access_log=False, lifespan="off")
    )


@asynccontextmanager
async def _listening(parts: Parts, app: AsyncApp) -> AsyncIterator[None]:
    """Socket Mode, where there is an app token."""
    if not parts.settings.slack_app_token:
        yield
        return
    socket = SocketMode(app, parts.settings.slack_app_token.get_secret_value())
    socket.start()
    try:
        yield
    finally:
        await socket.close()


@asynccontextmanager
async def _running(chore: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """A chore that goes on in the background until the end."""
    task = asyncio.create_task(chore)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _watch_permissions(parts: Parts) -> None:
    """Take a changed permissions.yml, and tell the admins: whom the policy in force names."""
    if parts.permissions.problem:
        log.error("permissions.yml is not in force", problem=parts.permissions.problem)
    while True:
        await asyncio.sleep(LOOK)
        if change := parts.permissions.refresh():
            log.warning("permissions.yml changed", taken=change.taken, message=change.message)
            users, groups = parts.permissions.policy.admins
            parts.work.start(notify(parts.client, users, groups, change.message))


async def _forget(store: Store) -> None:
    """Drop deliveries that Slack will not repeat any more."""
    while True:
        with contextlib.suppress(StoreError):
            await store.forget(time.time() - REMEMBERED)
        await asyncio.sleep(REMEMBERED / 24)


async def _reconcile(parts: Parts) -> None:
    """Say of each operation that was cut off by a crash that its outcome is unknown, in its own message."""
    for operation in await parts.store.unfinished():
        reply = await reconcile(operation, parts.hosts, parts.gate)
        request = Request(
            delivery=f"reconcile:{operation.id}",
            source="message",
            team=operation.team,
            user=operation.user,
            channel=operation.channel,
            text=operation.command,
            received=operation.started,
            thread=operation.thread,
        )
        ts = operation.ts or await _posted(parts, operation)
        await parts.replies.resume(request, ts).post(reply)


async def _posted(parts: Parts, operation: Operation) -> str | None:
    """The ts of the operation's message, where the bot was killed between posting it and noting it."""
    try:
        return await find(
            parts.client, operation.channel, operation.thread, operation.started, answering(operation.id)
        )
    except (LaterError, UnclearError) as failure:
        log.warning("a message was not looked for", operation=operation.id, reason=repr(failure))
        return None
