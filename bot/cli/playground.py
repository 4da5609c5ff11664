"""dockwarden playground: a local Slack to try the bot in."""

import asyncio

import click

from bot.cli.signals import asked_to_stop
from bot.playground.server import Playground


@click.command()
@click.option("--port", default=3100, show_default=True, help="Port of the page, on loopback.")
def playground(port: int) -> None:
    """Run a local Slack until interrupted, and print what the bot needs to connect to it."""
    asyncio.run(_run(port))


async def _run(port: int) -> None:
    async with Playground(port=port, should_escape=False) as slack:
        click.echo(f"The playground is open at {slack.url}")
        click.echo("Connect a bot to it with:")
        for name, value in surroundings(slack).items():
            click.echo(f"  export {name}={value}")
        await asked_to_stop().wait()


def surroundings(slack: Playground) -> dict[str, str]:
    """The environment of a bot that connects to this playground."""
    settings = slack.slack.settings
    return {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": settings.bot_token,
        "SLACK_APP_TOKEN": settings.app_token,
        "SLACK_SIGNING_SECRET": settings.signing_secret,
    }
