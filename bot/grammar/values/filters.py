"""`--filter KEY=VALUE`, as the API takes it."""

from collections.abc import Iterable

from bot.grammar.values.invalid import InvalidValue


def filter_value(typed: str) -> str:
    """Check one filter (docker/cli opts.FilterOpt): the key in lower case, the value without outer spaces."""
    if not typed:
        return ""
    key, equals, value = typed.partition("=")
    if not equals:
        raise InvalidValue(f"the filter {typed} has no value", "Write it KEY=VALUE, such as status=exited.")
    return f"{key.strip().lower()}={value.strip()}"


def filters(typed: Iterable[str]) -> dict[str, list[str]]:
    """All of a command's filters: `("status=exited", "name=a", "name=b")` is `{"status": […], "name": […]}`.

    Raises InvalidValue. A flag made with `value=FILTER` has refused a wrong one before.
    """
    found: dict[str, list[str]] = {}
    for each in map(filter_value, typed):
        if each:
            key, _, value = each.partition("=")
            if value not in found.setdefault(key, []):
                found[key].append(value)
    return found
