from dataclasses import replace
from time import perf_counter

import pytest

from bot.policy.compile import load
from bot.policy.evaluate import Allowed, Denied, Policy, decide
from bot.policy.terms import Act, Person, Place
from tests.policy.examples import (
    ALICE,
    DAVE,
    ELSEWHERE,
    ERIN,
    GUEST,
    INCIDENTS,
    LAB,
    SHOP,
    UNKNOWN,
    allowed,
    container,
    file,
    shop,
)

POLICY = load(SHOP)


@pytest.mark.parametrize(
    ("person", "place", "act", "decision"),
    [
        pytest.param(ERIN, ELSEWHERE, Act("ps", container("web-1")), Allowed("look"), id="members look"),
        pytest.param(ERIN, LAB, Act("info"), Allowed("look"), id="at the host too"),
        pytest.param(
            DAVE,
            INCIDENTS,
            Act("restart", container("web-1")),
            Allowed("operate"),
            id="on call, in incidents",
        ),
        pytest.param(
            DAVE,
            ELSEWHERE,
            Act("restart", container("web-1")),
            Denied(None, "no rule lets you restart web-1 on prod-1 here"),
            id="elsewhere not",
        ),
        pytest.param(
            DAVE,
            LAB,
            Act("restart", container("web-1")),
            Denied(None, "no rule lets you restart web-1 on lab here"),
            id="nor on another host",
        ),
        pytest.param(
            ERIN,
            INCIDENTS,
            Act("restart", container("web-1")),
            Denied(None, "no rule lets you restart web-1 on prod-1 here"),
            id="nor another person",
        ),
        pytest.param(ALICE, INCIDENTS, Act("rm", container("web-1")), Allowed("destroy"), id="leads destroy"),
        pytest.param(
            ALICE,
            INCIDENTS,
            Act("rm", container("db-1")),
            Denied("never-db", 'rule "never-db" denies rm db-1 on prod-1'),
            id="a deny wins",
        ),
        pytest.param(ALICE, INCIDENTS, Act("update", shop("web-1")), Allowed("careful"), id="all keys fit"),
        pytest.param(
            ALICE,
            INCIDENTS,
            Act("update", container("web-1")),
            Denied(None, "no rule lets you update web-1 on prod-1 here"),
            id="the project does not fit",
        ),
        pytest.param(
            GUEST,
            INCIDENTS,
            Act("restart", container("web-1")),
            Denied(None, "there is no such container here, or you may not see it", hidden=True),
            id="a guest sees nothing",
        ),
        pytest.param(
            UNKNOWN,
            INCIDENTS,
            Act("ps", listing=True),
            Denied(None, "no rule lets you ps on prod-1 here"),
            id="who is not known may nothing",
        ),
        pytest.param(
            ALICE,
            INCIDENTS,
            Act("reboot", container("web-1")),
            Denied(None, "no rule lets you reboot web-1 on prod-1 here"),
            id="no such verb",
        ),
    ],
)
def test_the_example_decides(person: Person, place: Place, act: Act, decision: Allowed | Denied) -> None:
    assert decide(POLICY, person, place, act) == decision
    assert POLICY.narrow(person, place).judge(act) == decision


SEE_WEB = file(
    "id: see, allow: [ps], who: all, on: {names: [web-*]}",
    "id: do, allow: [restart, create], who: all",
    "id: none, deny: [images], who: all",
)


@pytest.mark.parametrize(
    ("act", "decision"),
    [
        (Act("restart", container("web-1")), Allowed("do")),
        (
            Act("restart", container("db-1")),
            Denied(None, "there is no such container here, or you may not see it", hidden=True),
        ),
        (
            Act("ps", container("db-1")),
            Denied(None, "there is no such container here, or you may not see it", hidden=True),
        ),
        (Act("create", container("db-1", id_="")), Allowed("do")),
        (Act("ps", listing=True), Allowed("see")),
        (Act("images", listing=True), Denied("none", 'rule "none" denies images on prod-1')),
        (Act("network ls", listing=True), Denied(None, "no rule lets you network ls on prod-1 here")),
    ],
)
def test_what_is_hidden_may_not_be_touched(act: Act, decision: Allowed | Denied) -> None:
    assert decide(load(SEE_WEB), ERIN, INCIDENTS, act) == decision


@pytest.mark.parametrize(
    ("rules", "lists"),
    [
        pytest.param(["allow: [ps], who: all, on: {names: [a]}"], True, id="some"),
        pytest.param(["allow: [ps], who: all, on: {kinds: [image]}"], False, id="images are no containers"),
        pytest.param(["allow: [ps], who: all, on: {hosts: [lab]}"], False, id="on another host"),
        pytest.param(["allow: [ps], who: all", "deny: [ps], on: {names: ['*']}"], True, id="rows are judged"),
        pytest.param(
            ["allow: [ps], who: all", "deny: [ps], on: {hosts: [prod-*]}"], False, id="a whole host"
        ),
        pytest.param(["allow: [ps], who: all", "deny: [read], who: all"], False, id="all denied"),
    ],
)
def test_lists(rules: list[str], *, lists: bool) -> None:
    numbered = [f"id: r{number}, {rule}" for number, rule in enumerate(rules)]
    assert allowed(file(*numbered), Act("ps", listing=True)) is lists


@pytest.mark.parametrize(
    ("rules", "runs"),
    [
        pytest.param(["allow: [create]"], False, id="create alone"),
        pytest.param(["allow: [change]"], False, id="the group of run has no start"),
        pytest.param(["allow: [create, start]"], True, id="both"),
        pytest.param(["allow: [run]"], True, id="run is both"),
        pytest.param(["allow: [run]", "deny: [start]"], False, id="start denied"),
        pytest.param(["allow: [create, start]", "deny: [run]"], False, id="run denied"),
    ],
)
def test_run_is_create_and_start(rules: list[str], *, runs: bool) -> None:
    text = file(*(f"id: r{number}, {rule}, who: all" for number, rule in enumerate(rules)))
    assert allowed(text, Act("run", container("web", id_=""))) is runs


def test_who_may_not_run_may_start_what_is_there() -> None:
    text = file("id: a, allow: [read, operate], who: all", "id: d, deny: [run]")
    assert allowed(text, Act("start", container("web")))


def test_a_renamed_container_is_judged_under_both_names() -> None:
    acts = [Act("rename", container("prod-db")), Act("rename", container("web-x", id_=""))]
    text = file("id: see, allow: [read], who: all", "id: r, allow: [rename], who: all, on: {names: [web-*]}")
    assert [allowed(text, act) for act in acts] == [False, True]


def test_no_list_denies_everything_with_the_reason() -> None:
    closed = Policy(closed="the permission list is missing")
    for act in (Act("ps", listing=True), Act("ps", container("web-1")), Act("info")):
        assert decide(closed, ALICE, INCIDENTS, act) == Denied(None, "the permission list is missing")


def test_admins_are_whom_the_admin_rules_name() -> None:
    text = file(
        "id: a, allow: [admin], who: [one, two]",
        "id: b, allow: [freeze], who: three",
        "id: c, allow: [ps], who: four",
        "id: d, deny: [admin], who: four",
        subjects="one: {users: [U1, T0/U2]}, two: {usergroups: S1}, three: {users: U3}, four: {users: U4}",
    )
    assert load(text).admins == (frozenset({"U1", "U2", "U3"}), frozenset({"S1"}))
    assert load(text).usergroups == {"S1"}


def test_a_policy_can_not_be_changed() -> None:
    with pytest.raises(AttributeError):
        POLICY.rules = ()  # type: ignore[misc]  # that it is refused is the test
    with pytest.raises(TypeError):
        POLICY.by_verb["rm"] = ()  # type: ignore[index]  # as above


def thousand_rules() -> str:
    rules = ["id: look, allow: [read], who: all", "id: mine, allow: [restart], who: s7, on: {names: [web-*]}"]
    rules += [f"id: a{i}, allow: [operate], who: s{i % 50}, on: {{names: [n{i}-*]}}" for i in range(500)]
    rules += [f"id: d{i}, deny: [operate, ps], on: {{names: [db{i}, '*-db{i}']}}" for i in range(498)]
    subjects = ", ".join(["all: {team: true}", *(f"s{i}: {{users: [U{i}]}}" for i in range(50))])
    return file(*rules, subjects=subjects)


def test_a_thousand_rules_cost_less_than_a_millisecond() -> None:
    policy, person = load(thousand_rules()), replace(ERIN, user="U7")
    act = Act("restart", container("web-1"))

    def once() -> float:
        start = perf_counter()
        assert decide(policy, person, INCIDENTS, act) == Allowed("mine")
        return perf_counter() - start

    assert min(once() for _ in range(50)) < 0.001
