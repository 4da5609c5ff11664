"""The flags of `create` and `run`, and the body of POST /containers/create that they ask for."""

from typing import Any

from bot.grammar.create import network, process, resources, security, storage
from bot.grammar.create.process import (
    ATTACH,
    ENV,
    INTERACTIVE,
    LABEL,
    NAME,
    PLATFORM,
    PULL,
    TTY,
)
from bot.grammar.create.process import (
    RM as AUTO_REMOVE,
)
from bot.grammar.flags import Flag, switch, text
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.values.images import image

__all__ = [
    "ATTACH",
    "AUTO_REMOVE",
    "CREATE_FLAGS",
    "DETACH",
    "ENV",
    "INTERACTIVE",
    "LABEL",
    "NAME",
    "PLATFORM",
    "PULL",
    "QUIET",
    "RUN_FLAGS",
    "TTY",
    "create_body",
]

QUIET = switch("quiet", "q", help="Suppress the pull output")
DETACH = switch("detach", "d", help="Run container in background and print container ID")
DETACH_KEYS = text("detach-keys", help="Override the key sequence for detaching a container")
SIG_PROXY = switch("sig-proxy", default=True, help="Proxy received signals to the process")


def _sorted(*flags: Flag[Any]) -> tuple[Flag[Any], ...]:
    return tuple(sorted(flags, key=lambda flag: flag.name))


CREATE_FLAGS = _sorted(
    *process.FLAGS, *network.FLAGS, *storage.FLAGS, *resources.FLAGS, *security.FLAGS, QUIET
)
RUN_FLAGS = _sorted(*CREATE_FLAGS, DETACH, DETACH_KEYS, SIG_PROXY)

# What the CLI sends even where nothing was asked, because leaving it out says something else to the engine.
# All other empty fields are left out.
_ALWAYS = {
    "NetworkMode", "RestartPolicy", "Dns", "DnsOptions", "DnsSearch", "OomKillDisable", "PidsLimit",
    "MemorySwappiness",
}  # fmt: skip


def create_body(line: Line, *, api: tuple[int, int]) -> dict[str, Any]:
    """The body of POST /containers/create as docker CLI 28 would send it to an engine of that API version.

    Name and platform go in the query: `line[NAME]`, `line[PLATFORM]`. Raises Mistake for flags that do not go
    together, that the API lacks, or an image that can't be one.
    """
    line.require(api)
    _check_image(line)
    detached = line[DETACH]
    if detached and line[ATTACH]:
        raise Mistake.at_flag(
            line, ATTACH, "--attach and --detach do not go together", "Leave one of them out."
        )
    host_config = {
        **process.host_config(line),
        **network.host_config(line),
        **storage.host_config(line, api),
        **resources.host_config(line, api),
        **security.host_config(line),
    }
    endpoints = network.endpoints(line, api)
    return {
        **_said({**process.config(line, detached=detached), **network.config(line), **storage.config(line)}),
        "HostConfig": _said(host_config),
        **({"NetworkingConfig": {"EndpointsConfig": endpoints}} if endpoints else {}),
    }


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something. `Init: false` and `StopTimeout: 0` do: their absence is None."""
    return {name: value for name, value in fields.items() if name in _ALWAYS or _says(name, value)}


def _says(name: str, value: Any) -> bool:
    if name in ("Init", "StopTimeout", "MaskedPaths", "ReadonlyPaths"):
        return value is not None
    return any(value.values()) if name == "LogConfig" else bool(value)


def _check_image(line: Line) -> None:
    try:
        image(line.args[0])
    except ValueError as error:
        raise Mistake.at(line, 0, str(error), getattr(error, "hint", "")) from None
