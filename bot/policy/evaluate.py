"""The policy as compiled rules, and the one question: may this person do this here? Pure.

Nobody may do anything but what some allow rule matches, and any matching deny wins; the order of the rules
changes nothing but which of several is named. What is not known (groups, membership, a container's image)
never allows, and never escapes a deny. What one may not see, one may not touch.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from bot.policy.match import On, Who
from bot.policy.terms import Act, Person, Place, Target
from bot.policy.verbs import GROUPS, PARTS, VISIBILITY


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes. `rule` is the id of the rule that allows it (the first, where several do)."""

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


@dataclass(frozen=True, slots=True)
class Says:
    """A rule's parts in words: `oncall (S0ONCALL)`, `#incidents (C0INC)`, `production (hosts prod-*)`."""

    who: str
    channels: str
    on: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled rule. None for `who`, `channels` or `on` means "any"; an empty `on` matches nothing.

    `words` holds the verbs and groups as written; `verbs` all they stand for.
    """

    id: str
    allows: bool
    words: tuple[str, ...]
    verbs: frozenset[str]
    who: Who | None
    channels: frozenset[str] | None
    on: tuple[On, ...] | None
    says: Says

    @property
    def is_admin(self) -> bool:
        """Whether it speaks of any admin verb."""
        return not self.verbs.isdisjoint(GROUPS["admin"])

    def speaks_to(self, person: Person) -> bool:
        """Whether it is about this person; what is unknown of them counts against them."""
        return self.who is None or self.who.holds(person, unknown=not self.allows)

    def speaks_in(self, channel: str) -> bool:
        """Whether it is about this channel."""
        return self.channels is None or channel in self.channels

    def targets(self, place: Place) -> tuple[On, ...] | None:
        """What of the host it speaks of: None everything, empty nothing."""
        if self.on is None:
            return None
        here = tuple(on for on in self.on if on.here(place))
        return None if any(on.bare for on in here) else here


@dataclass(frozen=True, slots=True)
class Policy:
    """The compiled file. `closed` says why there is none: then everything is denied with that reason."""

    rules: tuple[Rule, ...] = ()
    usergroups: frozenset[str] = frozenset()
    closed: str | None = None
    by_verb: Mapping[str, tuple[Rule, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for verb in rule.verbs:
                index.setdefault(verb, []).append(rule)
        object.__setattr__(
            self, "by_verb", MappingProxyType({verb: tuple(rules) for verb, rules in index.items()})
        )

    @property
    def admins(self) -> tuple[frozenset[str], frozenset[str]]:
        """User ids and user group ids named by the rules that allow admin verbs: whom to tell of problems."""
        named = [rule.who for rule in self.rules if rule.allows and rule.who and rule.is_admin]
        users = frozenset(user.rpartition("/")[2] for who in named for user in who.users)
        return users, frozenset(group for who in named for group in who.usergroups)

    def narrow(self, person: Person, place: Place) -> "Rules":
        """The rules that can match for this person in this channel on this host. Found when first asked."""
        return Rules(self, person, place)


_Candidate: TypeAlias = tuple[Rule, tuple[On, ...] | None]


class Rules:
    """The rules for one person in one place. Keep it for one request: it remembers which can match."""

    __slots__ = ("_by_verb", "_person", "_place", "_policy")

    def __init__(self, policy: Policy, person: Person, place: Place) -> None:
        self._policy, self._person, self._place = policy, person, place
        self._by_verb: dict[str, tuple[list[_Candidate], list[_Candidate]]] = {}

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
        """The ids of all allow rules and all deny rules that match the act itself, in the file's order."""
        verbs = PARTS.get(act.verb, (act.verb,))
        found: tuple[dict[str, None], dict[str, None]] = {}, {}
        for verb in verbs:
            for rule, ons in (each for side in self.candidates(verb) for each in side):
                if _could(rule, ons, verb) if act.listing else matches(rule, ons, act.target):
                    found[0 if rule.allows else 1][rule.id] = None
        return tuple(found[0]), tuple(found[1])

    def candidates(self, verb: str) -> tuple[list[_Candidate], list[_Candidate]]:
        """The allow and the deny rules of the verb that can match here, each with what it speaks of."""
        known = self._by_verb.get(verb)
        if known is None:
            known = self._by_verb[verb] = ([], [])
            for rule in self._policy.by_verb.get(verb, ()):
                if rule.speaks_in(self._place.channel) and rule.speaks_to(self._person):
                    ons = rule.targets(self._place)
                    if ons is None or ons:
                        known[0 if rule.allows else 1].append((rule, ons))
        return known

    def _all(self, verb: str, target: Target | None) -> Decision:
        decisions = [self._decide(part, target) for part in PARTS.get(verb, (verb,))]
        denied = next((each for each in decisions if isinstance(each, Denied)), None)
        return denied or decisions[0]

    def _decide(self, verb: str, target: Target | None) -> Decision:
        allows, denies = self.candidates(verb)
        for rule, ons in denies:
            if matches(rule, ons, target):
                return Denied(rule.id, f'rule "{rule.id}" denies {verb}{_on(target)} on {self._place.host}')
        for rule, ons in allows:
            if matches(rule, ons, target):
                return Allowed(rule.id)
        return Denied(None, f"no rule lets you {verb}{_on(target)} on {self._place.host} here")

    def _listing(self, verb: str) -> Decision:
        allows, denies = self.candidates(verb)
        for rule, ons in denies:
            if ons is None:
                return Denied(rule.id, f'rule "{rule.id}" denies {verb} on {self._place.host}')
        for rule, ons in allows:
            if _could(rule, ons, verb):
                return Allowed(rule.id)
        return Denied(None, f"no rule lets you {verb} on {self._place.host} here")


def decide(policy: Policy, person: Person, place: Place, act: Act) -> Decision:
    """One decision by itself: `policy.narrow(person, place).judge(act)`."""
    return policy.narrow(person, place).judge(act)


def matches(rule: Rule, ons: Iterable[On] | None, target: Target | None) -> bool:
    """Whether a candidate matches the target; with conditions on the target it matches no act on the host."""
    if ons is None:
        return True
    if target is None:
        return False
    return any(on.surely(target) for on in ons) if rule.allows else any(on.possibly(target) for on in ons)


def _could(rule: Rule, ons: Iterable[On] | None, verb: str) -> bool:
    """Whether a candidate speaks of any list's row: an allow of some, a deny of all."""
    return ons is None or (rule.allows and any(on.could(verb) for on in ons))


def _on(target: Target | None) -> str:
    if target is None:
        return ""
    return f" {target.names[0]}" if target.names else f" {target.id[:12]}".rstrip()
