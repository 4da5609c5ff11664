"""What the bot listens to in Slack. Each listener acknowledges, and leaves the work to a task."""

import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.reply import Reply
from bot.commands.request import Conversation, Request
from bot.slack.replies import Replies
from bot.slack.requests import Asked, from_command, from_event, from_press
from bot.slack.work import Work

COMMAND = "/docker"
ANY = re.compile("")
BUTTON = re.compile(r"\A(show|more)(:\d+)?\Z")
STALE = "That button no longer works: it is too old, or was made for another place. Type the command again."

log = structlog.get_logger(__name__)

OnRequest = Callable[[Request, Conversation], Awaitable[None]]
FindButton = Callable[[str, str, str], Awaitable[tuple[str, bool] | None]]


@dataclass(frozen=True)
class Desk:
    """Where requests go: who carries them out, what answers them, what a button stands for, what is running.

    `find_button` takes (value, team, channel) of a press, and gives (line, full), or None for a value that
    was not made for that place.
    """

    on_request: OnRequest
    find_button: FindButton
    replies: Replies
    work: Work

    def take(self, asked: Asked) -> None:
        """Start the work on a request and return at once."""
        self.work.start(self._carry_out(asked))

    async def _carry_out(self, asked: Asked) -> None:
        conversation = self.replies.conversation(asked)
        try:
            request = await self._meant(asked)
            if request is None:
                await conversation.whisper(Reply(STALE, outcome="failed"))
            else:
                await self.on_request(request, conversation)
        except Exception:
            await _own_up(asked.request, conversation)

    async def _meant(self, asked: Asked) -> Request | None:
        request = asked.request
        if request.source != "button":
            return request
        found = await self.find_button(asked.button, request.team, request.channel) if asked.button else None
        return found and replace(request, text=found[0], full=found[1])


async def _own_up(request: Request, conversation: Conversation) -> None:
    """Say that we failed, with a reference that stands in the log too; where a message stands, in it."""
    ref = secrets.token_hex(4)
    log.exception("a request failed", ref=ref, delivery=request.delivery, user=request.user)
    say = conversation.post if conversation.place()[1] else conversation.whisper
    await say(Reply(f"Something broke on our side (ref {ref}). The log says more.", outcome="failed"))


def listen(app: AsyncApp, desk: Desk) -> None:
    """Register every listener. `tests/slack/test_manifest.py` holds them against the manifest."""

    async def command(ack: AsyncAck, body: dict[str, Any]) -> None:
        asked = from_command(body, time.time())
        await ack()
        desk.take(asked)

    async def event(body: dict[str, Any]) -> None:
        if asked := from_event(body, time.time()):
            desk.take(asked)

    async def press(ack: AsyncAck, body: dict[str, Any]) -> None:
        asked = from_press(body, time.time())
        await ack()
        desk.take(asked)

    async def unknown_press(ack: AsyncAck, body: dict[str, Any]) -> None:
        asked = from_press(body, time.time())
        await ack()
        desk.take(replace(asked, button=""))

    app.command(COMMAND)(command)
    app.event(ANY)(event)  # `from_event` chooses; what is not acknowledged, Slack sends again
    app.block_action(BUTTON)(press)
    app.block_action(ANY)(unknown_press)
