"""Sizes in bytes and numbers of CPUs."""

import re
from fractions import Fraction

from bot.grammar.values.invalid import InvalidValue

_DIGITS = r"\d{1,60}(?:_\d{1,60})*"
_SIZE = re.compile(
    rf"(\+?(?:{_DIGITS}(?:\.\d{{0,60}})?|\.\d{{1,60}})(?:[eE][+-]?\d{{1,3}})?) ?(?:([kmgtp])(?:i?b)?|b)?",
    re.ASCII | re.IGNORECASE,
)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_CPUS = re.compile(
    r"[+-]?(?:\d{1,20}\.?\d{0,20}|\.\d{1,20})(?:[eE][+-]?\d{1,2})?|[+-]?\d{1,20}/\d{1,20}", re.ASCII
)
_SIZE_HINT = "Write a size as 512m, 1g or a number of bytes."


def size(typed: str) -> int:
    """Bytes, of go-units' RAMInBytes: `512m`, `1.5g`, `64KiB` are all powers of 1024."""
    match = _SIZE.fullmatch(typed)
    if match is None:
        raise InvalidValue(f"{typed or 'nothing'} is not a size", _SIZE_HINT)
    found = float(match[1]) * 1024 ** _POWERS[(match[2] or "").lower()]
    if found >= 2**63:
        raise InvalidValue(f"{typed} is too much", _SIZE_HINT)
    return int(found)


def size_or_unlimited(typed: str) -> int:
    """Bytes, or -1 for no limit (`--memory-swap`)."""
    return -1 if typed == "-1" else size(typed)


def nano_cpus(typed: str) -> int:
    """Billionths of a CPU: `1.5` is 1500000000. Also `3/2` and `15e-1`, as Go's big.Rat reads them."""
    hint = "Write a number of CPUs as 0.5 or 2, with at most nine decimals."
    if not _CPUS.fullmatch(typed) or re.search(r"/0+$", typed):
        raise InvalidValue(f"{typed or 'nothing'} is not a number of CPUs", hint)
    nanos = Fraction(typed) * 10**9
    if nanos.denominator != 1 or abs(nanos) >= 2**63:
        raise InvalidValue(f"{typed} is too {'precise' if nanos.denominator != 1 else 'much'}", hint)
    return int(nanos)
