"""What holds of every permission list and every question."""

import json
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.policy.compile import load
from bot.policy.evaluate import Allowed, Denied, decide
from bot.policy.lint import lint
from bot.policy.model import parse
from bot.policy.terms import Act, Kind, Person, Place, Target
from tests.policy import brute

SUBJECTS = {
    "alice": {"users": ["U0ALICE"]},
    "oncall": {"usergroups": ["S0ONCALL"]},
    "everyone": {"team": True},
    "mixed": {"users": ["U0BOB"], "usergroups": ["S0LEADS"]},
    "nobody": {"users": []},
}
CHANNELS = {"incidents": ["C0INC"], "ops": ["C0OPS", "C0INC"], "none": []}
NAMES = ["web-*", "db-1", "*-1", "*", "w*-*1", "tomcat", "tomcat:*", "tomcat:9.0", "registry.acme.example/*"]
WORDS = ["read", "operate", "change", "destroy", "admin", *brute.GROUP_OF]
QUESTIONS: dict[Kind, list[str]] = {
    "container": ["ps", "inspect", "logs", "restart", "start", "rm", "create", "run"],
    "image": ["images", "inspect", "rmi", "pull"],
    "volume": ["volume ls", "inspect", "volume rm"],
}

Question = tuple[Person, Place, Act]


def some(random: Random, values: list[Any], least: int = 1, most: int = 2) -> list[Any]:
    return random.sample(values, random.randint(least, most))


def a_resource(random: Random) -> dict[str, Any]:
    keys = {
        "hosts": some(random, ["prod-*", "prod-1", "lab", "*"]),
        "tags": some(random, ["eu", "us"]),
        "names": some(random, NAMES, 1 - (random.random() < 0.1), 3),
        "compose_project": some(random, ["shop", "blog"]),
        "labels": some(random, ["tier=front", "tier=back", "trusted=yes"]),
        "images": some(random, list(brute.IMAGES)),
        "kinds": some(random, ["container", "image", "volume"]),
    }
    return {key: keys[key] for key in some(random, list(keys), 1, 2)}


def a_rule(random: Random, resources: list[str], id_: str) -> dict[str, Any]:
    allow = random.random() < 0.7
    rule: dict[str, Any] = {"id": id_, "allow" if allow else "deny": some(random, WORDS, 1, 3)}
    if allow or random.random() < 0.5:
        rule["who"] = some(random, list(SUBJECTS)) if random.random() < 0.8 else "everyone"
    if random.random() < 0.3:
        rule["in"] = some(random, list(CHANNELS))
    if random.random() < 0.6:
        rule["on"] = a_resource(random) if random.random() < 0.4 else some(random, resources)
    return rule


def a_file(random: Random, rules: int | None = None) -> dict[str, Any]:
    resources = {f"r{i}": a_resource(random) for i in range(3)}
    count = random.randint(1, 8) if rules is None else rules
    rules_ = [a_rule(random, list(resources), f"rule-{i}") for i in range(count)]
    if random.random() < 0.5:
        rules_.append({"id": "look", "allow": ["read"], "who": ["everyone", "alice"]})
    return {
        "version": "1",
        "subjects": SUBJECTS,
        "channels": CHANNELS,
        "resources": resources,
        "rules": rules_,
    }


def a_question(random: Random) -> Question:
    person = Person(
        "T0",
        random.choice(["U0ALICE", "U0BOB", "U0ERIN"]),
        random.choice([None, frozenset[str](), frozenset({"S0ONCALL"}), frozenset({"S0ONCALL", "S0LEADS"})]),
        random.choice([True, True, False, None]),
    )
    tags = random.choice([frozenset[str](), frozenset({"eu"})])
    place = Place(random.choice(["C0INC", "C0OPS", "D0"]), random.choice(["prod-1", "prod-2\n", "lab"]), tags)
    if random.random() < 0.1:
        return person, place, Act(random.choice(["info", "freeze"]))
    if random.random() < 0.1:
        return person, place, Act(random.choice(list(brute.LISTS)), listing=True)
    kind = random.choice(list(QUESTIONS))
    return person, place, Act(random.choice(QUESTIONS[kind]), a_target(random, kind))


def a_target(random: Random, kind: Kind) -> Target:
    id_ = random.choice(["", "a" * 64])
    labels = random.choice(
        [{}, {"tier": "front"}, {"com.docker.compose.project": "shop", "tier": "back", "trusted": "no"}]
    )
    if kind == "image":
        names = some(random, list(brute.CANONICAL), 1, 2)
        return Target(kind, id_, tuple(names), brute.CANONICAL[names[0]], labels)
    names = some(random, ["web-1", "web-2", "db-1", "web-\n1", ""], 0, 2)
    image = random.choice(["", *brute.CANONICAL.values()]) if kind == "container" else ""
    return Target(kind, id_, tuple(filter(None, names)), image, labels)


def is_allowed(file: dict[str, Any], question: Question) -> bool:
    return isinstance(decide(load(json.dumps(file)), *question), Allowed)


@pytest.mark.parametrize("few", [0, 8], ids=["by the index", "as it is"])
def test_the_same_as_trying_every_rule(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.policy.evaluate._FEW", few)
    answers = {True: 0, False: 0}
    for seed in range(2_500):
        random = Random(seed)
        file = a_file(random, 30 if seed % 25 == 0 else None)
        policy = load(json.dumps(file))
        for _ in range(4):
            question = a_question(random)
            expected = brute.allowed(file, *question)
            decision = decide(policy, *question)
            assert isinstance(decision, Allowed) is expected, (seed, question, decision)
            answers[expected] += 1
    assert min(answers.values()) > 1_500  # neither answer is the rare one


files = st.integers(0).map(lambda seed: a_file(Random(seed)))
questions = st.integers(0).map(lambda seed: a_question(Random(seed)))
seeds = st.integers(0)


@settings(max_examples=200, deadline=None)
@given(files, questions)
def test_the_answer_names_a_rule_that_matches(file: dict[str, Any], question: Question) -> None:
    policy = load(json.dumps(file))
    person, place, act = question
    decision = decide(policy, person, place, act)
    allows, denies = policy.narrow(person, place).matching(act)
    if isinstance(decision, Allowed):
        assert decision.rule in allows
        assert not denies
    elif not decision.hidden:
        assert decision.rule in denies if decision.rule else not denies


@settings(max_examples=200, deadline=None)
@given(files, questions, seeds)
def test_another_allow_takes_nothing_away(file: dict[str, Any], question: Question, seed: int) -> None:
    rule = a_rule(Random(seed), list(file["resources"]), "new")
    rule["allow"] = rule.pop("deny", rule.get("allow"))
    rule.setdefault("who", "everyone")
    before = is_allowed(file, question)
    assert is_allowed({**file, "rules": [*file["rules"], rule]}, question) >= before


@settings(max_examples=200, deadline=None)
@given(files, questions, seeds)
def test_another_deny_grants_nothing(file: dict[str, Any], question: Question, seed: int) -> None:
    rule = a_rule(Random(seed), list(file["resources"]), "new")
    rule["deny"] = rule.pop("allow", rule.get("deny"))
    before = is_allowed(file, question)
    assert is_allowed({**file, "rules": [*file["rules"], rule]}, question) <= before


@settings(max_examples=200, deadline=None)
@given(files, questions)
def test_a_deny_that_matches_always_wins(file: dict[str, Any], question: Question) -> None:
    denied = {**file, "rules": [*file["rules"], {"id": "no", "deny": list(brute.GROUP_OF)}]}
    assert isinstance(decide(load(json.dumps(denied)), *question), Denied)


@settings(max_examples=200, deadline=None)
@given(files, questions, seeds)
def test_order_and_names_mean_nothing(file: dict[str, Any], question: Question, seed: int) -> None:
    other = deepcopy(file)
    Random(seed).shuffle(other["rules"])
    for number, rule in enumerate(other["rules"]):
        rule["id"] = f"x{number}"
    assert is_allowed(other, question) == is_allowed(file, question)


@settings(max_examples=200, deadline=None)
@given(files, questions)
def test_less_known_of_a_person_is_never_more_allowed(file: dict[str, Any], question: Question) -> None:
    person, place, act = question
    unknown = Person(person.team, person.user, None, None)
    assert is_allowed(file, (unknown, place, act)) <= is_allowed(file, question)


@settings(max_examples=60, deadline=None)
@given(files)
def test_a_rule_said_to_match_nothing_may_be_left_out(file: dict[str, Any]) -> None:
    useless = {f.place for f in lint(parse(json.dumps(file))) if "never match" in f.text}
    kept = [r for i, r in enumerate(file["rules"]) if f"rules[{i}] ({r['id']})" not in useless]
    for seed in range(20):
        question = a_question(Random(seed))
        assert is_allowed({**file, "rules": kept}, question) == is_allowed(file, question)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_text_crashes_the_reader(text: str) -> None:
    for each in (text, f"version: 1\nrules: [{text}]\n", f"version: 1\nrules: []\n{text}"):
        try:
            load(each)
        except Exception as error:
            assert type(error).__name__ == "PolicyError", error
