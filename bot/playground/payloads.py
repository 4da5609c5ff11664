"""The payloads that Slack sends to an app, as data."""

import time

from bot.playground.show import api_message
from bot.playground.slack import Slack
from bot.playground.workspace import JSON, Channel, Message

TOKEN = "verification-token"  # noqa: S105 - Slack's old, deprecated field; nobody may rely on it
DOMAIN = "dockwarden-demo"


def command(
    slack: Slack, user: str, channel: Channel, text: str, *, response_url: str, trigger_id: str
) -> JSON:
    """A slash command: flat, all strings, as the form of HTTP mode carries it."""
    return {
        "token": TOKEN,
        "team_id": slack.workspace.team_id,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": user,
        "user_name": slack.workspace.users[user].name,
        "command": slack.settings.command,
        "text": text,
        "api_app_id": slack.workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def event(slack: Slack, body: JSON) -> JSON:
    """An event of the Events API in its envelope."""
    workspace = slack.workspace
    return {
        "token": TOKEN,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "api_app_id": workspace.app_id,
        "event": body,
        "type": "event_callback",
        "event_id": workspace.next_id("Ev"),
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def block_actions(
    slack: Slack, user: str, message: Message, action: JSON, *, response_url: str, trigger_id: str
) -> JSON:
    """A press. Slack leaves `message` out where it is for one person only."""
    channel = slack.workspace.channels[message.channel]
    container: JSON = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = {
        "type": "block_actions",
        **_who(slack, user, trigger_id),
        "container": container,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [action | {"action_ts": slack.workspace.next_ts()}],
    }
    if message.only_for is None:
        payload["message"] = api_message(slack.workspace, message)
    return payload


def view_submission(slack: Slack, user: str, view: JSON, trigger_id: str) -> JSON:
    """A modal that was sent."""
    shown = {name: value for name, value in view.items() if name != "for_user"}
    return {"type": "view_submission", **_who(slack, user, trigger_id), "view": shown, "response_urls": []}


def _who(slack: Slack, user: str, trigger_id: str) -> JSON:
    workspace, name = slack.workspace, slack.workspace.users[user].name
    return {
        "team": {"id": workspace.team_id, "domain": DOMAIN},
        "user": {"id": user, "username": name, "name": name, "team_id": workspace.team_id},
        "api_app_id": workspace.app_id,
        "token": TOKEN,
        "trigger_id": trigger_id,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel_name(channel: Channel) -> str:
    return {"channel": channel.name, "group": "privategroup", "im": "directmessage"}[channel.kind]
