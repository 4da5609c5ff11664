"""What happens when a person sends or closes a modal."""

import uuid
from dataclasses import asdict

from bot.playground.delivery import Delivery
from bot.playground.limits import check_view
from bot.playground.methods.views import show_view
from bot.playground.payloads import view_submission
from bot.playground.people import ImpossibleError
from bot.playground.slack import Slack
from bot.playground.workspace import JSON


async def submit(slack: Slack, user: str, view_id: str, values: JSON) -> JSON:
    """Send a modal. `values` is `{block_id: {action_id: {"type", "value"}}}`, as Slack puts it in the state.

    Returns `{"ok", "ack", "errors"?}`; the modal closes unless the answer keeps it. Raises `ImpossibleError`.
    """
    view = slack.views.get(view_id)
    if view is None or view["for_user"] != user:
        raise ImpossibleError("no such modal is open")
    sent = {**view, "state": {"values": values}}
    payload = view_submission(slack, user, sent, slack.triggers.give(user))
    ack = await slack.deliveries.send(Delivery("interactive", str(uuid.uuid4()), payload))
    reply = ack.payload or {}
    result: JSON = {"ok": not ack.error, "ack": asdict(ack)}
    if ack.error:
        return result | {"error": ack.error}
    if reply.get("response_action") == "errors":
        return result | {"ok": False, "errors": reply.get("errors", {})}
    if reply.get("response_action") in ("update", "push"):
        check_view(reply["view"])
        show_view(slack, view_id, user, reply["view"])
        return result
    close_view(slack, user, view_id)
    return result


def close_view(slack: Slack, user: str, view_id: str) -> None:
    """Close a modal without sending it."""
    view = slack.views.get(view_id)
    if view is not None and view["for_user"] == user:
        del slack.views[view_id]
        slack.feed.tell({"type": "view_closed", "view_id": view_id}, user)
