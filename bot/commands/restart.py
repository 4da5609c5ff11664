"""docker restart: stop and start containers again."""

from bot.blocks.reply import Button
from bot.commands.command import Command
from bot.commands.running import Running
from bot.commands.steps import Step, on_each, plan_containers, render_steps, running
from bot.engine.daemon import Daemon
from bot.gate.plan import Plan
from bot.grammar.flags import maybe_integer, text
from bot.grammar.grammar import Grammar

TIMEOUT = maybe_integer(
    "timeout", "t", aliases=("time",), help="Seconds to wait before killing the container"
)
SIGNAL = text("signal", "s", help="Signal to send to the container")

GRAMMAR = Grammar(
    name="restart",
    aliases=("container restart",),
    synopsis="[OPTIONS] CONTAINER [CONTAINER...]",
    summary="Restart one or more containers",
    flags=(SIGNAL, TIMEOUT),
    least=1,
    most=None,
    examples=("restart web", "restart -t 30 web db", "-H prod-1 restart web"),
    changes=True,
)


async def _run(daemon: Daemon, plan: Plan, _: Running) -> tuple[Step, ...]:
    seconds, signal = plan.line[TIMEOUT], plan.line[SIGNAL]
    return await on_each(
        daemon, plan, lambda target: daemon.restart(target.id, timeout=seconds, signal=signal), running
    )


def _next(name: str) -> tuple[Button, ...]:
    return (Button("Logs", f"logs --tail 50 {name}"), Button("Stop", f"stop {name}", style="danger"))


COMMAND = Command(
    grammar=GRAMMAR, plan=plan_containers, run=_run, render=render_steps("restarted", "restart", _next)
)
