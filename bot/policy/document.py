"""YAML to plain data, stricter than YAML: what could be read in two ways is refused.

A scalar is text, but for unquoted `true`, `false` and nothing (`null`, `~`, empty). So `on:` is a key and
not "yes", `22:22` is no number, and ids stay as they are written. Refused: a key twice, aliases, tags, a file
that ends in the middle of a line (it was cut).
"""

from collections.abc import Iterator
from typing import TypeAlias

import yaml

Data: TypeAlias = "str | bool | tuple[Data, ...] | dict[str, Data] | None"
Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one where PyYAML has it: ten times faster
_LONGEST = 1_000_000  # characters
_PLAIN: dict[str, bool | None] = {"true": True, "false": False, "": None, "~": None, "null": None}


class DocumentError(Exception):
    """The text can't be read. The message says where and why."""


def read(text: str) -> tuple[Data, dict[Path, int]]:
    """The data, and the line (from 1) of each place. Raises DocumentError."""
    if len(text) > _LONGEST:
        raise DocumentError(f"the file is longer than {_LONGEST} characters")
    try:
        node = yaml.compose(text, Loader=_LOADER)
        if node is None:
            raise DocumentError("the file is empty")
        if not text.rstrip(" ").endswith(("\n", "}", "]")):
            raise DocumentError("the last line has no end: the file looks cut short")
        lines: dict[Path, int] = {}
        return _data(node, (), lines, set()), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise DocumentError(f"{where}{error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise DocumentError(str(error).splitlines()[0]) from error
    except RecursionError as error:
        raise DocumentError("lists in lists in lists: nested too deep") from error


def place(path: Path) -> str:
    """A path as people read it: `rules[2].who`."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(steps).removeprefix(".") or "the file"


def _data(node: yaml.Node, path: Path, lines: dict[Path, int], seen: set[int]) -> Data:
    lines[path] = node.start_mark.line + 1
    if id(node) in seen:
        raise DocumentError(f"{place(path)}: aliases are not understood here; write it out")
    seen.add(id(node))
    if not node.tag.startswith("tag:yaml.org,2002:"):
        raise DocumentError(f"{place(path)}: the tag {node.tag} is not understood here")
    if isinstance(node, yaml.SequenceNode):
        return tuple(_data(each, (*path, i), lines, seen) for i, each in enumerate(node.value))
    if isinstance(node, yaml.MappingNode):
        return {key: _data(value, (*path, key), lines, seen) for key, value in _pairs(node, path)}
    return _scalar(node) if isinstance(node, yaml.ScalarNode) else None


def _pairs(node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, yaml.Node]]:
    keys: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise DocumentError(f"{place(path)}: a key must be one word")
        if key.value in keys:
            raise DocumentError(f'{place(path)}: the key "{key.value}" stands there twice')
        keys.add(key.value)
        yield key.value, value


def _scalar(node: yaml.ScalarNode) -> Data:
    text = str(node.value)
    return _PLAIN[text] if not node.style and text in _PLAIN else text
