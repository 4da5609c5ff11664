import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.format.units import bytes_size, human_duration, human_size, since, timestamp, truncate_id

MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.mark.parametrize(
    ("size", "precision", "text"),
    [
        (0, 4, "0B"),
        (999, 4, "999B"),
        (1000, 4, "1kB"),
        (1_093_000_000, 4, "1.093GB"),
        (1_093_000_000, 3, "1.09GB"),
        (1_982_000, 3, "1.98MB"),
        (999_949, 3, "1e+03kB"),  # as the CLI says it too
        (5 * 10**15, 4, "5PB"),
    ],
)
def test_decimal_sizes(size: int, precision: int, text: str) -> None:
    assert human_size(size, precision) == text


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0B"), (1024, "1KiB"), (25_276_514_304, "23.54GiB"), (11_010_048, "10.5MiB")]
)
def test_binary_sizes(size: int, text: str) -> None:
    assert bytes_size(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "Less than a second"),
        (0.9, "Less than a second"),
        (1, "1 second"),
        (59.9, "59 seconds"),
        (MINUTE, "About a minute"),
        (2 * MINUTE - 1, "About a minute"),
        (3 * MINUTE, "3 minutes"),
        (HOUR - 1, "59 minutes"),
        (HOUR, "About an hour"),
        (90 * MINUTE, "2 hours"),
        (47 * HOUR, "47 hours"),
        (2 * DAY, "2 days"),
        (14 * DAY, "2 weeks"),
        (60 * DAY, "2 months"),
        (730 * DAY, "2 years"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert human_duration(seconds) == text


UNITS = ("second", "minute", "hour", "day", "week", "month", "year")


def rank(words: str) -> tuple[int, int]:
    if words == "Less than a second":
        return -1, 0
    number, unit = words.replace("About a", "1").replace("1n", "1").rsplit(" ", 1)
    return UNITS.index(unit.removesuffix("s")), int(number)


@given(st.floats(0, 10**10), st.floats(0, 10**10))
def test_a_longer_time_is_never_said_to_be_shorter(one: float, other: float) -> None:
    shorter, longer = sorted((one, other))
    assert rank(human_duration(shorter)) <= rank(human_duration(longer))


@given(st.integers(0, 10**18), st.integers(0, 10**18))
def test_a_larger_size_is_never_said_to_be_smaller(one: int, other: int) -> None:
    def value(text: str) -> float:
        number = text.rstrip("BKMGTPEkZYi")
        return float(number) * 1000.0 ** ("BkMGTPE".index(text[len(number)]))

    smaller, larger = sorted((one, other))
    assert value(human_size(smaller)) <= value(human_size(larger))


def test_times_and_ids() -> None:
    assert since(1000, 1180.5) == "3 minutes ago"
    assert timestamp(1_795_486_690) == "2026-11-24 02:18:10 +0000 UTC"
    assert truncate_id("sha256:" + "0123456789abcdef" * 4) == "0123456789ab"
    assert truncate_id("0123456789abcdef") == "0123456789ab"
