"""Is there a Docker daemon here, can Docker Hub be reached, and installing what is missing."""

import http.client
import os
import socket
import subprocess
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import httpx

DEFAULT_URL = "unix:///var/run/docker.sock"
HUB = "https://registry-1.docker.io/v2/"
INSTALLER = Path(__file__).with_name("docker_install.sh")
# What Dockerd and the stand-in images are made of. iptables stands here since minimal systems lack it.
PACKAGES = (
    "busybox-static",
    "ca-certificates",
    "docker.io",
    "docker-registry",
    "iproute2",
    "iptables",
    "tini",
)


class InstallError(Exception):
    """A daemon can't be installed here; the message is for people and says what to do instead."""


def find_daemon() -> str | None:
    """The address of a daemon that answers: ``DOCKER_HOST``, then the default socket; or None."""
    for url in (os.environ.get("DOCKER_HOST", ""), DEFAULT_URL):
        if answers(url):
            return url
    return None


def answers(url: str, *, timeout: float = 2.0) -> bool:
    """Whether a daemon answers a ping at ``unix://…`` or plain ``tcp://…`` within ``timeout`` seconds."""
    try:
        with _connect(url, timeout) as line:
            ping = http.client.HTTPConnection("docker")
            ping.sock = line
            ping.request("GET", "/_ping")
            return ping.getresponse().read() == b"OK"
    except (OSError, ValueError, http.client.HTTPException):
        return False


def _connect(url: str, timeout: float) -> socket.socket:
    """By hand, since httpx leaves a socket open where a Unix socket refuses."""
    match urlsplit(url):
        case SplitResult(scheme="unix", path=path):
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(timeout)
            try:
                line.connect(path)
            except OSError:
                line.close()
                raise
            return line
        case SplitResult(scheme="tcp", hostname=str(host), port=port):
            return socket.create_connection((host, port or 2375), timeout)
    raise ValueError(f"neither unix:// nor tcp://: {url}")


def hub_reachable(*, timeout: float = 3.0) -> bool:
    """Whether Docker Hub answers this machine within ``timeout`` seconds (401: it wants a token first)."""
    try:
        return httpx.get(HUB, timeout=timeout).status_code in (httpx.codes.OK, httpx.codes.UNAUTHORIZED)
    except httpx.HTTPError:
        return False


def install() -> None:
    """Install Docker's daemon and a registry from Debian's packages. Raises InstallError if that can't be."""
    if not Path("/etc/debian_version").exists():
        raise InstallError(
            "No Docker daemon answers here, and this is not Debian, where one could be installed. "
            "Start Docker, or set DOCKER_HOST."
        )
    if os.geteuid() != 0:
        raise InstallError(
            "No Docker daemon answers here. Start Docker, set DOCKER_HOST, or run this as root."
        )
    if subprocess.run([INSTALLER, *PACKAGES], check=False).returncode:  # noqa: S603  our own script
        raise InstallError("Docker's packages could not be installed; what apt-get said stands above.")


def free_port(wanted: int) -> int:
    """``wanted`` if nothing listens there on loopback, otherwise some free port."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", wanted))
        except OSError:
            listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
