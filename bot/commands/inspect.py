"""docker inspect: what the daemon knows of a container or image, as JSON, values of secrets hidden."""

import asyncio
from dataclasses import dataclass
from typing import Any

from bot.blocks.reply import Reply
from bot.commands.command import Command
from bot.commands.hide import hide
from bot.commands.listing import listed
from bot.commands.look import Look
from bot.commands.running import Running
from bot.engine.daemon import Daemon
from bot.format.inspect import inspect_text
from bot.gate.plan import Plan
from bot.grammar.flags import switch, text
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.policy.terms import Act, Target

FORMAT = text("format", "f", help="Format output using a Go template, or json")
SIZE = switch("size", "s", help="Display total file sizes if the type is container")
TYPE = text("type", help="Only inspect objects of the given type: container or image")

GRAMMAR = Grammar(
    name="inspect",
    aliases=("container inspect", "image inspect"),
    synopsis="[OPTIONS] NAME|ID [NAME|ID...]",
    summary="Return low-level information on containers and images",
    flags=(FORMAT, SIZE, TYPE),
    least=1,
    most=None,
    examples=("inspect web", "inspect -f '{{.State.Status}}' web", "inspect --type image tomcat:9.0"),
    changes=False,
)


@dataclass(frozen=True)
class Seen:
    """The objects as the daemon sent them, their secrets hidden."""

    objects: list[Any]
    full: bool


async def _plan(line: Line, look: Look) -> Plan:
    if line[TYPE] not in ("", "container", "image"):
        raise Mistake.at_flag(
            line, TYPE, f"{line[TYPE]} can't be inspected here", "Say --type container or --type image."
        )
    targets = await asyncio.gather(*(_find(line, look, index) for index in range(len(line.args))))
    return Plan(line, look.name, tuple(Act("inspect", target) for target in targets))


async def _find(line: Line, look: Look, index: int) -> Target:
    """A container, else an image of that name, as the CLI looks."""
    if line[TYPE] == "image":
        return await look.image(line, index)
    try:
        return await look.container(line, index)
    except Mistake as mistake:
        if line[TYPE] == "container":
            raise
        try:
            return await look.image(line, index)
        except Mistake as other:
            raise _neither(line, index, look, mistake, other) from None


def _neither(line: Line, index: int, look: Look, container: Mistake, image: Mistake) -> Mistake:
    """Whichever has something to suggest; else that there is neither."""
    if container.hint or image.hint:
        return container if container.hint else image
    return Mistake.at(line, index, f"no container or image is called {line.args[index]} on {look.name}")


async def _run(daemon: Daemon, plan: Plan, running: Running) -> Seen:
    size = plan.line[SIZE]
    found = [
        await daemon.inspect("container", each.id, size=size)
        if each.kind == "container"
        else await daemon.inspect("image", each.id)
        for each in plan.targets
    ]
    return Seen([hide(each) for each in found], running.full)


def _render(plan: Plan, seen: Seen) -> Reply:
    words = f"{', '.join(plan.line.args)} on {plan.host}"
    return listed(plan, words, lambda: inspect_text(seen.objects, plan.line[FORMAT]), full=seen.full)


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render)
