"""Which bot runs an operation, and which bots live; a button's operation, which nobody asked for, is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Operations that were begun before have no bot: it counts as dead."""
    op.create_table(
        "instances",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.add_column("operations", sa.Column("instance", sa.Text))
    op.drop_column("buttons", "operation")
