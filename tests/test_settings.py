"""The environment, by the names that are promised."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings

NAMES = {
    "SLACK_BOT_TOKEN": "xoxb-secret-1",
    "SLACK_SIGNING_SECRET": "secret-2",
    "SLACK_APP_TOKEN": "xapp-secret-3",
    "SLACK_API_URL": "http://127.0.0.1:3100/api/",
    "DOCKWARDEN_CONFIG": "/etc/dockwarden",
    "DOCKWARDEN_LISTEN": "0.0.0.0:8080",
    "DOCKWARDEN_DATABASE_URL": "postgresql://bot@db/dockwarden",
    "DOCKWARDEN_AUDIT_KEY": "secret-4-of-the-chain",
    "DOCKWARDEN_LOG_FORMAT": "json",
}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this machine's environment, and no .env."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_every_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NAMES.items():
        monkeypatch.setenv(name, value)
    found = Settings()
    assert found.slack_bot_token and found.slack_bot_token.get_secret_value() == "xoxb-secret-1"
    assert found.slack_signing_secret and found.slack_signing_secret.get_secret_value() == "secret-2"
    assert found.slack_app_token and found.slack_app_token.get_secret_value() == "xapp-secret-3"
    assert found.audit_key and found.audit_key.get_secret_value() == "secret-4-of-the-chain"
    assert found.slack_api_url == "http://127.0.0.1:3100/api/"
    assert found.config == Path("/etc/dockwarden")
    assert found.address == ("0.0.0.0", 8080)
    assert found.database_url == "postgresql://bot@db/dockwarden"
    assert found.log_format == "json"


def test_no_setting_is_without_a_name_here(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(Settings.model_fields) == len(NAMES)


def test_without_any() -> None:
    found = Settings()
    assert (found.slack_bot_token, found.slack_app_token, found.slack_signing_secret) == (None, None, None)
    assert found.slack_api_url == "https://slack.com/api/"
    assert found.config == Path("config")
    assert found.listen == "127.0.0.1:3000"
    assert found.database_url == "sqlite:///dockwarden.db"
    assert found.log_format == "text"


def test_an_empty_one_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a compose file gives what is not set: an empty app token must not mean Socket Mode."""
    for name in NAMES:
        monkeypatch.setenv(name, "")
    assert Settings() == Settings.model_construct(**{n: f.default for n, f in Settings.model_fields.items()})


def test_the_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nDOCKWARDEN_LISTEN=127.0.0.1:1\nOTHER=1\n")
    monkeypatch.setenv("DOCKWARDEN_LISTEN", "127.0.0.1:2")
    found = Settings()
    assert found.slack_bot_token and found.slack_bot_token.get_secret_value() == "xoxb-file"
    assert found.address == ("127.0.0.1", 2)


def test_secrets_are_in_no_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NAMES.items():
        monkeypatch.setenv(name, value)
    assert "secret-" not in repr(Settings()) + str(Settings()) + Settings().model_dump_json()


@pytest.mark.parametrize(
    ("listen", "address"),
    [("127.0.0.1:3000", ("127.0.0.1", 3000)), ("[::1]:80", ("::1", 80)), ("localhost:0", ("localhost", 0))],
)
def test_where_to_listen(listen: str, address: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKWARDEN_LISTEN", listen)
    assert Settings().address == address


@pytest.mark.parametrize("listen", ["3000", ":3000", "localhost", "localhost:http", "localhost:-1"])
def test_what_is_no_address(listen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKWARDEN_LISTEN", listen)
    with pytest.raises(ValueError, match="DOCKWARDEN_LISTEN must be HOST:PORT"):
        _ = Settings().address


def test_a_log_format_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKWARDEN_LOG_FORMAT", "xml")
    with pytest.raises(ValidationError, match="DOCKWARDEN_LOG_FORMAT"):
        Settings()
