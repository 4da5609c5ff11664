"""Sizes, durations and times in the CLI's own words (docker/go-units)."""

from datetime import UTC, datetime

DECIMAL = ("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")
BINARY = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB")
HOUR = 3600
WEEK = 24 * 7
MONTH = 24 * 30
YEAR = 24 * 365
SHORT_ID = 12


def human_size(size: float, precision: int = 4) -> str:
    """Bytes in decimal units, `precision` significant digits: 1093000000 is `1.093GB`.

    `docker images` and `docker ps -s` print three digits, `docker system df` four.
    """
    return _scaled(size, 1000.0, DECIMAL, precision)


def bytes_size(size: float) -> str:
    """Bytes in binary units, four significant digits: 1073741824 is `1GiB`."""
    return _scaled(size, 1024.0, BINARY, 4)


def _scaled(size: float, base: float, units: tuple[str, ...], precision: int) -> str:
    step = 0
    while size >= base and step < len(units) - 1:
        size /= base
        step += 1
    return f"{size:.{precision}g}{units[step]}"


def human_duration(seconds: float) -> str:
    """A duration in seconds, roughly: `Less than a second`, `About an hour`, `3 weeks`."""
    whole = int(seconds)
    minutes, hours = int(seconds / 60), int(seconds / HOUR + 0.5)
    steps = (
        (whole < 1, "Less than a second"),
        (whole == 1, "1 second"),
        (whole < 60, f"{whole} seconds"),
        (minutes == 1, "About a minute"),
        (minutes < 60, f"{minutes} minutes"),
        (hours == 1, "About an hour"),
        (hours < 48, f"{hours} hours"),
        (hours < 2 * WEEK, f"{hours // 24} days"),
        (hours < 2 * MONTH, f"{hours // WEEK} weeks"),
        (hours < 2 * YEAR, f"{hours // MONTH} months"),
    )
    return next((words for fits, words in steps if fits), f"{int(seconds / HOUR) // YEAR} years")


def since(created: float, now: float) -> str:
    """How long ago, from two UTC epoch seconds: `3 minutes ago`."""
    return human_duration(now - created) + " ago"


def timestamp(created: int) -> str:
    """UTC epoch seconds as Go prints a time: `2026-01-02 15:04:05 +0000 UTC`."""
    return datetime.fromtimestamp(created, UTC).strftime("%Y-%m-%d %H:%M:%S +0000 UTC")


def truncate_id(identifier: str) -> str:
    """The first twelve digits, an algorithm prefix such as `sha256:` taken off."""
    return identifier.partition(":")[2][:SHORT_ID] if ":" in identifier else identifier[:SHORT_ID]
