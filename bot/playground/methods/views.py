"""Modals: views.open and views.update."""

from bot.playground.limits import SlackError, check_view
from bot.playground.methods.arguments import Arguments
from bot.playground.methods.content import with_ids
from bot.playground.slack import Slack
from bot.playground.workspace import JSON


def open_view(slack: Slack, arguments: Arguments) -> JSON:
    """views.open: a modal for the person whose doing gave the trigger_id."""
    arguments.need("view")
    view = arguments.given["view"]
    user = slack.triggers.use(arguments.need("trigger_id"))
    check_view(view)
    view_id = slack.workspace.next_id("V")
    return {"view": show_view(slack, view_id, user, view)}


def update_view(slack: Slack, arguments: Arguments) -> JSON:
    """views.update: other content for an open modal, by view_id."""
    arguments.need("view")
    view = arguments.given["view"]
    current = slack.views.get(arguments.need("view_id"))
    if current is None:
        raise SlackError("not_found")
    check_view(view)
    return {"view": show_view(slack, current["id"], current["for_user"], view)}


def show_view(slack: Slack, view_id: str, user: str, view: JSON) -> JSON:
    """Keep a modal's content and show it to its person."""
    workspace = slack.workspace
    kept = {
        "private_metadata": "",
        "callback_id": "",
        **view,
        "id": view_id,
        "team_id": workspace.team_id,
        "app_id": workspace.app_id,
        "bot_id": workspace.bot_id,
        "blocks": with_ids(view["blocks"]),
        "hash": workspace.next_ts(),
        "state": {"values": {}},
        "root_view_id": view_id,
        "previous_view_id": None,
        "for_user": user,
    }
    slack.views[view_id] = kept
    slack.feed.tell({"type": "view", "view": kept}, user)
    return kept
