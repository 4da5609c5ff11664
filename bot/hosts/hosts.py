"""The hosts of hosts.yml, each with its own connections, and who the bot is at the registries."""

import asyncio
import os
import ssl
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.engine.connection import Connection
from bot.engine.daemon import Daemon
from bot.engine.reader import Reader
from bot.hosts.choose import chosen
from bot.hosts.file import NAME, HostEntry, HostsFile, HostsFileError, Registry, Tls
from bot.hosts.registries import Login, registry_domain


@dataclass(frozen=True)
class Host:
    """One daemon. `url` is for people; planning asks the `reader`, only the gate hands out the `daemon`."""

    name: str
    url: str
    tags: frozenset[str]
    reader: Reader
    daemon: Daemon


class Hosts:
    """All hosts, in the order of the file. Nothing is opened before the first question to a host."""

    def __init__(
        self,
        hosts: Sequence[Host],
        default: str,
        channels: Mapping[str, str] | None = None,
        logins: Mapping[str, Login] | None = None,
    ) -> None:
        self._hosts = {host.name: host for host in hosts}
        self._default = default
        self._channels = dict(channels or {})
        self._logins = dict(logins or {})

    @classmethod
    def from_file(cls, file: HostsFile) -> "Hosts":
        """Raises HostsFileError where a certificate, key or password that the file names is not there."""
        return cls(
            [_host(name, entry, file.folder) for name, entry in file.hosts.items()],
            file.fallback,
            file.channels,
            {
                registry_domain(name): _login(name, each, file.folder)
                for name, each in file.registries.items()
            },
        )

    def __iter__(self) -> Iterator[Host]:
        return iter(self._hosts.values())

    def choose(self, patterns: Sequence[str], channel: str) -> list[Host]:
        """The hosts that `-H` names; without it the channel's, or the default. Raises NoSuchHost."""
        tags = {host.name: host.tags for host in self}
        names = chosen(patterns, tags, self._channels.get(channel, self._default))
        return [self._hosts[name] for name in names]

    def registry_auth(self, domain: str) -> str:
        """The `X-Registry-Auth` for a reference's domain (`docker.io`); empty where the bot is nobody."""
        known = registry_domain(domain)
        login = self._logins.get(known)
        return login.header(known) if login else ""

    async def aclose(self) -> None:
        """Close every connection of every host, whatever becomes of one."""
        await asyncio.gather(*(host.reader.aclose() for host in self), return_exceptions=True)


def _host(name: str, entry: HostEntry, folder: Path) -> Host:
    try:
        context = _context(entry.tls, folder) if entry.tls else None
    except (OSError, ssl.SSLError) as error:
        raise HostsFileError(f"{folder / NAME}: hosts.{name}.tls: {error}") from error
    connection = Connection(name, entry.url, context)
    return Host(
        name=name,
        url=connection.address.shown,
        tags=frozenset(entry.tags),
        reader=Reader(connection),
        daemon=Daemon(connection),
    )


def _context(tls: Tls, folder: Path) -> ssl.SSLContext:
    for file in (tls.ca, tls.cert, tls.key):
        if file and not (folder / file).is_file():
            raise FileNotFoundError(f"{folder / file} is not there")
    context = ssl.create_default_context(cafile=folder / tls.ca)
    if tls.cert and tls.key:
        context.load_cert_chain(folder / tls.cert, folder / tls.key)
    return context


def _login(name: str, registry: Registry, folder: Path) -> Login:
    place = f"{folder / NAME}: registries.{name}"
    if registry.password_file:
        try:
            password = (folder / registry.password_file).read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise HostsFileError(f"{place}.password_file: {error}") from error
    else:
        password = os.environ.get(registry.password_env, "")
    if not password:
        raise HostsFileError(f"{place}: {registry.password_env or registry.password_file} holds no password")
    return Login(registry.username, SecretStr(password))
