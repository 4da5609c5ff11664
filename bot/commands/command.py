"""What a command's file declares."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.blocks.reply import Reply
from bot.commands.asker import Asker
from bot.commands.look import Look
from bot.commands.running import Running
from bot.engine.daemon import Daemon
from bot.gate.plan import Plan
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line

R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Command(Generic[R]):
    """One of docker's commands.

    `plan` resolves names through one person's eyes and says what would be asked; it may raise Mistake.
    `run` asks the daemon, only ever called by the gate; it may raise EngineError.
    `render` is pure: what came out, as a reply.
    """

    grammar: Grammar
    plan: Callable[[Line, Look], Awaitable[Plan]]
    run: Callable[[Daemon, Plan, Running], Awaitable[R]]
    render: Callable[[Plan, R], Reply]
    verbs: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """The verbs without which it can't be allowed; those of `verbs`, else its own name."""
        return self.verbs or (self.grammar.name,)

    async def carry_out(self, daemon: Daemon, plan: Plan, running: Running) -> Reply:
        """Run it and render what came out: in a thread, since a large answer must not hold up the others."""
        found = await self.run(daemon, plan, running)
        return await asyncio.to_thread(self.render, plan, found)


@dataclass(frozen=True, kw_only=True)
class Own:
    """One of our own commands: it asks no daemon to change anything, and its answer is the asker's alone."""

    grammar: Grammar
    answer: Callable[[Line, Asker], Awaitable[Reply]]
