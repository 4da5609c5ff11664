"""docker logs: the last lines in the message, the rest as a file up to a limit that is said."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass

from bot.blocks.card import note, title
from bot.blocks.clean import clean
from bot.blocks.reply import Block, Button, File, Reply
from bot.blocks.rich import preformatted, rich
from bot.commands.command import Command
from bot.commands.listing import MOST_CHARACTERS, MOST_LINES, count, show_all
from bot.commands.look import Look
from bot.commands.running import Running
from bot.engine.daemon import Daemon
from bot.engine.frames import LogChunk
from bot.gate.plan import Plan
from bot.grammar.flags import WHEN, switch, text
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.grammar.long_text import mask_long
from bot.grammar.mistakes import Mistake
from bot.grammar.values.times import timestamp
from bot.policy.terms import Act

MOST_BYTES = 20 * 1024 * 1024
DEFAULT_TAIL = 200

SINCE = text(
    "since", value=WHEN, help='Show logs since timestamp ("2026-01-02T13:23:37Z") or relative ("42m")'
)
TAIL = text("tail", "n", help="Number of lines to show from the end of the logs (default here: 200)")
TIMESTAMPS = switch("timestamps", "t", help="Show timestamps")
UNTIL = text(
    "until", value=WHEN, help='Show logs before a timestamp ("2026-01-02T13:23:37Z") or relative ("42m")'
)

GRAMMAR = Grammar(
    name="logs",
    aliases=("container logs",),
    synopsis="[OPTIONS] CONTAINER",
    summary="Fetch the logs of a container",
    flags=(SINCE, TAIL, TIMESTAMPS, UNTIL),
    least=1,
    most=1,
    examples=("logs web", "logs --tail 20 -t web", "logs --since 10m --tail all web"),
    changes=False,
)


@dataclass(frozen=True)
class Read:
    """What was read: at most `MOST_BYTES` of the end; `dropped` bytes came before it."""

    text: str
    dropped: int
    full: bool


async def _plan(line: Line, look: Look) -> Plan:
    tail = line[TAIL]
    if tail and tail != "all" and not tail.isdigit():
        raise Mistake.at_flag(
            line, TAIL, f"{tail} is not a number of lines", "Say --tail 100, or --tail all."
        )
    return Plan(line, look.name, (Act("logs", await look.container(line, 0)),))


async def _run(daemon: Daemon, plan: Plan, running: Running) -> Read:
    line, target, now = plan.line, plan.targets[0], running.now()
    found = await daemon.container(target.id)
    chunks = daemon.logs(
        target.id,
        since=timestamp(line[SINCE], now) if line[SINCE] else "",
        until=timestamp(line[UNTIL], now) if line[UNTIL] else "",
        timestamps=line[TIMESTAMPS],
        tail=line[TAIL] or ("all" if running.full or line[SINCE] or line[UNTIL] else str(DEFAULT_TAIL)),
        tty=found.config.tty,
    )
    async with aclosing(chunks):
        kept, dropped = await last_bytes(chunks, MOST_BYTES)
    # Megabytes of patterns would hold up everyone else's answer.
    text = await asyncio.to_thread(mask_long, kept.decode(errors="replace"))
    return Read(text, dropped, running.full)


async def last_bytes(chunks: AsyncIterator[LogChunk], most: int) -> tuple[bytes, int]:
    """The last `most` bytes of a stream (a chunk more at the most), and how many came before."""
    kept: deque[bytes] = deque()
    size = dropped = 0
    async for chunk in chunks:
        kept.append(chunk.data)
        size += len(chunk.data)
        while size - len(kept[0]) >= most:
            first = kept.popleft()
            size -= len(first)
            dropped += len(first)
    return b"".join(kept), dropped


def _render(plan: Plan, read: Read) -> Reply:
    name = plan.targets[0].names[0]
    lines = read.text.rstrip("\n").split("\n") if read.text.strip("\n") else []
    words = f"logs of {name} on {plan.host}"
    if not lines:
        return Reply(text=f"looked at {words}: empty", blocks=[title(words), note("It has written nothing.")])
    shown = _tail(lines)
    whole = len(shown) == len(lines)
    extent = count(len(lines), "line") if whole else f"last {len(shown)} of {len(lines)} lines"
    blocks: list[Block] = [title(words, f"({extent})"), rich(preformatted("\n".join(shown)))]
    if read.dropped:
        blocks.append(
            note(
                f"Only the last {MOST_BYTES // 1024**2} MiB are kept; {read.dropped:,} bytes before are left out."
            )
        )
    files: list[File] = []
    if read.full or len(shown) < len(lines):
        files.append(File(f"{name}.log", read.text.encode(), words))
    buttons: list[Button] = [show_all(plan)] if _may_be_more(plan.line, read, len(lines)) else []
    return Reply(text=f"looked at {words}", blocks=blocks, files=files, buttons=buttons)


def _may_be_more(line: Line, read: Read, lines: int) -> bool:
    """Whether the daemon may hold earlier lines than were asked for."""
    asked = line[TAIL] or ("" if line[SINCE] or line[UNTIL] else str(DEFAULT_TAIL))
    return not read.full and asked.isdigit() and lines >= int(asked)


def _tail(lines: list[str]) -> list[str]:
    """The last lines that fit a message."""
    shown: deque[str] = deque()
    size = 0
    for line in reversed(lines[-MOST_LINES:]):
        size += len(line) + 1
        if size > MOST_CHARACTERS and shown:
            break
        shown.appendleft(clean(line)[-MOST_CHARACTERS:])
    return list(shown)


COMMAND = Command(grammar=GRAMMAR, plan=_plan, run=_run, render=_render)
