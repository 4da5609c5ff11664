"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables; each is explained in `bot.store.tables`."""
    op.create_table(
        "records",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
        ),
        sa.Column("at", sa.Double, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("kind", "operation", "body", "previous", "mac")
        ),
    )
    op.create_table(
        "operations",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("team", "user", "channel")),
        sa.Column("thread", sa.Text),
        sa.Column("ts", sa.Text),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("verb", "command", "host", "objects", "state")
        ),
        sa.Column("started", sa.Double, nullable=False),
        sa.Column("finished", sa.Double),
        sa.Index("operations_state", "state"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
        sa.Index("deliveries_at", "at"),
    )
    op.create_table(
        "buttons",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("full", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("team", "channel", "operation")),
        sa.Column("made", sa.Double, nullable=False),
        sa.Index("buttons_made", "made"),
    )
    op.create_table(
        "pulse",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Double, nullable=False),
    )
