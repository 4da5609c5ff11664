"""The values a template works on, and their Go type names.

Only these: None, bool, int, float, str, list, dict, `Struct`, `Method`. No attribute of a Python object is
ever looked up, so a template reaches nothing that was not put into its data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


class TemplateError(Exception):
    """A template that can't be read or run, in Go's words: `template: :1:2: executing "" at <.X>: …`."""


@dataclass(frozen=True)
class Method:
    """A method with one string argument, as `.Label` of a container."""

    call: Callable[[str], str]


class Struct(dict[str, Any]):
    """A Go struct: an unknown field is an error (in a dict it is `<no value>`), and None is a nil pointer.

    `type_name` is what errors call it. A `row` is a line of a listing: sorted keys in JSON, `<>&` escaped.
    `json_names` are the fields whose JSON name differs; `omitted` those that JSON leaves out.
    """

    def __init__(
        self,
        type_name: str,
        fields: Mapping[str, Any],
        *,
        row: bool = False,
        json_names: Mapping[str, str] | None = None,
        omitted: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(fields)
        self.type_name = type_name
        self.row = row
        self.json_names = json_names or {}
        self.omitted = omitted

    def json_fields(self) -> dict[str, Any]:
        """What its JSON holds, by JSON name, in order."""
        kept = ((name, value) for name, value in self.items() if name not in self.omitted)
        fields = {
            self.json_names.get(name, name): value for name, value in kept if not isinstance(value, Method)
        }
        return dict(sorted(fields.items())) if self.row else fields


class NilList(list[Any]):
    """An absent list: prints `[]`, its JSON is null."""


class Map(dict[str, Any]):
    """A Go map that knows the type of its keys, and what `index` gives for a missing one."""

    def __init__(self, entries: Mapping[str, Any], key_type: str = "string", zero: object = None) -> None:
        super().__init__(entries)
        self.key_type = key_type
        self.zero = zero


class NilMap(Map):
    """An absent map: prints `map[]`, its JSON is null."""

    def __init__(self, key_type: str = "string", zero: object = None) -> None:
        super().__init__({}, key_type, zero)


class NoValue:
    """What a missing key gives: printed as `<no value>`, false in a condition."""


NO_VALUE = NoValue()


def type_name(value: object) -> str:
    """The Go type of a value, as errors and `%T` name it."""
    if isinstance(value, Struct):
        return value.type_name
    names: tuple[tuple[type, str], ...] = (
        (bool, "bool"), (int, "int"), (float, "float64"), (str, "string"), (list, "[]interface {}"),
        (dict, "map[string]interface {}"), (Method, "func(string) string"),
    )  # fmt: skip
    return next((name for kind, name in names if isinstance(value, kind)), "<nil>")


def truth(value: object) -> bool:
    """Whether Go's `if` takes the value as true: not zero, not empty; a struct always."""
    if isinstance(value, Struct):
        return True
    return not isinstance(value, NoValue) and bool(value)


def held_value(held: dict[str, object], name: str) -> object:
    """An entry; a nil in a plain map is no value, in a struct a nil pointer."""
    value = held[name]
    return NO_VALUE if value is None and not isinstance(held, Struct) else value


def size_of(value: object) -> int:
    """How much work a value is to print or copy, in characters, roughly."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return len(value) + sum(map(size_of, value))
    if isinstance(value, dict):
        return len(value) + sum(map(size_of, value.values()))
    return 8
