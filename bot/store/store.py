"""The store, for asyncio: every call is one whole transaction, run by one hop into one thread."""

import asyncio
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from bot.store import buttons, chain, database, head, instances, key, ledger, operations, tables
from bot.store.buttons import Pressable
from bot.store.chain import START, Entry, Kind, Mark, Record
from bot.store.errors import StoreError
from bot.store.ids import opaque
from bot.store.ledger import Wanted
from bot.store.operations import Operation

__all__ = ["Operation", "Pressable", "Record", "Store", "StoreError", "Wanted"]

# How much longer than a delivery a button is remembered, seconds.
BUTTON_LIFE = 30 * 24 * 3600.0

_CLAIMED = select(tables.deliveries.c.id).where(tables.deliveries.c.id == bindparam("delivery"))
_CLAIM = insert(tables.deliveries)

Body = Mapping[str, Any]
T = TypeVar("T")


class Store:
    """What outlives a restart. Made by `Store.open`.

    Every method raises StoreError where the database can't do it (full, read-only, locked, away); then
    nothing was written (or, where a server's line broke at the very commit, all of it). A task that is
    cancelled while it waits can't take back what the thread writes.
    Bodies are JSON objects; by convention they name `user`, `verb` and `host` (or `hosts`), by which the
    record is searched. They are stored as given: secrets are masked before.
    """

    def __init__(
        self, engine: Engine, secret: bytes, head_file: Path, known: Mark, lock_file: Path | None
    ) -> None:
        self._engine = engine
        self._key = secret
        self._head_file = head_file
        self._known = known
        self._thread = ThreadPoolExecutor(1, "store")
        self._instance = opaque()
        self._lock_file = lock_file
        self._lock: int | None = None
        self._heard: float | None = None  # when this bot's last beat was written (`time.monotonic`)
        self._waits_until = 0.0

    @classmethod
    async def open(cls, url: str, audit_key: bytes | None = None) -> Self:
        """Open the database, its tables brought up to date, its end checked against key and kept head.

        `url` is `sqlite:///PATH` or `postgresql://…`. Without a key, the one in the file beside the database
        is used, and made for a new record. StoreError where the record was cut or the key is another.
        """
        return await asyncio.to_thread(cls._open, url, audit_key)

    @classmethod
    def _open(cls, url: str, audit_key: bytes | None) -> Self:
        database.create_file(url)
        engine = database.connect(url)
        try:
            database.bring_up_to_date(engine)
            head_file = database.beside(url, "head")
            kept = head.load(head_file)  # first: what others append from here on is seen below
            with database.reading(engine) as conn:
                secret = audit_key or _key(conn, database.beside(url, "key"))
                known = _sound_end(conn, secret, kept, head_file)
        except BaseException:
            engine.dispose()
            raise
        lock_file = database.beside(url, "lock") if engine.dialect.name == "sqlite" else None
        return cls(engine, secret, head_file, known, lock_file)

    async def close(self) -> None:
        """Finish what was begun and close the database; a bot that had joined has left."""

        def close() -> None:
            if self._heard is not None:
                with suppress(StoreError):  # then its beat grows old
                    self._write(lambda conn: instances.leave(conn, self._instance))
            if self._lock is not None:
                os.close(self._lock)
            self._engine.dispose()

        await self._hop(close)
        self._thread.shutdown()

    async def join(self) -> None:
        """Become one of the bots that live; say so again by `beat`, every `instances.BEAT` seconds.

        On SQLite, whoever is alone on the database thereby declares all earlier bots dead.
        """

        def join() -> None:
            if self._lock_file:
                self._lock, alone = instances.lock(self._lock_file)
                if alone:
                    self._write(instances.leave_all)
                    instances.share(self._lock)
            self._beat()

        await self._hop(join)

    async def beat(self) -> None:
        """Say that this bot lives."""
        await self._hop(self._beat)

    def _beat(self) -> None:
        self._write(lambda conn: instances.beat(conn, self._instance))
        now = time.monotonic()
        if (
            self._heard is not None and now - self._heard > instances.SILENT
        ):  # the database was away: let the others speak first
            self._waits_until = now + instances.SILENT
        self._heard = now

    async def writable(self) -> None:
        """Write something and return; raises StoreError with the reason where that fails (for `/readyz`)."""

        def beat(conn: Connection) -> None:
            if conn.execute(update(tables.pulse).values(at=time.time())).rowcount == 0:
                conn.execute(insert(tables.pulse).values(id=1, at=time.time()))

        def check() -> None:
            self._write(beat)
            if self._known != START:
                head.save(self._head_file, self._known)

        await self._hop(check)

    async def receive(self, delivery: str, *, operation: str, body: Body, at: float) -> Mark | None:
        """Claim a delivery and append its `request` record, both or neither.

        None where this delivery was claimed before, by whichever process, also before a restart.
        """

        def claim(conn: Connection) -> Mark | None:
            if conn.execute(_CLAIMED, {"delivery": delivery}).one_or_none():
                return None
            conn.execute(_CLAIM, {"id": delivery, "at": at})
            return self._append(conn, Entry(at, "request", operation, body))

        return await self._mark(claim)

    async def append(self, kind: Kind, operation: str, body: Body, at: float | None = None) -> Mark:
        """Append a record to the chain."""
        entry = Entry(time.time() if at is None else at, kind, operation, body)
        return await self._mark(lambda conn: self._append(conn, entry))

    async def begin(self, operation: Operation, body: Body) -> Mark:
        """Add a running operation and its `intent` record, both or neither: before the daemon is asked.

        The record says what the operation says, and `body` besides. StoreError where the id was used before.
        """

        def begin(conn: Connection) -> Mark:
            operations.add(conn, operation, self._instance)
            whole = {**_told(operation), "objects": list(map(dict, operation.objects)), **body}
            return self._append(conn, Entry(operation.started, "intent", operation.id, whole))

        return await self._mark(begin)

    async def finish(self, operation: str, outcome: str, body: Body) -> Mark | None:
        """Set an operation's outcome and append its `outcome` record, both or neither.

        None where it has an outcome already, or was never begun. `unknown` can still be followed by another.
        """

        def finish(conn: Connection) -> Mark | None:
            settled = operations.settle(conn, operation, outcome, now := time.time())
            if settled is None:
                return None
            whole = {**_told(settled), "outcome": outcome, **body}
            return self._append(conn, Entry(now, "outcome", operation, whole))

        return await self._mark(finish)

    async def placed(self, operation: str, channel: str, ts: str) -> None:
        """Note which message answers an operation."""
        await self._hop(self._write, lambda conn: operations.place(conn, operation, channel, ts))

    async def unfinished(self) -> list[Operation]:
        """Give the operations that began, have no outcome, and whose bot does not live, oldest first.

        A bot lives from `join` on, as long as its beat is heard. None are given for a while where this one
        could not be heard itself: then the others may not have been heard for the same reason.
        """
        if time.monotonic() < self._waits_until:
            return []
        return await self._hop(self._read, operations.abandoned)

    async def keep_buttons(self, pressables: Sequence[Pressable]) -> list[str]:
        """Keep what buttons ask for; gives an opaque id (32 hex digits) for each, in the same order."""
        return await self._hop(self._write, lambda conn: buttons.keep(conn, pressables))

    async def button(self, button: str) -> Pressable | None:
        """Give what a button asks for; None for an id that is not ours, or too old."""
        return await self._hop(self._read, lambda conn: buttons.find(conn, button))

    async def forget(self, before: float) -> None:
        """Drop what is older than `before` (UTC epoch seconds): deliveries, dead bots; buttons 30 days later.

        Records stay.
        """

        def forget(conn: Connection) -> None:
            conn.execute(delete(tables.deliveries).where(tables.deliveries.c.at < before))
            conn.execute(delete(tables.buttons).where(tables.buttons.c.made < before - BUTTON_LIFE))
            instances.forget(conn, before)

        await self._hop(self._write, forget)

    async def records(self, wanted: Wanted | None = None, limit: int = 1000) -> list[Record]:
        """Give the first `limit` wanted records, in order; go on with `Wanted(after=records[-1].seq)`."""

        return await self._hop(self._read, lambda conn: list(ledger.read(conn, wanted, limit=limit)))

    async def _hop(self, work: Callable[..., T], *args: Any) -> T:
        try:
            waiting = asyncio.get_running_loop().run_in_executor(self._thread, work, *args)
        except RuntimeError as error:  # what the executor says after its shutdown
            raise StoreError("the store is closed") from error
        return await waiting

    async def _mark(self, work: Callable[[Connection], T]) -> T:
        return await self._hop(self._write_and_keep_head, work)

    def _read(self, work: Callable[[Connection], T]) -> T:
        with database.reading(self._engine) as conn:
            return work(conn)

    def _write(self, work: Callable[[Connection], T]) -> T:
        with database.writing(self._engine) as conn:
            return work(conn)

    def _write_and_keep_head(self, work: Callable[[Connection], T]) -> T:
        result = self._write(work)
        if isinstance(result, Mark):
            self._known = result
            with suppress(StoreError):  # the record itself is safe; `writable` tells that its head is not
                head.save(self._head_file, result)
        return result

    def _append(self, conn: Connection, entry: Entry) -> Mark:
        return ledger.append(conn, self._key, self._known, entry)


def _told(operation: Operation) -> dict[str, Any]:
    """What every record of an operation says of it."""
    return {name: getattr(operation, name) for name in ("team", "user", "channel", "verb", "command", "host")}


def _key(conn: Connection, path: Path) -> bytes:
    found = key.load(path)
    if found is None and ledger.last(conn):
        raise StoreError(
            f"there are records, but their key is missing: put {path} back, or give DOCKWARDEN_AUDIT_KEY"
        )
    return found or key.make(path)


def _sound_end(conn: Connection, secret: bytes, kept: Mark, head_file: Path) -> Mark:
    """Check the chain's end, which is quick; `dockwarden audit verify` checks all of it."""
    newest = ledger.last(conn)
    if newest and newest.mac != chain.sign(newest, secret):
        raise StoreError(f"audit record {newest.seq} was edited, or the audit key is another")
    there = ledger.at(conn, kept.seq)
    if kept != START and (there is None or there.mac != kept.hash):
        raise StoreError(
            f"the audit chain was cut or an old copy put back: record {kept.seq} is not as "
            f"{head_file} has it. If that was you, remove that file"
        )
    return newest.mark if newest else START
