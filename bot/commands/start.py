"""docker start: start stopped containers, and say what is true afterwards."""

from bot.blocks.reply import Button
from bot.commands.command import Command
from bot.commands.running import Running
from bot.commands.steps import Step, on_each, plan_containers, render_steps, running
from bot.engine.daemon import Daemon
from bot.gate.plan import Plan
from bot.grammar.grammar import Grammar

GRAMMAR = Grammar(
    name="start",
    aliases=("container start",),
    synopsis="CONTAINER [CONTAINER...]",
    summary="Start one or more stopped containers",
    flags=(),
    least=1,
    most=None,
    examples=("start web", "start web db", "-H prod-1 start web"),
    changes=True,
)


async def _run(daemon: Daemon, plan: Plan, _: Running) -> tuple[Step, ...]:
    return await on_each(daemon, plan, lambda target: daemon.start(target.id), running)


def _next(name: str) -> tuple[Button, ...]:
    return (Button("Logs", f"logs --tail 50 {name}"), Button("Stop", f"stop {name}", style="danger"))


COMMAND = Command(
    grammar=GRAMMAR, plan=plan_containers, run=_run, render=render_steps("started", "start", _next)
)
