"""Which hosts `-H` means."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hosts.choose import NoSuchHost, chosen

TAGS = {"local": [], "prod-1": ["production", "eu"], "prod-2": ["production"], "Prod-3": [], "lab": ["eu"]}


@pytest.mark.parametrize(
    ("patterns", "found"),
    [
        ([], ["local"]),
        (["prod-1"], ["prod-1"]),
        (["production"], ["prod-1", "prod-2"]),
        (["eu", "prod-2"], ["prod-1", "prod-2", "lab"]),
        (["prod-2", "prod-1", "prod-1"], ["prod-1", "prod-2"]),
        (["prod-*"], ["prod-1", "prod-2"]),
        (["*-1"], ["prod-1"]),
        (["p*d*1"], ["prod-1"]),
        (["l**l"], ["local"]),
        (["*"], list(TAGS)),
        (["all"], list(TAGS)),
    ],
)
def test_by_name_tag_and_glob(patterns: list[str], found: list[str]) -> None:
    assert chosen(patterns, TAGS, "local") == found


@pytest.mark.parametrize(
    ("pattern", "nearest"),
    [
        ("prod1", "prod-1"),
        ("producton", "production"),
        ("LOCAL", "local"),
        ("", None),
        ("local?", "local"),
        ("prod-[12]", None),
        ("od-*", None),
        ("prod-*\n", "Prod-3"),
        ("prod-1*1", "prod-1"),
        ("zzz", None),
    ],
)
def test_what_names_no_host_says_so_with_the_nearest(pattern: str, nearest: str | None) -> None:
    with pytest.raises(NoSuchHost) as caught:
        chosen(["local", pattern], TAGS, "local")
    assert caught.value.word == pattern
    assert pattern in str(caught.value)
    assert caught.value.nearest == nearest


@given(st.text("ab*", max_size=8), st.text("ab", max_size=8))
def test_a_glob_is_what_its_stars_say(pattern: str, name: str) -> None:
    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name, re.DOTALL) is not None
    try:
        found = chosen([pattern], {name: []}, "") == [name]
    except NoSuchHost:
        found = False
    assert found == expected
