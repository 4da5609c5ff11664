"""Posting a message once: not lost, and not doubled."""

import time

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import LaterError, UnclearError, call, rest
from bot.slack.files import share
from bot.slack.fit import Message, words_alone
from bot.slack.lookup import find, marked


async def post_once(
    client: AsyncWebClient, channel: str, thread: str | None, message: Message, until: float
) -> tuple[str, str]:
    """Post, and after an answer that was lost look for the message first. Its channel id and ts.

    Raises RefusedError at once, LaterError or UnclearError after `until` (loop time, seconds).
    """
    since, unsure, attempt = time.time(), False, 0
    while True:
        try:
            if unsure and (ts := await find(client, channel, thread, since, marked(message.mark))):
                return channel, ts
            answer = await call(
                client.chat_postMessage(
                    channel=channel,
                    thread_ts=thread,
                    mrkdwn=False,
                    unfurl_links=False,
                    unfurl_media=False,
                    **message.content,
                )
            )
            return str(answer["channel"]), str(answer["ts"])
        except (LaterError, UnclearError) as failure:
            unsure = unsure or isinstance(failure, UnclearError)
            await rest(failure, attempt, until)
            attempt += 1


async def hand_over(client: AsyncWebClient, message: Message, user: str, until: float) -> None:
    """Give a message's files to one person, in direct messages: nothing else shows a file to one alone.

    Posting to a user id opens that conversation, with no scope but chat:write. Raises as the calls in it do.
    """
    note = words_alone("The files of your answer:", f"{message.mark}-files")
    channel, ts = await post_once(client, user, None, note, until)
    await share(client, message.files, channel, ts, until)
