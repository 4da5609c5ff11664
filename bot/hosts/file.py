"""hosts.yml: the hosts, their names, and where registries' passwords are. What is unclear is refused."""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from bot.engine.address import Address
from bot.hosts.choose import ALL
from bot.hosts.registries import registry_domain

NAME = "hosts.yml"


class HostsFileError(Exception):
    """The file is not taken. The text says where and what to write, a line for each problem."""


def _word(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", text):
        raise ValueError(f"{text!r} is no name: letters, digits, dots, - and _, a letter or digit first")
    if text == ALL:
        raise ValueError("`all` means every host; choose another name")
    return text


Word = Annotated[str, AfterValidator(_word)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Tls(_Part):
    """PEM files: who signed the daemon's certificate, and the bot's own certificate with its key."""

    ca: Path
    cert: Path | None = None
    key: Path | None = None

    @model_validator(mode="after")
    def _pair(self) -> Self:
        if (self.cert is None) != (self.key is None):
            raise ValueError("cert and key come together")
        return self


class HostEntry(_Part):
    """How one daemon is reached. `insecure` allows plain TCP to another machine."""

    url: str
    tags: tuple[Word, ...] = ()
    tls: Tls | None = None
    insecure: bool = False
    identity: Path | None = None
    known_hosts: Path | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        address = Address.parse(self.url, tls=self.tls is not None)
        if address.socket and (self.tls or self.insecure):
            raise ValueError("a unix socket takes neither tls nor insecure")
        if self.tls and self.insecure:
            raise ValueError("write either tls or insecure: true, not both")
        if self.identity or self.known_hosts:
            raise ValueError("identity and known_hosts are for ssh://")
        if not (address.local or self.tls or self.insecure):
            raise ValueError(
                "plain TCP gives whoever can reach the port root on that machine: add tls: {ca, cert, key}, "
                "or say insecure: true if you mean it"
            )
        return self


class Registry(_Part):
    """Who the bot is at a registry. The password stands in the environment or in a file, never here."""

    username: str
    password_env: str = ""
    password_file: Path | None = None

    @model_validator(mode="after")
    def _one_password(self) -> Self:
        if bool(self.password_env) == bool(self.password_file):
            raise ValueError("write password_env: NAME, or password_file: PATH")
        return self


class HostsFile(_Part):
    """hosts.yml. `folder` is where it lies: paths in it are relative to that."""

    folder: Path
    default: str = ""
    hosts: dict[Word, HostEntry]
    channels: dict[str, str] = {}
    registries: dict[str, Registry] = {}

    @field_validator("hosts")
    @classmethod
    def _some(cls, hosts: dict[str, HostEntry]) -> dict[str, HostEntry]:
        if not hosts:
            raise ValueError('name at least one: local: {url: "unix:///var/run/docker.sock"}')
        for name, host in hosts.items():
            if clash := next((tag for tag in host.tags if tag in hosts), None):
                raise ValueError(f"{clash} is the name of a host and a tag of {name}; choose another tag")
        return hosts

    @field_validator("registries")
    @classmethod
    def _once(cls, registries: dict[str, Registry]) -> dict[str, Registry]:
        if len({registry_domain(each) for each in registries}) < len(registries):
            raise ValueError("two of them are the same registry")
        return registries

    @model_validator(mode="after")
    def _known(self) -> Self:
        for place, name in {
            "default": self.default,
            **{f"channels.{c}": n for c, n in self.channels.items()},
        }.items():
            if name and name not in self.hosts:
                raise ValueError(f"{place}: {name} is not among the hosts: {', '.join(self.hosts)}")
        if not self.default and len(self.hosts) > 1:
            raise ValueError(
                f"default: say which host is meant where a line names none: {', '.join(self.hosts)}"
            )
        return self

    @property
    def fallback(self) -> str:
        """The host that is meant where neither the line nor the channel says."""
        return self.default or next(iter(self.hosts))


def load(folder: Path) -> HostsFile:
    """Read `folder`/hosts.yml. Raises HostsFileError."""
    path = folder / NAME
    try:
        found = yaml.load(path.read_text("utf-8"), _OnceLoader)  # noqa: S506  # a SafeLoader
    except FileNotFoundError:
        raise HostsFileError(
            f"{path}: it is not there. Write one, or set DOCKWARDEN_CONFIG to its folder"
        ) from None
    except yaml.MarkedYAMLError as error:
        # Without the snippet that the error shows: it may hold a password.
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise HostsFileError(f"{path}: {line}{error.problem}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise HostsFileError(f"{path}: {type(error).__name__}: it can't be read") from error
    if not isinstance(found, dict):
        raise HostsFileError(f"{path}: it must begin with `default:` and `hosts:`")
    try:
        return HostsFile.model_validate({**found, "folder": folder})
    except ValidationError as error:
        lines = (f"{path}: {_sentence(each)}" for each in error.errors())
        raise HostsFileError("\n".join(lines)) from None


def _sentence(error: ErrorDetails) -> str:
    place = ".".join(str(each) for each in error["loc"] if each != "[key]")
    words = {"extra_forbidden": "is not known here", "missing": "is missing"}.get(error["type"], error["msg"])
    return ": ".join(part for part in (place, words.removeprefix("Value error, ")) if part)


class _OnceLoader(yaml.SafeLoader):
    """Refuses a key that comes twice, where YAML would take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise yaml.constructor.ConstructorError(None, None, f"{twice} comes twice", node.start_mark)
        return super().construct_mapping(node, deep)
