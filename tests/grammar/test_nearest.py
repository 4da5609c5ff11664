"""The word that somebody probably meant."""

import pytest

from bot.grammar.nearest import nearest

COMMANDS = [
    "ps",
    "pull",
    "push",
    "rm",
    "rmi",
    "run",
    "restart",
    "start",
    "stop",
    "images",
    "inspect",
    "container",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("strat", "start"), ("pul", "pull"), ("imagse", "images"), ("Restart", "restart"), ("contianer", "container"),
        ("insp", "inspect"), ("sp", "ps"), ("rn", "rm"), ("xyzzy", None), ("", None), ("kubernetes", None),
        ("a" * 5000, None),
    ],
)  # fmt: skip
def test_nearest(typed: str, meant: str | None) -> None:
    assert nearest(typed, COMMANDS) == meant


def test_without_candidates_there_is_none() -> None:
    assert nearest("x", []) is None


def test_of_two_equally_near_it_is_the_first_in_order() -> None:
    assert nearest("web-3", ["web-2", "web-1"]) == "web-1"
