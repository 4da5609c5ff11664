"""All acts of a plan, judged together."""

import pytest

from bot.gate.judge import judge
from bot.policy.evaluate import Allowed, Denied
from bot.policy.permissions import load_checked
from bot.policy.terms import Act, Person, Place, Target

POLICY = load_checked(
    """\
version: 1
subjects: {bob: {users: [U0BOB]}}
rules:
  - {id: look, allow: [ps, images], who: bob}
  - {id: web, allow: [start, create], who: bob, on: {names: [web*]}}
  - {id: fetch, allow: [pull], who: bob}
  - {id: never, deny: [start], on: {names: [web-db]}}
"""
)
RULES = POLICY.narrow(Person("T", "U0BOB", frozenset(), member=True), Place("C", "local"))


def act(verb: str, name: str) -> Act:
    return Act(verb, Target("container", "", (name,), "docker.io/library/nginx:latest"))


def test_every_rule_used_is_named_once() -> None:
    pull = Act("pull", Target("image", "", ("nginx",), "docker.io/library/nginx:latest"))
    acts = [pull, act("create", "web"), act("start", "web"), act("start", "web-2")]
    assert judge(RULES, acts) == (None, Allowed("fetch, web"))


@pytest.mark.parametrize("denied", [act("start", "web-db"), act("start", "cache"), act("rm", "web")])
def test_one_denial_denies_the_whole(denied: Act) -> None:
    found, decision = judge(RULES, [act("start", "web"), denied, act("start", "other")])
    assert found == denied
    assert isinstance(decision, Denied)


def test_nothing_asked_for_is_nothing_allowed() -> None:
    found, decision = judge(RULES, [])
    assert found is None
    assert isinstance(decision, Denied)
