"""The Events API's part of a message: what the app hears of it."""

import uuid

from bot.playground.delivery import Ack, Delivery
from bot.playground.payloads import event
from bot.playground.scopes import EVENT_SCOPES
from bot.playground.show import api_message
from bot.playground.slack import Slack
from bot.playground.text import mentioned
from bot.playground.workspace import JSON, Channel, Message


async def tell_app(slack: Slack, channel: Channel, message: Message) -> Ack | None:
    """Deliver what a person said, where it concerns the app: mentions in channels, all in direct messages.

    Returns the acknowledgement, or None where the app does not hear of it.
    """
    name = "message.im" if channel.kind == "im" else "app_mention"
    concerns = channel.kind == "im" or mentioned(message.text, slack.workspace.bot.id)
    if not concerns or not _subscribed(slack, name) or slack.workspace.bot.id not in channel.members:
        return None
    kind = {"type": "message", "channel_type": "im"} if channel.kind == "im" else {"type": "app_mention"}
    return await slack.deliveries.send(_delivery(slack, _body(slack, message) | kind))


def echo(slack: Slack, message: Message, what: str = "") -> None:
    """Let the app hear of its own message in a direct conversation, as Slack does: an app must not heed it.

    `what` is empty for a new message, else `message_changed` or `message_deleted`.
    """
    channel = slack.workspace.channels[message.channel]
    if channel.kind != "im" or message.only_for is not None or not _subscribed(slack, "message.im"):
        return
    body: JSON = {"type": "message", "channel_type": "im"}
    if what:
        ts = slack.workspace.next_ts()
        inner = "message" if what == "message_changed" else "previous_message"
        body |= {"subtype": what, "hidden": True, "ts": ts, "event_ts": ts, "channel": channel.id}
        body[inner] = api_message(slack.workspace, message)
    else:
        body = _body(slack, message) | body
    slack.deliveries.later(_delivery(slack, body))


def _subscribed(slack: Slack, name: str) -> bool:
    return name in slack.settings.events and EVENT_SCOPES[name] in slack.settings.scopes


def _body(slack: Slack, message: Message) -> JSON:
    where = {"channel": message.channel, "event_ts": message.ts}
    return api_message(slack.workspace, message) | where


def _delivery(slack: Slack, body: JSON) -> Delivery:
    return Delivery("events_api", str(uuid.uuid4()), event(slack, body))
