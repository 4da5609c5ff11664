"""Patterns with `*`: whole strings, case-sensitive, nothing else is special. No regular expressions.

`*` stands for any text, the empty one, `/` and newlines included. Time is linear in the text for the common
shapes (literal, `web-*`, `*-db`), and without backtracking for the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Globs:
    """Several patterns, of which any may match; sorted by shape, so that most are one C call together."""

    literals: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, patterns: Iterable[str]) -> "Globs":
        """The patterns as written."""
        literals, prefixes, suffixes, others = set(), [], [], []
        for pattern in patterns:
            parts = tuple(pattern.split("*"))
            if len(parts) == 1:
                literals.add(pattern)
            elif len(parts) == 2 and not parts[1]:
                prefixes.append(parts[0])
            elif len(parts) == 2 and not parts[0]:
                suffixes.append(parts[1])
            else:
                others.append(parts)
        return cls(frozenset(literals), tuple(prefixes), tuple(suffixes), tuple(others))

    def match(self, text: str) -> bool:
        """Whether any pattern matches the whole text."""
        return (
            text in self.literals
            or text.startswith(self.prefixes)
            or text.endswith(self.suffixes)
            or any(_match(parts, text) for parts in self.others)
        )


def _match(parts: tuple[str, ...], text: str) -> bool:
    """The first and last part stand at the ends; each one between is taken at its first place after the last.

    Taking the first place is always right: it leaves the most text for what follows.
    """
    first, *middle, last = parts
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
