"""dockwarden hosts: ask every host whether it answers."""

import asyncio
from pathlib import Path
from time import perf_counter

import click

from bot.engine.errors import EngineError
from bot.hosts.file import HostsFileError, load
from bot.hosts.hosts import Host, Hosts


@click.command()
@click.option(
    "--config",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("config"),
    envvar="DOCKWARDEN_CONFIG",
    show_default=True,
    help="Folder of hosts.yml.",
)
def hosts(config: Path) -> None:
    """Ask every host of hosts.yml whether it answers. Exit code 1 where one does not."""
    try:
        lines = asyncio.run(_ask(config))
    except HostsFileError as error:
        raise click.ClickException(str(error)) from error
    for answers, line in lines:
        click.echo(f"{'ok  ' if answers else 'FAIL'} {line}")
    if not all(answers for answers, _ in lines):
        raise SystemExit(1)


async def _ask(config: Path) -> list[tuple[bool, str]]:
    found = Hosts.from_file(load(config))
    try:
        return await asyncio.gather(*map(_line, found))
    finally:
        await found.aclose()


async def _line(host: Host) -> tuple[bool, str]:
    started = perf_counter()
    try:
        version = await host.reader.version()
    except EngineError as error:
        return False, f"{host.name} {host.url}: {error.message}"
    took = (perf_counter() - started) * 1000
    spoken = await host.reader.api_version()
    return True, f"{host.name} {host.url}: engine {version.version}, API {spoken}, {took:.0f} ms"
