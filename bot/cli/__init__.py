"""dockwarden serve | playground | demo | hosts | policy | audit. Each file is imported only when it is asked for."""

from importlib import import_module

import click
from dotenv import load_dotenv

_FILES = {
    "serve": "Run the bot.",
    "playground": "Run a local Slack to try the bot in.",
    "demo": "Open the playground with the bot and a Docker daemon.",
    "hosts": "Ask every host of hosts.yml whether it answers.",
    "policy": "Check the permission list.",
    "audit": "Read the record, check it, take it elsewhere.",
}


class _Lazy(click.Group):
    """Commands by file: `dockwarden policy` need not wait for Slack's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_FILES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _FILES:
            return None
        command = getattr(import_module(f"bot.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101  # our own files
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_FILES.items()))


@click.group(cls=_Lazy)
@click.version_option(package_name="dockwarden")
def main() -> None:
    """A Slack bot that controls Docker hosts."""
    load_dotenv(".env")  # what stands in the environment already is stronger
