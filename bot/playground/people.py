"""What happens when a person types a message or a command, or presses a button."""

import uuid
from dataclasses import asdict
from typing import Any

from bot.playground.answers import answer
from bot.playground.delivery import Ack, Delivery
from bot.playground.events import tell_app
from bot.playground.limits import SlackError
from bot.playground.payloads import block_actions, command
from bot.playground.response_url import Invitation
from bot.playground.scopes import COMMAND_SCOPE
from bot.playground.slack import Slack
from bot.playground.text import in_command, in_message, mentioned
from bot.playground.workspace import JSON, Channel, Message

SLACKBOT = "USLACKBOT"


class ImpossibleError(Exception):
    """What a person cannot do in Slack, in plain words: no such channel, no such button."""


async def type_text(
    slack: Slack, user: str, channel_id: str, text: str, thread_ts: str | None = None
) -> JSON:
    """Type into a channel or a thread, and send.

    Returns `{"ok", "kind": "message"|"command"|"slackbot", "ts"?, "ack"?, "error"?}`; where the app was told,
    `ack` is `{"payload", "error", "seconds"}`. Raises `ImpossibleError`.
    """
    channel = _seen_channel(slack, user, channel_id)
    typed = text.strip()
    if not typed:
        raise ImpossibleError("nothing was typed")
    if typed.startswith("/"):
        return await _command(slack, user, channel, typed, thread_ts)
    message = Message(slack.workspace.next_ts(), channel.id, user, in_message(slack.workspace, typed))
    message.thread_ts = thread_ts
    slack.post(message)
    bot = slack.workspace.bot
    if mentioned(message.text, bot.id) and bot.id not in channel.members:
        hint = f"You mentioned @{bot.name}, who is not in this channel. Type: /invite @{bot.name}"
        _slackbot(slack, user, channel, hint)
    ack = await tell_app(slack, channel, message)
    result: JSON = {"ok": True, "kind": "message", "ts": message.ts}
    return result if ack is None else result | {"ack": asdict(ack)}


async def _command(slack: Slack, user: str, channel: Channel, typed: str, thread_ts: str | None) -> JSON:
    """A slash command: nobody else sees that it was typed."""
    word = typed.split(maxsplit=1)[0]
    rest = typed.removeprefix(word).strip()
    if word in ("/invite", "/remove"):
        return _membership(slack, user, channel, word, rest)
    if word != slack.settings.command or COMMAND_SCOPE not in slack.settings.scopes:
        hint = f"`{word}` is not a valid command. Type {slack.settings.command}."
        return _slackbot(slack, user, channel, hint)
    if thread_ts is not None:
        return _slackbot(slack, user, channel, f"{word} is not supported in threads. Sorry!", thread_ts)
    ack = await _deliver_command(slack, user, channel, rest)
    result = {"ok": True, "kind": "command", "ack": asdict(ack)}
    error = ack.error or _show_ack(slack, user, channel, ack)
    if not error:
        return result
    return _slackbot(slack, user, channel, f'{word} failed with the error "{error}"') | {
        **result,
        "ok": False,
        "error": error,
    }


async def _deliver_command(slack: Slack, user: str, channel: Channel, rest: str) -> Ack:
    text = in_command(slack.workspace, rest, should_escape=slack.settings.should_escape)
    url = slack.url + slack.response_urls.give(user, channel.id)
    payload = command(slack, user, channel, text, response_url=url, trigger_id=slack.triggers.give(user))
    return await slack.deliveries.send(Delivery("slash_commands", str(uuid.uuid4()), payload))


def _show_ack(slack: Slack, user: str, channel: Channel, ack: Ack) -> str:
    """Show what the acknowledgement carried. Returns Slack's word where it would not take it."""
    if not ack.payload or not ack.payload.keys() & {"text", "blocks", "attachments"}:
        return ""
    try:
        answer(slack, Invitation(user, channel.id, until=0.0), ack.payload)
    except SlackError as refusal:
        return refusal.code
    return ""


def _membership(slack: Slack, user: str, channel: Channel, word: str, who: str) -> JSON:
    """`/invite @docker` and `/remove @docker`."""
    found = next((u for u in slack.workspace.users.values() if f"@{u.name}" == who), None)
    if found is None or channel.kind == "im":
        return _slackbot(slack, user, channel, f"Type {word} and a name, in a channel: {word} @docker")
    (channel.members.add if word == "/invite" else channel.members.discard)(found.id)
    text = f"<@{found.id}> {'was added to' if word == '/invite' else 'was removed from'} #{channel.name}"
    subtype = "channel_join" if word == "/invite" else "channel_leave"
    slack.post(Message(slack.workspace.next_ts(), channel.id, user, text, subtype=subtype))
    slack.feed.tell({"type": "state"})
    return {"ok": True, "kind": "slackbot"}


def _slackbot(slack: Slack, user: str, channel: Channel, text: str, thread_ts: str | None = None) -> JSON:
    """Slack itself says something to one person."""
    message = Message(
        slack.workspace.next_ts(), channel.id, SLACKBOT, text, thread_ts=thread_ts, only_for=user
    )
    slack.post(message)
    return {"ok": False, "kind": "slackbot", "error": text, "shown": text}


async def press(slack: Slack, user: str, channel_id: str, ts: str, wanted: JSON) -> JSON:
    """Press a button, or choose from a menu, of a message that the person sees.

    `wanted` is `{"action_id", "value"?, "block_id"?, "selected"?}`: enough to tell it from others; `selected`
    is the chosen option's value. Returns `{"ok", "ack", "error"?}`. Raises `ImpossibleError`.
    """
    channel = _seen_channel(slack, user, channel_id)
    message = slack.workspace.message(channel.id, ts)
    if message is None or message.only_for not in (None, user):
        raise ImpossibleError("that person does not see such a message")
    action = _action(message, wanted)
    url = slack.url + slack.response_urls.give(user, channel.id, message.ts)
    payload = block_actions(
        slack, user, message, action, response_url=url, trigger_id=slack.triggers.give(user)
    )
    ack = await slack.deliveries.send(Delivery("interactive", str(uuid.uuid4()), payload))
    return {"ok": not ack.error, "ack": asdict(ack)} | ({"error": ack.error} if ack.error else {})


def _action(message: Message, wanted: JSON) -> JSON:
    """The action of the message that is meant, with its block_id."""
    for block in message.blocks:
        accessory = [block["accessory"]] if "accessory" in block else []
        for element in [*accessory, *(block["elements"] if block["type"] == "actions" else [])]:
            found = {**element, "block_id": block["block_id"]}
            if all(
                found.get(name) == wanted[name]
                for name in ("action_id", "value", "block_id")
                if name in wanted
            ):
                return _chosen(found, wanted.get("selected"))
    raise ImpossibleError("the message has no such button")


def _chosen(action: JSON, selected: Any) -> JSON:
    options = action.pop("options", None)
    if options is None:
        return action
    option = next((option for option in options if option["value"] == selected), None)
    if option is None:
        raise ImpossibleError("the menu has no such option")
    return action | {"selected_option": option}


def _seen_channel(slack: Slack, user: str, channel_id: str) -> Channel:
    channel = slack.workspace.channels.get(channel_id)
    if user not in slack.workspace.users:
        raise ImpossibleError(f"there is no user {user}")
    if channel is None or user not in channel.members:
        raise ImpossibleError(f"{user} is in no channel {channel_id}")
    return channel
