"""Durations as Go reads them, and points in time as `docker logs --since` takes them."""

import re
from datetime import UTC, datetime, timedelta, timezone

from bot.grammar.values.invalid import InvalidValue

_UNITS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_STEP = re.compile(r"([0-9]*)(?:\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)")
_DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_SECONDS = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_EXAMPLES = "Say 10m, 1h30m, 2026-01-02, 2026-01-02T15:04:05Z or seconds since 1970."


def duration(typed: str) -> int:
    """Nanoseconds of Go's time.ParseDuration: `300ms`, `-1.5h`, `2h45m`, `0`."""
    sign = -1 if typed.startswith("-") else 1
    rest = typed[1:] if typed.startswith(("-", "+")) else typed
    if rest == "0":
        return 0
    total = 0
    while rest and (step := _STEP.match(rest)) and (step[1] or step[2]):
        unit, fraction = _UNITS[step[3]], step[2] or ""
        total += int(step[1][-40:] or 0) * unit + int(
            int(fraction[:18] or 0) * unit // 10 ** len(fraction[:18])
        )
        rest = rest[step.end() :]
    if rest or (not total and not re.search(r"\d", typed)):
        raise InvalidValue(f"{typed or 'nothing'} is not a duration", "Say 500ms, 30s, 5m or 1h30m.")
    if total >= 2**63:
        raise InvalidValue(f"{typed} is too long", "Say 500ms, 30s, 5m or 1h30m.")
    return sign * total


def timestamp(typed: str, now: float) -> str:
    """A point in time as the API takes it: seconds since 1970, `1767323045.123456789`.

    The rules of moby's api/types/time.GetTimestamp: a duration is that long before `now` (UTC epoch seconds),
    a date is UTC unless it names its zone, seconds since 1970 stay as they are. Raises InvalidValue.
    """
    if typed != "0":
        try:
            return str((int(now * 1e9) - duration(typed)) // 10**9)
        except InvalidValue:
            pass
    if match := _DATE.fullmatch(typed):
        return _of_date(typed, match)
    if _SECONDS.fullmatch(typed):
        return typed
    raise InvalidValue(f"{typed or 'nothing'} is neither a time nor a duration", _EXAMPLES)


def point_in_time(typed: str) -> str:
    """Check a point in time, and keep it as it was typed: a flag's value, to be read when it is asked."""
    if typed:
        timestamp(typed, 0)
    return typed


def _of_date(typed: str, match: re.Match[str]) -> str:
    year, month, day, hour, minute, second = (int(match[group] or 0) for group in range(1, 7))
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(match[8]))
    except ValueError:
        raise InvalidValue(f"{typed} is no day or time of the calendar", _EXAMPLES) from None
    seconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
    return f"{seconds}.{(match[7] or '')[:9]:0<9}"


def _zone(typed: str | None) -> timezone:
    if not typed or typed == "Z":
        return UTC
    hours, minutes = int(typed[1:3]), int(typed[4:6])
    if minutes >= 60:
        raise ValueError(typed)
    return timezone((timedelta(hours=hours, minutes=minutes)) * (-1 if typed[0] == "-" else 1))
