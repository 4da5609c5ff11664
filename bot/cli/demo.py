"""dockwarden demo: the playground, the bot and a Docker daemon, for as long as it runs."""

import asyncio
import os
import socket
import tempfile
from pathlib import Path

import click

from bot.app import serve
from bot.cli.playground import surroundings
from bot.cli.signals import asked_to_stop
from bot.log import set_up
from bot.playground.docker import DockerdError
from bot.playground.docker_demo import DemoDocker, demo_docker
from bot.playground.docker_find import InstallError
from bot.playground.server import Playground
from bot.settings import Settings

# Alice is on call and may do everything here; Bob may look; Dave may do nothing.
PERMISSIONS = """\
version: 1
subjects:
  oncall: {usergroups: [S0ONCALL]}
  leads: {users: [U0BOB]}
  alice: {users: [U0ALICE]}
rules:
  - {id: look, allow: [read], who: oncall}
  - {id: operate, allow: [read_sensitive, operate, change, destroy], who: alice}
tests:
  - {as: U0ALICE, groups: [S0ONCALL], in: C0INC, run: "restart web", on: local, expect: allow, by: operate}
  - {as: U0DAVE, in: C0INC, run: "restart web", on: local, expect: deny}
"""


@click.command()
@click.option("--port", default=3100, show_default=True, help="Port of the page, on loopback.")
def demo(port: int) -> None:
    """Open the playground with the bot and a Docker daemon; leave nothing running when interrupted."""
    set_up("text")
    _check_free(port)
    try:
        with demo_docker(click.echo) as docker, tempfile.TemporaryDirectory() as folder:
            asyncio.run(_run(port, docker, Path(folder)))
    except (InstallError, DockerdError) as error:
        raise click.ClickException(str(error)) from error


def _check_free(port: int) -> None:
    """Raise ClickException where the port is taken: before a daemon is started, which takes seconds."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise click.ClickException(
            f"port {port} is taken on this machine: say --port and another number"
        ) from error


async def _run(port: int, docker: DemoDocker, folder: Path) -> None:
    write_config(folder, docker.url)
    async with Playground(port=port, should_escape=False) as slack:
        os.environ.update(surroundings(slack))
        settings = Settings(
            _env_file=None,
            DOCKWARDEN_CONFIG=folder,
            DOCKWARDEN_DATABASE_URL=f"sqlite:///{folder}/dockwarden.db",
            DOCKWARDEN_LISTEN="127.0.0.1:0",
        )
        click.echo(f"\nOpen {slack.url} and type, for example: /docker pull tomcat:9.0\nStop with Ctrl-C.")
        await serve(settings, asked_to_stop())  # it ends while Slack is still there to be told


def write_config(folder: Path, url: str) -> None:
    """A configuration for one host, in which Alice may do everything and Dave nothing."""
    (folder / "hosts.yml").write_text(f'default: local\nhosts:\n  local: {{url: "{url}"}}\n')
    (folder / "permissions.yml").write_text(PERMISSIONS)
