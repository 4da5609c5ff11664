"""The word that somebody probably meant."""

import time

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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ab", "ba"),
        ("abcdef", "badcfe"),
        ("abcdef", "abXdef"),
        ("acme-shop-1", "acme-shp-1"),
        ("ÄRGER", "ärger"),
    ],
)
def test_slips(typed: str, meant: str) -> None:
    assert nearest(typed, ["unlike", meant]) == (meant if typed != "abcdef" or meant != "badcfe" else None)


def test_of_those_that_begin_so_it_is_the_shortest() -> None:
    assert (
        nearest("kubernetes", ["kubernetes-dashboard-two", "kubernetes-dashboard"]) == "kubernetes-dashboard"
    )


def test_thousands_of_names_are_compared_soon() -> None:
    names = [f"acme-shop-{kind}-{number}" for kind in ("web", "worker") for number in range(1000)]
    began = time.process_time()
    assert nearest("acme-shop-wbe-99", names) == "acme-shop-web-99"
    assert time.process_time() - began < 0.25
