"""Decisions in plain sentences: which rule, what did not match, and which lines to write. Pure.

Nothing here tells of a target the person may not see.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from json import dumps
from typing import Literal

from bot.policy.evaluate import Allowed, Decision, Denied, Policy
from bot.policy.rule import Rule
from bot.policy.terms import Act, Kind, Person, Place
from bot.policy.verbs import FALLS_ON, GROUPS, MAKES, PARTS, VISIBILITY

_WORDS = ("true", "false", "null")  # what YAML would not read as text


@dataclass(frozen=True, slots=True)
class Grant:
    """What one rule gives, or takes from, a person here: verbs and groups as written, on what in words."""

    rule: str
    effect: Literal["allow", "deny"]
    words: tuple[str, ...]
    on: str

    def __str__(self) -> str:
        verb = "may" if self.effect == "allow" else "may never"
        return f"{verb} {', '.join(self.words)} on {self.on} (rule {self.rule})"


def explain(decision: Decision, act: Act, *, policy: Policy, person: Person, place: Place) -> str:
    """The decision in a few lines: the answer, then for a denial the nearest miss and the lines to write.

    Of a hidden target it says the same as if there were none.
    """
    if isinstance(decision, Allowed):
        return f'Yes: rule "{decision.rule}" allows {_what(act)} on {place.host} here.'
    if decision.hidden or policy.closed is not None:
        return f"No: {decision.reason}."
    if decision.rule is not None:
        return f"No: {decision.reason}. A deny always wins: only a change of that rule can allow it."
    lines = [f"No: {decision.reason}."]
    rules = policy.narrow(person, place)
    parts = PARTS.get(act.verb, (act.verb,))
    missed = (verb for verb in parts if isinstance(rules.judge(replace(act, verb=verb)), Denied))
    lines += _nearest(next(missed, act.verb), act, policy, person, place)
    return "\n".join([*lines, "To allow it, add to permissions.yml:", lines_for(act, person, place)])


def grants(policy: Policy, person: Person, place: Place) -> list[Grant]:
    """What every rule that speaks to the person in this channel on this host gives or takes."""
    return [
        Grant(rule.id, "allow" if rule.allows else "deny", rule.words, rule.says.on)
        for rule in policy.rules
        if rule.speaks_in(place.channel) and rule.speaks_to(person) and rule.targets(place) != ()
    ]


def first_lines(person: Person, place: Place) -> str:
    """A whole permissions.yml that lets this person do everything in this channel, and nobody else."""
    return "\n".join(
        (
            "version: 1",
            "subjects:",
            f"  admins: {{users: [{person.user}]}}",
            "channels:",
            f"  here: [{place.channel}]",
            "rules:",
            f"  - {{id: admins, allow: [{', '.join(GROUPS)}], who: admins, in: here}}",
            "",
        )
    )


def lines_for(act: Act, person: Person, place: Place) -> str:
    """The YAML that would let this person, and nobody else, do this here: a subject, a channel and a rule.

    With the verb that shows the object, since what may not be seen may not be touched. It is to be merged
    into the sections that are there.
    """
    target, user, channel = act.target, person.user.lower(), place.channel.lower()
    verbs = list(PARTS.get(act.verb, (act.verb,)))
    kind = target.kind if target is not None and target.id else _falls_on(act)
    if kind and VISIBILITY[kind] not in verbs:
        verbs.append(VISIBILITY[kind])
    on = f"hosts: [{_quoted(place.host)}]"
    if target is not None and target.names:
        on += f", names: [{', '.join(map(_quoted, target.names))}]"
    return "\n".join(
        (
            "subjects:",
            f"  {user}: {{users: [{person.user}]}}",
            "channels:",
            f"  {channel}: [{place.channel}]",
            "rules:",
            f"  - {{id: {user}-{act.verb.replace(' ', '-')}, allow: [{', '.join(verbs)}], who: {user}, "
            f"in: {channel}, on: {{{on}}}}}",
        )
    )


def _falls_on(act: Act) -> Kind | None:
    """The kind of object that a verb needs to be there, where the question names none yet."""
    kinds = FALLS_ON.get(act.verb, ())
    return kinds[0] if act.listing and len(kinds) == 1 and act.verb not in MAKES else None


def _quoted(text: str) -> str:
    """A name as YAML takes it in a list: in double quotes unless it is letters, digits and dashes."""
    return text if re.fullmatch(r"[A-Za-z][\w.-]*", text, re.ASCII) and text not in _WORDS else dumps(text)


def _what(act: Act) -> str:
    target = act.target
    if target is None:
        return act.verb
    return f"{act.verb} {target.names[0] if target.names else target.id[:12]}".rstrip()


def _nearest(verb: str, act: Act, policy: Policy, person: Person, place: Place) -> Iterator[str]:
    """The allow rules of the verb that miss by the fewest parts: `Rule "x" would allow it in #incidents`."""
    missing = {
        rule.id: parts
        for _, rule in policy.by_verb.get(verb, ())
        if rule.allows and (parts := tuple(_missing(rule, act, person, place)))
    }
    fewest = min(map(len, missing.values()), default=0)
    nearest = [(rule, parts) for rule, parts in missing.items() if len(parts) == fewest]
    it = "it" if verb == act.verb else verb
    for rule, parts in nearest[:3]:
        yield f'Rule "{rule}" would allow {it} {" ".join(parts)}.'
    if person.member is None or person.groups is None:
        yield "Slack could not say who you are or which groups you are in; what is not known allows nothing."


def _missing(rule: Rule, act: Act, person: Person, place: Place) -> Iterator[str]:
    """The parts of an allow rule that do not match, in words."""
    if not rule.speaks_to(person):
        yield f"to {rule.says.who}"
    if not rule.speaks_in(place.channel):
        yield f"in {rule.says.channels}"
    here = rule.targets(place)
    if here == () or not (act.listing or rule.matches(here, act.target)):
        yield f"on {rule.says.on}"
