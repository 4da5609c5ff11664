"""`python -m tests.bench [--quick]`: every comparison, from one run, against a private daemon. Needs root."""

import asyncio
import os
import platform
import tempfile
from contextlib import AsyncExitStack
from importlib.metadata import version
from pathlib import Path

import click

from bot.playground.server import Playground
from tests.bench import inside
from tests.bench.acts import acts
from tests.bench.added import added, bare_bolt
from tests.bench.bots import SECRET, Person, running
from tests.bench.daemon import daemon, fill, write_log
from tests.bench.listing import listing
from tests.bench.load import load, while_masking
from tests.bench.logs import logs
from tests.bench.posted import posted
from tests.bench.relay import relay
from tests.bench.report import Report
from tests.bench.size import QUICK, WHOLE, Size
from tests.bench.start import start
from tests.engines import Engine


@click.command()
@click.option("--quick", is_flag=True, help="A smoke run: everything once, on little data.")
def main(quick: bool) -> None:
    """Measure dockwarden beside the docker CLI, docker-py and a raw socket; three minutes at the most."""
    size = QUICK if quick else WHOLE
    with daemon() as engine, tempfile.TemporaryDirectory(prefix="dw-bench-") as folder:
        click.echo(machine(engine))
        asyncio.run(run(Report(), engine, Path(folder), size))


def machine(engine: Engine) -> str:
    """What the numbers were taken on, in a line."""
    with engine.client() as client:
        daemon_version = client.get("/version").json()["Version"]
    cli = engine.cli("version", "--format", "{{.Client.Version}}").strip()
    packages = ", ".join(f"{name} {version(name)}" for name in ("httpx", "aiohttp", "slack-bolt", "docker"))
    cores = len(os.sched_getaffinity(0))
    return (
        f"{cores} cores, Engine {daemon_version}, CLI {cli}, Python {platform.python_version()}, {packages}"
    )


async def run(report: Report, engine: Engine, folder: Path, size: Size) -> None:
    """Every table, then the aims."""
    await listing(report, engine, 0, size.rounds)
    fill(engine, size.containers)
    await listing(report, engine, size.containers, size.rounds)
    await acts(report, engine, size.rounds)
    write_log(engine, size.lines)
    await logs(report, engine, size.lines, size.few)
    await inside.deciding(report, size.rules, size.rounds)
    await inside.recording(report, folder, size.rounds)
    await through_slack(report, engine, folder, size)
    await start(report, engine, folder, size.rules, size.few)
    report.end()


async def through_slack(report: Report, engine: Engine, folder: Path, size: Size) -> None:
    """What needs the whole bot: two of them, over HTTP and by Socket Mode."""
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        clocked = await enter(relay(folder / "clocked.sock", engine.socket))
        hosts = {"local": engine.url, "clocked": clocked.url}
        bots, people = {}, {"bare": await enter(bare_bolt(folder))}
        for name in ("http", "socket"):
            slack = await enter(Playground(signing_secret=SECRET))
            way = running(folder / name, slack, hosts, size.rules, over_socket=name == "socket")
            bots[name], people[name] = await enter(way), Person(slack)
        await posted(report, engine, people, size.containers, size.rounds)
        await added(report, people, clocked, size.rules, size.rounds)
        await load(report, people["http"], size.a_second, size.load)
        await while_masking(report, bots["http"], people["http"], size.lines)


if __name__ == "__main__":
    main()
