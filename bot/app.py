"""Puts the parts together: the one place where everything is made, started and closed."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

from bot.blocks.reply import Button, Reply
from bot.commands.catalogue import COMMANDS
from bot.commands.desk import Desk
from bot.commands.reconcile import by_request, reconcile, request_id
from bot.commands.request import Request
from bot.gate.gate import Gate
from bot.health import Health, health_routes
from bot.hosts.file import load
from bot.hosts.hosts import Hosts
from bot.policy.permissions import Permissions
from bot.server import listen, serving
from bot.settings import Settings
from bot.slack import listeners
from bot.slack.app import slack_app
from bot.slack.calls import LaterError, UnclearError
from bot.slack.client import close, web_client
from bot.slack.health import check_tokens
from bot.slack.http import routes
from bot.slack.lookup import answering, find
from bot.slack.notices import notify
from bot.slack.people import SlackPeople
from bot.slack.replies import KeepButtons, Replies
from bot.slack.socket import SocketMode
from bot.slack.work import Work
from bot.store import key
from bot.store.errors import StoreError
from bot.store.instances import BEAT
from bot.store.operations import Operation
from bot.store.store import Pressable, Store

log = structlog.get_logger()

# Seconds: how often permissions.yml is looked at, and what dead bots left; how long a delivery is remembered;
# how long a stop waits for the work under way, and then for its answers.
LOOK = 1.0
SWEEP = 30.0
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
        await store.join()
        await stack.enter_async_context(_running(_beat(store)))
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
        kept = [Pressable(each.line, each.full, request.team, request.channel) for each in buttons]
        return await store.keep_buttons(kept)

    return keep


async def serve(settings: Settings, stop: asyncio.Event | None = None) -> None:
    """Run the bot until `stop` is set; then stop listening, end what is under way, and close everything.

    Raises MissingSettingError, HostsFileError, StoreError, TokenError or ValueError at the start.
    """
    stop = stop or asyncio.Event()
    async with made(settings) as parts:
        desk = listeners.Desk(parts.desk.handle, parts.find_button, parts.replies, parts.work)
        app = slack_app(parts.client, desk)
        token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
        endpoint = [] if token else _endpoint(settings, app)
        with contextlib.closing(listen(settings.address)) as listener:
            address = await check_tokens(parts.client, token)
            line = SocketMode(app, token) if token else None
            health = Health(parts.client, parts.store, parts.permissions, line)
            pages = Starlette(routes=[*health_routes(health), *endpoint])
            async with (
                _running(_watch_permissions(parts)),
                _running(_forget(parts.store)),
                _running(_sweep(parts)),
                serving(pages, listener) as ended,
                _connected(line, address),
            ):
                log.info("dockwarden is up", address=settings.listen, socket_mode=bool(line))
                await _first(ended, stop)
        log.info("dockwarden is stopping", under_way=len(parts.work))


def _endpoint(settings: Settings, app: AsyncApp) -> list[Route]:
    """Slack's own endpoint, where there is no Socket Mode."""
    secret = settings.slack_signing_secret
    return routes(app, secret.get_secret_value() if secret else None)


@asynccontextmanager
async def _connected(line: SocketMode | None, address: str | None) -> AsyncIterator[None]:
    """Socket Mode, where there is an app token."""
    if line is None:
        yield
        return
    line.start(address)
    try:
        yield
    finally:
        await line.close()


async def _first(ended: "asyncio.Task[None]", stop: asyncio.Event) -> None:
    """Wait until the server has ended or is to."""
    asked = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({ended, asked}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        asked.cancel()


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


async def _beat(store: Store) -> None:
    """Say again and again that this bot lives."""
    while True:
        await asyncio.sleep(BEAT)
        with contextlib.suppress(StoreError):
            await store.beat()


async def _sweep(parts: Parts) -> None:
    """At the start and then now and then: take over what a dead bot left, this one's earlier run or another."""
    while True:
        # A stop ends the waiting, not what is begun: what is recorded as unknown is also said.
        await asyncio.shield(parts.work.start(_reconcile(parts)))
        await asyncio.sleep(SWEEP)


async def _reconcile(parts: Parts) -> None:
    """Say of each operation that was cut off by a crash that its outcome is unknown, in its own message."""
    try:
        for operations in by_request(await parts.store.unfinished()):
            if reply := await reconcile(operations, parts.hosts, parts.gate):
                await _say(parts, operations[0], reply)
    except StoreError as error:
        log.warning("what was cut off could not be looked for", reason=str(error))
    except Exception:
        log.exception("what was cut off could not be told")


async def _say(parts: Parts, operation: Operation, reply: Reply) -> None:
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
            parts.client,
            operation.channel,
            operation.thread,
            operation.started,
            answering(request_id(operation)),
        )
    except (LaterError, UnclearError) as failure:
        log.warning("a message was not looked for", operation=operation.id, reason=repr(failure))
        return None
