"""Questions about the workspace: auth, conversations, users and user groups."""

from collections.abc import Callable, Iterable

from bot.playground.limits import SlackError
from bot.playground.methods.arguments import Arguments
from bot.playground.methods.content import channel_of, joined
from bot.playground.show import api_channel, api_message, api_user
from bot.playground.slack import Slack
from bot.playground.workspace import JSON, Message


def auth_test(slack: Slack, arguments: Arguments) -> JSON:
    """auth.test: who the token is."""
    workspace = slack.workspace
    return {
        "url": f"{slack.url}/",
        "team": workspace.team,
        "user": workspace.bot.name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "app_id": workspace.app_id,
        "is_enterprise_install": False,
    }


def history(slack: Slack, arguments: Arguments) -> JSON:
    """conversations.history: newest first, without thread replies, metadata only where asked for."""
    channel = joined(slack, channel_of(slack, arguments))
    messages = [m for m in slack.workspace.history(channel.id) if not m.is_reply or m.broadcast]
    within = _within(arguments)
    return _page(slack, arguments, [m for m in reversed(messages) if within(m)])


def replies(slack: Slack, arguments: Arguments) -> JSON:
    """conversations.replies: the parent, then its replies, oldest first."""
    channel = joined(slack, channel_of(slack, arguments))
    parent = slack.workspace.message(channel.id, arguments.need("ts"))
    if parent is None or parent.only_for is not None:
        raise SlackError("thread_not_found")
    top = parent.thread_ts or parent.ts
    within = _within(arguments)
    answers = [m for m in slack.workspace.replies(channel.id, top) if within(m)]
    parents = [m for m in slack.workspace.history(channel.id) if m.ts == top]
    return _page(slack, arguments, [*parents, *answers])


def channel_info(slack: Slack, arguments: Arguments) -> JSON:
    """conversations.info."""
    return {"channel": api_channel(slack.workspace, channel_of(slack, arguments).id)}


def channel_list(slack: Slack, arguments: Arguments) -> JSON:
    """conversations.list: public ones unless `types` says otherwise; others where the bot is in."""
    workspace = slack.workspace
    words = {"channel": "public_channel", "group": "private_channel", "im": "im"}
    types = arguments.text("types", "public_channel").split(",")
    found = [
        api_channel(workspace, channel.id)
        for channel in workspace.channels.values()
        if words[channel.kind] in types and (channel.kind == "channel" or workspace.bot.id in channel.members)
    ]
    return {"channels": found, "response_metadata": {"next_cursor": ""}}


def channel_open(slack: Slack, arguments: Arguments) -> JSON:
    """conversations.open: the direct conversation with one person."""
    user = arguments.need("users")
    if user not in slack.workspace.users:
        raise SlackError("user_not_found")
    return {"channel": {"id": slack.workspace.direct(user).id}}


def user_info(slack: Slack, arguments: Arguments) -> JSON:
    """users.info."""
    user = arguments.need("user")
    if user not in slack.workspace.users:
        raise SlackError("user_not_found")
    return {"user": api_user(slack.workspace, user)}


def user_list(slack: Slack, arguments: Arguments) -> JSON:
    """users.list."""
    members = [api_user(slack.workspace, user) for user in slack.workspace.users]
    return {"members": members, "response_metadata": {"next_cursor": ""}}


def group_list(slack: Slack, arguments: Arguments) -> JSON:
    """usergroups.list."""
    groups = [
        {"id": group.id, "handle": group.handle, "name": group.name, "user_count": len(group.users)}
        | ({"users": group.users} if arguments.flag("include_users") else {})
        for group in slack.workspace.groups.values()
    ]
    return {"usergroups": groups}


def group_users(slack: Slack, arguments: Arguments) -> JSON:
    """usergroups.users.list."""
    group = slack.workspace.groups.get(arguments.need("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


def _within(arguments: Arguments) -> Callable[[Message], bool]:
    """Whether a message lies between oldest and latest, the ends themselves only with `inclusive`."""
    oldest, latest = arguments.text("oldest", "0"), arguments.text("latest", "9999999999.999999")
    inclusive = arguments.flag("inclusive")

    def within(message: Message) -> bool:
        between = _order(oldest) < _order(message.ts) < _order(latest)
        return between or (inclusive and message.ts in (oldest, latest))

    return within


def _order(ts: str) -> tuple[int, int]:
    """A ts as numbers that compare exactly: a float would lose microseconds."""
    seconds, _, micro = ts.partition(".")
    try:
        return int(seconds), int(micro.ljust(6, "0") or 0)
    except ValueError:
        raise SlackError("invalid_ts_oldest") from None


def _page(slack: Slack, arguments: Arguments, messages: Iterable[Message]) -> JSON:
    """One page of messages. The cursor is the number of messages before it."""
    start = arguments.number("cursor", 0)
    end = start + max(1, min(arguments.number("limit", 100), 999))
    found = list(messages)
    metadata = arguments.flag("include_all_metadata")
    return {
        "messages": [api_message(slack.workspace, m, metadata=metadata) for m in found[start:end]],
        "has_more": len(found) > end,
        "response_metadata": {"next_cursor": str(end) if len(found) > end else ""},
    }
