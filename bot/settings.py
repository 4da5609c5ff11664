"""The environment and `.env`, as one value. Every name is listed in the README."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What `dockwarden serve` reads. Values of secrets never appear in a repr or a log."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    slack_bot_token: SecretStr | None = Field(None, description="The bot's token (xoxb-…).")
    slack_signing_secret: SecretStr | None = Field(
        None, description="Signs what Slack sends. Without it the HTTP endpoint refuses to start."
    )
    slack_app_token: SecretStr | None = Field(
        None, description="The app's token (xapp-…). Present: Socket Mode. Absent: HTTP."
    )
    slack_api_url: str = Field("https://slack.com/api/", description="Where Slack's Web API is.")
    config: Path = Field(
        Path("config"),
        validation_alias="DOCKWARDEN_CONFIG",
        description="Folder of hosts.yml and permissions.yml.",
    )
    listen: str = Field(
        "127.0.0.1:3000", validation_alias="DOCKWARDEN_LISTEN", description="Address of the HTTP endpoint."
    )
    database_url: str = Field(
        "sqlite:///dockwarden.db",
        validation_alias="DOCKWARDEN_DATABASE_URL",
        description="Where requests, operations and the record are kept; postgresql://… for replicas.",
    )
    audit_key: SecretStr | None = Field(
        None,
        validation_alias="DOCKWARDEN_AUDIT_KEY",
        description="Key of the audit chain; made and kept in a 0600 file beside the database where not given.",
    )
    log_format: Literal["text", "json"] = Field(
        "text", validation_alias="DOCKWARDEN_LOG_FORMAT", description="How the bot writes its own log."
    )

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of `listen`. Raises ValueError where it is not HOST:PORT."""
        host, _, port = self.listen.rpartition(":")
        if not host or not port.isdigit():
            raise ValueError(f"DOCKWARDEN_LISTEN must be HOST:PORT, not {self.listen!r}")
        return host.strip("[]"), int(port)
