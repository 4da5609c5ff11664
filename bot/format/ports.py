"""Ports as `docker ps` and `docker port` show them."""

from collections.abc import Iterable, Mapping, Sequence
from ipaddress import ip_address

from bot.engine.types import Port


def displayed_ports(ports: Iterable[Port]) -> str:
    """Ports in one line: ranges joined, other host ports at the end.

    `0.0.0.0:9090->8080/tcp` is published, `9000-9002/tcp` only exposed.
    """
    ranges: dict[tuple[str, str], list[list[int]]] = {}
    finished: list[str] = []
    mapped: list[str] = []
    for port in sorted(ports, key=_order):
        ip = port.ip or ""
        if ip and port.public_port != port.private_port:
            mapped.append(f"{_joined(ip, str(port.public_port))}->{port.private_port}/{port.type}")
            continue
        spans = ranges.setdefault((ip, port.type), [])
        if spans and port.private_port == spans[-1][1] + 1:
            spans[-1][1] = port.private_port
            continue
        if spans:  # the CLI prints a range when the next one of its kind begins
            finished.append(_range(ip, port.type, *spans[-1]))
        spans.append([port.private_port, port.private_port])
    last = [_range(ip, kind, *spans[-1]) for (ip, kind), spans in ranges.items()]
    return ", ".join([*finished, *last, *mapped])


def _order(port: Port) -> tuple[int, str, int, str]:
    return port.private_port, port.ip or "", port.public_port or 0, port.type


def _range(ip: str, kind: str, first: int, last: int) -> str:
    span = str(first) if first == last else f"{first}-{last}"
    return f"{_joined(ip, span)}->{span}/{kind}" if ip else f"{span}/{kind}"


def _joined(ip: str, port: str) -> str:
    return f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"


def published(bindings: Mapping[str, Sequence[Mapping[str, str]] | None]) -> tuple[Port, ...]:
    """The ports of an inspected container: `NetworkSettings.Ports`, `{"8080/tcp": [{"HostIp", "HostPort"}]}`.

    A port that is only exposed (null) has no ip and no public port.
    """
    found: list[Port] = []
    for name, hosts in bindings.items():
        number, _, kind = name.partition("/")
        if not hosts:
            found.append(Port(private_port=int(number), type=kind or "tcp"))
        for host in hosts or ():
            found.append(
                Port(
                    ip=_address(host.get("HostIp", "")),
                    private_port=int(number),
                    public_port=int(host.get("HostPort") or 0),
                    type=kind or "tcp",
                )
            )
    return tuple(found)


def _address(text: str) -> str:
    """An empty host address means all of IPv4."""
    return str(ip_address(text)) if text else "0.0.0.0"  # noqa: S104  # shown, not bound
