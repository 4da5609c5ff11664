"""Published and exposed ports, as go-connections' nat reads them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.grammar.values.addresses import ip
from bot.grammar.values.invalid import InvalidValue

MOST = 1024
_HINT = "Write it HOST:CONTAINER, such as 9090:8080, 127.0.0.1:9090:8080/tcp or 8000-8002:9000-9002."


@dataclass(frozen=True)
class Published:
    """A container's port (`8080/tcp`) bound to an address and port of the host; each may be empty for any."""

    port: str
    host_ip: str
    host_port: str


def publish(typed: str) -> tuple[Published, ...]:
    """One `-p`: `8080`, `9090:8080`, `127.0.0.1:9090:8080/udp`, `[::1]:1:2`, ranges, `published=1,…`."""
    host_ip, host, container = _parts(_short(typed) if "=" in typed else typed)
    protocol, container = split_protocol(container)
    if not container:
        raise InvalidValue(f"{typed or 'nothing'} names no port of the container", _HINT)
    if host_ip:
        host_ip = host_ip[1:-1] if host_ip.startswith("[") and host_ip.endswith("]") else host_ip
        ip(host_ip)
    start, end = port_range(container)
    host_start, host_end = port_range(host) if host else (0, 0)
    if host and end - start != host_end - host_start and end != start:
        raise InvalidValue(f"the ranges {host} and {container} are not equally long", _HINT)
    if protocol.lower() not in ("tcp", "udp", "sctp"):
        raise InvalidValue(f"{protocol} is not tcp, udp or sctp", _HINT)
    if start == end and host_start != host_end:
        return (Published(f"{start}/{protocol.lower()}", host_ip, f"{host_start}-{host_end}"),)
    return tuple(
        Published(f"{start + i}/{protocol.lower()}", host_ip, str(host_start + i) if host else "")
        for i in range(end - start + 1)
    )


def expose(typed: str) -> tuple[str, ...]:
    """One `--expose`: `80`, `80/udp`, `80-82/tcp`, as `80/tcp` and so on."""
    if ":" in typed:
        raise InvalidValue(
            f"{typed} publishes a port: --expose takes the container's port alone", "Say -p to publish."
        )
    protocol, port = split_protocol(typed)
    start, end = port_range(port)
    return tuple(f"{each}/{protocol}" for each in range(start, end + 1))


def bindings(published: Iterable[Published]) -> dict[str, list[dict[str, str]]]:
    """HostConfig.PortBindings: each port of the container with all it is bound to."""
    found: dict[str, list[dict[str, str]]] = {}
    for each in published:
        found.setdefault(each.port, []).append({"HostIp": each.host_ip, "HostPort": each.host_port})
    return found


def split_protocol(typed: str) -> tuple[str, str]:
    """`80/udp` as `udp` and `80`; tcp where none is named."""
    port, _, protocol = typed.partition("/")
    return (protocol.partition("/")[0] or "tcp", port) if port else ("", "")


def port_range(typed: str) -> tuple[int, int]:
    """`80` or `80-82`, at most `MOST` ports."""
    parts = typed.split("-")[:2]
    if not all(part.isascii() and part.isdigit() and len(part) < 9 and int(part) < 65536 for part in parts):
        raise InvalidValue(f"{typed or 'nothing'} is not a port (0 to 65535)", _HINT)
    start, end = int(parts[0]), int(parts[-1])
    if end < start:
        raise InvalidValue(f"the range {typed} ends before it starts", _HINT)
    if end - start >= MOST:
        raise InvalidValue(f"{typed} is more than {MOST} ports", "Name fewer.")
    return start, end


def _parts(typed: str) -> tuple[str, str, str]:
    """The host's address, its port and the container's: the last two colons part them."""
    *rest, container = typed.split(":")
    host = rest.pop() if rest else ""
    return ":".join(rest), host, container


def _short(typed: str) -> str:
    """`published=80,target=90,protocol=udp` as `80:90/udp`."""
    found = {"protocol": "tcp"}
    for field in typed.split(","):
        key, equals, value = field.partition("=")
        if not equals:
            raise InvalidValue(f"{field or 'nothing'} is not KEY=value", _HINT)
        found[key] = value.partition("=")[0]
    return f"{found.get('published', '')}:{found.get('target', '')}/{found['protocol']}"
