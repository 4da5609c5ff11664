"""Which bot scopes each Web API method needs. A manifest's test reads the same table."""

from collections.abc import Mapping

from bot.playground.workspace import Kind

_HISTORY = frozenset({"channels:history", "groups:history", "im:history"})
_READ = frozenset({"channels:read", "groups:read", "im:read"})
_WRITE = frozenset({"chat:write"})

# Any one scope of a set suffices; of the sets above, the one of the channel's kind.
METHOD_SCOPES: Mapping[str, frozenset[str]] = {
    "auth.test": frozenset(),
    "chat.postMessage": _WRITE,
    "chat.postEphemeral": _WRITE,
    "chat.update": _WRITE,
    "chat.delete": _WRITE,
    "chat.getPermalink": frozenset(),
    "conversations.history": _HISTORY,
    "conversations.replies": _HISTORY,
    "conversations.info": _READ,
    "conversations.list": _READ,
    "conversations.open": frozenset({"im:write"}),
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "usergroups.list": frozenset({"usergroups:read"}),
    "usergroups.users.list": frozenset({"usergroups:read"}),
    "views.open": frozenset(),
    "views.update": frozenset(),
    "reactions.add": frozenset({"reactions:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
}

# Which scope brings an event or a command to the app at all.
EVENT_SCOPES: Mapping[str, str] = {"app_mention": "app_mentions:read", "message.im": "im:history"}
COMMAND_SCOPE = "commands"

DEMO_SCOPES = frozenset(
    {
        "commands",
        "chat:write",
        "files:write",
        "usergroups:read",
        "users:read",
        "channels:read",
        "channels:history",
        "app_mentions:read",
        "im:history",
        "im:read",
        "im:write",
        "reactions:write",
    }
)

_PREFIX: Mapping[Kind, str] = {"channel": "channels:", "group": "groups:", "im": "im:"}


def needed(method: str, kind: Kind | None = None) -> frozenset[str]:
    """The scopes of which one suffices, for a channel of that kind where the method's scopes depend on it."""
    scopes = METHOD_SCOPES[method]
    if kind is None or not any(scope.startswith(_PREFIX[kind]) for scope in scopes):
        return scopes
    return frozenset(scope for scope in scopes if scope.startswith(_PREFIX[kind]))
