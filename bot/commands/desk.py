"""The desk: takes each request once, records it, and sets it on its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from bot.commands.answers import not_recorded_reply
from bot.commands.command import Command, Own
from bot.commands.request import Conversation, People, Request
from bot.commands.walk import Walk
from bot.gate.gate import Gate
from bot.grammar.grammar import Grammar
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.parse import parse
from bot.hosts.hosts import Hosts
from bot.policy.permissions import Permissions
from bot.store.errors import StoreError
from bot.store.ids import ulid

log = structlog.get_logger()


@dataclass(frozen=True)
class Desk:
    """Carries out requests. One for the whole bot; it keeps nothing between two requests."""

    hosts: Hosts
    permissions: Permissions
    people: People
    gate: Gate
    commands: Mapping[str, Command[Any] | Own]

    async def handle(self, request: Request, conversation: Conversation) -> None:
        """Answer one request, once: a delivery that was seen before is dropped."""
        line = self.parsed(request.text)
        operation = ulid()
        try:
            if not await self.gate.receive(request.delivery, operation, _told(request, line)):
                return
        except StoreError as error:
            log.error("request not recorded", operation=operation, reason=str(error))
            if isinstance(line, Line) and line.grammar.changes:
                await conversation.whisper(not_recorded_reply(str(error)))
                return
        await Walk(self, operation, request, conversation).answer(line)

    def parsed(self, text: str) -> Line | Mistake:
        """What was typed, as a line or as the mistake in it."""
        try:
            return parse(text, self.grammars)
        except Mistake as mistake:
            return mistake

    @property
    def grammars(self) -> Mapping[str, Grammar]:
        """The grammar of every command, by name."""
        return {name: command.grammar for name, command in self.commands.items()}


def _told(request: Request, line: Line | Mistake) -> dict[str, Any]:
    """What the record says of a request: who, where, and what was typed, its secrets masked."""
    return {
        "team": request.team,
        "user": request.user,
        "channel": request.channel,
        "source": request.source,
        "command": line.shown if isinstance(line, Line) else line.line,
    }
