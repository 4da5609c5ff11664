"""One line on several hosts at once: each is planned, judged and run by itself; one message answers for all."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import structlog

from bot.blocks.card import note
from bot.blocks.reply import Reply
from bot.commands.answers import (
    broken_reply,
    combined,
    error_reply,
    metadata,
    not_recorded_reply,
    running_reply,
    signed,
    together,
    unrecorded,
)
from bot.commands.asker import Asker
from bot.commands.command import Command
from bot.commands.narrator import Narrator
from bot.commands.planning import Ready, Refusal, plan_on
from bot.commands.running import Running
from bot.gate.gate import Asked, NotRecorded
from bot.grammar.line import Line
from bot.hosts.hosts import Host
from bot.store.chain import Mark

if TYPE_CHECKING:
    from bot.commands.walk import Walk

log = structlog.get_logger()


@dataclass(frozen=True)
class End:
    """How it ended on one host. `private` concerns the asker alone; `mark` is the place in the record."""

    host: Host
    reply: Reply
    mark: Mark | None
    private: bool = False

    @property
    def lacking(self) -> bool:
        """Whether it only lacks what was named, which all may know where other hosts have it."""
        return self.private and self.reply.outcome != "denied"


@dataclass(frozen=True)
class Execution:
    """A request's line, its command and its asker. `ready` grows as hosts are found ready."""

    walk: "Walk"
    line: Line
    command: Command[Any]
    asker: Asker
    hosts: Sequence[Host]
    ready: list[Ready] = field(default_factory=list)

    async def carry_out(self) -> None:
        """Do it on every host, telling how far it is; then answer: what was done to all, the rest to the asker."""
        narrator = self._narrator()
        async with narrator.telling():
            ends = await asyncio.gather(*(self._on(host, narrator) for host in self.hosts))
        some_public = any(not end.private for end in ends)
        private = [end for end in ends if end.private and not (some_public and end.lacking)]
        public = [end for end in ends if end not in private]
        if private:
            reply = together([end.reply for end in private])
            facts = {**self._facts([end.host for end in private]), "outcome": reply.outcome}
            marked = {**facts, "audit": _last_mark(private)}
            await self.walk.conversation.whisper(replace(reply, metadata=marked))
        if public:
            await self._answer(public, private)

    async def _answer(self, public: Sequence[End], private: Sequence[End]) -> None:
        whole = together([end.reply for end in public])
        if private:
            names = ", ".join(end.host.name for end in private)
            aside = note(f"Nothing was done on {names}: the reason is in a message to whoever asked.")
            outcome = combined([whole.outcome, *(end.reply.outcome for end in private)])
            whole = replace(whole, blocks=[*whole.blocks, aside], outcome=outcome)
        facts = {**self._facts([end.host for end in public]), "audit": _last_mark(public)}
        say = self.walk.conversation.whisper if self.line.private else self.walk.conversation.post
        await say(signed(whole, self.asker.person.user, self.line.shown, facts))

    async def _on(self, host: Host, narrator: Narrator) -> End:
        """Plan, judge and run it on one host; our own failures are an answer too, so that no other host is held up."""
        try:
            return await self._planned(host, narrator)
        except Exception:
            ref = secrets.token_hex(4)
            log.exception("a command failed", ref=ref, operation=self._id(host))
            return End(host, broken_reply(self.line, host.name, ref), None)

    async def _planned(self, host: Host, narrator: Narrator) -> End:
        found = await plan_on(self.command, self.line, host, self.asker)
        if isinstance(found, Refusal):
            mark = await self.walk.record(self._facts([host]), found.reply)
            return End(host, found.reply, mark, found.private)
        self.ready.append(found)
        narrator.show(self._signed(running_reply(self.line, [each.host.name for each in self.ready])))
        return await self._run(found, narrator)

    async def _run(self, ready: Ready, narrator: Narrator) -> End:
        """Let the gate run it; whatever comes out is an answer."""
        plan, request = ready.plan, self.walk.request
        running = Running(
            rules=self.asker.rules(ready.host),
            show=lambda reply: narrator.show(self._signed(reply)),
            auth=self.asker.hosts.registry_auth,
            full=request.full,
        )
        asked = Asked(self._id(ready.host), self.asker.person, request.channel, request.thread, ready.rule)
        try:
            ended = await self.walk.desk.gate.run(
                asked, plan, ready.host, lambda daemon: self.command.carry_out(daemon, plan, running)
            )
        except NotRecorded as error:
            return End(ready.host, not_recorded_reply(str(error)), None)
        result = ended.result
        reply = result if isinstance(result, Reply) else error_reply(plan.line, plan.host, result)
        return End(ready.host, reply if ended.mark else unrecorded(reply), ended.mark)

    def _signed(self, reply: Reply) -> Reply:
        """How far it is, as the message shows it."""
        facts = self._facts([each.host for each in self.ready])
        return signed(reply, self.asker.person.user, self.line.shown, facts)

    def _facts(self, hosts: Sequence[Host]) -> dict[str, Any]:
        plans = [each.plan for each in self.ready if each.host in hosts]
        names = [host.name for host in hosts]
        return metadata(self.walk.operation, self.asker.person.user, self.line, names, plans)

    def _id(self, host: Host) -> str:
        """The operation's id: the request's own, with the host's name where there are several."""
        return self.walk.operation if len(self.hosts) == 1 else f"{self.walk.operation}/{host.name}"

    def _narrator(self) -> Narrator:
        """Tells the channel; notes where the message stands, so that it can be mended after a crash."""
        noted: set[str] = set()

        async def tell(reply: Reply) -> None:
            if not self.line.private:
                await self.walk.conversation.post(reply)

        async def beat() -> None:
            channel, ts = self.walk.conversation.place()
            for each in self.ready:
                if ts and each.plan.changes and each.host.name not in noted:
                    noted.add(each.host.name)
                    await self.walk.desk.gate.placed(self._id(each.host), channel, ts)

        return Narrator(tell, beat)


def _last_mark(ends: Sequence[End]) -> str:
    return next((str(end.mark) for end in reversed(ends) if end.mark), "")
