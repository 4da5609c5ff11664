"""Flags of create and run about networks, ports and names."""

from dataclasses import replace
from typing import Any

from bot.grammar.flags import Flag, Value, each, many, switch, text
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.values.addresses import extra_host, ip, link, mac, search_domain
from bot.grammar.values.networks import Attachment, network
from bot.grammar.values.ports import bindings, expose, publish

ADD_HOST = many("add-host", value=Value("list", extra_host), help="Add a custom host-to-IP mapping (host:ip)")
DNS = many("dns", value=Value("list", ip), help="Set custom DNS servers")
DNS_OPTION = many("dns-option", help="Set DNS options", aliases=("dns-opt",))
DNS_SEARCH = many("dns-search", value=Value("list", search_domain), help="Set custom DNS search domains")
EXPOSE = each("expose", value=Value("list", expose), help="Expose a port or a range of ports")
IP = text("ip", help="IPv4 address (e.g., 172.30.100.104)")
IP6 = text("ip6", help="IPv6 address (e.g., 2001:db8::33)")
LINK = many("link", value=Value("list", link), help="Add link to another container")
LINK_LOCAL_IP = many("link-local-ip", help="Container IPv4/IPv6 link-local addresses")
MAC_ADDRESS = text(
    "mac-address",
    value=Value("string", mac),
    help="Container MAC address (e.g., 92:d0:c6:0a:29:33)",
    since="1.44",
)
NETWORK = each(
    "network", value=Value("network", network), help="Connect a container to a network", aliases=("net",)
)
NETWORK_ALIAS = many(
    "network-alias", help="Add network-scoped alias for the container", aliases=("net-alias",)
)
PUBLISH = each("publish", "p", value=Value("list", publish), help="Publish a container's port(s) to the host")
PUBLISH_ALL = switch("publish-all", "P", help="Publish all exposed ports to random ports")

FLAGS = (
    ADD_HOST, DNS, DNS_OPTION, DNS_SEARCH, EXPOSE, IP, IP6, LINK, LINK_LOCAL_IP, MAC_ADDRESS, NETWORK,
    NETWORK_ALIAS, PUBLISH, PUBLISH_ALL,
)  # fmt: skip
# A flag of the whole line beside the same thing said in --network: the CLI takes one of them.
_BOTH: tuple[tuple[Flag[Any], str], ...] = (
    (NETWORK_ALIAS, "aliases"),
    (IP, "ipv4"),
    (IP6, "ipv6"),
    (MAC_ADDRESS, "mac"),
    (LINK_LOCAL_IP, "link_local"),
)


def config(line: Line) -> dict[str, Any]:
    """ExposedPorts: what is published, and what is exposed alone."""
    ports = [each.port for group in line[PUBLISH] for each in group]
    ports += [port for group in line[EXPOSE] for port in group]
    return {"ExposedPorts": {port: {} for port in ports}}


def host_config(line: Line) -> dict[str, Any]:
    """The parts of HostConfig."""
    return {
        "PortBindings": bindings(each for group in line[PUBLISH] for each in group),
        "PublishAllPorts": line[PUBLISH_ALL],
        "NetworkMode": line[NETWORK][0].target if line[NETWORK] else "default",
        "Dns": list(line[DNS]),
        "DnsOptions": list(line[DNS_OPTION]),
        "DnsSearch": list(line[DNS_SEARCH]),
        "ExtraHosts": list(line[ADD_HOST]),
        "Links": list(line[LINK]),
    }


def endpoints(line: Line, api: tuple[int, int]) -> dict[str, Any]:
    """NetworkingConfig.EndpointsConfig. One network, nothing said of it, needs none. Raises Mistake."""
    first, *others = line[NETWORK] or (Attachment("default"),)
    networks = [_first(line, first), *others]
    names = [each.target for each in networks]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Mistake.at_flag(line, NETWORK, f"the network {twice} stands twice", "Name it once.")
    if len({each.user_defined for each in networks}) > 1:
        raise Mistake.at_flag(line, NETWORK, "networks of your own and built-in ones do not go together")
    for attachment in networks:
        _check(line, attachment, api)
    found = {each.target: _endpoint(each) for each in networks}
    return {} if len(found) == 1 and not found[names[0]] else found


def _first(line: Line, found: Attachment) -> Attachment:
    """The first network has what the flags of the whole line say."""
    for flag, name in _BOTH:
        if line[flag] and getattr(found, name):
            hint = "Say it once, in --network or beside it."
            raise Mistake.at_flag(
                line, flag, f"--{flag.name} and the same in --network do not go together", hint
            )
    return replace(
        found,
        aliases=found.aliases or line[NETWORK_ALIAS],
        ipv4=found.ipv4 or line[IP],
        ipv6=found.ipv6 or line[IP6],
        mac=found.mac or line[MAC_ADDRESS],
        link_local=found.link_local or line[LINK_LOCAL_IP],
        links=line[LINK] if found.user_defined else (),
    )


def _check(line: Line, found: Attachment, api: tuple[int, int]) -> None:
    if found.aliases and not found.user_defined:
        flag = NETWORK_ALIAS if line.given(NETWORK_ALIAS) else NETWORK
        hint = "Say --network NAME with a network of your own."
        raise Mistake.at_flag(line, flag, "aliases work on networks of your own only", hint)
    if found.mac and api < (1, 44):
        message = f"a network's MAC address needs API 1.44, and this host has {api[0]}.{api[1]}"
        raise Mistake.at_flag(line, NETWORK, message)


def _endpoint(each: Attachment) -> dict[str, Any]:
    ipam = {"IPv4Address": each.ipv4, "IPv6Address": each.ipv6, "LinkLocalIPs": list(each.link_local)}
    found = {
        "IPAMConfig": {key: value for key, value in ipam.items() if value},
        "Links": list(each.links),
        "Aliases": list(each.aliases),
        "MacAddress": each.mac,
        "DriverOpts": dict(each.driver_options),
        "GwPriority": each.priority,
    }
    return {key: value for key, value in found.items() if value}
