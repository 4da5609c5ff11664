"""`--ulimit nofile=1024:2048`, as go-units' ParseUlimit reads it."""

from dataclasses import dataclass

from bot.grammar.values.invalid import InvalidValue
from bot.grammar.values.numbers import decimal

_NAMES: tuple[str, ...] = (
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
    "rss",
)
_NAMES += ("rtprio", "rttime", "sigpending", "stack")
_HINT = "Write it NAME=SOFT:HARD, such as nofile=1024:2048; -1 is no limit."


@dataclass(frozen=True)
class Ulimit:
    """A limit of the kernel; -1 is none."""

    name: str
    soft: int
    hard: int


def ulimit(typed: str) -> Ulimit:
    """`NAME=SOFT` (the hard limit is the same) or `NAME=SOFT:HARD`."""
    name, equals, limits = typed.partition("=")
    if not equals:
        raise InvalidValue(f"{typed or 'nothing'} sets no limit", _HINT)
    if name not in _NAMES:
        raise InvalidValue(f"{name or 'nothing'} is no limit: it is one of {', '.join(_NAMES)}", _HINT)
    numbers = [decimal(each) for each in limits.split(":")]
    if len(numbers) > 2:
        raise InvalidValue(f"{limits} is more than two limits", _HINT)
    soft, hard = numbers[0], numbers[-1]
    if hard != -1 and (soft == -1 or soft > hard):
        raise InvalidValue(f"the soft limit {soft} is above the hard limit {hard}", _HINT)
    return Ulimit(name, soft, hard)
