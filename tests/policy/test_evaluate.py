from dataclasses import replace
from time import perf_counter

import pytest

from bot.policy.compile import load
from bot.policy.evaluate import Allowed, Denied, Policy, decide
from bot.policy.terms import Act, Person, Place, Target
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


def allowed(text: str, act: Act, person: Person = ERIN, place: Place = INCIDENTS) -> bool:
    return isinstance(decide(load(text), person, place, act), Allowed)


def matching_allow(on: str, act: Act) -> bool:
    return allowed(
        file("id: see, allow: [read], who: all", f"id: a, allow: [{act.verb}], who: all, on: {on}"), act
    )


def matching_deny(on: str, act: Act) -> bool:
    """Whether the deny alone takes away what is allowed to all."""
    allow = f"id: a, allow: [read, {act.verb}], who: all"
    assert allowed(file(allow), act)
    return not allowed(file(allow, f"id: d, deny: [{act.verb}], on: {on}"), act)


BOTH = image("web:1", "db:1", canonical="docker.io/library/web:1")
BARE_ID = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("on", "target", "allows", "denies"),
    [
        pytest.param("{names: [web-*]}", container("web-1"), True, True, id="name"),
        pytest.param("{names: [web-*]}", container("WEB-1"), False, False, id="case matters"),
        pytest.param("{names: [web-*]}", container("web-1", "db-1"), False, True, id="one of two names"),
        pytest.param("{names: [web-*, db-*]}", container("web-1", "db-1"), True, True, id="both names"),
        pytest.param("{names: [web-*]}", container(), False, False, id="no name"),
        pytest.param("{names: ['*']}", container(), True, True, id="any name, no name"),
        pytest.param("{names: []}", container("web-1"), False, False, id="an empty list"),
        pytest.param("{kinds: [container]}", container("x"), True, True, id="kind"),
        pytest.param("{kinds: [volume]}", container("x"), False, False, id="another kind"),
        pytest.param("{labels: [tier=front]}", container("x", tier="front"), True, True, id="label"),
        pytest.param("{labels: {tier: front}}", container("x", tier="front"), True, True, id="label, mapped"),
        pytest.param("{labels: [tier=front]}", container("x", tier="Front"), False, False, id="other value"),
        pytest.param(
            "{labels: [tier=]}", container("x"), False, False, id="an absent label is not an empty one"
        ),
        pytest.param("{compose_project: [shop]}", shop("x"), True, True, id="project"),
        pytest.param("{compose_project: [sho]}", shop("x"), False, False, id="projects are whole"),
        pytest.param("{images: [nginx:*]}", container("x"), True, True, id="image of a container"),
        pytest.param("{images: [tomcat]}", container("x"), False, False, id="another image"),
        pytest.param("{images: [nginx]}", container("x", image=""), False, True, id="image not known"),
        pytest.param("{images: [nginx]}", container("x", image=BARE_ID), False, True, id="image is an id"),
        pytest.param("{hosts: [prod-*], names: [x]}", container("x"), True, True, id="host and name"),
        pytest.param("{hosts: [lab], names: [x]}", container("x"), False, False, id="another host"),
        pytest.param("{tags: [eu]}", container("x"), False, False, id="no such tag"),
    ],
)
def test_what_a_resource_fits(on: str, target: Target, *, allows: bool, denies: bool) -> None:
    act = Act("restart", target)
    assert (matching_allow(on, act), matching_deny(on, act)) == (allows, denies)


@pytest.mark.parametrize(
    ("on", "target", "allows", "denies"),
    [
        pytest.param("{names: [web]}", image("web:1"), True, True, id="a repository is all its tags"),
        pytest.param("{names: ['web:*']}", image("web:1", "web:2", "web"), True, True, id="all tags"),
        pytest.param("{names: ['web:1']}", image("web:1", "web"), True, True, id="without tag counts not"),
        pytest.param("{names: ['web:1']}", image("web:1", "web:2"), False, True, id="one of two tags"),
        pytest.param("{names: [web]}", BOTH, False, True, id="one of two repositories"),
        pytest.param("{images: [web]}", BOTH, False, True, id="canonical, one of two"),
        pytest.param("{images: [web, db]}", BOTH, True, True, id="canonical, both"),
        pytest.param("{images: [web]}", image(), False, True, id="no reference"),
        pytest.param("{names: ['*']}", image(BARE_ID), True, True, id="an id for a name"),
        pytest.param("{names: ['sha256:*']}", image(BARE_ID), False, True, id="an id is no name"),
    ],
)
def test_what_a_resource_fits_of_images(on: str, target: Target, *, allows: bool, denies: bool) -> None:
    act = Act("rmi", target)
    assert (matching_allow(on, act), matching_deny(on, act)) == (allows, denies)


def test_networks_have_no_image() -> None:
    act = Act("network rm", Target("network", "n" * 64, ("front",)))
    assert not matching_allow("{images: ['*']}", act)
    assert not matching_deny("{images: ['*']}", act)


def test_a_condition_on_the_target_fits_no_host() -> None:
    assert not matching_allow("{names: ['*']}", Act("swarm init"))
    assert not matching_deny("{names: ['*']}", Act("swarm init"))
    assert matching_allow("{hosts: [prod-*]}", Act("swarm init"))


def test_several_resources_are_any_of_them() -> None:
    resources = "a: {names: [web-*]}, b: {names: [db-*]}"
    text = file("id: x, allow: [create], who: all, on: [a, b]", resources=resources)
    assert allowed(text, Act("create", container("db-1", id_="")))
    assert not allowed(
        text, Act("create", container("web-1", "db-1", id_=""))
    )  # no one of them fits it whole


@pytest.mark.parametrize(
    ("who", "person", "allows", "denies"),
    [
        pytest.param("team: true", ERIN, True, True, id="a member"),
        pytest.param("team: true", GUEST, False, False, id="a guest"),
        pytest.param("team: true", UNKNOWN, False, True, id="membership not known"),
        pytest.param("usergroups: [S0ONCALL]", DAVE, True, True, id="in the group"),
        pytest.param("usergroups: [S0ONCALL]", ERIN, False, False, id="not in the group"),
        pytest.param("usergroups: [S0ONCALL]", UNKNOWN, False, True, id="groups not known"),
        pytest.param("users: [U0GUEST]", GUEST, True, True, id="a guest by name"),
        pytest.param("users: [U0WHO]", UNKNOWN, True, True, id="an id is always known"),
        pytest.param("users: [T0/U0GUEST]", GUEST, True, True, id="team and user"),
        pytest.param("users: [T1/U0GUEST]", GUEST, False, False, id="the same id of another team"),
        pytest.param("users: []", ERIN, False, False, id="an empty list"),
        pytest.param("users: [U0X], usergroups: [S0ONCALL]", DAVE, True, True, id="any of the keys"),
    ],
)
def test_whom_a_subject_fits(who: str, person: Person, *, allows: bool, denies: bool) -> None:
    subjects = f"one: {{{who}}}, self: {{users: [{person.user}]}}"
    allow = file(
        "id: a, allow: [info], who: one, in: []", "id: b, allow: [info], who: one", subjects=subjects
    )
    deny = file("id: a, allow: [info], who: self", "id: d, deny: [info], who: one", subjects=subjects)
    assert allowed(allow, Act("info"), person) is allows
    assert allowed(deny, Act("info"), person) is not denies


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
