"""One request, its asker known: what the desk and our own commands work with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.commands.request import Request
from bot.hosts.choose import NoSuchHost
from bot.hosts.hosts import Host, Hosts
from bot.policy.evaluate import Policy, Rules
from bot.policy.terms import Person, Place

if TYPE_CHECKING:
    from bot.commands.command import Command, Own


@dataclass(frozen=True)
class Asker:
    """Who asks, where, and under which policy: one policy for the whole of a request."""

    request: Request
    person: Person
    policy: Policy
    hosts: Hosts
    commands: Mapping[str, "Command[Any] | Own"]

    def place(self, host: Host) -> Place:
        """Where the request is made and on which host it would fall."""
        return Place(self.request.channel, host.name, frozenset(host.tags))

    def sees(self, host: Host) -> bool:
        """Whether any rule lets the person do anything on the host, here."""
        place = self.place(host)
        return any(
            rule.allows
            and rule.speaks_in(place.channel)
            and rule.speaks_to(self.person)
            and rule.targets(place) != ()
            for rule in self.policy.rules
        )

    def choose(self, patterns: Sequence[str]) -> list[Host]:
        """The hosts that the patterns mean to this person: those named, and of the others those they see.

        Where that leaves none, all of them, so that the denial can say what is missing. Raises NoSuchHost,
        which suggests no host that the person does not see.
        """
        try:
            found = self.hosts.choose(patterns, self.request.channel)
        except NoSuchHost as error:
            mine = [host for host in self.hosts if self.sees(host)]
            words = {word for host in mine for word in (host.name, *host.tags)}
            raise NoSuchHost(error.word, error.nearest if error.nearest in words else None) from None
        if len(found) == 1:
            return found
        return [host for host in found if host.name in patterns or self.sees(host)] or found

    def rules(self, host: Host) -> Rules:
        """The rules that can match this person, in this channel, on this host."""
        return self.policy.narrow(self.person, self.place(host))
