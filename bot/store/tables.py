"""The tables. A change here needs a migration and its number below; a test compares the two."""

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, MetaData, Table, Text

# The newest migration: where a database names it, alembic need not be loaded at all.
REVISION = "0002"

metadata = MetaData()

records = Table(
    "records",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Double, nullable=False),
    Column("kind", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("mac", Text, nullable=False),
)

operations = Table(
    "operations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("team", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("thread", Text),
    Column("ts", Text),
    Column("verb", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("objects", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("started", Double, nullable=False),
    Column("finished", Double),
    Column("instance", Text),
    Index("operations_state", "state"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Double, nullable=False),
    Index("deliveries_at", "at"),
)

buttons = Table(
    "buttons",
    metadata,
    Column("id", Text, primary_key=True),
    Column("line", Text, nullable=False),
    Column("full", Boolean, nullable=False),
    Column("team", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("made", Double, nullable=False),
    Index("buttons_made", "made"),
)

# The bots that live, and when each was last heard of: see `bot.store.instances`.
instances = Table(
    "instances",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Double, nullable=False),
)

# One row that a readiness check really writes: a full disk shows in nothing less.
pulse = Table(
    "pulse",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Double, nullable=False),
)
