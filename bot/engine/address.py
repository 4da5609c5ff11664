"""Where a daemon is, from the url of hosts.yml."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

PORT, TLS_PORT = 2375, 2376


@dataclass(frozen=True)
class Address:
    """`socket` is the path of a Unix socket, empty for TCP; `base` is how a url begins for httpx.

    `shown` is for people. `local`: nothing leaves this machine on the way there.
    """

    base: str
    shown: str
    socket: str = ""
    local: bool = True

    @classmethod
    def parse(cls, url: str, *, tls: bool = False) -> "Address":
        """Read `unix:///path` or `tcp://host[:port]`. Raises ValueError with what to write instead."""
        scheme, separator, rest = url.partition("://")
        if not separator:
            raise ValueError("it must begin with unix:// or tcp://")
        if scheme == "unix":
            if not rest.startswith("/"):
                raise ValueError("a socket is written with its whole path: unix:///var/run/docker.sock")
            return cls("http://localhost", url, rest)
        if scheme == "ssh":
            raise ValueError("ssh:// is not yet understood; use tcp:// with tls")
        if scheme != "tcp":
            raise ValueError(f"{scheme}:// is not understood; write unix:// or tcp://")
        return cls._tcp(url, tls)

    @classmethod
    def _tcp(cls, url: str, tls: bool) -> "Address":
        parts = urlsplit(url)
        if parts.username is not None or parts.password is not None:
            raise ValueError("an address has no user and password in it; a daemon is reached with tls")
        if not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError("write tcp://HOST:PORT")
        try:
            port = parts.port or (TLS_PORT if tls else PORT)
        except ValueError:
            raise ValueError("the port is a number up to 65535: tcp://HOST:PORT") from None
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return cls(
            f"{'https' if tls else 'http'}://{host}:{port}",
            f"tcp://{host}:{port}",
            local=_loopback(parts.hostname),
        )


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
