"""The grammar of one command, as its file declares it."""

from dataclasses import dataclass
from typing import Any

from bot.grammar.flags import Flag


@dataclass(frozen=True)
class Grammar:
    """What may stand after a command's name.

    `name` is its short form (`ps`), `aliases` the others (`container ls`). `least` and `most` count arguments
    (None: any number). `interspersed` False: flags end at the first argument, as for `run` and `exec`.
    `changes` tells acts from reads: acts are never private.
    """

    name: str
    synopsis: str
    summary: str
    aliases: tuple[str, ...] = ()
    flags: tuple[Flag[Any], ...] = ()
    least: int = 0
    most: int | None = 0
    interspersed: bool = True
    examples: tuple[str, ...] = ()
    changes: bool = False

    @property
    def usage(self) -> str:
        """Name and synopsis: `stop [OPTIONS] CONTAINER [CONTAINER...]`."""
        return f"{self.name} {self.synopsis}".strip()
