"""`--network NAME` and `--network name=NAME,alias=…,ip=…`, as docker/cli's opts.NetworkOpt reads it."""

import re
from dataclasses import dataclass, replace

from bot.grammar.values.addresses import mac
from bot.grammar.values.csv import fields
from bot.grammar.values.invalid import InvalidValue
from bot.grammar.values.numbers import whole_number

_HINT = "Write it NAME, or name=NAME,alias=web,ip=10.0.0.5."
_BUILT_IN = ("default", "bridge", "host", "none")


@dataclass(frozen=True)
class Attachment:
    """A network to be on, and how."""

    target: str
    aliases: tuple[str, ...] = ()
    ipv4: str = ""
    ipv6: str = ""
    mac: str = ""
    link_local: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    driver_options: tuple[tuple[str, str], ...] = ()
    priority: int = 0

    @property
    def user_defined(self) -> bool:
        """Whether it is a network that somebody made, where aliases and links work."""
        return self.target not in _BUILT_IN and not self.target.startswith("container:")


def network(typed: str) -> Attachment:
    """One `--network`. The long form is lower-cased as a whole, as the CLI does."""
    if not typed.strip():
        raise InvalidValue("a network needs a name", _HINT)
    if not re.search(r"\w=\w", typed, re.ASCII):
        return Attachment(typed)
    found = Attachment("")
    for field in fields(typed):
        key, equals, value = field.lower().partition("=")
        if not equals or not key:
            raise InvalidValue(f"{field or 'an empty field'} is not KEY=value", _HINT)
        found = _with(found, key.strip(), value.strip())
    if not found.target:
        raise InvalidValue(f"{typed} does not name the network", _HINT)
    return found


def _with(found: Attachment, key: str, value: str) -> Attachment:
    if key == "alias":
        return replace(found, aliases=(*found.aliases, value))
    if key == "link-local-ip":
        return replace(found, link_local=(*found.link_local, value))
    if key == "driver-opt":
        name, equals, said = value.partition("=")
        if not equals or not name:
            raise InvalidValue(f"{value or 'nothing'} is not a driver's KEY=value", _HINT)
        return replace(found, driver_options=(*found.driver_options, (name.strip(), said)))
    if key == "gw-priority":
        return replace(found, priority=whole_number(value))
    if key == "mac-address":
        return replace(found, mac=mac(value))
    single = {"name": "target", "ip": "ipv4", "ip6": "ipv6"}
    if key not in single:
        raise InvalidValue(f"{key} is no key of a network", _HINT)
    return replace(found, **{single[key]: value})  # type: ignore[arg-type]  # all three are texts
