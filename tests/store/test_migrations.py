"""The migrations make what the tables say, and the number the code knows is the newest."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.store import database, tables
from bot.store.store import Store, StoreError
from tests.store.conftest import KEY


def test_the_newest_migration_is_the_one_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [tables.REVISION]


async def test_the_migrations_make_exactly_the_tables(store: Store, url: str) -> None:
    with database.looking(url) as conn:
        context = MigrationContext.configure(conn, opts={"compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []


async def test_a_newer_database_is_left_alone(store: Store, url: str) -> None:
    engine = database.connect(url)
    with database.writing(engine) as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer dockwarden"):
        await Store.open(url, KEY)
