"""The policy as compiled rules, and the one question: may this person do this here? Pure.

Nobody may do anything but what some allow rule matches, and any matching deny wins; the order of the rules
changes nothing but which of several is named. What is not known (groups, membership, a container's image)
never allows, and never escapes a deny. What one may not see, one may not touch.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import TypeAlias

from bot.policy.index import NameIndex
from bot.policy.match import On
from bot.policy.rule import Rule
from bot.policy.terms import Act, Person, Place, Target
from bot.policy.verbs import PARTS, VISIBILITY


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes. `rule` is the id of the rule that allows it (one of them, where several do)."""

    rule: str


@dataclass(frozen=True, slots=True)
class Denied:
    """No. `rule` is the id of the deny that matched, None where nothing allows it.

    `hidden`: the person may not even see the target. Then `reason` tells nothing about it, and neither may
    the reply: it reads as if the target were not there.
    """

    rule: str | None
    reason: str
    hidden: bool = False


Decision: TypeAlias = Allowed | Denied

_FEW = 8  # so many named rules are tried one by one


@dataclass(frozen=True, slots=True)
class Policy:
    """The compiled file. `closed` says why there is none: then everything is denied with that reason.

    `by_verb` holds the rules of each verb, with their number in the file where `by_name` finds them.
    """

    rules: tuple[Rule, ...] = ()
    usergroups: frozenset[str] = frozenset()
    closed: str | None = None
    by_verb: Mapping[str, tuple[tuple[int | None, Rule], ...]] = field(init=False, repr=False, compare=False)
    by_name: NameIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[str, list[tuple[int | None, Rule]]] = {}
        for number, rule in enumerate(self.rules):
            for verb in rule.verbs:
                index.setdefault(verb, []).append((number if rule.named else None, rule))
        by_verb = {verb: tuple(rules) for verb, rules in index.items()}
        named = ((number, rule.on or ()) for number, rule in enumerate(self.rules) if rule.named)
        object.__setattr__(self, "by_verb", MappingProxyType(by_verb))
        object.__setattr__(self, "by_name", NameIndex.of(named))

    @property
    def admins(self) -> tuple[frozenset[str], frozenset[str]]:
        """User ids and user group ids named by the rules that allow admin verbs: whom to tell of problems."""
        named = [rule.who for rule in self.rules if rule.allows and rule.who and rule.is_admin]
        users = frozenset(user.rpartition("/")[2] for who in named for user in who.users)
        return users, frozenset(group for who in named for group in who.usergroups)

    def narrow(self, person: Person, place: Place) -> "Rules":
        """The rules that can match for this person in this channel on this host. Found when first asked."""
        return Rules(self, person, place)


@dataclass(slots=True)
class _Side:
    """The allow rules, or the deny rules, of one verb that speak to the person in the channel.

    `named` by their number in the file: of many, only those are tried that the index finds.
    """

    loose: list[Rule] = field(default_factory=list)
    named: dict[int, Rule] = field(default_factory=dict)

    def all(self) -> Iterator[Rule]:
        return chain(self.loose, self.named.values())

    def tried(self, target: Target | None, by_name: NameIndex) -> Iterator[Rule]:
        """Those that may match the target, the index asked last."""
        yield from self.loose
        if target is None or not self.named:
            return
        found = by_name.find(target) if len(self.named) > _FEW else None
        if found is None:
            yield from self.named.values()
        else:
            yield from (self.named[number] for number in sorted(found & self.named.keys()))


class Rules:
    """The rules for one person in one place. Keep it for one request: it remembers which can match."""

    __slots__ = ("_by_verb", "_here", "_person", "_place", "_policy", "_speaks")

    def __init__(self, policy: Policy, person: Person, place: Place) -> None:
        self._policy, self._person, self._place = policy, person, place
        self._by_verb: dict[str, tuple[_Side, _Side]] = {}
        self._speaks: dict[tuple[int, bool], bool] = {}
        self._here: dict[int, tuple[On, ...] | None] = {}

    def judge(self, act: Act) -> Decision:
        """Whether the act is allowed, and by which rule.

        An existing target (its id is not empty) must also be visible, by VISIBILITY's verb. `run` is judged
        as create and start, both of which must be allowed. A list is allowed where some rule could allow its
        verb here for some object and no deny forbids it for all.
        """
        if self._policy.closed is not None:
            return Denied(None, self._policy.closed)
        if act.listing:
            return self._listing(act.verb)
        target = act.target
        if target is not None and target.id:
            seen = self._decide(VISIBILITY[target.kind], target)
            if isinstance(seen, Denied):
                return Denied(
                    seen.rule, f"there is no such {target.kind} here, or you may not see it", hidden=True
                )
            if act.verb == VISIBILITY[target.kind]:
                return seen
        return self._all(act.verb, target)

    def matching(self, act: Act) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of all allow rules and all deny rules that match the act itself."""
        found: tuple[dict[str, None], dict[str, None]] = ({}, {})
        for verb in PARTS.get(act.verb, (act.verb,)):
            for ids, side in zip(found, self._sides(verb), strict=True):
                for rule in side.all():
                    if self._could(rule, verb) if act.listing else self._matches(rule, act.target):
                        ids[rule.id] = None
        return tuple(found[0]), tuple(found[1])

    def _sides(self, verb: str) -> tuple[_Side, _Side]:
        """The allow rules and the deny rules of the verb that speak to this person in this channel."""
        sides = self._by_verb.get(verb)
        if sides is None:
            sides = self._by_verb[verb] = (_Side(), _Side())
            channel = self._place.channel
            for number, rule in self._policy.by_verb.get(verb, ()):
                if (rule.channels is None or channel in rule.channels) and self._speaks_to(rule):
                    side = sides[0] if rule.allows else sides[1]
                    if number is None:
                        side.loose.append(rule)
                    else:
                        side.named[number] = rule
        return sides

    def _speaks_to(self, rule: Rule) -> bool:
        """As `rule.speaks_to`, once for all rules of the same subjects."""
        if rule.who is None:
            return True
        key = (id(rule.who), rule.allows)
        known = self._speaks.get(key)
        if known is None:
            known = self._speaks[key] = rule.speaks_to(self._person)
        return known

    def _targets(self, rule: Rule) -> tuple[On, ...] | None:
        """As `rule.targets`, once for all rules of the same resources."""
        key = id(rule.on)
        if key not in self._here:
            self._here[key] = rule.targets(self._place)
        return self._here[key]

    def _matches(self, rule: Rule, target: Target | None) -> bool:
        return rule.on is None or rule.matches(self._targets(rule), target)

    def _could(self, rule: Rule, verb: str) -> bool:
        """Whether it speaks of a list's rows: an allow of some, a deny of all."""
        ons = self._targets(rule)
        return ons is None or (rule.allows and any(on.could(verb) for on in ons))

    def _all(self, verb: str, target: Target | None) -> Decision:
        decisions = [self._decide(part, target) for part in PARTS.get(verb, (verb,))]
        denied = [each for each in decisions if isinstance(each, Denied)]
        by_rule = (each for each in denied if each.rule is not None)
        return next(by_rule, denied[0]) if denied else decisions[0]

    def _decide(self, verb: str, target: Target | None) -> Decision:
        allows, denies = self._sides(verb)
        for rule in denies.tried(target, self._policy.by_name):
            if self._matches(rule, target):
                return Denied(rule.id, f'rule "{rule.id}" denies {verb}{_on(target)} on {self._place.host}')
        for rule in allows.tried(target, self._policy.by_name):
            if self._matches(rule, target):
                return Allowed(rule.id)
        return Denied(None, f"no rule lets you {verb}{_on(target)} on {self._place.host} here")

    def _listing(self, verb: str) -> Decision:
        allows, denies = self._sides(verb)
        for rule in denies.all():
            if self._could(rule, verb):
                return Denied(rule.id, f'rule "{rule.id}" denies {verb} on {self._place.host}')
        for rule in allows.all():
            if self._could(rule, verb):
                return Allowed(rule.id)
        return Denied(None, f"no rule lets you {verb} on {self._place.host} here")


def decide(policy: Policy, person: Person, place: Place, act: Act) -> Decision:
    """One decision by itself: `policy.narrow(person, place).judge(act)`."""
    return policy.narrow(person, place).judge(act)


def _on(target: Target | None) -> str:
    if target is None:
        return ""
    return f" {target.names[0]}" if target.names else f" {target.id[:12]}".rstrip()
