"""A rule's parts in words: `oncall (S0ONCALL)`, `#incidents (C0INC)`, `production (hosts prod-*)`."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from bot.policy.model import File, Resource, Rule, Subject
from bot.policy.rule import Says

T = TypeVar("T")


def wording(rule: Rule, file: File) -> Says:
    """All three parts; what the rule leaves out is "anybody", "any channel", "everything"."""
    on = _objects(rule.on) if isinstance(rule.on, Resource) else _named(rule.on, file.resources, _objects)
    return Says(
        who=_named(rule.who, file.subjects, _people) if rule.says("who") else "anybody",
        channels=_named(rule.in_, file.channels, ", ".join, "#") if rule.says("in_") else "any channel",
        on=on if rule.says("on") else "everything",
    )


def _named(names: Iterable[str], known: Mapping[str, T], words: Callable[[T], str], mark: str = "") -> str:
    return " or ".join(f"{mark}{name} ({words(known[name])})" for name in names) or "nothing"


def _people(subject: Subject) -> str:
    team = ("full members of this workspace",) if subject.team else ()
    return ", ".join((*subject.users, *subject.usergroups, *team)) or "nobody"


def _objects(resource: Resource) -> str:
    words = {
        "hosts": resource.hosts,
        "host tags": resource.tags,
        "names": resource.names,
        "compose project": resource.compose_project,
        "labels": resource.labels,
        "images": resource.images,
        "kinds": resource.kinds,
    }
    keys = {"host tags": "tags", "compose project": "compose_project"}
    written = {key: values for key, values in words.items() if resource.says(keys.get(key, key))}
    return "; ".join(f"{key} {', '.join(values) or 'none'}" for key, values in written.items())
