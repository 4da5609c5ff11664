import pytest

from bot.policy.lint import errors, lint
from bot.policy.model import parse
from tests.policy.examples import SHOP, file

LOOK = "id: look, allow: [read], who: all"


def found(text: str) -> list[str]:
    return list(map(str, lint(parse(text))))


def test_the_example_has_nothing_to_report() -> None:
    assert found(SHOP) == []


def test_the_same_id_twice_is_an_error() -> None:
    file_ = parse(file(LOOK, LOOK))
    assert [str(finding) for finding in errors(file_)] == ['rules: 2 rules are called "look" (error)']
    assert lint(file_)[0].level == "error"


def test_what_no_rule_uses() -> None:
    text = file(
        LOOK, subjects="all: {team: true}, x: {users: [U1]}", channels="c: C1", resources="r: {names: [a]}"
    )
    assert found(text) == [
        "subjects.x: no rule uses it (warning)",
        "channels.c: no rule uses it (warning)",
        "resources.r: no rule uses it (warning)",
    ]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("allow: [], who: all", "it names no verb"),
        ("allow: [info], who: []", "its `who` is empty"),
        ("deny: [info], who: []", "its `who` is empty"),
        ("allow: [info], who: all, in: []", "its `in` is empty"),
        ("allow: [rm], who: all, on: []", "its `on` is empty"),
        ("deny: [rm], on: {names: []}", "its `on` is empty"),
        ("deny: [rm], on: {hosts: [lab], images: []}", "its `on` is empty"),
        ("deny: [rm], on: {labels: []}", "its `on` is empty"),
        ("allow: [info], who: all, on: {names: [x]}", "its verbs never fall on what its `on` speaks of"),
        ("deny: [rm], on: {kinds: [image]}", "its verbs never fall on what its `on` speaks of"),
        ("deny: [volume rm], on: {images: [x]}", "its verbs never fall on what its `on` speaks of"),
        ("allow: [freeze], who: all", "over denies all it allows"),
        ("allow: [silence], who: all, in: c, on: r", "parts denies all it allows"),
        ("allow: [freeze, silence], who: all, in: c, on: r", "over and parts denies all it allows"),
    ],
)
def test_rules_that_can_never_match(rule: str, why: str) -> None:
    text = file(
        LOOK,
        "id: over, deny: [freeze]",
        "id: parts, deny: [silence, policy], who: all, in: c, on: [r, s]",
        f"id: x, {rule}",
        channels="c: C1",
        resources="r: {hosts: [a]}, s: {hosts: [b]}",
    )
    assert found(text) == [f"rules[3] (x): can never match: {why} (warning)"]


@pytest.mark.parametrize(
    "rule",
    [
        "allow: [silence], who: all",
        "allow: [freeze, info], who: all",
        "allow: [rm, info], who: all, on: {kinds: [container]}",
        "allow: [info], who: all, on: {hosts: [prod-*]}",
    ],
)
def test_rules_that_may_match(rule: str) -> None:
    text = file(
        LOOK,
        "id: over, deny: [freeze]",
        "id: parts, deny: [silence], in: c",
        f"id: x, {rule}",
        channels="c: C1",
    )
    assert found(text) == []


def test_what_nobody_can_see_nobody_can_touch() -> None:
    (finding,) = found(file("id: x, allow: [operate], who: all").replace("operate", "restart, stop"))
    assert "no rule allows ps" in finding
    assert found(file("id: x, allow: [restart, ps], who: all")) == []
    assert found(file("id: x, allow: [create], who: all")) == []


def test_tests_that_show_nothing() -> None:
    test = "{as: U0A, groups: [S0NONE], run: ps, expect: allow}"
    assert found(file(LOOK) + f"tests: [{test}, {test}]\n") == [
        "tests[0]: no subject names the user group S0NONE (warning)",
        "tests[1]: asks the same as tests[0] (warning)",
        "tests[1]: no subject names the user group S0NONE (warning)",
    ]
