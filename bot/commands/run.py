"""docker run: create and start, pulling a missing image first. Without -d its end is waited for a while."""

import asyncio
from dataclasses import dataclass, replace

from bot.blocks.card import headline, note
from bot.blocks.reply import Block, Button, Outcome, Reply
from bot.blocks.rich import preformatted, rich
from bot.commands.command import Command
from bot.commands.create import Created, about, asides, make, plan_create
from bot.commands.listing import MOST_CHARACTERS
from bot.commands.logs import last_bytes
from bot.commands.look import Look
from bot.commands.running import Running
from bot.commands.steps import running as is_up
from bot.commands.steps import state
from bot.engine.daemon import Condition, Daemon
from bot.engine.errors import EngineError, Unknown
from bot.engine.types import Container
from bot.gate.plan import Plan
from bot.grammar.create import AUTO_REMOVE, DETACH, INTERACTIVE, RUN_FLAGS, TTY
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.secrets import mask

GRAMMAR = Grammar(
    name="run",
    aliases=("container run",),
    synopsis="[OPTIONS] IMAGE [COMMAND] [ARG...]",
    summary="Create and run a new container from an image",
    flags=RUN_FLAGS,
    least=1,
    most=None,
    interspersed=False,
    examples=(
        "run -d -p 9090:8080 --name web tomcat:9.0",
        "run -d --restart always -m 512m --name cache redis",
        "run --rm busybox:1 nslookup db",
    ),
    changes=True,
)

FOREGROUND_SECONDS = 60.0
OUTPUT_BYTES = 64 * 1024


@dataclass(frozen=True)
class Ran:
    """The container as it was made, and as it is now: None where --rm or a failed start took it.

    `failure` is why the start failed. `ended` holds the exit code and output of a program that was waited for.
    """

    created: Created
    now: Container | None
    failure: EngineError | None = None
    ended: tuple[int, str] | None = None


async def _plan(line: Line, look: Look) -> Plan:
    if (line[TTY] or line[INTERACTIVE]) and not line[DETACH]:
        flag = TTY if line[TTY] else INTERACTIVE
        raise Mistake.at_flag(
            line, flag, "a chat has no terminal to attach", "Say run -d … to run it in the background."
        )
    return await plan_create(line, look, "start")


async def _run(daemon: Daemon, plan: Plan, running: Running) -> Ran:
    made, warnings, pulled = await make(daemon, plan, running)
    created = Created(await daemon.container(made), warnings, pulled)
    try:
        if not plan.line[DETACH]:
            return await _foreground(daemon, plan, created)
        await daemon.start(made)
    except EngineError as error:
        return Ran(created, await _now(daemon, made), failure=error)
    return Ran(created, await _now(daemon, made))


async def _foreground(daemon: Daemon, plan: Plan, created: Created) -> Ran:
    """Start it and wait a while for its end.

    Output and end are asked for before the start, as the CLI does: a short program may be over, and with --rm
    gone, by the time anyone looks.
    """
    made, tty = created.container.id, created.container.config.tty
    condition: Condition = "removed" if plan.line[AUTO_REMOVE] else "next-exit"
    async with daemon.attached(made, tty=tty) as output, daemon.waited(made, condition) as end:
        await daemon.start(made)
        try:
            async with asyncio.timeout(FOREGROUND_SECONDS):
                kept, _ = await last_bytes(output, OUTPUT_BYTES)
                ended = (await end(), mask(kept.decode(errors="replace")))
        except TimeoutError:
            return Ran(created, await _now(daemon, made))
    return Ran(created, await _now(daemon, made), ended=ended)


async def _now(daemon: Daemon, made: str) -> Container | None:
    """The container as it is now; None where it is gone or can't be asked for."""
    try:
        return await daemon.container(made)
    except EngineError:
        return None


def _render(plan: Plan, ran: Ran) -> Reply:
    name = ran.created.container.name.removeprefix("/")
    if ran.failure:
        reply = _failed(plan, name, ran, ran.failure)
    elif ran.ended:
        reply = _ended(plan, name, ran, *ran.ended)
    else:
        reply = _up(plan, name, ran)
    return replace(reply, objects=[ran.created.container.id])


def _up(plan: Plan, name: str, ran: Ran) -> Reply:
    """It was started and left to run."""
    words = f"ran {name} on {plan.host}"
    found = ran.now or ran.created.container
    outcome: Outcome = "done" if ran.now and is_up(ran.now) else "failed"
    return Reply(
        text=f"{words}: {state(found)}",
        blocks=[
            headline(outcome, words + ":", about(plan, replace(ran.created, container=found))),
            *asides(ran.created),
        ],
        buttons=[
            Button("Logs", f"-H {plan.host} logs --tail 50 {name}"),
            Button("Stop", f"-H {plan.host} stop {name}", style="danger"),
        ],
        outcome=outcome,
    )


def _failed(plan: Plan, name: str, ran: Ran, failure: EngineError) -> Reply:
    """A start that failed leaves the container behind: say so, and how to be rid of it."""
    unknown = isinstance(failure, Unknown)
    words = f"created {name} on {plan.host}, but " + (
        "its start is unknown:" if unknown else "could not start it:"
    )
    left = (
        f"Left behind: {name} ({ran.now.state.status}). `docker rm -f {name}` removes it."
        if ran.now
        else "Nothing was left behind."
    )
    return Reply(
        text=f"{words} {failure.message}",
        blocks=[
            headline("unknown" if unknown else "failed", words, failure.message),
            note(left),
            *asides(ran.created),
        ],
        buttons=[Button("Remove it", f"-H {plan.host} rm -f {name}", style="danger")] if ran.now else (),
        outcome="unknown" if unknown else "failed",
    )


def _ended(plan: Plan, name: str, ran: Ran, code: int, output: str) -> Reply:
    """A program that ran to its end: its exit code and the end of its output."""
    words = f"ran {name} on {plan.host}"
    outcome: Outcome = "done" if code == 0 else "failed"
    blocks: list[Block] = [headline(outcome, words + ":", f"exited ({code})"), *asides(ran.created)]
    if output.strip():
        blocks.append(rich(preformatted(output[-MOST_CHARACTERS:])))
    return Reply(
        text=f"{words}: exited ({code})",
        blocks=blocks,
        buttons=[Button("Remove", f"-H {plan.host} rm {name}", style="danger")] if ran.now else (),
        outcome=outcome,
    )


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render, verbs=("create", "start"))
