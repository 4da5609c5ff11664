"""One request on its way: hosts, plan, judgement, gate, reply."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.blocks.reply import Reply
from bot.commands.answers import (
    error_reply,
    metadata,
    mistake_reply,
    not_recorded_reply,
    running_reply,
    signed,
    together,
    unrecorded,
)
from bot.commands.asker import Asker
from bot.commands.command import Command, Own
from bot.commands.help import help_reply
from bot.commands.narrator import Narrator
from bot.commands.planning import Ready, Refusal, plan_on
from bot.commands.request import Conversation, Request
from bot.commands.running import Running
from bot.gate.gate import Asked, NotRecorded
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.hosts.choose import NoSuchHost
from bot.hosts.hosts import Host
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
        found = await asyncio.gather(*(plan_on(command, line, host, asker) for host in hosts))
        return await self._carry_out(line, asker, command, found)

    async def _asker(self) -> Asker:
        policy = self.desk.permissions.policy
        person = await self.desk.people.person(self.request.team, self.request.user, policy.usergroups)
        return Asker(self.request, person, policy, self.desk.hosts, self.desk.commands)

    async def _alone(self, line: Line | Mistake, reply: Reply) -> None:
        """Answer the asker alone. What was asked of no daemon is recorded all the same."""
        facts = metadata(self.operation, self.request.user, line, [])
        mark = await self._record(facts, reply)
        told = {**facts, "outcome": reply.outcome, "audit": str(mark or "")}
        await self.conversation.whisper(replace(reply, metadata=told))

    async def _record(self, facts: Mapping[str, Any], reply: Reply) -> Mark | None:
        body = {name: facts[name] for name in ("user", "verb", "command")}
        body |= {"outcome": reply.outcome, "text": reply.text}
        if reply.outcome == "denied":
            return await self.desk.gate.deny(self.operation, body)
        return await self.desk.gate.answered(self.operation, body)

    async def _carry_out(
        self, line: Line, asker: Asker, command: Command[Any], found: Sequence[Ready | Refusal]
    ) -> None:
        """Run what is ready, telling how far it is, and answer for all hosts in one message."""
        ready = [each for each in found if isinstance(each, Ready)]
        refused = [each.reply for each in found if isinstance(each, Refusal)]
        if not ready and all(isinstance(each, Refusal) and each.private for each in found):
            return await self._alone(line, together(refused))
        facts = metadata(self.operation, self.request.user, line, [each.plan for each in ready])
        narrator = self._narrator(line, ready, facts)
        async with narrator.telling():
            ended = await asyncio.gather(
                *(self._run(each, asker, command, narrator, facts) for each in ready)
            )
        whole = together([*(reply for reply, _ in ended), *refused])
        marks = [mark for _, mark in ended if mark] if ready else [await self._record(facts, whole)]
        audit = str(marks[-1]) if marks and marks[-1] else ""
        say = self.conversation.whisper if line.private else self.conversation.post
        return await say(signed(whole, self.request.user, line.shown, {**facts, "audit": audit}))

    async def _run(
        self, ready: Ready, asker: Asker, command: Command[Any], narrator: Narrator, facts: Mapping[str, Any]
    ) -> tuple[Reply, Mark | None]:
        """Let the gate run it on one host; whatever comes out is a reply."""
        plan = ready.plan
        running = Running(
            rules=asker.rules(ready.host),
            show=lambda reply: narrator.show(signed(reply, self.request.user, plan.line.shown, facts)),
            auth=self.desk.hosts.registry_auth,
            full=self.request.full,
        )
        asked = Asked(
            self._id(ready.host, facts), asker.person, self.request.channel, self.request.thread, ready.rule
        )
        try:
            ended = await self.desk.gate.run(
                asked, plan, ready.host, lambda daemon: command.carry_out(daemon, plan, running)
            )
        except NotRecorded as error:
            return not_recorded_reply(str(error)), None
        result = ended.result
        reply = result if isinstance(result, Reply) else error_reply(plan.line, plan.host, result)
        return (reply if ended.mark else unrecorded(reply)), ended.mark

    def _id(self, host: Host, facts: Mapping[str, Any]) -> str:
        """The operation's id: the request's own, with the host's name where there are several."""
        return self.operation if len(facts["hosts"]) == 1 else f"{self.operation}/{host.name}"

    def _narrator(self, line: Line, ready: Sequence[Ready], facts: Mapping[str, Any]) -> Narrator:
        """Tells the channel; notes where the message stands, so that it can be mended after a crash."""
        noted = not line.grammar.changes

        async def tell(reply: Reply) -> None:
            if not line.private:
                await self.conversation.post(reply)

        async def note() -> None:
            nonlocal noted
            channel, ts = self.conversation.place()
            if ts and not noted:
                noted = True
                for each in ready:
                    await self.desk.gate.placed(self._id(each.host, facts), channel, ts)

        first = running_reply(line, [each.host.name for each in ready])
        return Narrator(signed(first, self.request.user, line.shown, facts), tell, note)


def _no_such_host(line: Line, error: NoSuchHost) -> Mistake:
    hint = f"Did you mean {error.nearest}?" if error.nearest else "/docker hosts lists them."
    return Mistake.at_host(line, error.word, str(error), hint)
