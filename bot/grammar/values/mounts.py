"""`--mount type=bind,source=/a,target=/b,readonly`, as docker/cli's opts.MountOpt reads it."""

import re
from collections.abc import Callable
from typing import Any

from bot.grammar.values.csv import fields, pair
from bot.grammar.values.invalid import InvalidValue
from bot.grammar.values.numbers import boolean
from bot.grammar.values.sizes import size
from bot.grammar.values.volumes import RELATIVE

_HINT = "Write it type=bind,source=/srv/data,target=/data,readonly."
_OPTIONS = {
    "bind": "BindOptions",
    "volume": "VolumeOptions",
    "image": "ImageOptions",
    "tmpfs": "TmpfsOptions",
}
_RECURSIVE: dict[str, dict[str, bool]] = {
    "enabled": {},
    "disabled": {"NonRecursive": True},
    "writable": {"ReadOnlyNonRecursive": True},
    "readonly": {"ReadOnlyForceRecursive": True},
}
_NAMES = {"source": "Source", "src": "Source", "target": "Target", "dst": "Target", "destination": "Target"}
_FLAGS = ("readonly", "ro", "volume-nocopy", "bind-nonrecursive")


def mount(typed: str) -> dict[str, Any]:
    """One mount as the API takes it: `{"Type": "bind", "Source": "/a", "Target": "/b", "ReadOnly": True}`."""
    found: dict[str, Any] = {"Type": "volume"}
    for field in fields(typed):
        key, equals, value = field.partition("=")
        if not equals and key.lower() not in _FLAGS:
            raise InvalidValue(f"{field or 'an empty field'} is not KEY=value", _HINT)
        _set(found, key.lower(), value if equals else "true", field)
    _check(found)
    return found


def _set(found: dict[str, Any], key: str, value: str, field: str) -> None:
    if key in _NAMES:
        if (_NAMES[key] == "Source" and value.startswith(("./", "../", "~"))) or value in (".", ".."):
            raise InvalidValue(f"{value} is a path of your own machine, not of the Docker host", RELATIVE)
        found[_NAMES[key]] = value
    elif key in ("type", "consistency"):
        found[key.capitalize()] = value.lower()
    elif key in ("readonly", "ro"):
        found["ReadOnly"] = _read(boolean, key, value)
    elif key in _SETTERS:
        options = found.setdefault(_OPTIONS[key.partition("-")[0]], {})
        _SETTERS[key](options, value)
    else:
        raise InvalidValue(f"{key or 'nothing'} is no key of a mount (in {field})", _HINT)


def _read(read: Callable[[str], Any], key: str, value: str) -> Any:
    try:
        return read(value)
    except ValueError as error:
        raise InvalidValue(f"{key}: {error}", _HINT) from None


def _recursive(options: dict[str, Any], value: str) -> None:
    if value not in _RECURSIVE:
        raise InvalidValue(f"bind-recursive is one of {', '.join(_RECURSIVE)}", _HINT)
    options.update(_RECURSIVE[value])


def _octal(typed: str) -> int:
    if not re.fullmatch("[0-7]{1,10}", typed):
        raise InvalidValue(f"{typed or 'nothing'} is not a file mode such as 1777")
    return int(typed, 8)


def _driver_option(options: dict[str, Any], value: str) -> None:
    key, said = pair(value)
    options.setdefault("DriverConfig", {}).setdefault("Options", {})[key] = said


def _label(options: dict[str, Any], value: str) -> None:
    key, said = pair(value)
    options.setdefault("Labels", {})[key] = said


_SETTERS: dict[str, Callable[[dict[str, Any], str], None]] = {
    "bind-propagation": lambda options, value: options.update(Propagation=value.lower()),
    "bind-nonrecursive": lambda options, value: options.update(
        NonRecursive=_read(boolean, "bind-nonrecursive", value)
    ),
    "bind-recursive": _recursive,
    "volume-subpath": lambda options, value: options.update(Subpath=value),
    "volume-nocopy": lambda options, value: options.update(NoCopy=_read(boolean, "volume-nocopy", value)),
    "volume-label": _label,
    "volume-driver": lambda options, value: options.setdefault("DriverConfig", {}).update(Name=value),
    "volume-opt": _driver_option,
    "image-subpath": lambda options, value: options.update(Subpath=value),
    "tmpfs-size": lambda options, value: options.update(SizeBytes=_read(size, "tmpfs-size", value)),
    "tmpfs-mode": lambda options, value: options.update(Mode=_read(_octal, "tmpfs-mode", value)),
}


def _check(found: dict[str, Any]) -> None:
    """What must stand together, and what can't."""
    if not found["Type"]:
        raise InvalidValue("a mount needs a type", _HINT)
    if not found.get("Target"):
        raise InvalidValue("a mount needs a target", _HINT)
    for kind, options in _OPTIONS.items():
        if options in found and found["Type"] != kind:
            raise InvalidValue(f"{kind}-* options do not go with a mount of type {found['Type']}", _HINT)
    bind = found.get("BindOptions", {})
    forced = bind.get("ReadOnlyForceRecursive")
    if (forced or bind.get("ReadOnlyNonRecursive")) and not found.get("ReadOnly"):
        raise InvalidValue("this bind-recursive needs readonly beside it", _HINT)
    if forced and bind.get("Propagation") != "rprivate":
        raise InvalidValue("bind-recursive=readonly needs bind-propagation=rprivate beside it", _HINT)
