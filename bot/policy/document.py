"""YAML to plain data, stricter than YAML: what could be read in two ways is refused.

A scalar is text, but for unquoted `true`, `false` and nothing (`null`, `~`, empty). So `on:` is a key and
not "yes", `22:22` is no number, and ids stay as they are written. Refused: a key twice, aliases, tags, a file
that ends in the middle of a line (it was cut). Read from the parser's events, not its nodes: libyaml builds
nodes by recursion without a limit.
"""

from collections.abc import Iterator
from typing import TypeAlias

import yaml

Data: TypeAlias = "str | bool | tuple[Data, ...] | dict[str, Data] | None"
Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one where PyYAML has it: ten times faster
_LONGEST = 1_000_000  # characters
_DEEPEST = 20  # lists in lists
_STAR = 'put a pattern that begins with * in quotes, like "*-db"'
_PLAIN: dict[str, bool | None] = {"true": True, "false": False, "": None, "~": None, "null": None}


class DocumentError(Exception):
    """The text can't be read. The message says where and why."""


def read(text: str) -> tuple[Data, dict[Path, int]]:
    """The data, and the line (from 1) of each place. Raises DocumentError."""
    if len(text) > _LONGEST:
        raise DocumentError(f"the file is longer than {_LONGEST} characters")
    try:
        reader = _Reader(yaml.parse(text, Loader=_LOADER))
        data = reader.document()
    except yaml.MarkedYAMLError as error:
        raise DocumentError(_words(error)) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise DocumentError(str(error).partition("\n")[0]) from error
    if not text.rstrip(" ").endswith(("\n", "}", "]")):
        raise DocumentError("the last line has no end: the file looks cut short")
    return data, reader.lines


def place(path: Path) -> str:
    """A path as people read it: `rules[2].who`."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(steps).removeprefix(".") or "the file"


def _words(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    hint = f"; {_STAR}" if "alias" in (error.context or "") else ""
    return f"{where}{error.problem or error.context}{hint}"


class _Reader:
    """Builds the data of one document from its events."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self.lines: dict[Path, int] = {}

    def document(self) -> Data:
        next(self._events)  # the stream's start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise DocumentError("the file is empty")
        data = self._data(next(self._events), ())
        next(self._events)  # the document's end
        if not isinstance(next(self._events), yaml.StreamEndEvent):
            raise DocumentError("the file holds several documents")
        return data

    def _data(self, event: yaml.Event, path: Path) -> Data:
        if event.start_mark:
            self.lines[path] = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise DocumentError(f"{place(path)}: aliases are not understood here; {_STAR}")
        if not isinstance(event, yaml.CollectionStartEvent | yaml.ScalarEvent) or event.tag:
            raise DocumentError(f"{place(path)}: tags are not understood here")
        if len(path) > _DEEPEST:
            raise DocumentError(f"{place(path[:3])}…: lists in lists in lists, nested too deep")
        if isinstance(event, yaml.ScalarEvent):
            return _PLAIN[event.value] if not event.style and event.value in _PLAIN else event.value
        if isinstance(event, yaml.MappingStartEvent):
            return dict(self._pairs(path))
        return tuple(self._data(each, (*path, index)) for index, each in enumerate(self._inside()))

    def _pairs(self, path: Path) -> Iterator[tuple[str, Data]]:
        keys: set[str] = set()
        for event in self._inside():
            if not isinstance(event, yaml.ScalarEvent):
                raise DocumentError(f"{place(path)}: a key must be one word")
            key = event.value
            if key in keys:
                raise DocumentError(f'{place(path)}: the key "{key}" stands there twice')
            keys.add(key)
            yield key, self._data(next(self._events), (*path, key))

    def _inside(self) -> Iterator[yaml.Event]:
        """The events up to the end of the list or mapping; what one opens is read before the next."""
        while not isinstance(event := next(self._events), yaml.CollectionEndEvent):
            yield event
