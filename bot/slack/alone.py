"""Words to the asker alone."""

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import RefusedError, call, persist
from bot.slack.files import share
from bot.slack.fit import Message
from bot.slack.posting import hand_over, post_once
from bot.slack.requests import Asked
from bot.slack.response_url import ResponseUrl

log = structlog.get_logger(__name__)


async def tell(
    client: AsyncWebClient, asked: Asked, url: ResponseUrl, message: Message, until: float
) -> None:
    """By response_url where there is one left; as a plain message in a direct conversation; else ephemeral.

    Files go into the bot's direct messages with the asker. Raises RefusedError, LaterError or UnclearError.
    """
    request = asked.request
    if not await _by_url(url, asked, message, until):
        if request.channel.startswith("D"):
            channel, ts = await post_once(client, request.channel, request.thread, message, until)
            await share(client, message.files, channel, request.thread or ts, until)
            return
        await persist(lambda: _ephemeral(client, asked, message), until)
    if message.files:
        await hand_over(client, message, request.user, until)


def thread_of(ts: str | None) -> dict[str, str]:
    """The argument that puts an answer by response_url into a thread, where there is one."""
    return {"thread_ts": ts} if ts else {}


async def _by_url(url: ResponseUrl, asked: Asked, message: Message, until: float) -> bool:
    if not url.left:
        return False
    try:
        where = thread_of(asked.whisper_thread)
        await url.send({**message.content, **where, "response_type": "ephemeral"}, until)
    except RefusedError as refused:
        if refused.code not in {"used_url", "expired_url"}:
            raise
        log.info("a response_url is used up", code=refused.code)
        return False
    return True


async def _ephemeral(client: AsyncWebClient, asked: Asked, message: Message) -> None:
    """One try; a double would be seen by the asker alone. It takes no metadata."""
    await call(
        client.chat_postEphemeral(
            channel=asked.request.channel,
            user=asked.request.user,
            thread_ts=asked.whisper_thread,
            text=message.text,
            blocks=message.content["blocks"],
        )
    )
