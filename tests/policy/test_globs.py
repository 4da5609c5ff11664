import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.globs import Globs

texts = st.text("ab\n/.*", max_size=12)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("web-*", "web-1", True),
        ("web-*", "web-", True),
        ("web-*", "my-web-1", False),
        ("web-*", "Web-1", False),
        ("*-db", "prod-db", True),
        ("*-db", "prod-db\n", False),
        ("web-*", "web-\nx/y", True),
        ("web", "web\n", False),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "a-c-b", False),
        ("a*a", "a", False),
        ("*", "", True),
        ("w?b", "web", False),
        ("w[e]b", "web", False),
        ("w.b", "web", False),
        ("", "", True),
    ],
)
def test_a_star_is_the_only_wildcard(pattern: str, text: str, *, matches: bool) -> None:
    assert Globs.of([pattern]).match(text) is matches


@given(st.lists(texts, max_size=4), texts)
def test_the_same_as_the_regular_expression(patterns: list[str], text: str) -> None:
    expected = any(
        re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) for pattern in patterns
    )
    assert Globs.of(patterns).match(text) is expected


def test_no_pattern_takes_long() -> None:
    globs = Globs.of(["a*" * 500 + "b", "*a" * 500 + "*b*"])
    start = perf_counter()
    assert not globs.match("a" * 100_000)
    assert perf_counter() - start < 1
