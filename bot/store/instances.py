"""Which bots live: so that a start, or another bot, takes over what a dead one left and nothing else.

Each running bot writes a beat into its row every BEAT seconds; whoever has written none for SILENT seconds, or
has no row, counts as dead. The times are the database's own, so that several machines' clocks don't matter.

On SQLite nobody waits so long after a crash: every bot holds a shared lock on a file beside the database, which
the kernel takes away when the process ends, however it ends. Whoever gets that lock for itself alone knows that
no other bot lives, and removes their rows at once.
"""

import fcntl
import os
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, exists, extract, func, insert, update

from bot.store import tables
from bot.store.errors import plainly

BEAT = 10.0  # seconds between two beats
SILENT = 45.0  # seconds without one, after which a bot counts as dead

_table = tables.instances
_now = extract("epoch", func.now())
_again = update(_table).where(_table.c.id == bindparam("instance")).values(at=_now)
_first = insert(_table).values(id=bindparam("instance"), at=_now)

# Holds for an operation whose bot lives.
lives = exists().where(_table.c.id == tables.operations.c.instance, _table.c.at > _now - SILENT)


def beat(conn: Connection, instance: str) -> None:
    """Note that this bot lives now."""
    if conn.execute(_again, {"instance": instance}).rowcount == 0:
        conn.execute(_first, {"instance": instance})


def leave(conn: Connection, instance: str) -> None:
    """Note that this bot ends."""
    conn.execute(delete(_table).where(_table.c.id == instance))


def leave_all(conn: Connection) -> None:
    """Note that no bot lives."""
    conn.execute(delete(_table))


def forget(conn: Connection, before: float) -> None:
    """Drop the rows of bots that were last heard of before then (UTC epoch seconds)."""
    conn.execute(delete(_table).where(_table.c.at < before))


def lock(path: Path) -> tuple[int, bool]:
    """Lock the file until its descriptor, which is given, is closed; and whether nobody else had it.

    Alone it is held exclusively until `share`; a bot that starts meanwhile waits here. Raises StoreError.
    """
    with plainly():
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            share(descriptor)
            return descriptor, False
        return descriptor, True


def share(descriptor: int) -> None:
    """Let other bots in."""
    fcntl.flock(descriptor, fcntl.LOCK_SH)
