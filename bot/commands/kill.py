"""docker kill: send a signal, KILL unless another is named."""

from bot.blocks.reply import Button, Reply
from bot.commands.command import Command
from bot.commands.running import Running
from bot.commands.steps import Step, Wanted, on_each, plan_containers, render_steps, stopped
from bot.engine.daemon import Daemon
from bot.gate.plan import Plan
from bot.grammar.flags import text
from bot.grammar.grammar import Grammar

SIGNAL = text("signal", "s", help="Signal to send to the container")

GRAMMAR = Grammar(
    name="kill",
    aliases=("container kill",),
    synopsis="[OPTIONS] CONTAINER [CONTAINER...]",
    summary="Kill one or more running containers",
    flags=(SIGNAL,),
    least=1,
    most=None,
    examples=("kill web", "kill -s HUP web", "-H prod-1 kill web"),
    changes=True,
)


async def _run(daemon: Daemon, plan: Plan, _: Running) -> tuple[Step, ...]:
    signal = plan.line[SIGNAL]
    # Any other signal is the program's to answer: whatever state follows is as asked.
    wanted: Wanted = stopped if stops(signal) else lambda _: True
    return await on_each(daemon, plan, lambda target: daemon.kill(target.id, signal=signal), wanted)


def stops(signal: str) -> bool:
    """Whether the signal leaves nothing running, whatever the program does."""
    return signal.upper().removeprefix("SIG") in ("", "KILL", "9")


def _look(name: str) -> tuple[Button, ...]:
    return (Button("Logs", f"logs --tail 50 {name}"),)


def _next(name: str) -> tuple[Button, ...]:
    return (Button("Start", f"start {name}"), Button("Logs", f"logs --tail 50 {name}"))


def _render(plan: Plan, steps: tuple[Step, ...]) -> Reply:
    signal = plan.line[SIGNAL]
    did, could_not = (f"sent {signal} to", f"send {signal} to") if signal else ("killed", "kill")
    return render_steps(did, could_not, _next if stops(signal) else _look)(plan, steps)


COMMAND = Command(grammar=GRAMMAR, plan=plan_containers, run=_run, render=_render)
