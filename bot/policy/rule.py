"""One compiled rule."""

from dataclasses import dataclass

from bot.policy.match import On, Who
from bot.policy.terms import Person, Place, Target
from bot.policy.verbs import GROUPS


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

    @property
    def named(self) -> bool:
        """Whether all it speaks of is found by name."""
        return self.on is not None and all(on.names is not None for on in self.on)

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

    def matches(self, here: tuple[On, ...] | None, target: Target | None) -> bool:
        """Whether `here`, what it speaks of on a host, fits the target.

        With conditions on the target it fits no host.
        """
        if here is None or target is None:
            return here is None
        return any(on.surely(target) if self.allows else on.possibly(target) for on in here)
