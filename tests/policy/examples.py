"""The files, people and objects that the examples speak of."""

from bot.policy.compile import load
from bot.policy.evaluate import Allowed, decide
from bot.policy.terms import Act, Person, Place, Target

SHOP = """\
version: 1
subjects:
  oncall:   {usergroups: [S0ONCALL]}
  leads:    {users: [U0ALICE, U0BOB]}
  everyone: {team: true}
channels:
  incidents: [C0INC]
resources:
  production: {hosts: [prod-*]}
  front:      {hosts: [prod-*], names: [web-*], compose_project: [shop]}
rules:
  - {id: look,     allow: [read],          who: everyone}
  - {id: operate,  allow: [operate, logs], who: oncall, in: incidents, on: production}
  - {id: careful,  allow: [change],        who: leads, on: front}
  - {id: destroy,  allow: [destroy],       who: leads, on: production}
  - {id: never-db, deny:  [destroy, exec], on: {names: [db-*]}}
tests:
  - {as: U0DAVE, groups: [S0ONCALL], in: C0INC, run: "restart web-1", on: prod-1, expect: allow, by: operate}
  - {as: U0ALICE, run: "rm db-1", on: prod-1, expect: deny, by: never-db}
"""

ALICE = Person("T0", "U0ALICE", frozenset(), member=True)
DAVE = Person("T0", "U0DAVE", frozenset({"S0ONCALL"}), member=True)
ERIN = Person("T0", "U0ERIN", frozenset(), member=True)
GUEST = Person("T0", "U0GUEST", frozenset(), member=False)
UNKNOWN = Person("T0", "U0WHO", None, member=None)

INCIDENTS = Place("C0INC", "prod-1")
ELSEWHERE = Place("C0OTHER", "prod-1")
LAB = Place("C0INC", "lab")


def container(
    *names: str, id_: str = "c" * 64, image: str = "docker.io/library/nginx:1", **labels: str
) -> Target:
    """A container that exists; underscores in a label's key stand for dots."""
    return Target(
        "container", id_, names, image, {key.replace("_", "."): value for key, value in labels.items()}
    )


def image(*names: str, canonical: str = "", id_: str = "d" * 64) -> Target:
    return Target("image", id_, names, canonical)


def shop(*names: str) -> Target:
    """A container of the compose project "shop"."""
    return container(*names, com_docker_compose_project="shop")


def file(*rules: str, subjects: str = "all: {team: true}", resources: str = "", channels: str = "") -> str:
    """A file of these rules, each the inside of a flow mapping."""
    lines = ["version: 1", f"subjects: {{{subjects}}}", f"channels: {{{channels}}}"]
    lines += [f"resources: {{{resources}}}", "rules:" if rules else "rules: []"]
    return "\n".join([*lines, *(f"  - {{{rule}}}" for rule in rules), ""])


def allowed(text: str, act: Act, person: Person = ERIN, place: Place = INCIDENTS) -> bool:
    """Whether the file of this text allows the act."""
    return isinstance(decide(load(text), person, place, act), Allowed)
