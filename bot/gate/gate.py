"""The gate: the only place that hands out a host's daemon. Intent is recorded before, outcome after.

What changes something is not done when the record can't be written. A read may go on without it: nothing is
lost by looking, and during an incident looking matters most.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from time import time
from typing import Any

import structlog
from prometheus_client import Counter, Histogram

from bot.blocks.reply import Outcome, Reply
from bot.engine.daemon import Daemon
from bot.engine.errors import EngineError, Unknown
from bot.gate.plan import Plan
from bot.grammar.secrets import mask
from bot.hosts.hosts import Host
from bot.policy.terms import Person
from bot.store.chain import Kind, Mark
from bot.store.errors import StoreError
from bot.store.operations import Operation
from bot.store.store import Store

log = structlog.get_logger()

ENDED = Counter(
    "dockwarden_operations", "Plans that were run, by how they ended", ["verb", "host", "outcome"]
)
TOOK = Histogram("dockwarden_operation_seconds", "From the intent to the outcome", ["verb"])
DENIED = Counter("dockwarden_denied", "Requests that were not allowed")


@dataclass(frozen=True)
class Asked:
    """An operation about to run: its id, who asked, and where the answer goes."""

    operation: str
    person: Person
    channel: str
    thread: str | None
    rule: str


@dataclass(frozen=True)
class Ended:
    """How a plan ended: the reply or the engine's error, and the mark of its record.

    `mark` is None where the outcome could not be recorded.
    """

    result: Reply | EngineError
    mark: Mark | None


class NotRecorded(Exception):  # noqa: N818  # an outcome, by name
    """The intent could not be written, so nothing was done. The text says why."""


class Gate:
    """Runs admitted plans."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def receive(self, delivery: str, operation: str, body: Mapping[str, Any]) -> bool:
        """Record a request. False where this delivery was seen before, by any process, at any time.

        Raises StoreError where it could not be written.
        """
        mark = await self._store.receive(delivery, operation=operation, body=body, at=time())
        return mark is not None

    async def placed(self, operation: str, channel: str, ts: str) -> None:
        """Note which message answers an operation, so that it can be mended after a crash."""
        try:
            await self._store.placed(operation, channel, ts)
        except StoreError as error:
            log.error("message not noted", operation=operation, reason=str(error))

    async def deny(self, operation: str, body: Mapping[str, Any]) -> Mark | None:
        """Record a denial; None where the record could not be written."""
        DENIED.inc()
        return await self._note("denied", operation, body)

    async def answered(self, operation: str, body: Mapping[str, Any]) -> Mark | None:
        """Record the outcome of a request that asked no daemon."""
        return await self._note("outcome", operation, body)

    async def run(
        self, asked: Asked, plan: Plan, host: Host, work: Callable[[Daemon], Awaitable[Reply]]
    ) -> Ended:
        """Record the intent, hand the daemon to `work`, record the outcome.

        Raises NotRecorded (nothing was done). The engine's errors end up in the result; any other exception is
        recorded as `unknown` for what changes something, and raised again.
        """
        if plan.changes:
            await self._intend(asked, plan)
        try:
            with TOOK.labels(plan.line.grammar.name).time():
                reply = await work(host.daemon)
        except EngineError as error:
            outcome: Outcome = "unknown" if plan.changes and isinstance(error, Unknown) else "failed"
            return Ended(error, await self._finish(asked, plan, outcome, str(error)))
        except Exception as error:
            await self._finish(asked, plan, "unknown" if plan.changes else "failed", repr(error))
            raise
        return Ended(reply, await self._finish(asked, plan, reply.outcome, reply.text, reply.objects))

    async def unknown(self, operation: Operation, text: str) -> Mark | None:
        """Record that what was begun before a crash has an unknown outcome."""
        return await self._settle(operation.id, "unknown", {"text": text})

    async def _intend(self, asked: Asked, plan: Plan) -> None:
        operation = Operation(
            id=asked.operation,
            team=asked.person.team,
            user=asked.person.user,
            channel=asked.channel,
            thread=asked.thread,
            verb=plan.line.grammar.name,
            command=plan.line.shown,
            host=plan.host,
            objects=objects(plan),
        )
        try:
            await self._store.begin(operation, {"rule": asked.rule, "verbs": list(plan.verbs)})
        except StoreError as error:
            raise NotRecorded(str(error)) from error

    async def _finish(
        self, asked: Asked, plan: Plan, outcome: Outcome, text: str, made: Sequence[str] = ()
    ) -> Mark | None:
        ENDED.labels(plan.line.grammar.name, plan.host, outcome).inc()
        body = {
            "host": plan.host,
            "verb": plan.line.grammar.name,
            "rule": asked.rule,
            "text": mask(text),
            "made": list(made),
        }
        if not plan.changes:
            return await self._note("outcome", asked.operation, {**body, "outcome": outcome})
        return await self._settle(asked.operation, outcome, body)

    async def _settle(self, operation: str, outcome: Outcome, body: Mapping[str, Any]) -> Mark | None:
        try:
            return await self._store.finish(operation, outcome, body)
        except StoreError as error:
            log.error("outcome not recorded", operation=operation, reason=str(error))
            return None

    async def _note(self, kind: Kind, operation: str, body: Mapping[str, Any]) -> Mark | None:
        try:
            return await self._store.append(kind, operation, body)
        except StoreError as error:
            log.error("not recorded", kind=kind, operation=operation, reason=str(error))
            return None


def objects(plan: Plan) -> list[dict[str, str]]:
    """The plan's targets as the record keeps them."""
    return [
        {"kind": target.kind, "id": target.id, "name": target.names[0] if target.names else target.id[:12]}
        for target in plan.targets
    ]
