"""Looking for a message of ours whose answer was lost, before it is posted a second time."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import RefusedError, call

_SKEW = 60.0  # seconds our clock may be ahead of Slack's
_PAGE = 100

Message = Mapping[str, Any]


async def find(
    client: AsyncWebClient, channel: str, thread: str | None, since: float, ours: Callable[[Message], bool]
) -> str | None:
    """The ts of the message that is `ours`, posted in the channel or thread after `since` (UTC seconds).

    None where it is not there, or where we may not look: then posting again is the lesser evil.
    Raises LaterError or UnclearError.
    """
    try:
        if thread:
            answer = await call(
                client.conversations_replies(
                    channel=channel,
                    ts=thread,
                    oldest=f"{since - _SKEW:.6f}",
                    include_all_metadata=True,
                    limit=_PAGE,
                )
            )
        else:
            answer = await call(
                client.conversations_history(
                    channel=channel, oldest=f"{since - _SKEW:.6f}", include_all_metadata=True, limit=_PAGE
                )
            )
    except RefusedError:
        return None
    return next((str(message["ts"]) for message in answer.get("messages") or [] if ours(message)), None)


def marked(mark: str) -> Callable[[Message], bool]:
    """Whether a message carries our mark in its metadata."""

    def ours(message: Message) -> bool:
        payload = (message.get("metadata") or {}).get("event_payload") or {}
        return payload.get("reply") == mark

    return ours


def answering(operation: str) -> Callable[[Message], bool]:
    """Whether a message answers the operation of that id (of several hosts' operations: `ID/HOST`)."""

    def ours(message: Message) -> bool:
        payload = (message.get("metadata") or {}).get("event_payload") or {}
        return payload.get("operation") == operation.partition("/")[0]

    return ours


def holding(file: str) -> Callable[[Message], bool]:
    """Whether a message shows the file of that id."""

    def ours(message: Message) -> bool:
        return any(shown.get("id") == file for shown in message.get("files") or [])

    return ours
