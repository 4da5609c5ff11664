"""What Slack delivers, as requests. Pure: parsed bodies go in; what was asked, and how to answer, comes out.

The same bodies come over HTTP and Socket Mode. `delivery` stays equal when Slack sends the same thing again,
and differs for each typing or press:

- a command: `trigger_id`, which Slack makes once for each typing (a replayed request carries the same);
- an event: `event_id`, which retries repeat;
- a button: team, channel, message, user, `action_ts` (the moment of the press), action and value.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.commands.request import Request

Body = Mapping[str, Any]
_MENTION = re.compile(r"<@(?P<user>[A-Z0-9]+)(?:\|[^>]*)?>")


class MalformedError(ValueError):
    """A body that lacks what Slack always sends."""


@dataclass(frozen=True)
class Asked:
    """A request and what Slack gives to answer it by.

    `response_url` is empty for events. `whisper_thread` is the ts of a thread the asker is reading, if any.
    `button` is the value of the button pressed: the line it stands for is in the store.
    """

    request: Request
    response_url: str = ""
    whisper_thread: str | None = None
    button: str = ""


def from_command(body: Body, received: float) -> Asked:
    """A slash command. Raises MalformedError where a field Slack always sends is missing."""
    team, trigger = _text(body, "team_id"), _text(body, "trigger_id")
    request = Request(
        delivery=f"command:{team}:{trigger}",
        source="command",
        team=team,
        user=_text(body, "user_id"),
        channel=_text(body, "channel_id"),
        text=_maybe(body, "text").strip(),
        received=received,
    )
    return Asked(request, response_url=_maybe(body, "response_url"))


def from_event(body: Body, received: float) -> Asked | None:
    """A mention, or a message in a direct conversation. None for what nobody typed at us just now:

    bots' messages (our own too), edits, deletions, joins and every other subtype, and messages of channels.
    Raises MalformedError as above.
    """
    event = _part(body, "event")
    kind = _text(event, "type")
    direct = kind == "message" and event.get("channel_type") == "im"
    if not (direct or kind == "app_mention") or not _typed(event):
        return None
    ts, thread = _text(event, "ts"), _maybe(event, "thread_ts") or None
    request = Request(
        delivery=f"event:{_text(body, 'event_id')}",
        source="message" if direct else "mention",
        team=_maybe(event, "user_team") or _maybe(event, "team") or _text(body, "team_id"),
        user=_text(event, "user"),
        channel=_text(event, "channel"),
        text=_after_mention(_maybe(event, "text"), _ourselves(body), direct),
        received=received,
        thread=thread or (None if direct else ts),
    )
    return Asked(request, whisper_thread=thread)


def from_press(body: Body, received: float) -> Asked:
    """A press of a button; `request.text` is still empty. Raises MalformedError as above."""
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions or not isinstance(actions[0], dict):
        raise MalformedError("actions")
    action, user, box = actions[0], _part(body, "user"), _part(body, "container")
    team = _maybe(user, "team_id") or _text(_part(body, "team"), "id")
    channel = _maybe(box, "channel_id") or _text(_part(body, "channel"), "id")
    thread = _maybe(box, "thread_ts") or None
    button = _maybe(action, "value")
    press = (
        team,
        channel,
        _maybe(box, "message_ts"),
        _text(user, "id"),
        _text(action, "action_ts"),
        _text(action, "action_id"),
        button,
    )
    request = Request(
        delivery="button:" + hashlib.sha256("\0".join(press).encode("utf-8", "replace")).hexdigest()[:32],
        source="button",
        team=team,
        user=_text(user, "id"),
        channel=channel,
        text="",
        received=received,
        thread=thread,
    )
    return Asked(request, _maybe(body, "response_url"), whisper_thread=thread, button=button)


def _typed(event: Body) -> bool:
    return bool(event.get("user")) and not (
        event.get("bot_id") or event.get("subtype") or event.get("edited")
    )


def _ourselves(body: Body) -> str:
    """The bot's own user id, which Slack names in the first authorization of an event."""
    granted = body.get("authorizations")
    first = granted[0] if isinstance(granted, list) and granted else None
    return _maybe(first, "user_id") if isinstance(first, dict) else ""


def _after_mention(text: str, bot: str, direct: bool) -> str:
    """The text after the bot's mention; in a direct message only a leading one counts."""
    for mention in _MENTION.finditer(text):
        before = text[: mention.start()].strip()
        if mention["user"] == bot or not bot:
            return text.strip() if direct and before else text[mention.end() :].strip()
    return text.strip()


def _part(body: Body, key: str) -> Body:
    part = body.get(key)
    if not isinstance(part, dict):
        raise MalformedError(key)
    return part


def _text(body: Body, key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise MalformedError(key)
    return value


def _maybe(body: Body, key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""
