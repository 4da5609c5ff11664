"""dockwarden serve: run the bot."""

import asyncio
import gc

import click
from pydantic import ValidationError

from bot.app import MissingSettingError
from bot.app import serve as run
from bot.cli.signals import asked_to_stop
from bot.hosts.file import HostsFileError
from bot.log import set_up
from bot.settings import Settings
from bot.slack.health import TokenError
from bot.store.errors import StoreError


@click.command()
def serve() -> None:
    """Run the bot until it is told to stop. Settings come from the environment and .env."""
    try:
        # What was imported stays to the end: no collection need look at it again.
        gc.collect()
        gc.freeze()
        settings = Settings()
        set_up(settings.log_format)
        asyncio.run(_until_asked_to_stop(settings))
    except (
        MissingSettingError,
        HostsFileError,
        StoreError,
        TokenError,
        ValidationError,
        ValueError,
    ) as error:
        raise click.ClickException(str(error)) from error


async def _until_asked_to_stop(settings: Settings) -> None:
    await run(settings, asked_to_stop())
