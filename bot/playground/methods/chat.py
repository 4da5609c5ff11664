"""chat.* and reactions.add."""

from bot.playground.events import echo
from bot.playground.limits import SlackError, check_content
from bot.playground.methods.arguments import Arguments
from bot.playground.methods.content import channel_of, message_of, with_ids, writable
from bot.playground.show import api_message
from bot.playground.slack import Slack
from bot.playground.workspace import JSON, Channel, Message


def post_message(slack: Slack, arguments: Arguments) -> JSON:
    """chat.postMessage: a new message of the bot's."""
    channel = writable(slack, channel_of(slack, arguments))
    message = slack.post(_composed(slack, channel, arguments))
    echo(slack, message)
    return {"channel": channel.id, "ts": message.ts, "message": api_message(slack.workspace, message)}


def post_ephemeral(slack: Slack, arguments: Arguments) -> JSON:
    """chat.postEphemeral: for one person of the channel. It takes no metadata."""
    channel = writable(slack, channel_of(slack, arguments))
    user = arguments.need("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = _composed(slack, channel, arguments)
    message.only_for, message.metadata = user, None
    return {"message_ts": slack.post(message).ts}


def update(slack: Slack, arguments: Arguments) -> JSON:
    """chat.update: the bot's own messages only. Blocks, attachments and metadata not given stay."""
    message = _own(slack, arguments, "cant_update_message")
    given = arguments.given
    check_content(given)
    message.text = arguments.text("text")
    if "blocks" in given:
        message.blocks = with_ids(given["blocks"])
    message.attachments = given.get("attachments", message.attachments)
    message.metadata = given.get("metadata", message.metadata) or None
    message.edited = slack.workspace.next_ts()
    slack.post(message)
    echo(slack, message, "message_changed")
    body = api_message(slack.workspace, message)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": body}


def delete(slack: Slack, arguments: Arguments) -> JSON:
    """chat.delete: the bot's own messages only."""
    message = _own(slack, arguments, "cant_delete_message")
    slack.workspace.remove(message.channel, message.ts)
    slack.tell(message, "deleted")
    echo(slack, message, "message_deleted")
    return {"channel": message.channel, "ts": message.ts}


def permalink(slack: Slack, arguments: Arguments) -> JSON:
    """chat.getPermalink: an address that the page opens."""
    channel = channel_of(slack, arguments)
    message = message_of(slack, channel, arguments.need("message_ts"))
    address = f"{slack.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": address}


def react(slack: Slack, arguments: Arguments) -> JSON:
    """reactions.add: once each."""
    channel = channel_of(slack, arguments)
    message = message_of(slack, channel, arguments.need("timestamp"))
    users = message.reactions.setdefault(arguments.need("name").strip(":"), [])
    if slack.workspace.bot.id in users:
        raise SlackError("already_reacted")
    users.append(slack.workspace.bot.id)
    slack.tell(message)
    return {}


def _composed(slack: Slack, channel: Channel, arguments: Arguments) -> Message:
    """A message of the bot's from a call's arguments, not kept yet."""
    check_content(arguments.given)
    thread_ts = arguments.given.get("thread_ts")
    if thread_ts is not None:
        thread_ts = _thread(slack, channel, str(thread_ts))
    return Message(
        slack.workspace.next_ts(),
        channel.id,
        slack.workspace.bot.id,
        arguments.text("text"),
        with_ids(arguments.given.get("blocks") or []),
        arguments.given.get("attachments") or [],
        thread_ts,
        arguments.given.get("metadata"),
        by_app=True,
        broadcast=arguments.flag("reply_broadcast"),
    )


def _thread(slack: Slack, channel: Channel, ts: str) -> str:
    """The ts of the thread's first message. An answer to an answer goes into the same thread."""
    parent = slack.workspace.message(channel.id, ts)
    if parent is None:
        return ts  # Slack takes it, as a thread whose parent is gone.
    return parent.thread_ts or ts


def _own(slack: Slack, arguments: Arguments, error: str) -> Message:
    channel = channel_of(slack, arguments)
    message = message_of(slack, channel, arguments.need("ts"))
    if not message.by_app:
        raise SlackError(error)
    return message
