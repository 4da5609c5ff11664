"""docker ps: list containers, as far as the asker may see them."""

from dataclasses import dataclass
from functools import partial

from bot.blocks.reply import Reply
from bot.commands.command import Command
from bot.commands.hide import hide_summary
from bot.commands.listing import MOST_LINES, checked, count, listed
from bot.commands.look import Look
from bot.commands.running import Running
from bot.commands.targets import of_summary
from bot.engine.daemon import Daemon
from bot.engine.types import ContainerSummary
from bot.format.containers import container_format, container_list, wants_size
from bot.format.listing import Format
from bot.gate.plan import Plan
from bot.grammar.flags import FILTER as FILTERS
from bot.grammar.flags import integer, many, switch, text
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.grammar.values.filters import filters
from bot.policy.terms import Act

ALL = switch("all", "a", help="Show all containers (default shows just running)")
FILTER = many("filter", "f", value=FILTERS, help="Filter output based on conditions provided")
FORMAT = text("format", help="Format output: table, table TEMPLATE, json, or a Go template")
LAST = integer("last", "n", default=-1, help="Show n last created containers (includes all states)")
LATEST = switch("latest", "l", help="Show the latest created container (includes all states)")
NO_TRUNC = switch("no-trunc", help="Don't truncate output")
QUIET = switch("quiet", "q", help="Only display container IDs")
SIZE = switch("size", "s", help="Display total file sizes")

GRAMMAR = Grammar(
    name="ps",
    aliases=("container ls", "container list", "container ps"),
    synopsis="[OPTIONS]",
    summary="List containers",
    flags=(ALL, FILTER, FORMAT, LAST, LATEST, NO_TRUNC, QUIET, SIZE),
    least=0,
    most=0,
    examples=("ps -a", "ps -f status=exited", "ps --format '{{.Names}}: {{.Status}}'"),
    changes=False,
)


@dataclass(frozen=True)
class Listed:
    """The rows the asker may see, at a moment (UTC epoch seconds)."""

    containers: list[ContainerSummary]
    now: float
    full: bool


async def _plan(line: Line, look: Look) -> Plan:
    checked(line, FORMAT, lambda: _format(line))
    await look.check_filters(line, FILTER, "container")
    return Plan(line, look.name, (Act("ps", listing=True),))


async def _run(daemon: Daemon, plan: Plan, running: Running) -> Listed:
    line = plan.line
    most = 1 if line[LATEST] else max(line[LAST], 0)
    ask = partial(
        daemon.containers, size=line[SIZE] or wants_size(line[FORMAT]), filters=filters(line[FILTER])
    )
    found = await ask(all=line[ALL], limit=most)
    rows = _seen(found, running)
    if most and len(rows) < len(found):
        # Hidden ones are among the newest: those that may be seen count.
        rows = _seen(await ask(all=True), running)[:most]
    return Listed([hide_summary(each) for each in rows], running.now(), running.full)


def _seen(found: list[ContainerSummary], running: Running) -> list[ContainerSummary]:
    return [each for each in found if running.sees("ps", of_summary(each))]


def _format(line: Line) -> Format:
    return container_format(line[FORMAT], quiet=line[QUIET], size=line[SIZE])


def _render(plan: Plan, found: Listed) -> Reply:
    line, rows = plan.line, found.containers
    words = f"{count(len(rows), 'container')} on {plan.host}"
    if not (found.full or line[FORMAT] or line[QUIET]):
        rows = rows[: MOST_LINES + 1]  # those that a message shows, and one that says there are more
    return listed(
        plan,
        words,
        lambda: container_list(rows, _format(line), no_trunc=line[NO_TRUNC], now=found.now),
        full=found.full,
    )


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render)
