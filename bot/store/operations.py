"""Operations: what was let through, and how far it came."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.store import instances, tables

_add = insert(tables.operations)
_abandoned = (
    select(tables.operations)
    .where(tables.operations.c.state == "running", ~instances.lives)
    .order_by(tables.operations.c.id)
)
_one = select(tables.operations).where(tables.operations.c.id == bindparam("operation"))
_settle = update(tables.operations).where(
    tables.operations.c.id == bindparam("operation"),
    tables.operations.c.state.in_(bindparam("open_states", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class Operation:
    """A plan that was let through.

    `team` and `user` are the requester; `thread` and `ts` the thread and the message that answers (`ts` may
    come later, see `Store.placed`); `command` the canonical line with secrets masked; `objects` what it falls
    on, each `{"kind": …, "id": …, "name": …}`; `state` `running` or an outcome; `started` UTC epoch seconds.
    """

    id: str
    team: str
    user: str
    channel: str
    verb: str
    command: str
    host: str
    objects: Sequence[Mapping[str, str]] = ()
    thread: str | None = None
    ts: str | None = None
    state: str = "running"
    started: float = field(default_factory=time.time)


def add(conn: Connection, operation: Operation, instance: str) -> None:
    """Add the row of a new operation that this bot runs."""
    objects = json.dumps(list(map(dict, operation.objects)))
    row = asdict(operation) | {"objects": objects, "instance": instance}
    conn.execute(_add, row)


def settle(conn: Connection, operation: str, outcome: str, at: float) -> Operation | None:
    """Set how an operation ended; None where that is settled already.

    Compare and swap: of two that settle one operation, one wins. `unknown` is no end: the truth, once found,
    may take its place.
    """
    open_states = ["running"] if outcome == "unknown" else ["running", "unknown"]
    given = {"operation": operation, "open_states": open_states, "state": outcome, "finished": at}
    if conn.execute(_settle, given).rowcount != 1:
        return None
    return _operation(conn.execute(_one, {"operation": operation}).one())


def place(conn: Connection, operation: str, channel: str, ts: str) -> None:
    """Note which message answers the operation."""
    table = tables.operations
    conn.execute(update(table).where(table.c.id == operation).values(channel=channel, ts=ts))


def abandoned(conn: Connection) -> list[Operation]:
    """Give the operations that have begun and not ended, and whose bot does not live, oldest first."""
    return [_operation(row) for row in conn.execute(_abandoned)]


def _operation(row: Row[Any]) -> Operation:
    values = dict(row._mapping)
    del values["finished"], values["instance"]
    return Operation(**values | {"objects": tuple(json.loads(values["objects"]))})
