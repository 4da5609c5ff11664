"""The functions of a template: Go's own, and docker's (`docker/cli/templates`)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from bot.format.template.budget import MAX_TEXT
from bot.format.template.printing import json_text, shown, sprint, sprintf, sprintln
from bot.format.template.values import NO_VALUE, Map, NilList, NoValue, Struct, truth, type_name


class CallError(Exception):
    """A function's own complaint: `error calling index: index out of range: 3`."""


@dataclass(frozen=True)
class Builtin:
    """A function, the types its arguments must have (`any` takes all), and whether the last repeats."""

    call: Callable[..., Any]
    takes: tuple[str, ...]
    repeats: bool = False


def _index(item: object, *keys: object) -> object:
    for key in keys:
        if isinstance(item, NoValue):
            raise CallError("index of untyped nil")
        if item is None:
            raise CallError("index of nil pointer")
        if isinstance(item, dict) and not isinstance(item, Struct):
            item = _entry(item, key)
        elif isinstance(item, list | str):
            item = _element(item, key)
        else:
            raise CallError(f"can't index item of type {type_name(item)}")
    return item


def _entry(item: Mapping[str, object], key: object) -> object:
    wanted = item.key_type if isinstance(item, Map) else "string"
    if type_name(key) != wanted:
        raise CallError(f"value has type {type_name(key)}; should be {wanted}")
    if isinstance(item, Map):
        return item.get(str(key), item.zero)
    return NO_VALUE if item.get(str(key)) is None else item[str(key)]


def _element(item: list[object] | str, key: object) -> object:
    if not isinstance(key, int) or isinstance(key, bool):
        raise CallError(f"cannot index slice/array with type {type_name(key)}")
    row = item.encode() if isinstance(item, str) else item
    if key == len(row):  # Go's own check lets this one through to reflect
        raise CallError(f"reflect: {'string' if isinstance(item, str) else 'slice'} index out of range")
    if not 0 <= key < len(row):
        raise CallError(f"index out of range: {key}")
    return row[key]


def _slice(item: object, *cuts: object) -> object:
    if not isinstance(item, list | str):
        raise CallError(f"can't slice item of type {type_name(item)}")
    if len(cuts) > 2:
        raise CallError(f"too many slice indexes: {len(cuts)}")
    row = item.encode() if isinstance(item, str) else item
    bounds = [0, len(row)]
    for at, cut in enumerate(cuts):
        if not isinstance(cut, int) or isinstance(cut, bool):
            raise CallError(f"cannot index slice/array with type {type_name(cut)}")
        if not 0 <= cut <= len(row):
            raise CallError(f"index out of range: {cut}")
        bounds[at] = cut
    if bounds[0] > bounds[1]:
        raise CallError(f"invalid slice index: {bounds[0]} > {bounds[1]}")
    part = row[bounds[0] : bounds[1]]
    return part.decode(errors="replace") if isinstance(part, bytes) else part


def _len(item: object) -> int:
    if isinstance(item, str):
        return len(item.encode())
    if isinstance(item, list | dict) and not isinstance(item, Struct):
        return len(item)
    raise CallError("len of nil pointer" if item is None else f"len of type {type_name(item)}")


def _kind(value: object) -> str:
    if isinstance(value, NoValue) or value is None:
        return "nil"
    if isinstance(value, bool | int | float | str):
        return type_name(value)
    return ""


def _eq(first: object, *others: object) -> bool:
    if not others:
        raise CallError("missing argument for comparison")
    return any(_same(first, other) for other in others)


def _same(first: object, other: object) -> bool:
    kinds = _kind(first), _kind(other)
    if "nil" in kinds:
        return kinds == ("nil", "nil")
    if "" in kinds:
        wrong = first if not kinds[0] else other
        raise CallError(f"non-comparable type {sprint([wrong])}: {type_name(wrong)}")
    if kinds[0] != kinds[1]:
        raise CallError("incompatible types for comparison")
    return first == other


def _lt(first: Any, other: Any) -> bool:
    kinds = _kind(first), _kind(other)
    if "" in kinds or "nil" in kinds:
        raise CallError("invalid type for comparison")
    if kinds[0] != kinds[1]:
        raise CallError("incompatible types for comparison")
    if kinds[0] == "bool":
        raise CallError("invalid type for comparison")
    return bool(first < other)


def _le(first: object, other: object) -> bool:
    return _lt(first, other) or _same(first, other)


def _text_of(args: tuple[object, ...]) -> str:
    return str(args[0]) if len(args) == 1 and isinstance(args[0], str) else sprint([*map(_printable, args)])


def _printable(value: object) -> object:
    return shown(value) if isinstance(value, NoValue) else value


def _html(*args: object) -> str:
    marks = {'"': "&#34;", "'": "&#39;", "&": "&amp;", "<": "&lt;", ">": "&gt;", "\0": "\ufffd"}
    return re.sub("[\"'&<>\0]", lambda found: marks[found[0]], _text_of(args))


def _js(*args: object) -> str:
    marks = {
        "\\": "\\\\",
        "'": "\\'",
        '"': '\\"',
        "<": "\\u003C",
        ">": "\\u003E",
        "&": "\\u0026",
        "=": "\\u003D",
    }
    return "".join(
        marks.get(char) or (f"\\u{ord(char):04X}" if char < " " or not char.isprintable() else char)
        for char in _text_of(args)
    )


def _urlquery(*args: object) -> str:
    return quote_plus(_text_of(args), safe="~")


def _pad(text: str, before: int, after: int) -> str:
    if before < 0 or after < 0:
        raise CallError("strings: negative Repeat count")
    if before + after > MAX_TEXT:
        raise CallError("too long")
    return " " * before + text + " " * after if text else text


def _truncate(text: str, length: int) -> str:
    """Cut by bytes, as the CLI does; a character cut in half is shown as U+FFFD."""
    raw = text.encode()
    if length < 0:
        raise CallError(f"runtime error: slice bounds out of range [:{length}]")
    return text if len(raw) <= length else raw[:length].decode(errors="replace")


def _split(text: str, by: str) -> list[str]:
    return text.split(by) if by else list(text)


def _join(items: list[object], by: str) -> str:
    return by.join(str(item) for item in items)


def _title(text: str) -> str:
    """Every word's first letter upper, the rest as it is (strings.Title)."""
    return re.sub(r"(?<!\w)\w", lambda found: found[0].upper(), text)


GO: Mapping[str, Builtin] = {
    "html": Builtin(_html, ("any",), True),
    "index": Builtin(_index, ("any", "any"), True),
    "js": Builtin(_js, ("any",), True),
    "len": Builtin(_len, ("any",)),
    "not": Builtin(lambda value: not truth(value), ("any",)),
    "print": Builtin(lambda *args: sprint(args), ("any",), True),
    "printf": Builtin(lambda pattern, *args: sprintf(pattern, args), ("string", "any"), True),
    "println": Builtin(lambda *args: sprintln(args), ("any",), True),
    "slice": Builtin(_slice, ("any", "any"), True),
    "urlquery": Builtin(_urlquery, ("any",), True),
    "eq": Builtin(_eq, ("any", "any"), True),
    "ne": Builtin(lambda first, other: not _same(first, other), ("any", "any")),
    "lt": Builtin(_lt, ("any", "any")),
    "le": Builtin(_le, ("any", "any")),
    "gt": Builtin(lambda first, other: not _le(first, other), ("any", "any")),
    "ge": Builtin(lambda first, other: not _lt(first, other), ("any", "any")),
}

DOCKER: Mapping[str, Builtin] = {
    "json": Builtin(json_text, ("any",)),
    "split": Builtin(_split, ("string", "string")),
    "join": Builtin(_join, ("[]string", "string")),
    "title": Builtin(_title, ("string",)),
    "lower": Builtin(str.lower, ("string",)),
    "upper": Builtin(str.upper, ("string",)),
    "pad": Builtin(_pad, ("string", "int", "int")),
    "truncate": Builtin(_truncate, ("string", "int")),
}


def _heading(text: str, *_: object) -> str:
    return text


FUNCTIONS: Mapping[str, Builtin] = {**GO, **DOCKER}

# In the headings of a table these leave a column's name as it is.
HEADINGS: Mapping[str, Builtin] = {
    **FUNCTIONS,
    **{name: Builtin(_heading, ("string",)) for name in ("json", "title", "lower", "upper")},
    **{name: Builtin(_heading, ("string", "string")) for name in ("split", "join")},
    "truncate": Builtin(_heading, ("string", "int")),
}

# `and` and `or` evaluate no more than they need: the runner does them.
LAZY = ("and", "or")


def fits(value: object, wanted: str) -> bool:
    """Whether a value may stand for a parameter of that type."""
    if wanted == "any":
        return True
    if wanted == "[]string":
        return isinstance(value, NilList) or (
            isinstance(value, list) and all(isinstance(item, str) for item in value)
        )
    return type_name(value) == wanted
