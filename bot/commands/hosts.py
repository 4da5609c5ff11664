"""hosts: the hosts that can be chosen, and whether they answer."""

import asyncio
from time import perf_counter

from bot.blocks.card import note, title
from bot.blocks.reply import Reply
from bot.blocks.rich import preformatted, rich
from bot.commands.asker import Asker
from bot.commands.command import Own
from bot.commands.listing import count
from bot.engine.errors import EngineError
from bot.format.phone import phone_text
from bot.format.table import Table
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.hosts.hosts import Host

GRAMMAR = Grammar(
    name="hosts",
    aliases=("context ls",),
    synopsis="",
    summary="List the hosts you may do something on, and whether they answer",
    flags=(),
    least=0,
    most=0,
    examples=("hosts",),
    changes=False,
)


async def _answer(line: Line, asker: Asker) -> Reply:
    mine = [host for host in asker.hosts if asker.sees(host)]
    if not mine:
        return Reply(
            text="no host",
            blocks=[title("No host"), note("No rule lets you do anything here. See /docker whoami.")],
        )
    default = {host.name for host in asker.hosts.choose((), asker.request.channel)}
    rows = await asyncio.gather(*(_row(host, host.name in default) for host in mine))
    table = Table(("NAME", "ANSWERS", "TAGS", "URL"), tuple(rows))
    return Reply(
        text=count(len(mine), "host"),
        blocks=[
            title(count(len(mine), "host"), "(* is the default here)"),
            rich(preformatted(phone_text(table).text)),
        ],
    )


async def _row(host: Host, default: bool) -> tuple[str, ...]:
    started = perf_counter()
    try:
        version = await host.reader.version()
        state = f"{version.version}, {(perf_counter() - started) * 1000:.0f} ms"
    except EngineError as error:
        state = f"no: {error.message}"
    return (f"{host.name}{' *' if default else ''}", state, " ".join(sorted(host.tags)), host.url)


COMMAND = Own(grammar=GRAMMAR, answer=_answer)
