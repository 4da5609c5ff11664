"""Whom and what the conditions of a rule fit: one reading for an allow, another for a deny."""

import pytest

from bot.policy.terms import Act, Person, Target
from tests.policy.examples import DAVE, ERIN, GUEST, UNKNOWN, allowed, container, file, image, shop


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
