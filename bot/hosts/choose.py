"""Which hosts a line means. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from bot.grammar.nearest import nearest
from bot.policy.globs import Globs

ALL = "all"


class NoSuchHost(Exception):  # noqa: N818  # it is the person's, not the program's
    """A word that names no host. `nearest` is the host or tag that was probably meant, or None."""

    def __init__(self, word: str, nearest: str | None) -> None:
        super().__init__(f"no host or tag is called {word}" if "*" not in word else f"no host matches {word}")
        self.word = word
        self.nearest = nearest


def chosen(patterns: Sequence[str], tags: Mapping[str, Iterable[str]], fallback: str) -> list[str]:
    """Names of the hosts that any of `patterns` names, each once, in the order of `tags` (host to its tags).

    A pattern is a host's name, a tag, a glob over host names (`*` only), or `all`; without one it is
    `fallback`. Raises NoSuchHost for a pattern that names none.
    """
    wanted: set[str] = set()
    for pattern in patterns or (fallback,):
        found = {name for name, own in tags.items() if _means(pattern, name, own)}
        if not found:
            words = [*tags, *(tag for own in tags.values() for tag in own), ALL]
            raise NoSuchHost(pattern, nearest(pattern, words))
        wanted |= found
    return [name for name in tags if name in wanted]


def _means(pattern: str, name: str, tags: Iterable[str]) -> bool:
    return pattern in (name, ALL) or pattern in tags or ("*" in pattern and Globs.of([pattern]).match(name))
