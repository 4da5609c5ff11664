"""docker info: what the host is and has, as the CLI prints its server part."""

from typing import Any

from bot.blocks.reply import Reply
from bot.commands.command import Command
from bot.commands.hide import hide
from bot.commands.listing import listed
from bot.commands.look import Look
from bot.commands.running import Running
from bot.engine.daemon import Daemon
from bot.format.info import info_text
from bot.gate.plan import Plan
from bot.grammar.flags import text
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.policy.terms import Act

FORMAT = text("format", "f", help="Format output using a Go template, or json")

GRAMMAR = Grammar(
    name="info",
    aliases=("system info",),
    synopsis="[OPTIONS]",
    summary="Display system-wide information",
    flags=(FORMAT,),
    examples=("info", "info -f '{{.ContainersRunning}}'", "-H prod-1 info"),
)


async def _plan(line: Line, look: Look) -> Plan:
    return Plan(line, look.name, (Act("info"),))


async def _run(daemon: Daemon, _: Plan, running: Running) -> tuple[Any, bool]:
    return hide(await daemon.inspect("info")), running.full


def _render(plan: Plan, found: tuple[Any, bool]) -> Reply:
    info, full = found
    return listed(plan, f"info of {plan.host}", lambda: info_text(info, plan.line[FORMAT]), full=full)


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render)
