"""The index may find too many rules, never too few."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.policy.compile import load
from bot.policy.index import NameIndex
from bot.policy.terms import Act, Kind, Target
from tests.policy.examples import allowed, container, file

DIGEST = "@sha256:" + "a" * 64
PATTERNS = [
    "web",
    "web:*",
    "web:1",
    "we*",
    "*eb",
    "*:1",
    "w*b",
    "*",
    f"web{DIGEST}",
    "reg.io/*:1",
    "reg.io/x",
]
NAMES = [
    "web",
    "web:1",
    "web:2",
    f"web{DIGEST}",
    f"web:1{DIGEST}",
    "reg.io/x:1",
    "reg.io/x",
    "a" * 64,
    "other",
]

patterns = st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=3)
names = st.lists(st.sampled_from(NAMES), max_size=2).map(tuple)
kinds = st.sampled_from(["container", "image"])


@given(st.lists(patterns, max_size=4), names, kinds)
@example([["web:1"]], (f"web{DIGEST}",), "image")
@example([["web:2"]], (f"web:1{DIGEST}",), "image")
@example([["web"]], ("web:1",), "image")
@example([["web:1"]], (f"web:1{DIGEST}",), "image")
def test_every_rule_that_fits_is_found(lists: list[list[str]], names: tuple[str, ...], kind: Kind) -> None:
    quoted = (", ".join(f"'{pattern}'" for pattern in each) for each in lists)
    rules = load(
        file(*(f"id: r{i}, deny: [rm], on: {{names: [{each}]}}" for i, each in enumerate(quoted)))
    ).rules
    numbered = [(number, rule.on or ()) for number, rule in enumerate(rules)]
    target = Target(kind, "", names)
    found = NameIndex.of(numbered).find(target)
    fitting = {i for i, ons in numbered if any(on.possibly(target) or on.surely(target) for on in ons)}
    assert found is None or fitting <= found


def test_of_many_rules_for_a_name_each_is_tried() -> None:
    rules = [
        f"id: r{i}, allow: [create], who: all, on: {{names: [web-*], labels: [n={i}]}}" for i in range(20)
    ]
    for number in ("0", "7", "19"):
        assert allowed(file(*rules), Act("create", container("web-1", id_="", n=number)))
    assert not allowed(file(*rules), Act("create", container("web-1", id_="", n="20")))
