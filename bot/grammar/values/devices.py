"""Devices, their limits, and GPUs."""

import re
from dataclasses import dataclass
from posixpath import isabs, normpath
from typing import Any

from bot.grammar.values.csv import fields
from bot.grammar.values.env import mapping
from bot.grammar.values.invalid import InvalidValue
from bot.grammar.values.numbers import decimal
from bot.grammar.values.sizes import size

_CDI = re.compile(
    r"[A-Za-z](?:[\w.-]*[A-Za-z0-9])?/[A-Za-z](?:[\w-]*[A-Za-z0-9])?=[A-Za-z0-9](?:[\w.:-]*[A-Za-z0-9])?",
    re.ASCII,
)
_RULE = re.compile(r"[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}", re.ASCII)
_HINT = "Write it /dev/NAME, /dev/NAME:/dev/INSIDE or /dev/NAME:/dev/INSIDE:rwm."
_GPU_HINT = "Write it all, a number, or device=0."


@dataclass(frozen=True)
class Device:
    """A device of the host, or (`cdi`) one named by a container device interface."""

    host: str = ""
    inside: str = ""
    mode: str = ""
    cdi: str = ""


def device(typed: str) -> Device:
    """`/dev/a`, `/dev/a:r`, `/dev/a:/dev/b`, `/dev/a:/dev/b:rwm`, `vendor.com/class=name`."""
    if _CDI.fullmatch(typed):
        return Device(cdi=typed)
    host, *rest = typed.split(":")
    if not host or len(rest) > 2:
        raise InvalidValue(f"{typed or 'nothing'} is not a device", _HINT)
    if len(rest) == 2 and not _is_mode(rest[1]):
        raise InvalidValue(f"{rest[1] or 'nothing'} is not made of r, w and m", _HINT)
    if len(rest) == 1 and _is_mode(rest[0]):
        rest = [host, rest[0]]
    inside = rest[0] if rest else host
    if not isabs(inside):
        raise InvalidValue(f"{inside or 'nothing'} is not an absolute path", _HINT)
    cleaned = inside if len(rest) == 2 and rest[0] is not host else "/" + normpath(inside).lstrip("/")
    return Device(cleaned if inside is host else host, cleaned, rest[1] if len(rest) == 2 else "rwm")


def cgroup_rule(typed: str) -> str:
    """`c 1:3 rwm`: type, major:minor, permissions."""
    if not _RULE.fullmatch(typed):
        raise InvalidValue(f"{typed or 'nothing'} is not a device rule", "Write it 'c 1:3 rwm', in quotes.")
    return typed


def bytes_per_second(typed: str) -> dict[str, Any]:
    """`/dev/sda:1mb` as the API's path and rate in bytes."""
    path, rate = _limited(typed)
    return {"Path": path, "Rate": size(rate)}


def operations_per_second(typed: str) -> dict[str, Any]:
    """`/dev/sda:100` as the API's path and rate."""
    path, rate = _limited(typed)
    return {"Path": path, "Rate": _rate(rate, 2**64)}


def weight(typed: str) -> dict[str, Any]:
    """`/dev/sda:200` as the API's path and weight: 10 to 1000, or 0."""
    path, rate = _limited(typed)
    found = _rate(rate, 2**16)
    if found and not 10 <= found <= 1000:
        raise InvalidValue(f"the weight {found} is not between 10 and 1000", "Write it /dev/sda:200.")
    return {"Path": path, "Weight": found}


def gpus(typed: str) -> dict[str, Any]:
    """`all`, `2`, `device=0`, `"capabilities=compute,utility"` as one of the API's DeviceRequests."""
    found: dict[str, Any] = {}
    for field in fields(typed):
        key, equals, value = field.partition("=")
        name = key if equals else "count"
        if name in found:
            raise InvalidValue(f"{name} stands twice", _GPU_HINT)
        found[name] = value if equals else key
    if extra := found.keys() - {"driver", "count", "device", "capabilities", "options"}:
        raise InvalidValue(f"{min(extra) or 'nothing'} is no key of a GPU request", _GPU_HINT)
    capabilities = found["capabilities"].split(",") if "capabilities" in found else []
    count = found.get("count", "0" if "device" in found else "1")
    return {
        "Driver": found.get("driver", ""),
        "Count": -1 if count == "all" else decimal(count),
        "DeviceIDs": found["device"].split(",") if "device" in found else None,
        "Capabilities": [[*capabilities, "gpu"]],
        "Options": mapping(fields(found["options"])) if "options" in found else {},
    }


def _limited(typed: str) -> tuple[str, str]:
    path, colon, rate = typed.partition(":")
    if not colon or not path.startswith("/dev/"):
        raise InvalidValue(f"{typed or 'nothing'} is not a device and its limit", "Write it /dev/sda:VALUE.")
    return path, rate


def _rate(typed: str, most: int) -> int:
    if not re.fullmatch("[0-9]{1,20}", typed) or int(typed) >= most:
        raise InvalidValue(f"{typed or 'nothing'} is not a number for a device", "Write it /dev/sda:100.")
    return int(typed)


def _is_mode(typed: str) -> bool:
    return bool(typed) and set(typed) <= set("rwm") and len(set(typed)) == len(typed)
