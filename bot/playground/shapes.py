"""A small schema language for JSON, whose complaints read as Slack's:
`must be less than 151 characters [json-pointer:/blocks/0/text/text]`.

A rule is a function of a value and its JSON pointer that yields complaints.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]


def complaint(text: str, at: str) -> str:
    """One complaint, in Slack's form."""
    return f"{text} [json-pointer:{at}]"


def string(most: int, least: int = 1) -> Rule:
    """A string of `least` to `most` characters."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield complaint("must provide a string", at)
        elif len(value) < least:
            yield complaint(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            yield complaint(f"must be less than {most + 1} characters", at)

    return check


def matching(pattern: str) -> Rule:
    """A string that matches a regular expression as a whole."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield complaint("failed to match the pattern", at)

    return check


def boolean(value: Any, at: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield complaint("must be a boolean", at)


def integer(least: int, most: int) -> Rule:
    """A whole number within bounds."""

    def check(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield complaint("must be an integer", at)
        elif not least <= value <= most:
            yield complaint(f"must be between {least} and {most}", at)

    return check


def one_of(*allowed: str) -> Rule:
    """One of some words."""

    def check(value: Any, at: str) -> Iterator[str]:
        if value not in allowed:
            yield complaint(f"must be one of: {', '.join(allowed)}", at)

    return check


def items(rule: Rule, most: int, least: int = 1) -> Rule:
    """An array of `least` to `most` items, each following `rule`."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield complaint("must provide an array", at)
            return
        if len(value) < least:
            yield complaint(f"no less than {least} items allowed", at)
        if len(value) > most:
            yield complaint(f"no more than {most} items allowed", at)
        for index, item in enumerate(value):
            yield from rule(item, f"{at}/{index}")

    return check


def thing(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with these fields and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield complaint("must provide an object", at)
            return
        for name in required.keys() - value.keys():
            yield complaint(f"missing required field: {name}", at)
        for name, field in value.items():
            if name in known:
                yield from known[name](field, f"{at}/{name}")
            else:
                yield complaint(f"invalid additional property: {name}", at)

    return check


def typed(kinds: Mapping[str, Rule]) -> Rule:
    """An object whose `type` chooses the rule for the rest of it."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield complaint("must provide an object", at)
        elif value.get("type") not in kinds:
            yield complaint(f"unsupported type: {value.get('type')}", f"{at}/type")
        else:
            rest = {name: field for name, field in value.items() if name != "type"}
            yield from kinds[value["type"]](rest, at)

    return check


def both(*rules: Rule) -> Rule:
    """All of several rules."""

    def check(value: Any, at: str) -> Iterator[str]:
        for rule in rules:
            yield from rule(value, at)

    return check


def any_value(value: Any, at: str) -> Iterator[str]:
    """Anything."""
    yield from ()
