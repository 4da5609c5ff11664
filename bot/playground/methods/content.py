"""What methods share: finding the channel, and making a message's content Slack's own."""

import secrets
from typing import Any

from bot.playground.limits import SlackError
from bot.playground.methods.arguments import Arguments
from bot.playground.slack import Slack
from bot.playground.workspace import JSON, Channel, Message


def channel_of(slack: Slack, arguments: Arguments, name: str = "channel") -> Channel:
    """The channel meant: by id, or by a person's id for the direct conversation. Raises `SlackError`.

    A private channel without the bot is as good as absent.
    """
    wanted = arguments.need(name)
    workspace = slack.workspace
    if wanted in workspace.users and wanted != workspace.bot.id:
        return workspace.direct(wanted)
    channel = workspace.channels.get(wanted)
    if channel is None or (channel.kind != "channel" and workspace.bot.id not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def joined(slack: Slack, channel: Channel) -> Channel:
    """The channel, where the bot is in it. Raises `SlackError` (not_in_channel)."""
    if slack.workspace.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def writable(slack: Slack, channel: Channel) -> Channel:
    """The channel, where the bot may post. Raises `SlackError` (not_in_channel)."""
    if channel.kind == "channel" and "chat:write.public" in slack.settings.scopes:
        return channel
    return joined(slack, channel)


def message_of(slack: Slack, channel: Channel, ts: str) -> Message:
    """The message of that ts, none for one person only. Raises `SlackError` (message_not_found)."""
    message = slack.workspace.message(channel.id, ts)
    if message is None or message.only_for is not None:
        raise SlackError("message_not_found")
    return message


def with_ids(blocks: Any) -> list[JSON]:
    """The blocks, each with a block_id: Slack gives one to those that come without."""
    return [{"block_id": secrets.token_urlsafe(4)[:5], **block} for block in blocks]
