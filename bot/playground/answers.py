"""What the app says without a token: with an acknowledgement, or by a response_url."""

from collections.abc import Mapping
from typing import Any

from bot.playground.events import echo
from bot.playground.limits import check_content
from bot.playground.methods.content import with_ids
from bot.playground.response_url import Invitation
from bot.playground.slack import Slack
from bot.playground.workspace import Message


def answer(slack: Slack, invitation: Invitation, content: Mapping[str, Any]) -> None:
    """Post, replace or delete, as the content asks. Raises `SlackError` for what Slack would not take."""
    source = slack.workspace.message(invitation.channel, invitation.source or "")
    if _true(content.get("delete_original")):
        if source is not None:
            slack.workspace.remove(source.channel, source.ts)
            slack.tell(source, "deleted")
            echo(slack, source, "message_deleted")
        return
    check_content(content)
    if _true(content.get("replace_original")) and source is not None:
        _fill(source, content)
        source.edited = slack.workspace.next_ts()
        echo(slack, slack.post(source), "message_changed")
        return
    message = Message(slack.workspace.next_ts(), invitation.channel, slack.workspace.bot.id, by_app=True)
    message.thread_ts = content.get("thread_ts")
    if content.get("response_type") != "in_channel":
        message.only_for = invitation.user
    _fill(message, content)
    echo(slack, slack.post(message))


def _fill(message: Message, content: Mapping[str, Any]) -> None:
    message.text = content.get("text") or ""
    message.blocks = with_ids(content.get("blocks") or [])
    message.attachments = content.get("attachments") or []
    message.metadata = content.get("metadata") or None


def _true(value: Any) -> bool:
    """Slack takes the word for the boolean."""
    return value in (True, "true")
