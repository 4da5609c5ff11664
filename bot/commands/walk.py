"""One request on its way: what it is, who asks, which hosts it is for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.blocks.reply import Reply
from bot.commands.answers import (
    metadata,
    mistake_reply,
)
from bot.commands.asker import Asker
from bot.commands.command import Own
from bot.commands.execution import Execution
from bot.commands.help import help_reply
from bot.commands.request import Conversation, Request
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.hosts.choose import NoSuchHost
from bot.store.chain import Mark

if TYPE_CHECKING:
    from bot.commands.desk import Desk


@dataclass(frozen=True)
class Walk:
    """`operation` is the id under which everything about this request is recorded."""

    desk: "Desk"
    operation: str
    request: Request
    conversation: Conversation

    async def answer(self, line: Line | Mistake) -> None:
        """Answer it, whatever it turned out to be."""
        if isinstance(line, Mistake):
            return await self._alone(line, mistake_reply(line))
        command = self.desk.commands[line.grammar.name]
        if line.help and line.grammar.name != "help":
            return await self._alone(line, help_reply(line.grammar, full=self.request.full))
        asker = await self._asker()
        try:
            if isinstance(command, Own):
                return await self._alone(line, await command.answer(line, asker))
            hosts = asker.choose(line.hosts)
        except Mistake as mistake:
            return await self._alone(line, mistake_reply(mistake))
        except NoSuchHost as error:
            return await self._alone(line, mistake_reply(_no_such_host(line, error)))
        return await Execution(self, line, command, asker, hosts).carry_out()

    async def _asker(self) -> Asker:
        policy = self.desk.permissions.policy
        person = await self.desk.people.person(self.request.team, self.request.user, policy.usergroups)
        return Asker(self.request, person, policy, self.desk.hosts, self.desk.commands)

    async def _alone(self, line: Line | Mistake, reply: Reply) -> None:
        """Answer the asker alone. What was asked of no daemon is recorded all the same."""
        facts = metadata(self.operation, self.request.user, line)
        mark = await self.record(facts, reply)
        told = {**facts, "outcome": reply.outcome, "audit": str(mark or "")}
        await self.conversation.whisper(replace(reply, metadata=told))

    async def record(self, facts: Mapping[str, Any], reply: Reply) -> Mark | None:
        """Record what was asked of no daemon: a denial, a mistake, an answer of our own."""
        body = {name: facts[name] for name in ("user", "verb", "command", "hosts")}
        body |= {"outcome": reply.outcome, "text": reply.text}
        if reply.outcome == "denied":
            return await self.desk.gate.deny(self.operation, body)
        return await self.desk.gate.answered(self.operation, body)


def _no_such_host(line: Line, error: NoSuchHost) -> Mistake:
    hint = f"Did you mean {error.nearest}?" if error.nearest else "/docker hosts lists them."
    return Mistake.at_host(line, error.word, str(error), hint)
