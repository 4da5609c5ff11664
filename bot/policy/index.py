"""Finding, among many rules, the few whose `names` may fit an object: by hash, not by trying each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.policy.globs import Globs
from bot.policy.match import On
from bot.policy.references import is_id, split
from bot.policy.terms import Target


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The numbers of rules by the patterns of their `names`, for rules all of whose resources have names."""

    literals: Mapping[str, tuple[int, ...]]
    prefixes: Mapping[str, tuple[int, ...]]
    suffixes: Mapping[str, tuple[int, ...]]
    lengths: tuple[frozenset[int], frozenset[int]]
    others: frozenset[int]

    @classmethod
    def of(cls, rules: Iterable[tuple[int, tuple[On, ...]]]) -> "NameIndex":
        """An index of these numbered rules, each with its resources."""
        literals: dict[str, set[int]] = {}
        prefixes: dict[str, set[int]] = {}
        suffixes: dict[str, set[int]] = {}
        others: set[int] = set()
        for number, ons in rules:
            for globs in (globs for on in ons for globs in _patterns(on)):
                for table, texts in (
                    (literals, globs.literals),
                    (prefixes, globs.prefixes),
                    (suffixes, globs.suffixes),
                ):
                    for text in texts:
                        table.setdefault(text, set()).add(number)
                if globs.others:
                    others.add(number)
        lengths = (frozenset(map(len, prefixes)), frozenset(map(len, suffixes)))
        return cls(_frozen(literals), _frozen(prefixes), _frozen(suffixes), lengths, frozenset(others))

    def find(self, target: Target) -> set[int] | None:
        """The numbers of all rules that may fit (and some that do not); None where any rule may."""
        texts = _texts(target)
        if texts is None:
            return None
        found = set(self.others)
        for text in texts:
            found.update(self.literals.get(text, ()))
            for length in self.lengths[0]:
                found.update(self.prefixes.get(text[:length], ()))
            for length in self.lengths[1]:
                found.update(self.suffixes.get(text[len(text) - length :], ()) if length <= len(text) else ())
        return found


def _patterns(on: On) -> Iterable[Globs]:
    """The patterns on names, and those that stand for them where the object is an image."""
    if on.names is not None:
        yield on.names
    if on.references is not None:
        yield on.references.whole
        yield on.references.perhaps


def _texts(target: Target) -> set[str] | None:
    """All that a pattern may be compared with."""
    if target.kind != "image" or not target.names:
        return set(target.names or ("",))
    if any(map(is_id, target.names)):
        return None
    texts = set(target.names)
    for name, tag, digest in map(split, target.names):
        texts |= {name, f"{name}:{tag}", f"{name}@{digest}"}
    return texts


def _frozen(table: Mapping[str, set[int]]) -> dict[str, tuple[int, ...]]:
    return {text: tuple(numbers) for text, numbers in table.items()}
