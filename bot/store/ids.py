"""Ids: time-ordered ones for operations, unguessable ones for buttons."""

import secrets
import time

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(at: float | None = None) -> str:
    """Make a ULID: 26 characters, 48 bits of UTC milliseconds (`at` is epoch seconds), then 80 random bits.

    Sorted as text they stand in the order of their milliseconds. https://github.com/ulid/spec
    """
    milliseconds = round((time.time() if at is None else at) * 1000)
    number = milliseconds << 80 | secrets.randbits(80)
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


def opaque() -> str:
    """Make an id of 128 random bits, 32 hex digits, that says nothing about what it stands for."""
    return secrets.token_hex(16)
