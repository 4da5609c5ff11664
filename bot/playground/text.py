"""What Slack makes of typed text: escaped, with mentions, channels, links and addresses in angle brackets."""

import re
from collections.abc import Callable

from bot.playground.workspace import Workspace

_PIECES = re.compile(
    r"""(?P<url>https?://[^\s<>|"']*[^\s<>|"'.,;:!?)\]])
      | (?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
      | (?<![\w/])@(?P<user>[\w-]+)
      | (?<![\w/&])\#(?P<channel>[\w-]+)
      | (?<![\w@/.:=-])(?P<domain>(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|co|uk|de|fr|jp)
            (?:/[^\s<>|]*)?)(?![\w.:-])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def escaped(text: str) -> str:
    """The three characters that Slack escapes, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_message(workspace: Workspace, typed: str) -> str:
    """Typed text as it stands in a message, and in the events of it: `<@U1>`, `<#C1|ops>`, `<https://x>`."""
    return _PIECES.sub(_wrap(workspace, names=False), escaped(typed))


def in_command(workspace: Workspace, typed: str, *, should_escape: bool) -> str:
    """Typed text as a slash command carries it: with should_escape, users are `<@U1|alice>`."""
    if not should_escape:
        return escaped(typed)
    return _PIECES.sub(_wrap(workspace, names=True), escaped(typed))


def mentioned(text: str, user_id: str) -> bool:
    """Whether a message's text mentions a person."""
    return bool(re.search(rf"<@{user_id}(\|[^>]*)?>", text))


def _wrap(workspace: Workspace, *, names: bool) -> Callable[[re.Match[str]], str]:
    users = {user.name: user.id for user in workspace.users.values()}
    groups = {group.handle: group.id for group in workspace.groups.values()}
    channels = {channel.name: channel.id for channel in workspace.channels.values() if channel.name}

    def person(name: str) -> str | None:
        if name in users:
            return f"<@{users[name]}|{name}>" if names else f"<@{users[name]}>"
        if name in groups:
            return f"<!subteam^{groups[name]}|@{name}>" if names else f"<!subteam^{groups[name]}>"
        return f"<!{name}>" if name in ("here", "channel", "everyone") else None

    forms: dict[str | None, Callable[[str], str | None]] = {
        "url": lambda url: f"<{url}>",
        "mail": lambda mail: f"<mailto:{mail}|{mail}>",
        "domain": lambda domain: f"<http://{domain}|{domain}>",
        "user": person,
        "channel": lambda name: f"<#{channels[name]}|{name}>" if name in channels else None,
    }

    def wrap(match: re.Match[str]) -> str:
        return forms[match.lastgroup](match[match.lastgroup or 0]) or match[0]

    return wrap
