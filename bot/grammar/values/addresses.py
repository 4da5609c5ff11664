"""IP and MAC addresses, host names and search domains."""

import re
from ipaddress import IPv6Address, ip_address

from bot.grammar.values.invalid import InvalidValue

_MAC = re.compile(
    r"([0-9A-Fa-f]{2})(?:([:-])[0-9A-Fa-f]{2}(?:\2[0-9A-Fa-f]{2}){4}(?:(?:\2[0-9A-Fa-f]{2}){2}|(?:\2[0-9A-Fa-f]{2}){14})?)"
)
_MAC_DOTS = re.compile(r"[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}(?:\.[0-9A-Fa-f]{4}|(?:\.[0-9A-Fa-f]{4}){7})?")
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_DOMAIN = re.compile(rf"(:?{_LABEL}(?:\.:?{_LABEL})*)\.?\s*")


def ip(typed: str) -> str:
    """An IPv4 or IPv6 address in its usual form. Outer spaces are dropped."""
    try:
        found = ip_address(typed.strip())
    except ValueError:
        found = None
    if found is None or "%" in typed:
        raise InvalidValue(f"{typed or 'nothing'} is not an IP address", "Write it 10.0.0.1 or fd00::1.")
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(mapped or found)


def mac(typed: str) -> str:
    """A hardware address, kept as it was typed."""
    if typed and not _MAC.fullmatch(typed.strip()) and not _MAC_DOTS.fullmatch(typed.strip()):
        raise InvalidValue(f"{typed} is not a MAC address", "Write it 02:42:ac:11:00:09.")
    return typed


def extra_host(typed: str) -> str:
    """`NAME:IP` or `NAME=IP` as the API takes it, `NAME:IP`; the IP may be `host-gateway` or in brackets."""
    name, found, address = typed.partition("=")
    if not found:
        name, found, address = typed.partition(":")
    if not found or not name or ":" in name:
        raise InvalidValue(f"{typed or 'nothing'} is not a host and its address", "Write it db:10.0.0.5.")
    if len(address) > 2 and address.startswith("[") and address.endswith("]"):
        address = address[1:-1]
    if address != "host-gateway":
        ip(address)
    return f"{name}:{address}"


def search_domain(typed: str) -> str:
    """A domain to search names in; `.` for none."""
    domain = typed.strip(" ")
    match = _DOMAIN.fullmatch(domain)
    if domain == ".":
        return domain
    if match is None or not re.search("[a-zA-Z]", domain) or len(match[1]) >= 255:
        raise InvalidValue(f"{typed or 'nothing'} is not a domain", "Write it example.org.")
    return match[1]


def link(typed: str) -> str:
    """`CONTAINER` or `CONTAINER:ALIAS`."""
    if not typed or typed.count(":") > 1:
        raise InvalidValue(f"{typed or 'nothing'} is not a link", "Write it CONTAINER:ALIAS.")
    return typed
