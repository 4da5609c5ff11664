"""docker stop: stop running containers, politely first."""

from bot.blocks.reply import Button
from bot.commands.command import Command
from bot.commands.running import Running
from bot.commands.steps import Step, on_each, plan_containers, render_steps, stopped
from bot.engine.daemon import Daemon
from bot.gate.plan import Plan
from bot.grammar.flags import maybe_integer, text
from bot.grammar.grammar import Grammar

TIMEOUT = maybe_integer(
    "timeout", "t", aliases=("time",), help="Seconds to wait before killing the container"
)
SIGNAL = text("signal", "s", help="Signal to send to the container")

GRAMMAR = Grammar(
    name="stop",
    aliases=("container stop",),
    synopsis="[OPTIONS] CONTAINER [CONTAINER...]",
    summary="Stop one or more running containers",
    flags=(SIGNAL, TIMEOUT),
    least=1,
    most=None,
    examples=("stop web", "stop -t 30 web db", "-H prod-1 stop web"),
    changes=True,
)


async def _run(daemon: Daemon, plan: Plan, _: Running) -> tuple[Step, ...]:
    seconds, signal = plan.line[TIMEOUT], plan.line[SIGNAL]
    return await on_each(
        daemon, plan, lambda target: daemon.stop(target.id, timeout=seconds, signal=signal), stopped
    )


def _next(name: str) -> tuple[Button, ...]:
    return (Button("Start", f"start {name}"), Button("Logs", f"logs --tail 50 {name}"))


COMMAND = Command(
    grammar=GRAMMAR, plan=plan_containers, run=_run, render=render_steps("stopped", "stop", _next)
)
