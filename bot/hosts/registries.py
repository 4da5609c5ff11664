"""What a registry is told about who pulls and pushes."""

import base64
import json
from dataclasses import dataclass

from pydantic import SecretStr

from bot.reference import HUB

HUB_NAMES = {HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "hub.docker.com"}
HUB_ADDRESS = "https://index.docker.io/v1/"


@dataclass(frozen=True)
class Login:
    """A name and password at one registry."""

    username: str
    password: SecretStr

    def header(self, domain: str) -> str:
        """`X-Registry-Auth`: url-safe base64, padded; any other the daemon silently takes for nobody."""
        body = {
            "username": self.username,
            "password": self.password.get_secret_value(),
            "serveraddress": HUB_ADDRESS if domain == HUB else domain,
        }
        return base64.urlsafe_b64encode(json.dumps(body).encode()).decode()


def registry_domain(name: str) -> str:
    """The domain of a registry, however it is written: Docker Hub has many names."""
    domain = name.removeprefix("https://").removeprefix("http://").partition("/")[0].lower()
    return HUB if domain in HUB_NAMES else domain
