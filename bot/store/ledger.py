"""The audit chain in its table: adding at its end, and reading it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, insert, select, text

from bot.store import chain, tables
from bot.store.chain import Entry, Mark, Record
from bot.store.errors import StoreError

# Any fixed number: whoever appends on PostgreSQL holds the advisory lock of this one.
APPEND_LOCK = 0x646F636B

PAGE = 2000

# Statements are made once: SQLAlchemy takes longer to make one than SQLite to run it.
_columns = select(*tables.records.c)
_last = _columns.order_by(tables.records.c.seq.desc()).limit(1)
_add = insert(tables.records)
_names = tables.records.c.keys()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records: all that agree with what is given. Times are UTC epoch seconds, `until` excluded.

    `user`, `verb` and `host` are compared with the body's `user`, `verb` and `host` (or `hosts`).
    """

    after: int = 0
    since: float | None = None
    until: float | None = None
    kind: str | None = None
    user: str | None = None
    verb: str | None = None
    host: str | None = None

    def fits(self, record: Record) -> bool:
        """Whether the record is wanted, as far as its body tells."""
        if self.user is self.verb is self.host is None:
            return True
        body = record.body
        return (
            (self.user is None or body.get("user") == self.user)
            and (self.verb is None or body.get("verb") == self.verb)
            and (self.host is None or self.host in record.hosts)
        )


def lock(conn: Connection) -> None:
    """Let one writer in at a time. SQLite does so from BEGIN IMMEDIATE on, PostgreSQL is asked to."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": APPEND_LOCK})


def last(conn: Connection) -> Record | None:
    """Give the newest record."""
    row = conn.execute(_last).one_or_none()
    return Record(*row) if row else None


def at(conn: Connection, seq: int) -> Record | None:
    """Give the record of that number."""
    row = conn.execute(_columns.where(tables.records.c.seq == seq)).one_or_none()
    return Record(*row) if row else None


def append(conn: Connection, key: bytes, known: Mark, entry: Entry) -> Mark:
    """Add a record at the end of the chain, inside a locked transaction.

    `known` is the newest mark seen so far: a chain that ends before it was cut, and is not written on.
    """
    newest = last(conn)
    end = newest.mark if newest else chain.START
    if end.seq < known.seq or (end.seq == known.seq and end.hash != known.hash):
        raise StoreError(f"the audit chain ends at record {end.seq}, but record {known.seq} was there before")
    record = chain.seal(key, end, entry)
    conn.execute(_add, dict(zip(_names, record, strict=True)))
    return record.mark


def read(
    conn: Connection, wanted: Wanted | None = None, *, newest_first: bool = False, limit: int | None = None
) -> Iterator[Record]:
    """Read the first `limit` wanted records (all, where None) one by one, holding no more than a page."""
    wanted = wanted or Wanted()
    seq = tables.records.c.seq
    query = _narrow(wanted).order_by(seq.desc() if newest_first else seq)
    with conn.execution_options(yield_per=PAGE).execute(query) as rows:
        yield from islice(filter(wanted.fits, (Record(*row) for row in rows)), limit)


def _narrow(wanted: Wanted) -> Select[Any]:
    table = tables.records
    query = _columns.where(table.c.seq > wanted.after)
    if wanted.since is not None:
        query = query.where(table.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(table.c.at < wanted.until)
    if wanted.kind is not None:
        query = query.where(table.c.kind == wanted.kind)
    return query
