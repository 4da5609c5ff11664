"""The migrations make what the tables say, and the number the code knows is the newest."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.store import database, tables
from bot.store.store import Pressable, Store, StoreError
from tests.store.conftest import KEY


def test_the_newest_migration_is_the_one_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [tables.REVISION]


async def test_the_migrations_make_exactly_the_tables(store: Store, url: str) -> None:
    with database.looking(url) as conn:
        context = MigrationContext.configure(conn, opts={"compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []


async def test_what_an_older_dockwarden_left_is_taken_over(url: str) -> None:
    """Its running operations have no bot, so they count as cut off; its buttons still work."""
    database.create_file(url)
    engine = database.connect(url)
    with database.writing(engine) as conn:
        config = Config(attributes={"connection": conn})
        config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
        command.upgrade(config, "0001")
        conn.execute(
            text(
                'INSERT INTO operations (id, team, "user", channel, verb, command, host, objects, state, started)'
                " VALUES ('01J', 'T1', 'U1', 'C1', 'stop', 'stop web', 'local', '[]', 'running', 5)"
            )
        )
        conn.execute(
            text(
                'INSERT INTO buttons (id, line, "full", team, channel, operation, made)'
                f" VALUES ('{'a' * 32}', 'ps', true, 'T1', 'C1', '', 5)"
            )
        )
    engine.dispose()
    store = await Store.open(url, KEY)
    await store.join()
    assert [each.id for each in await store.unfinished()] == ["01J"]
    assert await store.button("a" * 32) == Pressable("ps", True, "T1", "C1")
    await store.close()


async def test_a_newer_database_is_left_alone(store: Store, url: str) -> None:
    engine = database.connect(url)
    with database.writing(engine) as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer dockwarden"):
        await Store.open(url, KEY)
