"""The permission list evaluated the plain way, from the design's words alone, to compare with.

Takes the file as plain data, tries every rule, compiles nothing. Which patterns fit which image is a table
here, so that nothing of the product's reading of references is used.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.policy.terms import Act, Person, Place, Target

GROUP_OF = {
    "ps": "read",
    "images": "read",
    "inspect": "read",
    "info": "read",
    "volume ls": "read",
    "logs": "read_sensitive",
    "restart": "operate",
    "start": "operate",
    "create": "change",
    "run": "change",
    "pull": "change",
    "rm": "destroy",
    "rmi": "destroy",
    "volume rm": "destroy",
    "freeze": "admin",
}
SEEN_BY = {"container": "ps", "image": "images", "volume": "volume ls"}
LISTS = {"ps": "container", "images": "image", "volume ls": "volume"}

_TOMCATS = {"tomcat:9.0", "tomcat:10"}
_SHOP = {"registry.acme.example/shop:1"}
IMAGES = {  # pattern → the references it fits
    "tomcat": _TOMCATS,
    "tomcat:*": _TOMCATS,
    "tomcat:9.0": {"tomcat:9.0"},
    "registry.acme.example/*": _SHOP,
    "*:1": _SHOP,
    "*": _TOMCATS | _SHOP,
}
CANONICAL = {
    "tomcat:9.0": "docker.io/library/tomcat:9.0",
    "tomcat:10": "docker.io/library/tomcat:10",
    "registry.acme.example/shop:1": "registry.acme.example/shop:1",
}
_FAMILIAR = {canonical: familiar for familiar, canonical in CANONICAL.items()}


def allowed(file: Mapping[str, Any], person: Person, place: Place, act: Act) -> bool:
    """Whether the file allows the act."""
    parts = [act.verb] if act.verb != "run" else ["create", "start"]
    if act.target and act.target.id:
        parts.append(SEEN_BY[act.target.kind])
    return all(_allowed(file, person, place, verb, act) for verb in parts)


def _allowed(file: Mapping[str, Any], person: Person, place: Place, verb: str, act: Act) -> bool:
    fitting = [rule for rule in file["rules"] if _fits(file, person, place, verb, act, rule=rule)]
    return any("allow" in rule for rule in fitting) and not any("deny" in rule for rule in fitting)


def _fits(
    file: Mapping[str, Any], person: Person, place: Place, verb: str, act: Act, *, rule: Mapping[str, Any]
) -> bool:
    allow = "allow" in rule
    words = rule["allow" if allow else "deny"]
    run = {"create", "start"} if allow else {"create"}
    if not any(word in (verb, GROUP_OF[verb]) or (word == "run" and verb in run) for word in words):
        return False
    if "who" in rule and not any(_is(file["subjects"][name], person, allow) for name in _list(rule["who"])):
        return False
    if "in" in rule and not any(place.channel in file["channels"][name] for name in _list(rule["in"])):
        return False
    if "on" not in rule:
        return True
    on = rule["on"]
    resources = [on] if isinstance(on, dict) else [file["resources"][name] for name in _list(on)]
    return any(_fits_resource(resource, place, verb, act, allow) for resource in resources)


def _is(subject: Mapping[str, Any], person: Person, allow: bool) -> bool:
    unknown = not allow
    if person.user in subject.get("users", []):
        return True
    if subject.get("team") and (unknown if person.member is None else person.member):
        return True
    if subject.get("usergroups"):
        return unknown if person.groups is None else bool(set(subject["usergroups"]) & person.groups)
    return False


def _fits_resource(resource: Mapping[str, Any], place: Place, verb: str, act: Act, allow: bool) -> bool:
    if "hosts" in resource and not _any_glob(resource["hosts"], place.host):
        return False
    if "tags" in resource and not set(resource["tags"]) & place.tags:
        return False
    conditions = resource.keys() - {"hosts", "tags"}
    if not conditions:
        return True
    if act.listing:
        return allow and _fits_some(resource, verb)
    if act.target is None:
        return False
    return all(_holds(key, resource[key], act.target, allow) for key in conditions)


def _fits_some(resource: Mapping[str, Any], verb: str) -> bool:
    """Whether some row of the list could fit."""
    kind = LISTS[verb]
    return kind in resource.get("kinds", [kind]) and not ("images" in resource and kind == "volume")


def _holds(key: str, values: Sequence[str], target: Target, allow: bool) -> bool:
    every = all if allow else any
    if key == "kinds":
        return target.kind in values
    if key == "compose_project":
        return target.labels.get("com.docker.compose.project") in values
    if key == "labels":
        return any(label.split("=")[0] in target.labels and _label(label, target) for label in values)
    if key == "names":
        if target.kind == "image":
            return every(any(name in IMAGES.get(value, ()) for value in values) for name in target.names)
        return every(_any_glob(values, name) for name in target.names or [""])
    if target.kind not in ("container", "image"):
        return False
    references = target.names if target.kind == "image" else [_FAMILIAR.get(target.image, "")]
    if references == [""]:  # the image is not known
        return not allow or "*" in values
    return every(any(reference in IMAGES[value] for value in values) for reference in references)


def _label(label: str, target: Target) -> bool:
    key, value = label.split("=")
    return target.labels[key] == value


def _any_glob(patterns: Sequence[str], text: str) -> bool:
    return any(re.fullmatch(re.escape(each).replace(r"\*", ".*"), text, re.DOTALL) for each in patterns)


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
