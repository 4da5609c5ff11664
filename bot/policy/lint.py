"""What is wrong or useless in a file that could be read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from bot.policy.compile import compile_file
from bot.policy.evaluate import Policy
from bot.policy.model import File, Resource, Rule
from bot.policy.rule import Rule as Compiled
from bot.policy.verbs import FALLS_ON, MAKES, VISIBILITY


@dataclass(frozen=True, slots=True)
class Finding:
    """An `error` keeps the file from being taken; a `warning` does not."""

    level: Literal["error", "warning"]
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text} ({self.level})"


def lint(file: File) -> tuple[Finding, ...]:
    """All findings, errors first."""
    policy = compile_file(file)
    found = [
        *_twice(file),
        *_unused(file),
        *_never(file, policy),
        *_unseen(policy),
        *_idle_tests(file, policy),
    ]
    return tuple(sorted(found, key=lambda finding: finding.level))


def errors(file: File) -> tuple[Finding, ...]:
    """Those findings that keep the file from being taken."""
    return tuple(_twice(file))


def _twice(file: File) -> Iterator[Finding]:
    for id_, count in Counter(rule.id for rule in file.rules).items():
        if count > 1:
            yield Finding("error", "rules", f'{count} rules are called "{id_}"')


def _unused(file: File) -> Iterator[Finding]:
    used = {
        "subjects": {name for rule in file.rules for name in rule.who},
        "channels": {name for rule in file.rules for name in rule.in_},
        "resources": {name for rule in file.rules if not isinstance(rule.on, Resource) for name in rule.on},
    }
    for section, known in (
        ("subjects", file.subjects),
        ("channels", file.channels),
        ("resources", file.resources),
    ):
        for name in known:
            if name not in used[section]:
                yield Finding("warning", f"{section}.{name}", "no rule uses it")


def _never(file: File, policy: Policy) -> Iterator[Finding]:
    """Rules that can't match, whatever is asked."""
    compiled = {rule.id: rule for rule in policy.rules}
    for index, rule in enumerate(file.rules):
        text = _nothing(compiled[rule.id]) or (_shadow(rule, file, compiled) if rule.allows else "")
        if text:
            yield Finding("warning", f"rules[{index}] ({rule.id})", f"can never match: {text}")


def _nothing(rule: Compiled) -> str:
    """Which part of the rule fits nothing at all; empty where each fits something."""
    if not rule.verbs:
        return "it names no verb"
    if rule.who is not None and not (rule.who.users or rule.who.usergroups or rule.who.team):
        return "its `who` is empty"
    if rule.channels is not None and not rule.channels:
        return "its `in` is empty"
    if rule.on is not None and all(on.empty for on in rule.on):
        return "its `on` is empty"
    if rule.on is not None and not any(on.bare or on.could(verb) for on in rule.on for verb in rule.verbs):
        return "its verbs never fall on what its `on` speaks of"
    return ""


def _shadow(rule: Rule, file: File, compiled: dict[str, Compiled]) -> str:
    """The denies that together forbid all this rule allows."""
    verbs = compiled[rule.id].verbs
    denies = (each for each in file.rules if not each.allows and compiled[each.id].verbs & verbs)
    over = [each for each in denies if _covers(each, rule)]
    if verbs <= set(chain.from_iterable(compiled[each.id].verbs for each in over)):
        return f"{' and '.join(each.id for each in over)} denies all it allows"
    return ""


def _covers(deny: Rule, rule: Rule) -> bool:
    """Whether the deny speaks of everybody and everything the rule speaks of, as far as the names show."""
    who = not deny.says("who") or set(rule.who) <= set(deny.who)
    channels = not deny.says("in_") or (rule.says("in_") and set(rule.in_) <= set(deny.in_))
    if not deny.says("on") or deny.on == rule.on:
        return who and channels
    named = not isinstance(deny.on, Resource) and not isinstance(rule.on, Resource) and rule.says("on")
    return who and channels and named and set(rule.on) <= set(deny.on)


def _unseen(policy: Policy) -> Iterator[Finding]:
    """Allow rules that nobody can use, since no rule lets anyone see the objects."""
    seen = {verb for rule in policy.rules if rule.allows for verb in rule.verbs}
    for index, rule in enumerate(policy.rules):
        blind = [verb for verb in sorted(rule.verbs) if not _usable(verb, seen)]
        if rule.allows and blind and len(blind) == len(rule.verbs):
            needs = " or ".join(VISIBILITY[kind] for kind in FALLS_ON[blind[0]])
            text = f"allows nothing yet: what may not be seen may not be touched, and no rule allows {needs}"
            yield Finding("warning", f"rules[{index}] ({rule.id})", text)


def _usable(verb: str, seen: set[str]) -> bool:
    kinds = FALLS_ON[verb]
    return not kinds or verb in MAKES or any(VISIBILITY[kind] in seen for kind in kinds)


def _idle_tests(file: File, policy: Policy) -> Iterator[Finding]:
    """Tests that show nothing: asked twice, or with user groups the file never speaks of."""
    for index, test in enumerate(file.tests):
        if test in file.tests[:index]:
            yield Finding("warning", f"tests[{index}]", f"asks the same as tests[{file.tests.index(test)}]")
        for group in sorted(set(test.groups) - policy.usergroups):
            yield Finding("warning", f"tests[{index}]", f"no subject names the user group {group}")
