"""Comma-separated fields as Go's encoding/csv reads one record: `a,"b=c,d"` is `a` and `b=c,d`."""

import re

from bot.grammar.values.invalid import InvalidValue

_FIELD = re.compile(r'"((?:[^"]|"")*)"(?=,|$)|([^",]*)(?=,|$)')
_HINT = "Separate the fields by commas, and put one that holds a comma in double quotes."


def fields(typed: str) -> list[str]:
    """The fields. Raises InvalidValue where there is none, or a quote stands inside a field."""
    found: list[str] = []
    at = 0
    while match := _FIELD.match(typed, at):
        found.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        at = match.end() + 1
        if match.end() == len(typed):
            break
    if not typed or at <= len(typed):
        raise InvalidValue(f"{typed or 'nothing'} can't be read as fields", _HINT)
    return found


def pair(field: str) -> tuple[str, str]:
    """`KEY=VALUE` as a pair; without `=`, the value is empty."""
    key, _, value = field.partition("=")
    return key, value
