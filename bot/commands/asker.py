"""One request, its asker known: what the desk and our own commands work with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.commands.request import Request
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

    def rules(self, host: Host) -> Rules:
        """The rules that can match this person, in this channel, on this host."""
        return self.policy.narrow(self.person, self.place(host))
