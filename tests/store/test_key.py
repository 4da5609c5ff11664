"""The key of the chain: made once, for one reader, and never replaced behind a record's back."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.store import database, key
from bot.store.ids import ulid
from bot.store.store import Store, StoreError
from tests.store.conftest import KEY


def test_a_key_is_made_once_by_many_processes(tmp_path: Path) -> None:
    file = tmp_path / "bot.db.key"
    script = (
        "import pathlib, sys; from bot.store import key; print(key.make(pathlib.Path(sys.argv[1])).decode())"
    )
    command = [sys.executable, "-c", script, str(file)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    made = {process.communicate(timeout=50)[0].strip() for process in processes}

    assert made == {file.read_text().strip()}
    assert len(made.pop()) == 64
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_key_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bot.db.key"
    key.make(file)
    file.chmod(0o640)
    with pytest.raises(StoreError, match="chmod 600"):
        key.load(file)


def test_a_file_without_a_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bot.db.key"
    file.touch(0o600)
    with pytest.raises(StoreError, match="no audit key"):
        key.load(file)


def test_a_given_key_is_long_enough() -> None:
    assert key.given(" sixteen letters! \n") == b"sixteen letters!"
    with pytest.raises(StoreError, match="at least 16"):
        key.given("secret")


async def test_a_lost_key_is_not_replaced(sqlite_url: str, tmp_path: Path) -> None:
    store = await Store.open(sqlite_url)
    await store.append("note", "", {})
    await store.close()
    (tmp_path / "bot.db.key").unlink()

    with pytest.raises(StoreError, match="their key is missing"):
        await Store.open(sqlite_url)
    assert not (tmp_path / "bot.db.key").exists()


async def test_another_key_does_not_write_on(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url, KEY)
    await store.append("note", "", {})
    await store.close()
    with pytest.raises(StoreError, match="audit key is another"):
        await Store.open(sqlite_url, b"another key altogether")


def test_key_and_head_stand_beside_the_database() -> None:
    assert database.beside("sqlite:///dockwarden.db", "key") == Path("dockwarden.db.key")
    assert database.beside("sqlite:////var/lib/bot.db", "head") == Path("/var/lib/bot.db.head")
    assert database.beside("postgresql://db/bot", "key") == Path("dockwarden.key")


def test_ids_of_operations_stand_in_the_order_of_time() -> None:
    made = [ulid(at) for at in (0.0, 1.0, 1.001, 1_469_918_176.385, 4e9)]
    assert made == sorted(made)
    assert made[3].startswith("01ARYZ6S41")  # the specification's own example
    assert {len(one) for one in made} == {26}
    assert ulid(1.0) != ulid(1.0)
