"""A plan is data, bound to full ids."""

from bot.commands.catalogue import COMMANDS
from bot.gate.gate import objects
from bot.gate.plan import Plan
from bot.grammar.parse import parse
from bot.policy.terms import Act, Target

LINE = parse("run -d nginx", {name: command.grammar for name, command in COMMANDS.items()})
IMAGE = Target("image", "", ("nginx:latest",), "docker.io/library/nginx:latest")
MADE = Target("container", "", (), "docker.io/library/nginx:latest")
PLAN = Plan(LINE, "local", (Act("pull", IMAGE), Act("create", MADE), Act("start", MADE)))


def test_its_verbs_and_targets_each_once_in_order() -> None:
    assert PLAN.verbs == ("pull", "create", "start")
    assert PLAN.targets == (IMAGE, MADE)
    assert PLAN.changes


def test_what_falls_on_the_host_has_no_target() -> None:
    assert Plan(LINE, "local", (Act("info"),)).targets == ()


def test_targets_of_one_name_and_two_ids_are_two() -> None:
    first, second = (Target("container", id_ * 64, ("web",)) for id_ in "ab")
    assert Plan(LINE, "local", (Act("stop", first), Act("stop", second))).targets == (first, second)


def test_what_the_record_keeps_of_them() -> None:
    nameless = Target("container", "c" * 64)
    assert objects(Plan(LINE, "local", (Act("pull", IMAGE), Act("start", nameless)))) == [
        {"kind": "image", "id": "", "name": "nginx:latest"},
        {"kind": "container", "id": "c" * 64, "name": "c" * 12},
    ]
