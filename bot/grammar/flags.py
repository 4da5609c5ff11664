"""Flags, typed: `line[flag]` is what the flag's value says. Made by the constructors at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.grammar.values.filters import filter_value
from bot.grammar.values.numbers import boolean, whole_number
from bot.grammar.values.sizes import size
from bot.grammar.values.times import duration, point_in_time

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Value(Generic[T_co]):
    """How one kind of value is read.

    `kind` is the CLI's word for it in help (`string`, `bytes`). `read` takes what was typed and raises
    ValueError (InvalidValue, where it knows a hint) in words for people. `alone` is the value of a flag
    that stands without one; only switches have it.
    """

    kind: str
    read: Callable[[str], T_co]
    alone: str = ""


BOOL = Value("", boolean, alone="true")
STRING = Value("string", str)
INT = Value("int", whole_number)
FILTER = Value("filter", filter_value)
WHEN = Value("string", point_in_time)
BYTES = Value("bytes", size)
DURATION = Value("duration", duration)


@dataclass(frozen=True, eq=False)
class Flag(Generic[T_co]):
    """One flag of a command.

    `name` is the long form, `short` one letter, `aliases` other long forms that the CLI still takes.
    `default` is its value where it is not given. `many` tells flags whose values add up: `T` is a tuple and
    `value` reads one typed value into the items it adds. `secret`: its value is never repeated. `since` is
    the API version it needs (`1.44`), `until` the one that took it away. `refused` is a sentence: why not
    here, and what to do instead.
    """

    name: str
    value: Value[T_co]
    default: T_co
    help: str
    short: str = ""
    many: bool = False
    secret: bool = False
    since: str = ""
    until: str = ""
    refused: str = ""
    aliases: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As it is named to people: `-a, --all`."""
        return f"-{self.short}, --{self.name}" if self.short else f"--{self.name}"


def switch(
    name: str,
    short: str = "",
    *,
    help: str,  # noqa: A002  # the word that reads well where flags are declared
    default: bool = False,
    since: str = "",
    refused: str = "",
    aliases: tuple[str, ...] = (),
) -> Flag[bool]:
    """A flag that is on where it stands: `--all`, `-a`, `--all=false`."""
    return Flag(name, BOOL, default, help, short, since=since, refused=refused, aliases=aliases)


def valued(
    name: str,
    short: str = "",
    *,
    value: Value[T],
    default: T,
    help: str,  # noqa: A002  # as above
    secret: bool = False,
    since: str = "",
    until: str = "",
    refused: str = "",
    aliases: tuple[str, ...] = (),
) -> Flag[T]:
    """A flag with one value of some kind; the last one given wins."""
    return Flag(name, value, default, help, short, False, secret, since, until, refused, aliases)


def text(
    name: str,
    short: str = "",
    *,
    help: str,  # noqa: A002  # as above
    default: str = "",
    value: Value[str] = STRING,
    secret: bool = False,
    since: str = "",
    refused: str = "",
    aliases: tuple[str, ...] = (),
) -> Flag[str]:
    """A flag whose value is any text; `value` may check it (`WHEN`: a point in time)."""
    return Flag(name, value, default, help, short, False, secret, since, "", refused, aliases)


def integer(
    name: str,
    short: str = "",
    *,
    help: str,  # noqa: A002  # as above
    default: int = 0,
    since: str = "",
    refused: str = "",
    aliases: tuple[str, ...] = (),
) -> Flag[int]:
    """A flag whose value is a whole number, as Go reads it: `10`, `-1`, `0x10`."""
    return Flag(name, INT, default, help, short, since=since, refused=refused, aliases=aliases)


def maybe_integer(
    name: str,
    short: str = "",
    *,
    help: str,  # noqa: A002  # as above
    since: str = "",
    aliases: tuple[str, ...] = (),
) -> Flag[int | None]:
    """A whole number that is None where it is not given."""
    value: Value[int | None] = Value("int", whole_number)
    return Flag(name, value, None, help, short, since=since, aliases=aliases)


def many(
    name: str,
    short: str = "",
    *,
    help: str,  # noqa: A002  # as above
    value: Value[str] = Value("list", str),
    secret: bool = False,
    since: str = "",
    refused: str = "",
    aliases: tuple[str, ...] = (),
) -> Flag[tuple[str, ...]]:
    """A flag that may be given several times, each a text; `value` may check it (`FILTER`)."""
    return each(
        name, short, value=value, help=help, secret=secret, since=since, refused=refused, aliases=aliases
    )


def each(
    name: str,
    short: str = "",
    *,
    value: Value[T],
    help: str,  # noqa: A002  # as above
    secret: bool = False,
    since: str = "",
    refused: str = "",
    aliases: tuple[str, ...] = (),
) -> Flag[tuple[T, ...]]:
    """A flag that may be given several times, each a value of some kind."""
    items: Value[tuple[T, ...]] = Value(value.kind, lambda typed: (value.read(typed),))
    return Flag(name, items, (), help, short, True, secret, since, "", refused, aliases)
