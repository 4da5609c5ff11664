"""The file's own tests: what each asks the policy, and which answers are not as expected."""

from dataclasses import dataclass

from bot.policy.compile import compile_file
from bot.policy.evaluate import Allowed, Rules
from bot.policy.model import File, Test
from bot.policy.references import split
from bot.policy.terms import Act, Kind, Person, Place, Target
from bot.policy.verbs import FALLS_ON, MAKES, VERBS, VISIBILITY
from bot.reference import canonical

_EXISTING = "0" * 64  # any full id: the object is there
_NAMES_NEW = ("tag", "rename")  # their last word is a name that does not exist yet


@dataclass(frozen=True, slots=True)
class Failure:
    """A test whose answer is not as expected: its index in the file, and what came out instead."""

    index: int
    text: str

    def __str__(self) -> str:
        return f"tests[{self.index}]: {self.text}"


def check_tests(file: File) -> list[Failure]:
    """Run every test of the file against its own rules; the failures, none where all is as expected."""
    policy = compile_file(file)
    failures = []
    for index, test in enumerate(file.tests):
        person = Person("", test.as_, frozenset(test.groups), test.member)
        place = Place(test.in_, test.on, frozenset(test.tags))
        wrong = _wrong(test, policy.narrow(person, place))
        if wrong:
            failures.append(Failure(index, f'{test.as_} runs "{test.run}": {wrong}'))
    return failures


def acts(test: Test) -> tuple[Act, ...]:
    """What a test asks: its verb on each object it names. Objects exist, but for verbs that make them.

    Raises ValueError where `run` is not a verb followed by names.
    """
    verb, names = _words(test.run)
    kinds = FALLS_ON[verb]
    if not names and verb in VISIBILITY.values():
        return (Act(verb, listing=True),)
    if not kinds or (not names and verb.endswith("prune")):
        return (Act(verb),)
    if not names and verb not in MAKES:
        raise ValueError(f'say what is to be tested: "{verb} NAME"')
    new = [verb in MAKES or (verb in _NAMES_NEW and i == len(names) - 1 > 0) for i in range(len(names))]
    return tuple(
        Act(verb, _target(test, kinds[0], name, "" if is_new else _EXISTING))
        for name, is_new in zip(names or ("",), new or (True,), strict=True)
    )


def _words(run: str) -> tuple[str, list[str]]:
    words = run.split()
    for length in (2, 1):
        verb = " ".join(words[:length])
        if verb in VERBS:
            flags = [word for word in words[length:] if word.startswith("-")]
            if flags:
                raise ValueError(f"a test is a verb and names; it can't say {flags[0]}")
            return verb, words[length:]
    raise ValueError(f'"{run}" does not begin with a verb')


def _target(test: Test, kind: Kind, name: str, id_: str) -> Target:
    labels = dict(each.split("=", 1) for each in test.labels)
    if test.project:
        labels["com.docker.compose.project"] = test.project
    image = test.image or (name if kind == "image" else "")
    return Target(kind, id_, (name,) if name else (), _reference(image) if image else "", labels)


def _reference(image: str) -> str:
    return canonical(image if any(split(image)[1:]) else f"{image}:latest")


def _wrong(test: Test, rules: Rules) -> str:
    """What is not as expected, in words; empty where it is."""
    try:
        asked = acts(test)
    except ValueError as error:
        return str(error)
    denied = [(act, decision) for act in asked if not isinstance(decision := rules.judge(act), Allowed)]
    if denied and test.expect == "allow":
        return f"expected allow, but {denied[0][1].reason}"
    used = [rules.matching(act)[0] for act in asked]
    if not denied and test.expect == "deny":
        return f'expected deny, but rule "{used[0][0]}" allows it'
    if not test.by:
        return ""
    if denied:
        by = [rule for act, decision in denied for rule in (decision.rule, *rules.matching(act)[1]) if rule]
        return "" if test.by in by else f"denied as expected, but by {_rules(by)}, not by {test.by}"
    by = [rule for each in used for rule in each]
    return (
        ""
        if all(test.by in each for each in used)
        else f"allowed as expected, but by {_rules(by)}, not by {test.by}"
    )


def _rules(ids: list[str]) -> str:
    return " and ".join(dict.fromkeys(ids)) or "no rule"
