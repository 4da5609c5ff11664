"""One request's answers: a message that is posted once and then updated, and words to the asker alone."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.blocks.card import note
from bot.blocks.reply import Button, Reply
from bot.slack.alone import tell, thread_of
from bot.slack.calls import LaterError, RefusedError, UnclearError, call, persist
from bot.slack.files import share
from bot.slack.fit import Message, fit, plain, words_alone
from bot.slack.posting import hand_over, post_once
from bot.slack.requests import Asked
from bot.slack.response_url import ResponseUrl

if TYPE_CHECKING:
    from bot.slack.replies import Replies

log = structlog.get_logger(__name__)

# What Slack answers where the bot may not post, where a message is too much for it, and where one is gone.
_AWAY = ("not_in_channel", "channel_not_found", "is_archived", "restricted_action", "no_permission")
_TOO_MUCH = {
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_too_long",
    "msg_blocks_too_long",
    "only_one_table_allowed",
    "no_text",
}
_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_HOLD = 5.0  # seconds to leave progress out after Slack failed

INVITE = "The bot is not in this channel, so this answer can't be updated. To let it in: /invite @docker"
FILES_ELSEWHERE = "The files are in your direct messages with the bot."

Show = Callable[[Reply, Message, float], Awaitable[None]]


class Talk:
    """The conversation of one request (see `bot.commands.request.Conversation`).

    A reply whose outcome is `running` is progress: `post` returns at once, and it may be left out for a newer
    one; none is shown after the end. Only the first is waited for, a moment, so that `place` tells where it stands.
    Any other reply is waited for: when `post` returns, it stands in Slack, or in the log as lost.
    """

    def __init__(self, replies: "Replies", asked: Asked, url: ResponseUrl, ts: str | None = None) -> None:
        self._replies = replies
        self._client = replies.client
        self._asked = asked
        self._url = url
        self._mark = hashlib.sha256(asked.request.delivery.encode()).hexdigest()[:32]
        self._kept: dict[tuple[Button, ...], list[str]] = {}
        self._said = 0
        self._ts = ts
        self._away = False
        self._newest: Reply | None = None
        self._sender: asyncio.Task[None] | None = None
        self._due = 0.0  # loop time from which progress may be shown again
        self._final = asyncio.Event()

    def place(self) -> tuple[str, str | None]:
        """The channel id and the ts of the posted message, None before there is one."""
        return self._asked.request.channel, self._ts

    async def post(self, reply: Reply) -> None:
        """Say it in the channel."""
        if reply.outcome == "running" and self._final.is_set():
            return  # progress that comes after the end is none
        self._newest = reply
        if self._sender is None or self._sender.done():
            self._sender = self._replies.work.start(self._send())
        if reply.outcome not in ("running", "waiting"):
            self._final.set()
        if reply.outcome != "running":
            # It is sent even where whoever waits for it is cancelled.
            await asyncio.shield(self._sender)
        elif self._ts is None:
            await asyncio.wait({self._sender}, timeout=self._replies.pace)

    async def whisper(self, reply: Reply) -> None:
        """Say it to the asker alone."""
        await asyncio.shield(self._replies.work.start(self._say(reply, self._tell)))

    async def _send(self) -> None:
        """Send the newest reply, in the channel's order, until there is none left."""
        while self._newest is not None:
            await self._until_due()
            async with self._replies.lock(self._asked.request.channel):
                reply, self._newest = self._newest, None
                if reply.outcome == "running":
                    await self._say(reply, self._show_progress)
                else:
                    await self._say(reply, self._show)
            self._due = max(self._due, asyncio.get_running_loop().time() + self._replies.pace)

    async def _until_due(self) -> None:
        """Wait until progress may be shown, or there is a final word."""
        wait = self._due - asyncio.get_running_loop().time()
        if wait > 0 and not self._final.is_set():
            try:
                await asyncio.wait_for(self._final.wait(), wait)
            except TimeoutError:
                return

    async def _say(self, reply: Reply, show: Show) -> None:
        """Show the reply as it is, or plainly where Slack does not take it so. What fails is logged."""
        until = asyncio.get_running_loop().time() + self._replies.patience
        self._said += 1  # each has a mark of its own, or one would be taken for another
        mark = f"{self._mark}-{self._said}"
        try:
            message = fit(reply, mark, await self._ids(reply))
            try:
                await show(reply, message, until)
            except RefusedError as refused:
                if refused.code not in _TOO_MUCH:
                    raise
                log.warning("Slack refused a message as it was", code=refused.code)
                await show(reply, plain(reply, mark), until)
        except (RefusedError, LaterError, UnclearError) as failure:
            log.error("an answer was lost", text=reply.text, reason=repr(failure))
        except Exception:
            log.exception("an answer was lost", text=reply.text)

    async def _tell(self, reply: Reply, message: Message, until: float) -> None:
        await tell(self._client, self._asked, self._url, message, until)

    async def _show(self, reply: Reply, message: Message, until: float) -> None:
        """Put it into the channel, by response_url where the bot is not in it."""
        if not self._away:
            await self._put(message, until)
        if self._away:
            await self._from_outside(message, until)
        else:
            await self._share(message, until)

    async def _show_progress(self, reply: Reply, message: Message, until: float) -> None:
        """Post the first as any other; later ones get one try: where Slack asks to wait, nobody else waits.

        What is said by response_url can't be changed: then only the end is said.
        """
        if self._away:
            return
        if self._ts is None:
            await self._put(message, until)
            return
        try:
            await self._change(message)
        except (LaterError, UnclearError) as failure:
            wait = failure.seconds if isinstance(failure, LaterError) else _HOLD
            self._due = asyncio.get_running_loop().time() + wait
            self._newest = self._newest or reply

    async def _put(self, message: Message, until: float) -> None:
        """Post, or change what was posted; or find that we may not."""
        if self._ts:
            try:
                return await persist(lambda: self._change(message), until)
            except RefusedError as refused:
                if refused.code not in _GONE:
                    raise
        request = self._asked.request
        try:
            _, self._ts = await post_once(self._client, request.channel, request.thread, message, until)
        except RefusedError as refused:
            if not refused.code.startswith(_AWAY):
                raise
            self._away = True

    async def _change(self, message: Message) -> None:
        channel, ts = self.place()
        await call(self._client.chat_update(channel=channel, ts=ts or "", **message.content))

    async def _from_outside(self, message: Message, until: float) -> None:
        if not self._url.left:
            raise RefusedError("not_in_channel")
        hint = note(f"{INVITE} {FILES_ELSEWHERE}" if message.files else INVITE)
        content = replace(message, blocks=[*message.blocks, hint]).content
        where = thread_of(self._asked.request.thread)
        await self._url.send({**content, **where, "response_type": "in_channel"}, until)
        if message.files:
            await hand_over(self._client, message, self._asked.request.user, until)

    async def _share(self, message: Message, until: float) -> None:
        """Files go into the thread. Where they are refused the message stands, and the thread says why."""
        channel, ts = self.place()
        thread = self._asked.request.thread or ts
        try:
            await share(self._client, message.files, channel, thread, until)
        except RefusedError as refused:
            log.warning("files were refused", code=refused.code)
            words = words_alone(f"Slack did not take the file: {refused.code}", f"{message.mark}-refused")
            await post_once(self._client, channel, thread, words, until)

    async def _ids(self, reply: Reply) -> Sequence[str]:
        """The values of the reply's buttons, kept once; none where they could not be kept."""
        buttons = tuple(reply.buttons)
        if buttons and buttons not in self._kept:
            try:
                self._kept[buttons] = await self._replies.keep_buttons(buttons, self._asked.request)
            except Exception:
                log.exception("buttons could not be kept")
                return ()
        return self._kept.get(buttons, ())
