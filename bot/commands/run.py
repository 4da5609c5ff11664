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
from bot.commands.steps import Now, here, look_again, said, verdict
from bot.commands.steps import running as is_up
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
    """What was made, and how it is now: None where --rm or a failed start took it.

    `failure` is why the start failed. `ended` holds the exit code and output of a program that was waited for.
    """

    created: Created
    now: Now
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
    created = await make(daemon, plan, running)
    try:
        if not plan.line[DETACH]:
            return await _foreground(daemon, plan, created)
        await daemon.start(created.id)
    except EngineError as error:
        return Ran(created, await look_again(daemon, created.id), failure=error)
    return Ran(created, await look_again(daemon, created.id))


async def _foreground(daemon: Daemon, plan: Plan, created: Created) -> Ran:
    """Start it and wait a while for its end.

    Output and end are asked for before the start, as the CLI does: a short program may be over, and with --rm
    gone, by the time anyone looks.
    """
    made = created.id
    condition: Condition = "removed" if plan.line[AUTO_REMOVE] else "next-exit"
    async with (
        daemon.attached(made, tty=plan.line[TTY]) as output,
        daemon.waited(made, condition) as end,
    ):
        await daemon.start(made)
        try:
            async with asyncio.timeout(FOREGROUND_SECONDS):
                kept, _ = await last_bytes(output, OUTPUT_BYTES)
                ended = (await end(), mask(kept.decode(errors="replace")))
        except TimeoutError:
            return Ran(created, await look_again(daemon, made))
    return Ran(created, await look_again(daemon, made), ended=ended)


def _render(plan: Plan, ran: Ran) -> Reply:
    if ran.failure:
        reply = _failed(plan, ran, ran.failure)
    elif ran.ended:
        reply = _ended(plan, ran, *ran.ended)
    else:
        reply = _up(plan, ran)
    return replace(reply, buttons=here(plan, reply.buttons), objects=[ran.created.id])


def _up(plan: Plan, ran: Ran) -> Reply:
    """It was started and left to run. With --rm it may be over and gone already."""
    words, short = f"ran {ran.created.name} on {plan.host}", ran.created.id[:12]
    outcome = verdict(ran.now, is_up)
    return Reply(
        text=f"{words}: {said(ran.now)}",
        blocks=[headline(outcome, words + ":", about(plan, ran.created, ran.now)), *asides(ran.created)],
        buttons=[Button("Logs", f"logs --tail 50 {short}"), Button("Stop", f"stop {short}", style="danger")]
        if ran.now
        else (),
        outcome=outcome,
    )


def _failed(plan: Plan, ran: Ran, failure: EngineError) -> Reply:
    """A start that failed leaves the container behind: say so, and how to be rid of it."""
    outcome: Outcome = "unknown" if isinstance(failure, Unknown) else "failed"
    how = "its start is unknown:" if outcome == "unknown" else "could not start it:"
    words, why = f"created {ran.created.name} on {plan.host}, but {how}", mask(failure.message)
    return Reply(
        text=f"{words} {why}",
        blocks=[headline(outcome, words, why), note(_left(ran)), *asides(ran.created)],
        buttons=[Button("Remove it", f"rm -f {ran.created.id[:12]}", style="danger")] if ran.now else (),
        outcome=outcome,
    )


def _left(ran: Ran) -> str:
    if ran.now is None:
        return "Nothing was left behind."
    seen = ran.now.state.status if isinstance(ran.now, Container) else said(ran.now)
    return f"Left behind: {ran.created.name} ({seen}). `docker rm -f {ran.created.name}` removes it."


def _ended(plan: Plan, ran: Ran, code: int, output: str) -> Reply:
    """A program that ran to its end: its exit code and the end of its output."""
    words = f"ran {ran.created.name} on {plan.host}"
    outcome: Outcome = "done" if code == 0 else "failed"
    blocks: list[Block] = [headline(outcome, words + ":", f"exited ({code})"), *asides(ran.created)]
    if output.strip():
        blocks.append(rich(preformatted(output[-MOST_CHARACTERS:])))
    if len(output) > MOST_CHARACTERS:
        blocks.append(note("That is the end of its output."))
    return Reply(
        text=f"{words}: exited ({code})",
        blocks=blocks,
        buttons=[Button("Remove", f"rm {ran.created.id[:12]}", style="danger")] if ran.now else (),
        outcome=outcome,
    )


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render, verbs=("create", "start"))
