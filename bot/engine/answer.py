"""How a daemon's JSON becomes a value: Docker's keys under Python's names, nulls as empty values."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Annotated, Optional, TypeVar

from msgspec import Struct
from msgspec.structs import fields

NAMES = {
    "image_id": "ImageID", "ip": "IP", "rw": "RW", "oom_killed": "OOMKilled",
    "min_api_version": "MinAPIVersion", "network_id": "NetworkID", "ip_address": "IPAddress",
}  # fmt: skip

T = TypeVar("T")
if TYPE_CHECKING:
    Nullable = Annotated[T, "never None once decoded"]
else:  # Go's nil slices, maps and pointers arrive as null; `Answer` makes them empty
    Nullable = Optional


def docker_name(name: str) -> str:
    """Docker's key of an attribute: `restart_count` is `RestartCount`, `image_id` is `ImageID`."""
    return NAMES.get(name) or "".join(part.capitalize() for part in name.split("_"))


class Part(Struct, rename=docker_name, kw_only=True):
    """A part of an answer without nulls. What is left out has its empty value."""


class Answer(Part):
    """A part of an answer. What is left out has its empty value, and so has the null of a Nullable field."""

    def __post_init__(self) -> None:
        for name, empty in _empties(type(self)):
            if getattr(self, name) is None:
                setattr(self, name, empty())


@cache
def _empties(kind: type[Answer]) -> tuple[tuple[str, Callable[[], object]], ...]:
    """The fields that are made when they are left out: those are the Nullable ones."""
    made = ((each.name, each.default_factory) for each in fields(kind))
    return tuple((name, empty) for name, empty in made if callable(empty))
