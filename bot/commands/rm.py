"""docker rm: remove containers; -f kills them first, -v takes their anonymous volumes along."""

from bot.blocks.reply import Button
from bot.commands.command import Command
from bot.commands.running import Running
from bot.commands.steps import Step, on_each, plan_containers, removed, render_steps
from bot.engine.daemon import Daemon
from bot.gate.plan import Plan
from bot.grammar.flags import switch
from bot.grammar.grammar import Grammar

FORCE = switch("force", "f", help="Force the removal of a running container (uses SIGKILL)")
VOLUMES = switch("volumes", "v", help="Remove anonymous volumes associated with the container")

GRAMMAR = Grammar(
    name="rm",
    aliases=("container rm", "container remove"),
    synopsis="[OPTIONS] CONTAINER [CONTAINER...]",
    summary="Remove one or more containers",
    flags=(FORCE, VOLUMES),
    least=1,
    most=None,
    examples=("rm web", "rm -f -v web", "-H prod-1 rm web"),
    changes=True,
)


async def _run(daemon: Daemon, plan: Plan, _: Running) -> tuple[Step, ...]:
    line = plan.line
    return await on_each(
        daemon,
        plan,
        lambda target: daemon.remove(target.id, force=line[FORCE], volumes=line[VOLUMES]),
        removed,
    )


def _next(_: str) -> tuple[Button, ...]:
    return ()


COMMAND = Command(
    grammar=GRAMMAR, plan=plan_containers, run=_run, render=render_steps("removed", "remove", _next)
)
