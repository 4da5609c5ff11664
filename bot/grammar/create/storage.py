"""Flags of create and run about files: volumes, mounts, tmpfs, devices."""

from typing import Any

from bot.grammar.flags import Value, each, many, switch, text
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.values.devices import cgroup_rule, device, gpus
from bot.grammar.values.env import mapping, storage_option
from bot.grammar.values.mounts import mount
from bot.grammar.values.volumes import volume

DEVICE = each("device", value=Value("list", device), help="Add a host device to the container")
DEVICE_CGROUP_RULE = many(
    "device-cgroup-rule",
    value=Value("list", cgroup_rule),
    help="Add a rule to the cgroup allowed devices list",
)
GPUS = each(
    "gpus",
    value=Value("gpu-request", gpus),
    help="GPU devices to add to the container ('all' to pass all GPUs)",
)
MOUNT = each("mount", value=Value("mount", mount), help="Attach a filesystem mount to the container")
READ_ONLY = switch("read-only", help="Mount the container's root filesystem as read only")
STORAGE_OPT = many(
    "storage-opt", value=Value("list", storage_option), help="Storage driver options for the container"
)
TMPFS = many("tmpfs", help="Mount a tmpfs directory")
VOLUME = each("volume", "v", value=Value("list", volume), help="Bind mount a volume")
VOLUME_DRIVER = text("volume-driver", help="Optional volume driver for the container")
VOLUMES_FROM = many("volumes-from", help="Mount volumes from the specified container(s)")

FLAGS = (
    DEVICE, DEVICE_CGROUP_RULE, GPUS, MOUNT, READ_ONLY, STORAGE_OPT, TMPFS, VOLUME, VOLUME_DRIVER,
    VOLUMES_FROM,
)  # fmt: skip


def config(line: Line) -> dict[str, Any]:
    """Volumes: the anonymous ones."""
    return {"Volumes": {each.spec: {} for each in line[VOLUME] if not each.bind}}


def host_config(line: Line, api: tuple[int, int]) -> dict[str, Any]:
    """The parts of HostConfig. Raises Mistake."""
    if api < (1, 44) and any(
        each.get("BindOptions", {}).get("ReadOnlyForceRecursive") for each in line[MOUNT]
    ):
        message = f"bind-recursive=readonly needs API 1.44, and this host has {api[0]}.{api[1]}"
        raise Mistake.at_flag(line, MOUNT, message)
    devices = [
        {"PathOnHost": each.host, "PathInContainer": each.inside, "CgroupPermissions": each.mode}
        for each in line[DEVICE]
        if not each.cdi
    ]
    named = [each.cdi for each in line[DEVICE] if each.cdi]
    by_name = [{"Driver": "cdi", "Count": 0, "DeviceIDs": named, "Capabilities": None, "Options": None}]
    return {
        "Binds": list(dict.fromkeys(each.spec for each in line[VOLUME] if each.bind)),
        "Mounts": list(line[MOUNT]),
        "Tmpfs": {path: options for path, _, options in (each.partition(":") for each in line[TMPFS])},
        "VolumeDriver": line[VOLUME_DRIVER],
        "VolumesFrom": list(line[VOLUMES_FROM]),
        "Devices": devices,
        "DeviceRequests": [*line[GPUS], *(by_name if named else [])],
        "DeviceCgroupRules": list(line[DEVICE_CGROUP_RULE]),
        "StorageOpt": mapping(line[STORAGE_OPT]),
        "ReadonlyRootfs": line[READ_ONLY],
    }
