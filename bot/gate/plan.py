"""A plan: what would be asked of one host, under which verbs, about which objects. Data, bound to full ids."""

from dataclasses import dataclass

from bot.grammar.line import Line
from bot.policy.terms import Act, Target


@dataclass(frozen=True)
class Plan:
    """One command line on one host, its names resolved.

    `line` is the parsed command (its canonical form parses to the same line again); `acts` is every question
    that the policy must allow, in the order the daemon would be asked.
    """

    line: Line
    host: str
    acts: tuple[Act, ...]

    @property
    def targets(self) -> tuple[Target, ...]:
        """The objects acted on, each once, in the order they were named."""
        seen: dict[tuple[str, str, tuple[str, ...]], Target] = {}
        for act in self.acts:
            if act.target:
                seen.setdefault((act.target.kind, act.target.id, act.target.names), act.target)
        return tuple(seen.values())

    @property
    def verbs(self) -> tuple[str, ...]:
        """The verbs it needs, each once."""
        return tuple(dict.fromkeys(act.verb for act in self.acts))

    @property
    def changes(self) -> bool:
        """Whether it changes anything on the host."""
        return self.line.grammar.changes
