"""`.env` in the working directory: every command reads it, and the environment is stronger."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

GOOD = 'version: 1\nrules: []\ntests: [{as: U0DAVE, in: C0INC, run: "stop web", on: local, expect: deny}]\n'
HOSTS = """\
hosts: {local: {url: "unix:///nowhere.sock"}}
registries: {registry.acme.example: {username: bot, password_env: ACME_PASSWORD}}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment as it was, without ours, and given back."""
    monkeypatch.chdir(tmp_path)
    kept = {name: each for name, each in os.environ.items() if not name.startswith(("DOCKWARDEN", "SLACK"))}
    with mock.patch.dict(os.environ, kept, clear=True):
        yield


def config(folder: str, permissions: str = GOOD) -> None:
    Path(folder).mkdir()
    Path(folder, "permissions.yml").write_text(permissions)
    Path(folder, "hosts.yml").write_text(HOSTS)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_policy_looks_where_it_says() -> None:
    config("elsewhere")
    assert run("policy", "test").exit_code == 1
    Path(".env").write_text("DOCKWARDEN_CONFIG=elsewhere\n")
    assert run("policy", "test").output == "1 passed, 0 failed\n"


def test_hosts_takes_a_registrys_password_from_it() -> None:
    config("config")
    assert "ACME_PASSWORD holds no password" in run("hosts").output
    Path(".env").write_text("ACME_PASSWORD=hunter2\n")
    assert run("hosts").output.startswith("FAIL local unix:///nowhere.sock")


def test_audit_reads_the_database_it_names() -> None:
    Path(".env").write_text("DOCKWARDEN_DATABASE_URL=sqlite:///other.db\n")
    assert "no file other.db" in run("audit", "list").output


def test_the_environment_is_stronger() -> None:
    Path(".env").write_text("DOCKWARDEN_DATABASE_URL=sqlite:///other.db\n")
    os.environ["DOCKWARDEN_DATABASE_URL"] = "sqlite:///this.db"
    assert "no file this.db" in run("audit", "list").output
