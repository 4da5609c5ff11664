"""The verbs a rule may speak of, in their groups, and what each falls on.

Verbs of the management commands are written as the CLI writes them (`network ls`). Three have names of ours:
`inspect values` (inspect that shows secret values), `cp out` and `cp in` (out of and into a container).
"""

from collections.abc import Mapping
from itertools import chain

from bot.policy.terms import Kind

_Kinds = tuple[Kind, ...]

_CONTAINER: _Kinds = ("container",)
_IMAGE: _Kinds = ("image",)
_NETWORK: _Kinds = ("network",)
_VOLUME: _Kinds = ("volume",)
_ANY: _Kinds = ("container", "image", "network", "volume")
_HOST: _Kinds = ()  # the host itself, or what is no Kind yet: services, nodes, stacks

_TABLE: Mapping[str, Mapping[_Kinds, str]] = {
    "read": {
        _CONTAINER: "ps, top, port, diff, stats",
        _IMAGE: "images, history",
        _ANY: "inspect",
        _NETWORK: "network ls, network inspect",
        _VOLUME: "volume ls, volume inspect",
        _HOST: "version, info, events, df, search, service ls, service ps, service inspect, "
        "node ls, node ps, node inspect, stack ls, stack ps, stack services",
    },
    "read_sensitive": {
        _CONTAINER: "logs, export, cp out",
        _IMAGE: "save",
        _ANY: "inspect values",
        _HOST: "service logs",
    },
    "operate": {
        _CONTAINER: "start, stop, restart, kill, pause, unpause, wait",
        _HOST: "service scale",
    },
    "change": {
        _CONTAINER: "create, run, rename, update, exec, commit, cp in",
        _IMAGE: "pull, push, tag, build, load, import",
        _NETWORK: "network create, network connect, network disconnect",
        _VOLUME: "volume create",
        _HOST: "service create, service update, service rollback, stack deploy",
    },
    "destroy": {
        _CONTAINER: "rm, container prune",
        _IMAGE: "rmi, image prune",
        _NETWORK: "network rm, network prune",
        _VOLUME: "volume rm, volume prune",
        _HOST: "system prune, builder prune, service rm, stack rm, node rm",
    },
    "admin": {
        _HOST: "freeze, silence, policy, audit, swarm init, swarm join, swarm leave",
    },
}

FALLS_ON: Mapping[str, _Kinds] = {
    verb: kinds for group in _TABLE.values() for kinds, verbs in group.items() for verb in verbs.split(", ")
}
"""Verb → the kinds of object it may fall on; none for what falls on the host."""

GROUPS: Mapping[str, frozenset[str]] = {
    group: frozenset(chain.from_iterable(verbs.split(", ") for verbs in kinds.values()))
    for group, kinds in _TABLE.items()
}
"""Group → its verbs."""

VERBS: frozenset[str] = frozenset(FALLS_ON)

VISIBILITY: Mapping[Kind, str] = {
    "container": "ps",
    "image": "images",
    "network": "network ls",
    "volume": "volume ls",
}
"""Kind → the verb one must be allowed on an object to see it, and so to do anything to it."""

PARTS: Mapping[str, tuple[str, ...]] = {"run": ("create", "start")}
"""A verb that is judged as several → those, each of which must be allowed."""

MAKES: frozenset[str] = frozenset(
    ("create", "run", "pull", "build", "load", "import", "network create", "volume create")
)
"""Verbs whose object need not exist before."""


def expand(word: str) -> frozenset[str]:
    """The verbs that a word of a rule, a group or a verb, stands for. Raises KeyError where it is neither."""
    if word in GROUPS:
        return GROUPS[word]
    if word in VERBS:
        return frozenset((word,))
    raise KeyError(word)
