import pytest

from bot.policy.compile import load
from bot.policy.evaluate import Allowed, Policy, decide
from bot.policy.explain import explain, first_lines, grants, lines_for
from bot.policy.permissions import load_checked
from bot.policy.terms import Act, Person, Place
from bot.policy.verbs import VERBS
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
    container,
    file,
    image,
)

POLICY = load(SHOP)


def explained(person: Person, place: Place, act: Act, policy: Policy = POLICY) -> str:
    return explain(decide(policy, person, place, act), act, policy=policy, person=person, place=place)


@pytest.mark.parametrize(
    ("person", "place", "act", "lines"),
    [
        pytest.param(
            DAVE,
            INCIDENTS,
            Act("restart", container("web-1")),
            ['Yes: rule "operate" allows restart web-1 on prod-1 here.'],
            id="allowed",
        ),
        pytest.param(
            DAVE,
            ELSEWHERE,
            Act("restart", container("web-1")),
            [
                "No: no rule lets you restart web-1 on prod-1 here.",
                'Rule "operate" would allow it in #incidents (C0INC).',
                "To allow it, add to permissions.yml:",
            ],
            id="in the wrong channel",
        ),
        pytest.param(
            ERIN,
            INCIDENTS,
            Act("restart", container("web-1")),
            [
                "No: no rule lets you restart web-1 on prod-1 here.",
                'Rule "operate" would allow it to oncall (S0ONCALL).',
            ],
            id="to somebody else",
        ),
        pytest.param(
            DAVE,
            LAB,
            Act("restart", container("web-1")),
            [
                "No: no rule lets you restart web-1 on lab here.",
                'Rule "operate" would allow it on production (hosts prod-*).',
            ],
            id="on another host",
        ),
        pytest.param(
            ALICE,
            INCIDENTS,
            Act("run", container("web-1", id_="")),
            [
                "No: no rule lets you create web-1 on prod-1 here.",
                'Rule "careful" would allow create on front '
                "(hosts prod-*; names web-*; compose project shop).",
            ],
            id="a part of run",
        ),
        pytest.param(
            UNKNOWN,
            INCIDENTS,
            Act("ps", listing=True),
            [
                "No: no rule lets you ps on prod-1 here.",
                'Rule "look" would allow it to everyone (full members of this workspace).',
                "Slack could not say who you are or which groups you are in; "
                "what is not known allows nothing.",
            ],
            id="somebody unknown",
        ),
        pytest.param(
            ALICE,
            INCIDENTS,
            Act("rm", container("db-1")),
            [
                'No: rule "never-db" denies rm db-1 on prod-1. '
                "A deny always wins: only a change of that rule can allow it."
            ],
            id="denied by a rule",
        ),
        pytest.param(
            GUEST,
            INCIDENTS,
            Act("restart", container("payroll")),
            ["No: there is no such container here, or you may not see it."],
            id="hidden",
        ),
    ],
)
def test_explanations(person: Person, place: Place, act: Act, lines: list[str]) -> None:
    said = explained(person, place, act).splitlines()
    assert said[: len(lines)] == lines
    assert len(lines) > 1 or len(said) == 1


def test_a_hidden_target_leaves_no_trace() -> None:
    hide = "id: hide-payroll, deny: [ps], on: {names: [payroll]}"
    policy = load(file("id: look, allow: [read, rm], who: all", hide))
    said = {
        explained(ERIN, INCIDENTS, Act(verb, container("payroll")), policy) for verb in ("ps", "rm", "logs")
    }
    assert said == {"No: there is no such container here, or you may not see it."}


def test_without_a_list_the_reason_is_all() -> None:
    assert explained(ALICE, LAB, Act("info"), Policy(closed="closed")) == "No: closed."


@pytest.mark.parametrize(
    "act",
    [
        Act("restart", container("web-1")),
        Act("ps", listing=True),
        Act("ps", container("true")),
        Act("info"),
        Act("network create"),
        Act("run", container("a b: c", id_="")),
        Act("create", container(id_="")),
        Act("rmi", image("tomcat:9.0", "a.b:5000/x:1")),
        Act("rm", container('quoted"\\', "1")),
    ],
)
def test_the_lines_allow_what_was_asked(act: Act) -> None:
    policy = load("version: 1\n" + lines_for(act, GUEST, INCIDENTS) + "\n")
    assert isinstance(decide(policy, GUEST, INCIDENTS, act), Allowed)
    assert not isinstance(decide(policy, ERIN, INCIDENTS, act), Allowed)
    assert not isinstance(decide(policy, GUEST, ELSEWHERE, act), Allowed)
    assert not isinstance(decide(policy, GUEST, LAB, act), Allowed)


def test_the_first_lines_let_the_first_user_do_everything_here() -> None:
    policy = load_checked(first_lines(DAVE, INCIDENTS))
    for verb in VERBS:
        assert isinstance(decide(policy, DAVE, INCIDENTS, Act(verb, container("x"))), Allowed)
        assert not isinstance(decide(policy, ERIN, INCIDENTS, Act(verb, container("x"))), Allowed)
    assert policy.admins == (frozenset({"U0DAVE"}), frozenset())


def test_grants_say_what_one_may_do_here() -> None:
    assert list(map(str, grants(POLICY, DAVE, INCIDENTS))) == [
        "may read on everything (rule look)",
        "may operate, logs on production (hosts prod-*) (rule operate)",
        "may never destroy, exec on names db-* (rule never-db)",
    ]
    assert [grant.rule for grant in grants(POLICY, DAVE, LAB)] == ["look", "never-db"]
    assert [grant.rule for grant in grants(POLICY, GUEST, INCIDENTS)] == ["never-db"]
