"""docker version: the engine's, as the CLI prints its server part."""

from typing import Any

from bot.blocks.reply import Reply
from bot.commands.command import Command
from bot.commands.listing import listed
from bot.commands.look import Look
from bot.commands.running import Running
from bot.engine.daemon import Daemon
from bot.format.version import version_text
from bot.gate.plan import Plan
from bot.grammar.flags import text
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.policy.terms import Act

FORMAT = text("format", "f", help="Format output using a Go template, or json")

GRAMMAR = Grammar(
    name="version",
    synopsis="[OPTIONS]",
    summary="Show the Docker version information",
    flags=(FORMAT,),
    examples=("version", "version -f '{{.Server.Version}}'", "-H all version"),
)


async def _plan(line: Line, look: Look) -> Plan:
    return Plan(line, look.name, (Act("version"),))


async def _run(daemon: Daemon, _: Plan, __: Running) -> Any:
    return await daemon.inspect("version")


def _render(plan: Plan, server: Any) -> Reply:
    return listed(
        plan, f"version of {plan.host}", lambda: version_text(server, plan.line[FORMAT]), full=False
    )


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render)
